package dev.premortem.source.kustomize;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The layers of one object: what the transformers that touched it say, as kustomize itself lists them, and the object's own file. */
final class Layers {
    private static final List<String> LABELS = List.of("labels", "matchLabels", "selector");

    /** Kinds whose replicas kustomize counts. */
    private static final List<String> COUNTED =
            List.of("Deployment", "ReplicationController", "ReplicaSet", "StatefulSet");

    private final Copy copy;
    private final Documents documents;
    private final Target.Names object;

    Layers(Copy copy, Documents documents, Target.Names object) {
        this.copy = copy;
        this.documents = documents;
        this.object = object;
    }

    /**
     * One transformer that saw an object.
     *
     * @param file path in the copy of the kustomization that asks for it
     * @param kind its kind, such as {@code PatchTransformer}
     */
    record Step(String file, String kind) {}

    /** What a transformer says, the last of its entries first. */
    List<Layer> of(Step step) {
        Tree.Mapping kustomization = copy.kustomizations().get(step.file());
        if (kustomization == null) {
            return List
                    .of(); // a transformer of a file of its own: what it changes shows as a value that stands nowhere
        }
        List<Layer> layers = new ArrayList<>(
                switch (step.kind()) {
                    case "PatchTransformer" -> patches(step.file(), kustomization.items("patches"));
                    case "PatchStrategicMergeTransformer" ->
                        merges(step.file(), kustomization.items("patchesStrategicMerge"));
                    case "PatchJson6902Transformer" -> patches(step.file(), kustomization.items("patchesJson6902"));
                    case "NamespaceTransformer" -> namespace(kustomization);
                    case "PrefixTransformer" -> named(kustomization, "namePrefix");
                    case "SuffixTransformer" -> named(kustomization, "nameSuffix");
                    case "LabelTransformer" -> labels(kustomization);
                    case "AnnotationsTransformer" -> annotations(kustomization);
                    case "ReplicaCountTransformer" -> replicas(kustomization);
                    case "ImageTagTransformer" -> images(kustomization);
                    case "ReplacementTransformer" -> replacements(step.file(), kustomization);
                    default -> List.of();
                });
        return layers.reversed();
    }

    /** A file that a kustomization names, in the tree. */
    private List<Tree> named(String kustomization, Tree path) {
        return path.text()
                .flatMap(text -> Paths.resolve(Paths.folder(kustomization), text.value()))
                .flatMap(at -> Optional.ofNullable(copy.names().get(at)))
                .map(documents::of)
                .orElse(List.of());
    }

    private static boolean inline(Tree text) {
        return text.text()
                .filter(found -> found.value().contains("\n") || found.value().startsWith("{"))
                .isPresent();
    }

    private List<Layer> patches(String file, List<Tree> items) {
        List<Layer> layers = new ArrayList<>();
        for (Tree item : items) {
            Optional<Tree> target = item.at("target");
            if (target.isPresent() && !Target.matches(target.get(), object)) {
                continue;
            }
            List<Tree> read = Stream.concat(
                            item.at("patch").flatMap(text -> documents.embedded(text)).stream(),
                            item.at("path").stream().flatMap(path -> named(file, path).stream()))
                    .toList();
            for (Tree patch : read) {
                if (patch instanceof Tree.Sequence operations) {
                    operations
                            .values()
                            .forEach(operation -> operation(operation).ifPresent(layers::add));
                } else if (target.isPresent() || Target.same(patch, object)) {
                    layers.add(new Layer.Part(patch, patch.place(), Layer.Extent.MERGED));
                }
            }
        }
        return layers;
    }

    private List<Layer> merges(String file, List<Tree> items) {
        return items.stream()
                .flatMap(item -> inline(item) ? documents.embedded(item).stream() : named(file, item).stream())
                .filter(patch -> Target.same(patch, object))
                .<Layer>map(patch -> new Layer.Part(patch, patch.place(), Layer.Extent.MERGED))
                .toList();
    }

    private static Optional<Layer> operation(Tree operation) {
        String verb = operation.text("op").map(Fact::value).orElse("");
        Optional<Tree> value = operation.at("value");
        List<String> path = Stream.of(
                        operation.text("path").map(Fact::value).orElse("").split("/", -1))
                .skip(1)
                .map(part -> part.replace("~1", "/").replace("~0", "~"))
                .toList();
        boolean sets = verb.equals("add") || verb.equals("replace");
        return sets && value.isPresent() && !path.isEmpty()
                ? Optional.of(new Layer.Below(path, value.get(), Layer.Bearing.LITERAL))
                : Optional.empty();
    }

    private static List<Layer> namespace(Tree kustomization) {
        return kustomization.at("namespace").stream()
                .<Layer>map(value -> new Layer.Below(List.of("metadata", "namespace"), value, Layer.Bearing.LITERAL))
                .toList();
    }

    private static List<Layer> named(Tree kustomization, String key) {
        return kustomization.at(key).stream()
                .filter(value ->
                        value.text().filter(text -> !text.value().isEmpty()).isPresent())
                .<Layer>map(value -> new Layer.Below(List.of("metadata", "name"), value, Layer.Bearing.COMPOSED))
                .toList();
    }

    private static List<Layer> labels(Tree kustomization) {
        List<Layer> layers = new ArrayList<>();
        for (Tree item : kustomization.items("labels")) {
            boolean everywhere =
                    item.at("includeSelectors").filter(Layers::isTrue).isPresent();
            boolean below = everywhere
                    || item.at("includeTemplates").filter(Layers::isTrue).isPresent()
                    || item.at("fields").isPresent();
            List<String> under = everywhere ? LABELS : below ? List.of("labels") : List.of();
            item.at("pairs").ifPresent(pairs -> layers.addAll(spread(pairs, "labels", under)));
        }
        kustomization.at("commonLabels").ifPresent(pairs -> layers.addAll(spread(pairs, "labels", LABELS)));
        return layers;
    }

    /** Pairs that stand for certain in the object's own labels or annotations, and perhaps in others of it. */
    private static List<Layer> spread(Tree pairs, String key, List<String> under) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer.Pairs(under, pairs));
        for (Tree.Entry pair : pairs.entries()) {
            layers.add(new Layer.Below(List.of("metadata", key, pair.key()), pair.value(), Layer.Bearing.LITERAL));
        }
        return layers;
    }

    private static boolean isTrue(Tree tree) {
        return tree instanceof Tree.Scalar scalar && scalar.isTrue();
    }

    private static List<Layer> annotations(Tree kustomization) {
        return kustomization.at("commonAnnotations").stream()
                .flatMap(pairs -> spread(pairs, "annotations", List.of("annotations")).stream())
                .toList();
    }

    private List<Layer> replicas(Tree kustomization) {
        if (object.built()
                .text("kind")
                .map(Fact::value)
                .filter(COUNTED::contains)
                .isEmpty()) {
            return List.of();
        }
        return kustomization.items("replicas").stream()
                .filter(item -> item.text("name")
                        .filter(name -> object.called(name.value()))
                        .isPresent())
                .flatMap(item -> item.at("count").stream())
                .<Layer>map(count -> new Layer.Below(List.of("spec", "replicas"), count, Layer.Bearing.LITERAL))
                .toList();
    }

    private static List<Layer> images(Tree kustomization) {
        return kustomization.items("images").stream()
                .<Layer>map(item -> new Layer.Ruled("image", built -> image(item, built), false))
                .toList();
    }

    /** The field of an entry of {@code images} that a built image shows: its tag, its digest, or else its name. */
    private static Optional<Declared> image(Tree item, String built) {
        String name = item.text("newName")
                .or(() -> item.text("name"))
                .map(Fact::value)
                .orElse("");
        Optional<Tree> tail = item.at("digest").or(() -> item.at("newTag"));
        String rest = built.startsWith(name) ? built.substring(name.length()) : "?";
        boolean about = rest.isEmpty() || rest.startsWith(":") || rest.startsWith("@");
        return about ? tail.or(() -> item.at("newName")).map(Tree::place) : Optional.empty();
    }

    /** Replacements write what stands elsewhere; which fields they name is enough to know that the field's own text does not count. */
    private List<Layer> replacements(String file, Tree kustomization) {
        List<Layer> layers = new ArrayList<>();
        for (Tree item : kustomization.items("replacements")) {
            List<Tree> read = item.at("path").isPresent()
                    ? named(file, item.at("path").get()).stream()
                            .flatMap(tree ->
                                    tree instanceof Tree.Sequence list ? list.values().stream() : Stream.of(tree))
                            .toList()
                    : List.of(item);
            for (Tree replacement : read) {
                replacement.items("targets").stream()
                        .filter(target -> target.at("select")
                                .filter(select -> Target.matches(select, object))
                                .isPresent())
                        .flatMap(target -> target.items("fieldPaths").stream())
                        .forEach(path -> path.text()
                                .ifPresent(text -> layers.add(new Layer.Ruled(
                                        text.value().substring(text.value().lastIndexOf('.') + 1),
                                        _ -> Optional.of(path.place()),
                                        false))));
            }
        }
        return layers;
    }
}
