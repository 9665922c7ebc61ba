package dev.premortem.estate;

import dev.premortem.fact.Observed;
import dev.premortem.fact.Tree;
import java.time.Duration;
import java.util.Optional;

/**
 * Something that was measured.
 *
 * @param fact what: {@code restarts}, {@code mtuBytes}, {@code restartedAt}, {@code issuedAt}, {@code address}…
 * @param value as it was written
 * @param validFor how long it counts; an assumption again afterwards
 */
public record Observation(Reference of, String fact, Tree value, Observed provenance, Optional<Duration> validFor) {}
