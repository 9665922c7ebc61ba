package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import java.util.Map;

/** A ConfigMap; its data in the file's order. */
public record ConfigMap(
        Reference reference,
        Declared place,
        String cluster,
        String namespace,
        String name,
        Map<String, Fact<String>> data)
        implements Thing {}
