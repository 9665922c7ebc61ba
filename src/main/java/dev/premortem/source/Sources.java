package dev.premortem.source;

import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.ListItems;
import dev.premortem.source.text.Secrets;
import dev.premortem.source.text.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Reads trees of files to an estate. */
public final class Sources {
    private Sources() {}

    /** Reads all files below the roots. Names are relative to a root; with several roots the root's own name stands before them. */
    public static Reading read(List<Path> roots, Limits limits) {
        return read(roots, Means.PLAIN.within(limits));
    }

    /** Reads all files below the roots, and renders what has to be rendered. */
    public static Reading read(List<Path> roots, Means means) {
        return read(Listing.of(roots, means, false).contents(!means.cache().keepsNothing()), means);
    }

    /** Parses files that were read, and renders what has to be rendered. */
    public static Reading read(Contents contents, Means means) {
        FileTree files = new FileTree(contents.texts(), contents.archives());
        return read(files, contents.harvest(), means, means.cache().known(contents, means.limits()));
    }

    /** Reads one text, such as standard input under the name {@code -}. */
    public static Reading readText(String name, String text) {
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put(name, text);
        return readTexts(texts);
    }

    /** Reads texts by file name, as a tree of files would be read. */
    public static Reading readTexts(SortedMap<String, String> texts) {
        return readTexts(texts, Means.PLAIN);
    }

    /** Reads texts by file name, and renders what has to be rendered. */
    public static Reading readTexts(SortedMap<String, String> texts, Means means) {
        FileTree files = new FileTree(texts, Collections.emptySortedMap());
        return read(files, new Harvest(), means, TreeCache.Known.nothing());
    }

    private static Reading read(FileTree files, Harvest harvest, Means means, TreeCache.Known known) {
        Limits limits = means.limits();
        List<Document> documents = new ArrayList<>();
        // most files stay, and a map that is copied in order compares no names
        SortedMap<String, String> kept = new TreeMap<>(files.texts());
        SortedMap<String, String> renderable = new TreeMap<>(files.texts());
        for (FileParsing.Parsed parsed : FileParsing.all(files.texts(), limits, known)) {
            documents.addAll(parsed.documents());
            harvest.problems.addAll(parsed.problems());
            harvest.notUnderstood.addAll(parsed.notUnderstood());
            if (!parsed.open()) {
                renderable.remove(parsed.file());
            }
            if (!parsed.open() || parsed.documents().isEmpty()) {
                kept.remove(parsed.file());
            }
        }
        return finish(
                kept,
                new Reading.Parsing(
                        List.copyOf(documents),
                        List.copyOf(harvest.problems),
                        List.copyOf(harvest.notUnderstood),
                        new FileTree(renderable, files.archives()),
                        means.renderers(),
                        limits,
                        means.observer().observe(Seeing.declared(documents))));
    }

    /** From parsed documents to an estate: renders, then assembles. */
    static Reading finish(SortedMap<String, String> texts, Reading.Parsing parsing) {
        Expansion.Expanded expanded = Expansion.expand(parsing.documents(), parsing.files(), parsing.renderers());
        return Assembly.assemble(Seeing.with(expanded.documents(), parsing.sightings()), texts, parsing, expanded);
    }

    /** Folders that hold a Helm chart. */
    static Predicate<String> charts(SortedMap<String, String> texts) {
        TreeSet<String> folders = new TreeSet<>();
        for (String file : texts.keySet()) {
            if (file.equals("Chart.yaml")) {
                folders.add("");
            } else if (file.endsWith("/Chart.yaml")) {
                folders.add(file.substring(0, file.length() - "/Chart.yaml".length()));
            }
        }
        return folders::contains;
    }

    /** The documents of one file, {@code List}s unrolled, without references yet. */
    static List<Document> parse(String file, String text, Predicate<String> charts, Limits limits, Harvest harvest) {
        List<Document> documents = new ArrayList<>();
        for (Texts.Parsed parsed : Texts.read(file, text, charts, limits, harvest)) {
            unroll(file, parsed.index(), parsed.tree(), documents);
        }
        return documents;
    }

    private static void unroll(String file, int index, Tree tree, List<Document> documents) {
        boolean list = ListItems.list(tree);
        List<Tree> items = list ? ListItems.of(tree) : tree.items();
        if (list
                || (!items.isEmpty()
                        && items.stream().allMatch(item -> item.text("kind").isPresent()))) {
            items.forEach(item -> unroll(file, index, item, documents));
        } else {
            documents.add(new Document(file, index, Secrets.withoutKeys(tree)));
        }
    }

    /** The estate of some documents, with the texts and the parse problems of a reading: what stands halfway through a change. */
    public static Reading assemble(Reading base, List<Document> documents) {
        return Assembly.assemble(
                documents,
                base.texts(),
                base.parsing(),
                Expansion.Expanded.of(documents, base.coverage().rendering()));
    }

    /** The estate of those documents of a reading that pass. */
    public static Reading assemble(Reading base, Predicate<Document> keep) {
        return assemble(base, base.documents().stream().filter(keep).toList());
    }

    /** The problems of a reading that another does not have, told apart by everything but the line. */
    static List<Problem> added(List<Problem> before, List<Problem> after) {
        TreeSet<String> known = new TreeSet<>();
        before.forEach(problem -> known.add(key(problem)));
        return after.stream().filter(problem -> !known.contains(key(problem))).toList();
    }

    private static String key(Problem problem) {
        return problem.file() + "\n" + problem.field() + "\n" + problem.found() + "\n" + problem.expected();
    }
}
