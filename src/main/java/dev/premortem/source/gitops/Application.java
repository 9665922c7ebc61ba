package dev.premortem.source.gitops;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An Argo CD Application: which sources it deploys where. */
record Application(Manifest manifest) {
    static final String GROUP = "argoproj.io";

    static boolean is(Manifest manifest) {
        return manifest.kind().equals("Application") && manifest.of(GROUP);
    }

    static boolean set(Manifest manifest) {
        return manifest.kind().equals("ApplicationSet") && manifest.of(GROUP);
    }

    List<Tree> sources() {
        Tree tree = manifest.tree();
        List<Tree> many = tree.items("spec.sources");
        return many.isEmpty() ? tree.at("spec.source").stream().toList() : many;
    }

    String namespace() {
        String named = manifest.text("spec.destination.namespace");
        return named.isEmpty() ? "default" : named;
    }

    /** The cluster that it names; empty for the one that Argo CD itself runs in. */
    Optional<String> destination() {
        String name = manifest.text("spec.destination.name");
        if (!name.isEmpty()) {
            return name.equals("in-cluster") ? Optional.empty() : Optional.of(name);
        }
        String server = manifest.text("spec.destination.server");
        if (server.isEmpty() || server.contains("kubernetes.default.svc")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(URI.create(server).getHost()).or(() -> Optional.of(server));
        } catch (IllegalArgumentException _) {
            // no address; the text still tells this cluster from others
            return Optional.of(server);
        }
    }

    static String text(Tree tree, String path) {
        return tree.text(path).map(Fact::value).orElse("");
    }

    static boolean isTrue(Tree tree, String path) {
        return text(tree, path).equals("true");
    }

    /** Texts of a list. */
    static Stream<Fact<String>> texts(Tree tree, String path) {
        return tree.items(path).stream().flatMap(item -> item.text().stream());
    }
}
