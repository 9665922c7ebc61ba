package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import java.util.List;
import java.util.Optional;

/** A PersistentVolumeClaim. */
public record Claim(
        Reference reference,
        Declared place,
        String cluster,
        String namespace,
        String name,
        List<String> accessModes,
        Optional<Fact<String>> storageClass)
        implements Thing {}
