package dev.premortem.source.catalog;

import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One entity of a Backstage catalog.
 *
 * @param key {@code kind:namespace/name} in lower case, by which others name it
 * @param selector labels of the workloads that it stands for; empty where it says none
 */
record Entity(String key, String kind, Tree tree, Map<String, String> selector) {
    static Optional<Entity> of(Tree tree) {
        String kind = tree.text("kind").map(Fact::value).orElse("");
        String namespace = tree.text("metadata.namespace").map(Fact::value).orElse("default");
        return tree.text("metadata.name")
                .map(name -> new Entity(
                        key(kind + ":" + namespace + "/" + name.value(), "component"), kind, tree, selector(tree)));
    }

    /** The key that a reference means: {@code [kind:][namespace/]name}. https://backstage.io/docs/features/software-catalog/references */
    static String key(String reference, String kind) {
        int colon = reference.indexOf(':');
        String rest = reference.substring(colon + 1);
        String whole = (colon < 0 ? kind : reference.substring(0, colon))
                + ":"
                + (rest.contains("/") ? rest : "default/" + rest);
        return whole.toLowerCase(Locale.ROOT);
    }

    String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** The entities that a field names. */
    List<Fact<String>> named(String field, String kind) {
        List<Fact<String>> keys = new ArrayList<>();
        for (Tree item : tree.items("spec." + field)) {
            item.text().ifPresent(text -> keys.add(text.map(reference -> key(reference, kind))));
        }
        return keys;
    }

    private static Optional<String> annotation(Tree tree, String name) {
        return tree.at("metadata.annotations")
                .flatMap(found -> found instanceof Tree.Mapping mapping ? mapping.get(name) : Optional.empty())
                .flatMap(Tree::text)
                .map(Fact::value);
    }

    /** https://backstage.io/docs/features/kubernetes/configuration */
    private static Map<String, String> selector(Tree tree) {
        Map<String, String> labels = new TreeMap<>();
        annotation(tree, "backstage.io/kubernetes-label-selector").ifPresent(selector -> {
            for (String part : selector.split(",", -1)) {
                int equals = part.indexOf('=');
                if (equals > 0 && part.charAt(equals - 1) != '!') {
                    labels.put(
                            part.substring(0, equals).strip(),
                            part.substring(part.startsWith("==", equals) ? equals + 2 : equals + 1)
                                    .strip());
                }
            }
        });
        if (labels.isEmpty()) {
            annotation(tree, "backstage.io/kubernetes-id")
                    .ifPresent(id -> labels.put("backstage.io/kubernetes-id", id));
        }
        return labels;
    }

    /** True where it stands for a workload. */
    boolean means(Workload workload) {
        return !selector.isEmpty()
                && annotation(tree, "backstage.io/kubernetes-namespace")
                        .map(workload.namespace()::equals)
                        .orElse(true)
                && annotation(tree, "backstage.io/kubernetes-cluster")
                        .map(workload.cluster()::equals)
                        .orElse(true)
                && (workload.labels().entrySet().containsAll(selector.entrySet())
                        || workload.podLabels().entrySet().containsAll(selector.entrySet()));
    }
}
