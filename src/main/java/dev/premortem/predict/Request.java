package dev.premortem.predict;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What to predict.
 *
 * @param order how many faults at once, 1 or more
 * @param mechanisms ids to run; empty for all
 */
public record Request(Instant now, Duration horizon, int order, Set<String> mechanisms) {}
