package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.Optional;

/**
 * A Helm release known from its values: HelmRelease, Argo CD Application, or a values file.
 *
 * @param chart chart name
 * @param values the user's values; an empty mapping where there are none
 */
public record Release(
        Reference reference,
        Declared place,
        String cluster,
        String namespace,
        String name,
        String chart,
        Optional<Fact<String>> version,
        Tree values)
        implements Thing {}
