package dev.premortem.source.kustomize;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.OverlayJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/** The kustomizations that no file holds: the one around a job's folder, and the one of a folder that has none. */
final class Additions {
    /** Takes what is wrong: where, what was found, what was expected. */
    interface Complaints {
        void add(Declared place, String found, String expected);
    }

    private Additions() {}

    /** The wish for annotations that say where an object comes from and what changed it. */
    static Tree wish(Declared place) {
        return new Tree.Sequence(
                place, List.of(Texted.text(place, "originAnnotations"), Texted.text(place, "transformerAnnotations")));
    }

    /** What a job adds around its folder. */
    static Tree.Mapping around(OverlayJob job) {
        List<Tree.Entry> entries = new ArrayList<>();
        for (Tree.Entry entry : job.additions()) {
            switch (entry.key()) {
                case "commonMetadata" -> entries.addAll(metadata(entry.value()));
                case "targetNamespace" -> entries.add(new Tree.Entry("namespace", entry.place(), entry.value()));
                case "images" -> entries.add(new Tree.Entry("images", entry.place(), images(entry.value())));
                case "resources", "buildMetadata", "apiVersion", "kind" -> {}
                default -> entries.add(entry);
            }
        }
        return new Tree.Mapping(job.place(), List.copyOf(entries));
    }

    /** Flux's {@code commonMetadata} in the words of a kustomization: labels that no selector gets, and annotations. */
    private static List<Tree.Entry> metadata(Tree common) {
        List<Tree.Entry> entries = new ArrayList<>();
        common.at("labels").ifPresent(labels -> {
            Tree pairs = new Tree.Mapping(labels.place(), List.of(Texted.entry("pairs", labels)));
            entries.add(Texted.entry("labels", new Tree.Sequence(labels.place(), List.of(pairs))));
        });
        common.at("annotations").ifPresent(annotations -> entries.add(Texted.entry("commonAnnotations", annotations)));
        return entries;
    }

    /** Argo CD writes an image as one text, {@code name=new:tag}; a kustomization wants its parts. */
    private static Tree images(Tree list) {
        return list instanceof Tree.Sequence sequence
                ? new Tree.Sequence(
                        sequence.place(),
                        sequence.values().stream()
                                .map(item -> item.text()
                                        .map(text -> image(text.value(), item.place()))
                                        .orElse(item))
                                .toList())
                : list;
    }

    private static Tree image(String text, Declared place) {
        int equals = text.indexOf('=');
        String rest = text.substring(equals + 1);
        int at = rest.indexOf('@');
        String tagged = at < 0 ? rest : rest.substring(0, at);
        int colon = tagged.lastIndexOf(':');
        boolean tag = colon > tagged.lastIndexOf('/');
        String name = tag ? tagged.substring(0, colon) : tagged;
        List<Tree.Entry> parts = new ArrayList<>();
        parts.add(Texted.entry("name", Texted.text(place, equals < 0 ? name : text.substring(0, equals))));
        parts.add(Texted.entry("newName", Texted.text(place, name)));
        if (at >= 0) {
            parts.add(Texted.entry("digest", Texted.text(place, rest.substring(at + 1))));
        } else if (tag) {
            parts.add(Texted.entry("newTag", Texted.text(place, tagged.substring(colon + 1))));
        }
        return new Tree.Mapping(place, List.copyOf(parts));
    }

    /** The kustomization that Flux makes for a folder without one: all manifests below it, folders with a kustomization as they are. */
    static Tree.Mapping collected(
            String folder, SortedMap<String, String> texts, Documents documents, Complaints complaints) {
        TreeSet<String> resources = new TreeSet<>();
        for (String file : texts.tailMap(folder.isEmpty() ? "" : folder + "/").keySet()) {
            if (!Paths.below(file, folder)) {
                break;
            }
            Optional<String> base = base(file, folder, documents);
            if (base.isPresent()) {
                resources.add(relative(base.get(), folder));
            } else if (file.endsWith(".yaml") || file.endsWith(".yml")) {
                List<Tree> found = documents.of(file);
                boolean objects = !found.isEmpty()
                        && found.stream()
                                .allMatch(tree -> tree.text("kind").isPresent()
                                        && tree.text("apiVersion").isPresent());
                if (objects) {
                    resources.add(relative(file, folder));
                } else if (!found.isEmpty()) {
                    complaints.add(
                            found.getFirst().place(),
                            "is no Kubernetes object, and all of \"" + folder + "\" is deployed; left out",
                            "an object, or a kustomization.yaml that names what is deployed");
                }
            }
        }
        Declared place = new Declared(folder.isEmpty() ? "." : folder, 1, "");
        Tree items = new Tree.Sequence(
                place, resources.stream().map(name -> Texted.text(place, name)).toList());
        return new Tree.Mapping(place, List.of(Texted.entry("resources", items)));
    }

    private static String relative(String path, String folder) {
        return folder.isEmpty() ? path : path.substring(folder.length() + 1);
    }

    /** The highest folder with a kustomization between a file and the folder that is collected. */
    private static Optional<String> base(String file, String folder, Documents documents) {
        Optional<String> highest = Optional.empty();
        for (String here = Paths.folder(file);
                here.length() > folder.length() && Paths.below(here, folder);
                here = Paths.folder(here)) {
            highest = documents.kustomization(here).isPresent() ? Optional.of(here) : highest;
        }
        return highest;
    }
}
