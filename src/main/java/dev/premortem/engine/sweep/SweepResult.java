package dev.premortem.engine.sweep;

import java.util.List;
import java.util.SortedMap;

/**
 * What a sweep found.
 *
 * @param cuts minimal failing sets by product, each list sorted by order and then by names; empty lists are kept
 */
public record SweepResult(SortedMap<String, List<Cut>> cuts) {}
