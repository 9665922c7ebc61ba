package dev.premortem.fact;

import java.time.Instant;

/**
 * Something that was measured or read from a running thing, recorded in a file.
 *
 * @param at when it was observed
 * @param by what observed it (a probe, a person, a certificate file)
 * @param where the file that records it
 */
public record Observed(Instant at, String by, Declared where) implements Provenance {}
