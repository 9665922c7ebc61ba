package dev.premortem.source.gitops;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder that something keeps deployed.
 *
 * @param name its name, for people
 * @param spec of a Flux Kustomization, or an empty mapping
 * @param folder folder of the tree
 * @param anchor file that asks for it, or the folder itself where what asks is elsewhere
 * @param cluster cluster that it goes to
 */
record Sync(
        String name,
        String namespace,
        Declared place,
        Tree spec,
        String folder,
        String anchor,
        Optional<String> cluster) {
    Sync in(Optional<String> name) {
        return new Sync(this.name, namespace, place, spec, folder, anchor, name);
    }

    /** The fields of a kustomization that it puts around its folder. */
    List<Tree.Entry> additions() {
        List<Tree.Entry> entries = new ArrayList<>();
        for (Tree.Entry entry : spec.entries()) {
            switch (entry.key()) {
                case "targetNamespace" -> entries.add(new Tree.Entry("namespace", entry.place(), entry.value()));
                case "patches", "images", "replicas", "components", "namePrefix", "nameSuffix" -> entries.add(entry);
                case "commonMetadata" -> {
                    entry.value()
                            .at("labels")
                            .ifPresent(labels -> entries.add(new Tree.Entry("labels", labels.place(), pairs(labels))));
                    entry.value()
                            .at("annotations")
                            .ifPresent(found -> entries.add(new Tree.Entry("commonAnnotations", found.place(), found)));
                }
                default -> {}
            }
        }
        return List.copyOf(entries);
    }

    private static Tree pairs(Tree labels) {
        Tree.Entry pairs = new Tree.Entry("pairs", labels.place(), labels);
        return new Tree.Sequence(labels.place(), List.of(new Tree.Mapping(labels.place(), List.of(pairs))));
    }
}
