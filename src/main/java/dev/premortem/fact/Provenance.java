package dev.premortem.fact;

/** Where a value comes from: a file, an observation, or a published default. Closed, so that every output shows all three. */
public sealed interface Provenance permits Declared, Observed, Assumed {}
