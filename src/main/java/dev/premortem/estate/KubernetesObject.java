package dev.premortem.estate;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.Map;

/** Any Kubernetes object as it was read, for mechanisms that need a field no typed record has. */
public record KubernetesObject(
        Reference reference,
        String cluster,
        String apiVersion,
        String kind,
        String namespace,
        String name,
        Map<String, String> labels,
        Map<String, Fact<String>> annotations,
        Tree tree) {}
