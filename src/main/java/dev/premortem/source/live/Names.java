package dev.premortem.source.live;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the files say of names: which cluster a context is, and at which site a node stands. */
final class Names {
    private record Declaration(String name, Optional<String> context) {}

    private final List<Declaration> clusters = new ArrayList<>();
    private final List<Tree> sites = new ArrayList<>();

    /** @param declared documents of {@code premortem.dev/v1} */
    Names(List<Tree> declared) {
        for (Tree document : declared) {
            Optional<String> name = document.text("metadata.name").map(Fact::value);
            String kind = document.text("kind").map(Fact::value).orElse("");
            if (kind.equals("Cluster") && name.isPresent()) {
                clusters.add(new Declaration(
                        name.get(), document.text("spec.context").map(Fact::value)));
            } else if (kind.equals("Site") && name.isPresent()) {
                sites.add(document);
            }
        }
    }

    /** The cluster that a context leads to: the one that names it, the one called as it, the only one, or one of its own name. */
    String cluster(String context, int contexts) {
        return clusters.stream()
                .filter(declared -> declared.context().equals(Optional.of(context)))
                .map(Declaration::name)
                .findFirst()
                .or(() -> clusters.stream()
                        .map(Declaration::name)
                        .filter(context::equals)
                        .findFirst())
                .or(() -> clusters.size() == 1 && contexts == 1
                        ? Optional.of(clusters.getFirst().name())
                        : Optional.empty())
                .orElseGet(() -> plain(context));
    }

    /** A context's name as a reference can hold it: the cluster's part of {@code admin@main} and of {@code arn:…:cluster/main}. */
    private static String plain(String context) {
        String last = context.substring(context.lastIndexOf('/') + 1);
        String name = last.substring(last.lastIndexOf('@') + 1);
        return name.isBlank() ? "live" : name;
    }

    boolean anySite() {
        return !sites.isEmpty();
    }

    /** The declared site of a node, by its zone or by the labels that the site names. */
    Optional<String> site(Tree node) {
        List<Tree.Entry> labels = node.entries("metadata.labels");
        for (Tree site : sites) {
            Optional<String> zone = site.text("spec.zone").map(Fact::value);
            boolean byZone = zone.filter(wanted -> has(labels, "topology.kubernetes.io/zone", wanted))
                    .isPresent();
            List<Tree.Entry> selector = site.at("spec.nodes.matchLabels").isPresent()
                    ? site.entries("spec.nodes.matchLabels")
                    : site.entries("spec.nodes");
            boolean byLabels = !selector.isEmpty()
                    && selector.stream()
                            .allMatch(wanted -> wanted.value()
                                    .text()
                                    .filter(value -> has(labels, wanted.key(), value.value()))
                                    .isPresent());
            if (byZone || byLabels) {
                return site.text("metadata.name").map(Fact::value);
            }
        }
        return Optional.empty();
    }

    private static boolean has(List<Tree.Entry> labels, String key, String value) {
        return labels.stream()
                .anyMatch(label -> label.key().equals(key)
                        && label.value()
                                .text()
                                .filter(text -> text.value().equals(value))
                                .isPresent());
    }
}
