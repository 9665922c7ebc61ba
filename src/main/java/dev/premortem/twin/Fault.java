package dev.premortem.twin;

import dev.premortem.fact.Fact;
import java.time.Duration;

/**
 * A basic condition that may be lost, with its rate.
 *
 * @param condition what is lost
 * @param failuresPerYear declared or assumed rate
 * @param repair mean time until it is back
 * @param alike faults with the same non-empty word are interchangeable (replicas of one workload): one class
 */
public record Fault(Condition condition, Fact<Double> failuresPerYear, Fact<Duration> repair, String alike) {}
