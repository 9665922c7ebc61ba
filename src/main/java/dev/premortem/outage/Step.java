package dev.premortem.outage;

import dev.premortem.twin.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One link of the chain of causes.
 *
 * @param condition whose change or standing value it tells
 * @param text a sentence without a full stop
 * @param at offset from {@code now}; empty for what stands since before, or where the trigger has no moment
 * @param evidence facts with their places
 */
public record Step(String condition, String text, Optional<Duration> at, List<Evidence> evidence) {}
