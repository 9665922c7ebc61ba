package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import java.util.Map;
import java.util.Optional;

/** A Node object. */
public record Node(
        Reference reference,
        Declared place,
        String cluster,
        String name,
        Map<String, String> labels,
        Optional<Fact<Long>> cpuMillis,
        Optional<Fact<Long>> memoryBytes)
        implements Thing {}
