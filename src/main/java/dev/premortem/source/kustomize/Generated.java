package dev.premortem.source.kustomize;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The config maps and secrets that kustomizations generate, as if they stood in a file: each value at the line or file it comes from. */
final class Generated {
    private final Copy copy;
    private final SortedMap<String, String> texts;

    Generated(Copy copy, SortedMap<String, String> texts) {
        this.copy = copy;
        this.texts = texts;
    }

    /** What generators say of an object, the one of the outermost kustomization first; the last one made the object. */
    List<Tree> of(Tree built) {
        String kind = built.text("kind").map(Fact::value).orElse("");
        String key = kind.equals("Secret") ? "secretGenerator" : "configMapGenerator";
        String name = built.text("metadata.name").map(Fact::value).orElse("");
        List<Tree> found = new ArrayList<>();
        copy.kustomizations()
                .forEach((file, tree) -> tree.items(key).stream()
                        .filter(item -> item.text("name")
                                .filter(own -> name.contains(own.value()))
                                .isPresent())
                        .max(Comparator.comparing(item -> length(item)))
                        .ifPresent(item -> found.add(object(file, item))));
        int longest = found.stream().mapToInt(Generated::nameLength).max().orElse(0);
        // "web" is a part of "web-config" too: the longest name that fits is meant
        return found.stream().filter(tree -> nameLength(tree) == longest).toList();
    }

    private static int length(Tree item) {
        return item.text("name").map(text -> text.value().length()).orElse(0);
    }

    private static int nameLength(Tree object) {
        return object.text("metadata.name").map(text -> text.value().length()).orElse(0);
    }

    private Tree object(String file, Tree item) {
        Declared at = Placement.made(item.place(), item.place().field());
        List<Tree.Entry> data = new ArrayList<>();
        item.items("literals")
                .forEach(literal -> literal.text().ifPresent(text -> pair(text.value(), literal.place(), data)));
        item.items("files").forEach(path -> path.text().ifPresent(text -> file(file, text, data)));
        item.items("envs").forEach(path -> path.text().ifPresent(text -> lines(file, text.value(), data)));
        item.text("env").ifPresent(text -> lines(file, text.value(), data));
        List<Tree.Entry> metadata = new ArrayList<>();
        item.at("name").ifPresent(name -> metadata.add(Texted.entry("name", name)));
        item.at("options.labels").ifPresent(labels -> metadata.add(Texted.entry("labels", labels)));
        item.at("options.annotations").ifPresent(notes -> metadata.add(Texted.entry("annotations", notes)));
        return new Tree.Mapping(
                at,
                List.of(
                        new Tree.Entry("metadata", at, new Tree.Mapping(at, List.copyOf(metadata))),
                        new Tree.Entry("data", at, new Tree.Mapping(at, List.copyOf(data)))));
    }

    private static void pair(String text, Declared place, List<Tree.Entry> data) {
        int equals = text.indexOf('=');
        if (equals > 0) {
            Declared at = Placement.made(place, place.field());
            data.add(Texted.entry(text.substring(0, equals), Texted.text(at, unquoted(text.substring(equals + 1)))));
        }
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1
                && (text.startsWith("\"") || text.startsWith("'"))
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private Optional<String> named(String kustomization, String path) {
        return Paths.resolve(Paths.folder(kustomization), path)
                .flatMap(at -> Optional.ofNullable(copy.names().get(at)));
    }

    private void file(String kustomization, Fact<String> item, List<Tree.Entry> data) {
        int equals = item.value().indexOf('=');
        named(kustomization, item.value().substring(equals + 1)).ifPresent(file -> {
            String key = equals < 0 ? Paths.last(file) : item.value().substring(0, equals);
            Declared at = Placement.made(new Declared(file, 1, ""), "data." + key);
            data.add(Texted.entry(key, Texted.text(at, texts.getOrDefault(file, ""))));
        });
    }

    private void lines(String kustomization, String path, List<Tree.Entry> data) {
        named(kustomization, path).ifPresent(file -> {
            List<String> lines = texts.getOrDefault(file, "").lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).startsWith("#")) {
                    pair(lines.get(i), new Declared(file, i + 1, "data"), data);
                }
            }
        });
    }
}
