package dev.premortem.outage;

import dev.premortem.fact.Declared;

/** One place in which the same outage waits. */
public record Instance(String of, Declared place) {}
