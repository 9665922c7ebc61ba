package dev.premortem.source.gitops;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an ApplicationSet deploys on clusters that only Argo CD's Secrets name. Each folder that the path of its template can be is one deployment; what
 * stands where an expression stands names its cluster.
 */
final class UnknownClusters {
    private static final int MOST = 500;

    /** Each can be empty, so the ways to match grow with them. */
    private static final int MOST_OPEN = 6;

    /** Folders that are taken in by others; no cluster is called so. */
    private static final List<String> SHARED = List.of("base", "bases", "common", "default");

    private final Walk walk;
    private final SortedMap<String, String> may = new TreeMap<>();

    private final Ledger ledger;

    UnknownClusters(Walk walk, Ledger ledger) {
        this.walk = walk;
        this.ledger = ledger;
    }

    /** The ApplicationSet that may deploy a file. */
    Optional<String> mayReach(String file) {
        for (String folder = file; !folder.isEmpty(); folder = Folders.folder(folder)) {
            String set = may.get(folder);
            if (set != null) {
                return Optional.of(set);
            }
        }
        return Optional.ofNullable(may.get(""));
    }

    /** A folder that a path can be, with what stands in place of its expressions. */
    private record Match(String folder, SortedMap<String, String> values, Optional<String> last) {}

    /**
     * The Applications that one with open expressions stands for; none where no folder of the tree is what it deploys.
     *
     * @param parameters what is known of its clusters
     */
    List<Manifest> of(Manifest made, Tree parameters, Folders folders) {
        Optional<String> named = Optional.of(Application.text(parameters, "name"))
                .filter(text -> !text.isEmpty())
                .or(() -> Optional.of(Application.text(parameters, "nameNormalized")))
                .filter(text -> !text.isEmpty());
        List<Tree> sources = new Application(made).sources();
        Optional<String> open = sources.stream()
                .map(source -> Application.text(source, "path"))
                .filter(path -> path.contains("{{"))
                .findFirst();
        if (open.isEmpty()) {
            // a path that only one of the clusters has
            boolean there = sources.stream()
                    .allMatch(source -> source.at("path").isEmpty()
                            || folders.resolve(Application.text(source, "path"), made.file())
                                    .isPresent());
            return there || named.isEmpty() ? List.of(settled(made, new TreeMap<>(), named)) : List.of();
        }
        String literal = open.get().substring(0, open.get().indexOf("{{"));
        String prefix = literal.substring(0, Math.max(0, literal.lastIndexOf('/')));
        Optional<String> at = prefix.isEmpty() ? Optional.empty() : folders.resolve(prefix, made.file());
        boolean many = ApplicationSets.PLACE.matcher(open.get()).results().count() > MOST_OPEN;
        if (at.isEmpty() || many) {
            ledger.leftOut(
                    made.tree().place(),
                    "ApplicationSet",
                    "which folders " + open.get() + " is cannot be told from this tree");
            if (prefix.isEmpty() || many) {
                may.putIfAbsent(at.orElse(""), made.tree().place().at());
            }
            return List.of();
        }
        may.putIfAbsent(at.get(), made.tree().place().at());
        String above = at.get().substring(0, Math.max(0, at.get().length() - prefix.length()));
        List<Manifest> applications = new ArrayList<>();
        for (Match match : leaves(matches(above + open.get(), at.get(), folders), folders)) {
            applications.add(settled(made, match.values(), named.or(match::last)));
        }
        return applications;
    }

    private static List<Match> matches(String template, String under, Folders folders) {
        List<String> names = new ArrayList<>();
        Pattern pattern = pattern(template, names);
        List<Match> found = new ArrayList<>();
        for (String folder : folders.folders().tailSet(under)) {
            if (!Folders.inside(folder, under)) {
                if (folder.startsWith(under)) {
                    continue;
                }
                break;
            }
            Matcher matcher = pattern.matcher(folder + "/");
            if (matcher.matches() && found.size() < MOST && deploys(folder, folders)) {
                SortedMap<String, String> values = new TreeMap<>();
                Optional<String> last = Optional.empty();
                for (int i = 0; i < names.size(); i++) {
                    String value =
                            Optional.ofNullable(matcher.group(i + 1)).orElse("").replace("/", "");
                    values.putIfAbsent(names.get(i), value);
                    last = value.isEmpty() || SHARED.contains(value) ? last : Optional.of(value);
                }
                found.add(new Match(folder, values, last));
            }
        }
        return found;
    }

    /** One segment for each expression, or none where it is the whole of a segment. */
    private static Pattern pattern(String template, List<String> names) {
        StringBuilder regex = new StringBuilder();
        for (String segment : template.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".")) {
                continue;
            }
            Matcher matcher = ApplicationSets.PLACE.matcher(segment);
            if (matcher.matches() && matcher.group(1).indexOf('}') < 0) {
                names.add(matcher.group(1));
                regex.append("([^/]+/)?");
                continue;
            }
            int from = 0;
            matcher.reset();
            while (matcher.find()) {
                regex.append(Pattern.quote(segment.substring(from, matcher.start())))
                        .append("([^/]*?)");
                names.add(matcher.group(1));
                from = matcher.end();
            }
            regex.append(Pattern.quote(segment.substring(from))).append('/');
        }
        return Pattern.compile(regex.toString());
    }

    /** True for a folder in which something to be deployed stands itself, not only below it. */
    private static boolean deploys(String folder, Folders folders) {
        return folders.kustomization(folder).isPresent()
                || folders.file(folder + "/Chart.yaml")
                || folders.below(folder).stream()
                        .filter(file -> Folders.folder(file).equals(folder))
                        .anyMatch(file -> folders.documents(file).stream().anyMatch(Manifest::object));
    }

    /** Those that no other one takes in, and no components. */
    private List<Match> leaves(List<Match> matches, Folders folders) {
        SequencedSet<String> taken = new LinkedHashSet<>();
        for (Match match : matches) {
            if (folders.kustomization(match.folder()).isPresent()) {
                walk.folder(match.folder()).used().stream()
                        .filter(file -> !Folders.folder(file).equals(match.folder()))
                        .forEach(taken::add);
            }
        }
        return matches.stream()
                .filter(match -> folders.kustomization(match.folder())
                        .filter(one -> taken.contains(one.file()) || one.kind().equals("Component"))
                        .isEmpty())
                .toList();
    }

    /** The Application with values in place of its expressions; what stays open is left out of names. */
    private static Manifest settled(Manifest made, SortedMap<String, String> values, Optional<String> cluster) {
        boolean elsewhere = open(made, "spec.destination.server") || open(made, "spec.destination.name");
        Tree tree = Grafts.each(made.tree(), scalar -> filled(scalar, values));
        if (elsewhere) {
            Tree destination = Grafts.mapping(made.tree().place());
            Optional<Tree> namespace = tree.at("spec.destination.namespace");
            if (namespace.isPresent()) {
                destination = Grafts.put(destination, List.of("namespace"), namespace.get());
            }
            if (cluster.isPresent()) {
                destination = Grafts.put(
                        destination, List.of("name"), Grafts.text(made.tree().place(), cluster.get()));
            }
            List<Tree.Entry> spec = new ArrayList<>();
            for (Tree.Entry entry : tree.entries("spec")) {
                spec.add(
                        entry.key().equals("destination")
                                ? new Tree.Entry("destination", entry.place(), destination)
                                : entry);
            }
            tree = Grafts.put(tree, List.of("spec"), new Tree.Mapping(tree.place(), List.copyOf(spec)));
        }
        String name = ApplicationSets.PLACE
                .matcher(tree.text("metadata.name").map(Fact::value).orElse(""))
                .replaceAll(Matcher.quoteReplacement(cluster.orElse("")));
        name = name.replaceFirst("-+$", "");
        return made.with(Grafts.put(
                tree, List.of("metadata", "name"), Grafts.text(made.tree().place(), name)));
    }

    private static boolean open(Manifest made, String path) {
        return made.text(path).contains("{{");
    }

    private static Tree.Scalar filled(Tree.Scalar scalar, SortedMap<String, String> values) {
        if (values.isEmpty() || !scalar.value().contains("{{")) {
            return scalar;
        }
        Matcher matcher = ApplicationSets.PLACE.matcher(scalar.value());
        String text = matcher.replaceAll(
                found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
        return new Tree.Scalar(scalar.place(), scalar.kind(), text);
    }
}
