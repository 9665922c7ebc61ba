package dev.premortem.source.kustomize;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.text.Embedded;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.Secrets;
import dev.premortem.source.text.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What kustomize printed, turned into objects whose values have the places they come from. */
final class Built {
    private static final String ORIGIN = "config.kubernetes.io/origin";
    private static final String STEPS = "alpha.config.kubernetes.io/transformations";

    private final Copy copy;
    private final Documents documents;
    private final Generated generated;
    private final Declared asked;
    /** Many objects went through the same steps. */
    private final Map<String, List<Layers.Step>> stepsOf = new HashMap<>();

    Built(Copy copy, Documents documents, FileTree files, Declared asked) {
        this.copy = copy;
        this.documents = documents;
        this.generated = new Generated(copy, files.texts());
        this.asked = asked;
    }

    /** What was printed, one object a line and without secrets, fit to be kept. */
    static String kept(String printed, Harvest harvest) {
        StringBuilder out = new StringBuilder();
        for (Texts.Parsed parsed : Texts.read("built.yaml", printed, _ -> false, Limits.DEFAULT, harvest)) {
            out.append(Texted.json(clean(Secrets.withoutKeys(parsed.tree()))));
        }
        return out.toString();
    }

    private static Tree clean(Tree tree) {
        return switch (tree) {
            case Tree.Scalar scalar -> Secrets.withoutKeys(scalar);
            case Tree.Sequence sequence ->
                new Tree.Sequence(
                        sequence.place(),
                        sequence.values().stream().map(Built::clean).toList());
            case Tree.Mapping mapping ->
                new Tree.Mapping(
                        mapping.place(),
                        mapping.values().stream()
                                .map(entry -> new Tree.Entry(entry.key(), entry.place(), clean(entry.value())))
                                .toList());
        };
    }

    /** The objects of a kept text. */
    List<Tree> objects(String kept) {
        return Texts.read("built.json", kept, _ -> false, Limits.DEFAULT, new Harvest()).stream()
                .map(parsed -> object(parsed.tree()))
                .toList();
    }

    private Tree object(Tree printed) {
        Optional<Tree> origin = note(printed, ORIGIN);
        List<Layers.Step> steps = text(printed, STEPS)
                .map(note -> stepsOf.computeIfAbsent(
                        note, _ -> note(printed, STEPS).map(this::steps).orElse(List.of())))
                .orElse(List.of());
        Tree built = stripped(printed);
        Optional<String> file = origin.flatMap(tree -> tree.text("path")).flatMap(path -> copy.file(path.value()));
        Optional<Tree> source = file.flatMap(name -> source(name, built));
        List<Tree> generators = source.isPresent() ? List.of() : generated.of(built);
        Layers layers = new Layers(
                copy,
                documents,
                new Target.Names(built, source.or(() -> generators.stream().findFirst())));
        List<Layer> all = new ArrayList<>();
        steps.reversed().forEach(step -> all.addAll(layers.of(step)));
        source.ifPresent(tree -> all.add(new Layer.Part(tree, tree.place(), Layer.Extent.WHOLE)));
        generators.forEach(tree -> all.add(new Layer.Part(tree, tree.place(), Layer.Extent.WHOLE)));
        Declared otherwise = file.map(name -> new Declared(name, 1, ""))
                .or(() -> origin.flatMap(tree -> tree.text("configuredIn"))
                        .flatMap(path -> copy.file(path.value()))
                        .map(name -> new Declared(name, 1, "")))
                .orElse(asked);
        return Placement.of(built, all, otherwise);
    }

    private static Optional<String> text(Tree object, String key) {
        return object.entries("metadata.annotations").stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .flatMap(entry -> entry.value().text())
                .map(Fact::value);
    }

    private static Optional<Tree> note(Tree object, String key) {
        return object.entries("metadata.annotations").stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .flatMap(entry -> Embedded.read(entry.value(), new Harvest()));
    }

    private List<Layers.Step> steps(Tree note) {
        Set<Layers.Step> steps = new LinkedHashSet<>();
        for (Tree item : note.items()) {
            Optional<String> file = item.text("configuredIn").map(Fact::value).flatMap(Copy::path);
            Optional<String> kind = item.text("configuredBy.kind").map(Fact::value);
            if (file.isPresent() && kind.isPresent()) {
                steps.add(new Layers.Step(file.get(), kind.get()));
            }
        }
        return List.copyOf(steps);
    }

    /** Without the notes that were asked for, and without annotations where there are no others. */
    private static Tree stripped(Tree object) {
        if (!(object instanceof Tree.Mapping mapping)
                || !(mapping.get("metadata").orElse(object) instanceof Tree.Mapping metadata)
                || metadata.get("annotations").isEmpty()) {
            return object;
        }
        List<Tree.Entry> notes = metadata.get("annotations").get().entries().stream()
                .filter(entry -> !entry.key().equals(ORIGIN) && !entry.key().equals(STEPS))
                .toList();
        Declared place = metadata.get("annotations").get().place();
        List<Tree.Entry> entries = metadata.values().stream()
                .filter(entry -> !entry.key().equals("annotations") || !notes.isEmpty())
                .map(entry -> entry.key().equals("annotations")
                        ? new Tree.Entry(entry.key(), entry.place(), new Tree.Mapping(place, notes))
                        : entry)
                .toList();
        return Texted.with(mapping, "metadata", new Tree.Mapping(metadata.place(), entries));
    }

    /** The object in its own file: of its kind, and of the name that is the longest part of the built one. */
    private Optional<Tree> source(String file, Tree built) {
        Optional<String> kind = built.text("kind").map(Fact::value);
        String name = built.text("metadata.name").map(Fact::value).orElse("");
        String namespace = built.text("metadata.namespace").map(Fact::value).orElse("");
        List<Tree> candidates = documents.of(file).stream()
                .filter(tree -> tree.text("kind").map(Fact::value).equals(kind))
                .toList();
        return candidates.stream()
                .filter(tree -> name(tree).equals(name))
                .max(Comparator.comparing(tree -> tree.text("metadata.namespace")
                        .filter(own -> own.value().equals(namespace))
                        .isPresent()))
                .or(() -> candidates.stream()
                        .filter(tree -> !name(tree).isEmpty() && name.contains(name(tree)))
                        .max(Comparator.comparing(tree -> name(tree).length())))
                .or(() -> candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty());
    }

    private static String name(Tree tree) {
        return tree.text("metadata.name").map(Fact::value).orElse("");
    }
}
