package dev.premortem.source.kustomize;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Embedded;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.ListItems;
import dev.premortem.source.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/** The documents of the files of one tree, each file parsed once and only when it is asked for. What is wrong in them was told when they were first read. */
final class Documents {
    private final SortedMap<String, String> texts;
    private final Map<String, Parsed> parsed;
    private final Map<Declared, Optional<Tree>> embedded = new ConcurrentHashMap<>();

    /** What a text parsed to; another text of that file is parsed anew. */
    record Parsed(String text, List<Tree> trees) {}

    Documents(SortedMap<String, String> texts) {
        this(texts, new ConcurrentHashMap<>());
    }

    /** @param parsed what was parsed for earlier states of the same tree */
    Documents(SortedMap<String, String> texts, Map<String, Parsed> parsed) {
        this.texts = texts;
        this.parsed = parsed;
    }

    /** The YAML inside of a string, such as a patch, which many objects ask for. */
    Optional<Tree> embedded(Tree text) {
        return embedded.computeIfAbsent(text.place(), _ -> Embedded.read(text, new Harvest()));
    }

    /** The documents of a file, items of lists on their own. */
    List<Tree> of(String file) {
        String text = texts.getOrDefault(file, "");
        return parsed.compute(file, (name, known) -> {
                    if (known != null && known.text().equals(text)) {
                        return known;
                    }
                    List<Tree> trees = new ArrayList<>();
                    read(name, text).forEach(tree -> unroll(tree, trees));
                    return new Parsed(text, List.copyOf(trees));
                })
                .trees();
    }

    private static List<Tree> read(String file, String text) {
        // "Kustomization" has no ending that says YAML
        boolean ending = file.endsWith(".yaml") || file.endsWith(".yml") || file.endsWith(".json");
        List<Tree> trees = Texts.read(ending ? file : "-", text, _ -> false, Limits.DEFAULT, new Harvest()).stream()
                .map(Texts.Parsed::tree)
                .toList();
        return ending
                ? trees
                : trees.stream().map(tree -> Texted.in(file, tree)).toList();
    }

    private static void unroll(Tree tree, List<Tree> trees) {
        if (ListItems.list(tree)) {
            ListItems.of(tree).forEach(item -> unroll(item, trees));
        } else {
            trees.add(tree);
        }
    }

    /** The file of the kustomization in a folder, by the names that kustomize knows. */
    Optional<String> kustomization(String folder) {
        return List.of("kustomization.yaml", "kustomization.yml", "Kustomization").stream()
                .map(name -> Paths.in(folder, name))
                .filter(texts::containsKey)
                .findFirst();
    }
}
