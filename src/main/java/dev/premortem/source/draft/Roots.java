package dev.premortem.source.draft;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cluster that the tree speaks of.
 *
 * @param path folder or file of the tree that is its own, where there is one
 * @param context of a kubeconfig
 * @param why what it was taken from
 */
record Roots(String name, Optional<String> path, Optional<String> context, String why) {
    private static final int DEEPEST = 3;

    /** The roots that Flux is started from, else the folders below one called {@code clusters}, else contexts of kubeconfigs. */
    static List<Roots> of(List<Tree> documents) {
        Map<String, Roots> byName = new TreeMap<>();
        for (Tree tree : documents) {
            flux(tree).ifPresent(root -> byName.putIfAbsent(root.name(), root));
        }
        if (byName.size() < 2) {
            Map<String, Roots> folders = folders(documents);
            if (folders.size() > byName.size()) {
                byName.clear();
                byName.putAll(folders);
            }
        }
        Map<String, Roots> contexts = contexts(documents);
        if (byName.isEmpty()) {
            return List.copyOf(contexts.values());
        }
        return byName.values().stream()
                .map(root -> contexts.containsKey(root.name()) ? root.in(contexts.get(root.name())) : root)
                .toList();
    }

    private Roots in(Roots kubeconfig) {
        return new Roots(name, path, kubeconfig.context(), why);
    }

    private static Optional<Roots> flux(Tree tree) {
        boolean root = text(tree, "apiVersion").startsWith("kustomize.toolkit.fluxcd.io/")
                && text(tree, "kind").equals("Kustomization")
                && text(tree, "metadata.name").equals("flux-system");
        String path = text(tree, "spec.path").replaceFirst("^\\./", "").replaceFirst("/+$", "");
        if (!root || path.isEmpty() || path.equals(".") || path.contains("..")) {
            return Optional.empty();
        }
        String name = Scalar.name(path);
        return name.isEmpty() || !there(tree, path)
                ? Optional.empty()
                : Optional.of(new Roots(name, Optional.of(path), Optional.empty(), "Flux starts at " + path));
    }

    /** The root lies in its own folder, which only then can be told from a folder of another repository. */
    private static boolean there(Tree tree, String path) {
        return tree.place().file().startsWith(path + "/");
    }

    private static String text(Tree tree, String path) {
        return tree.text(path).map(Fact::value).orElse("");
    }

    private static Map<String, Roots> folders(List<Tree> documents) {
        Map<String, Roots> found = new TreeMap<>();
        for (Tree tree : documents) {
            List<String> parts = List.of(tree.place().file().split("/", -1));
            int at = parts.indexOf("clusters");
            if (at < 0 || at > DEEPEST || at + 1 >= parts.size()) {
                continue;
            }
            String path = String.join("/", parts.subList(0, at + 2));
            String last = parts.get(at + 1);
            boolean file = at + 2 == parts.size();
            String name = Scalar.name(file ? last.replaceFirst("\\.ya?ml$", "") : last);
            if (!name.isEmpty()
                    && !name.equals("kustomization")
                    && !name.startsWith("base")
                    && !name.equals("common")) {
                found.putIfAbsent(name, new Roots(name, Optional.of(path), Optional.empty(), path));
            }
        }
        return found;
    }

    private static Map<String, Roots> contexts(List<Tree> documents) {
        Map<String, Roots> found = new LinkedHashMap<>();
        for (Tree tree : documents) {
            if (!Secrets.kubeconfig(tree)) {
                continue;
            }
            List<String> names = new ArrayList<>();
            tree.items("contexts").forEach(item -> names.add(text(item, "name")));
            for (String context : names) {
                String name = Scalar.name(context);
                if (!name.isEmpty()) {
                    found.putIfAbsent(
                            name,
                            new Roots(
                                    name,
                                    Optional.empty(),
                                    Optional.of(context),
                                    "a context of " + tree.place().file()));
                }
            }
        }
        return found;
    }
}
