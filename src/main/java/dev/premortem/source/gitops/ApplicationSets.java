package dev.premortem.source.gitops;

import static dev.premortem.source.gitops.Application.isTrue;
import static dev.premortem.source.gitops.Application.text;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Embedded;
import dev.premortem.source.text.Harvest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From an ApplicationSet to its Applications, as far as what it generates from is in the tree: lists, folders and files of git, and their
 * matrix and merge. What a cluster or a forge would tell is named.
 */
final class ApplicationSets {
    private static final int MOST = 5_000;
    static final Pattern PLACE = Pattern.compile("\\{\\{-?\\s*(.*?)\\s*-?\\}\\}");
    private static final Pattern PATH = Pattern.compile("\\.?[A-Za-z_][A-Za-z0-9_.-]*(\\[[0-9]{1,3}\\])?");
    private static final Pattern INDEX = Pattern.compile("index\\s+\\.([A-Za-z_][A-Za-z0-9_.]*)\\s+([0-9]{1,3})");

    private final Folders folders;
    private final Ledger ledger;
    private final UnknownClusters unknown;
    private final GoTemplates templates;

    /**
     * Reads sets.
     *
     * @param templates says what Go templates come to
     * @param unknown gets the folders that clusters may deploy which nothing in the tree names
     */
    ApplicationSets(Folders folders, Ledger ledger, UnknownClusters unknown, GoTemplates templates) {
        this.templates = templates;
        this.folders = folders;
        this.ledger = ledger;
        this.unknown = unknown;
    }

    /** The Applications of a set; each keeps the set's place. */
    List<Manifest> of(Manifest set) {
        List<Row> rows = new ArrayList<>();
        for (Tree generator : set.tree().items("spec.generators")) {
            rows.addAll(generate(generator, set, 0));
        }
        Optional<Tree> template = set.tree().at("spec.template");
        if (template.isEmpty()) {
            return List.of();
        }
        List<Row> sure = rows.stream().filter(row -> !row.derived()).toList();
        boolean program = isTrue(set.tree(), "spec.goTemplate") && !simple(set, template.get(), sure);
        Optional<List<Manifest>> filled = program ? filled(set, template.get(), sure) : Optional.empty();
        SortedSet<String> missing = new TreeSet<>();
        List<Manifest> applications = new ArrayList<>(filled.orElse(List.of()));
        for (Row row :
                filled.isEmpty() ? rows : rows.stream().filter(Row::derived).toList()) {
            SortedSet<String> open = new TreeSet<>();
            Manifest made =
                    application(set, Grafts.each(template.get(), scalar -> fill(scalar, row.parameters(), open)));
            if (row.derived()) {
                applications.addAll(unknown.of(made, row.parameters(), folders));
            } else {
                missing.addAll(open);
                applications.add(made);
            }
        }
        for (String name : missing) {
            ledger.leftOut(
                    set.tree().place(), "ApplicationSet", "the expression {{ " + name + " }} cannot be resolved here");
        }
        return applications;
    }

    /** True where every expression only names a parameter: those need no program. */
    private static boolean simple(Manifest set, Tree template, List<Row> rows) {
        SortedSet<String> open = new TreeSet<>();
        for (Row row : rows) {
            Grafts.each(template, scalar -> fill(scalar, row.parameters(), open));
        }
        return open.isEmpty() && !set.text("spec.templatePatch").contains("{{");
    }

    /** The Applications as Go templates make them; empty where they cannot be had so. */
    private Optional<List<Manifest>> filled(Manifest set, Tree template, List<Row> rows) {
        List<String> texts = new ArrayList<>();
        Grafts.each(template, scalar -> {
            if (scalar.value().contains("{{") && !texts.contains(scalar.value())) {
                texts.add(scalar.value());
            }
            return scalar;
        });
        Optional<Tree> patch = set.tree().at("spec.templatePatch");
        texts.add(set.text("spec.templatePatch"));
        List<Optional<List<String>>> made =
                templates.fill(set, texts, rows.stream().map(Row::parameters).toList());
        if (made.stream().allMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        int refused = (int) made.stream().filter(Optional::isEmpty).count();
        if (refused > 0) {
            ledger.leftOut(
                    set.tree().place(),
                    "ApplicationSet",
                    "its template cannot be resolved for " + refused + " of " + rows.size() + " sets of parameters");
        }
        List<Manifest> applications = new ArrayList<>();
        for (List<String> values : made.stream().flatMap(Optional::stream).toList()) {
            Tree whole = Grafts.each(template, scalar -> {
                int at = texts.indexOf(scalar.value());
                return at < 0 ? scalar : new Tree.Scalar(scalar.place(), scalar.kind(), values.get(at));
            });
            Optional<Tree> over = patch.filter(_ -> !values.getLast().isBlank())
                    .flatMap(text -> Embedded.read(Grafts.text(text.place(), values.getLast()), new Harvest()));
            applications.add(application(set, over.isPresent() ? Grafts.merge(whole, over.get()) : whole));
        }
        return Optional.of(applications);
    }

    private static Manifest application(Manifest set, Tree made) {
        Tree spec = Grafts.put(
                made, List.of("apiVersion"), Grafts.text(set.tree().place(), Application.GROUP + "/v1alpha1"));
        spec = Grafts.put(spec, List.of("kind"), Grafts.text(set.tree().place(), "Application"));
        if (spec.at("metadata.namespace").isEmpty()) {
            spec = Grafts.put(
                    spec,
                    List.of("metadata", "namespace"),
                    Grafts.text(set.tree().place(), set.namespace()));
        }
        return set.with(spec);
    }

    /**
     * The parameters of one Application.
     *
     * @param derived true where they are of clusters that nothing in the tree names
     */
    private record Row(Tree parameters, boolean derived) {}

    private static List<Row> known(List<Tree> all) {
        return all.stream().map(one -> new Row(one, false)).toList();
    }

    private List<Row> generate(Tree generator, Manifest set, int depth) {
        if (depth > 3) {
            return List.of();
        }
        List<Row> made = new ArrayList<>();
        for (Tree.Entry entry : generator.entries()) {
            Tree how = entry.value();
            switch (entry.key()) {
                case "list" -> made.addAll(known(how.items("elements")));
                case "git" -> made.addAll(known(git(how, set)));
                case "clusters" -> made.add(clusters(how, set));
                case "matrix" -> made.addAll(matrix(how.items("generators"), set, depth));
                case "merge" -> made.addAll(merge(how, set, depth));
                case "selector", "values" -> {}
                default ->
                    ledger.leftOut(
                            entry.place(),
                            "ApplicationSet",
                            "what the generator " + entry.key() + " finds is not in this tree");
            }
            made.removeIf(row -> !row.derived() && !Selectors.takes(generator.at("selector"), row.parameters()));
            if (made.size() > MOST) {
                ledger.leftOut(entry.place(), "ApplicationSet", "more than " + MOST + " Applications");
                return List.of();
            }
        }
        return made;
    }

    private List<Row> matrix(List<Tree> generators, Manifest set, int depth) {
        if (generators.size() != 2) {
            return List.of();
        }
        List<Row> made = new ArrayList<>();
        for (Row first : generate(generators.get(0), set, depth + 1)) {
            Tree second = Grafts.each(generators.get(1), scalar -> fill(scalar, first.parameters(), new TreeSet<>()));
            for (Row one : generate(second, set, depth + 1)) {
                made.add(new Row(Grafts.merge(first.parameters(), one.parameters()), first.derived() || one.derived()));
                if (made.size() > MOST) {
                    return made;
                }
            }
        }
        return made;
    }

    /** What later generators say about the same keys goes over; of clusters that nobody names, each that is spoken of is one. */
    private List<Row> merge(Tree how, Manifest set, int depth) {
        List<Tree> generators = how.items("generators");
        List<String> keys = Application.texts(how, "mergeKeys").map(Fact::value).toList();
        if (generators.isEmpty()) {
            return List.of();
        }
        List<Row> made = new ArrayList<>(generate(generators.getFirst(), set, depth + 1));
        for (Tree generator : generators.subList(1, generators.size())) {
            for (Row over : generate(generator, set, depth + 1)) {
                boolean met = false;
                for (int i = 0; i < made.size(); i++) {
                    Row under = made.get(i);
                    if (keys.stream()
                            .allMatch(key -> look(under.parameters(), key).equals(look(over.parameters(), key)))) {
                        made.set(i, new Row(Grafts.merge(under.parameters(), over.parameters()), under.derived()));
                        met = true;
                    }
                }
                Optional<Row> open = made.stream()
                        .filter(under -> under.derived() && keys.stream().allMatch(key -> may(under, over, key)))
                        .findFirst();
                if (!met && open.isPresent() && made.size() <= MOST) {
                    made.add(new Row(Grafts.merge(open.get().parameters(), over.parameters()), true));
                }
            }
        }
        return made;
    }

    private static boolean may(Row under, Row over, String key) {
        Optional<String> said = look(under.parameters(), key);
        return said.isEmpty() || said.equals(look(over.parameters(), key));
    }

    /** Clusters that Secrets tell Argo CD of: which ones is not known, what is said of all of them is. */
    private Row clusters(Tree how, Manifest set) {
        ledger.leftOut(
                set.tree().place(),
                "ApplicationSet",
                "which clusters it deploys to is in Secrets: derived from the folders that its paths match");
        Tree all = Grafts.mapping(set.tree().place());
        for (Tree.Entry value : how.entries("values")) {
            all = Grafts.put(all, List.of("values", value.key()), value.value());
        }
        return new Row(all, true);
    }

    private List<Tree> git(Tree how, Manifest set) {
        List<Tree> made = new ArrayList<>();
        SortedSet<String> excluded = new TreeSet<>();
        for (Tree item : how.items("directories")) {
            if (isTrue(item, "exclude")) {
                excluded.addAll(directories(text(item, "path")));
            }
        }
        for (Tree item : how.items("directories")) {
            if (isTrue(item, "exclude")) {
                continue;
            }
            for (String folder : directories(text(item, "path"))) {
                if (!excluded.contains(folder)) {
                    made.add(path(Grafts.mapping(item.place()), folder, item.place()));
                }
            }
        }
        for (Tree item : how.items("files")) {
            String pattern = text(item, "path");
            for (String file : folders.below("")) {
                if (ArgoSource.Reader.matches(pattern, file)) {
                    for (Manifest document : folders.documents(file)) {
                        ledger.used.add(file);
                        // a list in a file is one set of parameters for each item
                        for (Tree found : sets(document.tree())) {
                            Tree base = found instanceof Tree.Mapping ? found : Grafts.mapping(item.place());
                            made.add(path(base, Folders.folder(file), item.place()));
                        }
                    }
                }
            }
        }
        if (made.isEmpty()) {
            ledger.leftOut(
                    set.tree().place(),
                    "ApplicationSet",
                    "its git generator finds nothing in this tree (" + text(how, "repoURL") + ")");
        }
        return made.stream().map(row -> withValues(row, how)).toList();
    }

    private static List<Tree> sets(Tree document) {
        return document instanceof Tree.Sequence sequence ? sequence.values() : List.of(document);
    }

    /** The generator's own values beside what it finds; they may name that. */
    private static Tree withValues(Tree row, Tree how) {
        Tree all = row;
        for (Tree.Entry value : how.entries("values")) {
            Tree filled = Grafts.each(value.value(), scalar -> fill(scalar, row, new TreeSet<>()));
            all = Grafts.put(all, List.of("values", value.key()), filled);
        }
        return all;
    }

    private SortedSet<String> directories(String pattern) {
        SortedSet<String> found = new TreeSet<>();
        for (String folder : folders.folders()) {
            if (ArgoSource.Reader.matches(pattern, folder)) {
                found.add(folder);
            }
        }
        return found;
    }

    /** {@code path} as both kinds of template ask for it. */
    private static Tree path(Tree base, String folder, Declared place) {
        String last = Folders.last(folder);
        String normal = last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
        Tree made = Grafts.put(base, List.of("path", "path"), Grafts.text(place, folder));
        made = Grafts.put(made, List.of("path", "basename"), Grafts.text(place, last));
        made = Grafts.put(made, List.of("path", "basenameNormalized"), Grafts.text(place, normal));
        List<Tree> segments = new ArrayList<>();
        for (String part : folder.split("/", -1)) {
            segments.add(Grafts.text(place, part));
        }
        return Grafts.put(made, List.of("path", "segments"), new Tree.Sequence(place, List.copyOf(segments)));
    }

    private static Tree.Scalar fill(Tree.Scalar scalar, Tree parameters, SortedSet<String> missing) {
        if (!scalar.value().contains("{{")) {
            return scalar;
        }
        Matcher matcher = PLACE.matcher(scalar.value());
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            Optional<String> found = look(parameters, matcher.group(1));
            if (found.isEmpty()) {
                missing.add(matcher.group(1));
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(found.orElse(matcher.group())));
        }
        matcher.appendTail(out);
        return new Tree.Scalar(scalar.place(), scalar.kind(), out.toString());
    }

    /** {@code name}, {@code .a.b}, {@code path[0]}, {@code index .path.segments 0}. */
    private static Optional<String> look(Tree parameters, String expression) {
        Matcher index = INDEX.matcher(expression);
        if (index.matches()) {
            List<Tree> items = parameters.items(index.group(1));
            int at = Integer.parseInt(index.group(2));
            return at < items.size() ? items.get(at).text().map(Fact::value) : Optional.empty();
        }
        if (!PATH.matcher(expression).matches()) {
            return Optional.empty();
        }
        String path = expression.startsWith(".") ? expression.substring(1) : expression;
        int bracket = path.indexOf('[');
        if (bracket > 0) {
            List<Tree> items = parameters.items(path.substring(0, bracket) + ".segments");
            int at = Integer.parseInt(path.substring(bracket + 1, path.length() - 1));
            return at < items.size() ? items.get(at).text().map(Fact::value) : Optional.empty();
        }
        // a list says "values.a" in one word, and goes over what a cluster's values say
        return Grafts.get(parameters, path)
                .or(() -> parameters.at(path))
                .flatMap(found -> found instanceof Tree.Mapping ? found.text("path") : found.text())
                .map(Fact::value);
    }
}
