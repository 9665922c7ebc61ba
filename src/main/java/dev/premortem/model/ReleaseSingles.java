package dev.premortem.model;

import dev.premortem.catalogue.OnePodCharts;
import dev.premortem.estate.Claim;
import dev.premortem.estate.Estate;
import dev.premortem.estate.Installation;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What runs once by the values of releases that are not rendered: a count of one, or a machine that is named. */
public final class ReleaseSingles {
    private static final Set<String> COUNTS = new TreeSet<>(List.of("replicas", "replicaCount"));
    private static final String HOST = "kubernetes.io/hostname";

    /** Below these keys stands what a program reads, not what Kubernetes runs, or what decides a number later. */
    private static final Set<String> NOT_PODS =
            new TreeSet<>(List.of("config", "configuration", "env", "data", "autoscaling", "hpa", "keda", "manifest"));

    /** Values by which charts take a claim that exists already. */
    private static final Pattern CLAIM =
            Pattern.compile("(?i)existing(?:persistent)?(?:volume)?claim(?:name)?|(?!volume)[a-z]*claimname");

    private static final int DEEPEST = 6;

    private final List<Singles.Item> items = new ArrayList<>();
    private final Set<String> places = new TreeSet<>();
    private final Set<String> shared;

    /**
     * Reads releases.
     *
     * @param shared names of the claims that several nodes may have at once
     */
    private ReleaseSingles(Set<String> shared) {
        this.shared = shared;
    }

    /**
     * A release as its values tell it.
     *
     * @param layers values, later ones over earlier ones
     */
    private record Told(Reference of, Declared place, String chart, String word, List<Tree> layers) {
        /** The value that counts at a path of keys. */
        Optional<Tree> at(List<String> path) {
            for (int i = layers.size() - 1; i >= 0; i--) {
                Optional<Tree> found = Installation.below(layers.get(i), path);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }

        boolean says(List<String> path, String key, String value) {
            return text(path, key).filter(value::equals).isPresent();
        }

        Optional<String> text(List<String> path, String key) {
            return at(with(path, key)).flatMap(Tree::text).map(Fact::value);
        }
    }

    /** Every count of pods that values set. */
    static List<String> counts(Tree values) {
        SortedMap<String, List<String>> paths = new TreeMap<>();
        find(values, List.of(), paths);
        return paths.values().stream()
                .filter(path -> COUNTS.contains(path.getLast()))
                .flatMap(path -> Installation.below(values, path).flatMap(Tree::text).stream())
                .map(Fact::value)
                .toList();
    }

    /** All of an estate, in the order of their references; each line is told once. */
    public static List<Singles.Item> of(Estate estate) {
        SortedMap<String, Told> releases = new TreeMap<>();
        for (Installation each : estate.all(Installation.class)) {
            String chart = each.family().replaceFirst("/.*", "");
            if (Sister.serious(each.environment()) && each.layers().size() > 0) {
                String word = each.name() + " in " + each.environment();
                Told told = new Told(each.reference(), each.place(), chart, word, each.layers());
                releases.put(each.reference().text(), told);
            }
        }
        for (Release each : estate.all(Release.class)) {
            if (Sister.serious(each.cluster()) && !rendered(estate, each)) {
                String word = each.namespace() + "/" + each.name();
                Told told = new Told(each.reference(), each.place(), each.chart(), word, List.of(each.values()));
                releases.put(each.reference().text(), told);
            }
        }
        ReleaseSingles singles = new ReleaseSingles(estate.all(Claim.class).stream()
                .filter(claim -> claim.accessModes().contains("ReadWriteMany"))
                .map(Claim::name)
                .collect(Collectors.toCollection(TreeSet::new)));
        releases.values().forEach(singles::read);
        return singles.items;
    }

    /** True where workloads of the release are there: they tell it themselves. One that was assumed for the release stands at its place. */
    static boolean rendered(Estate estate, Release release) {
        return estate.all(Workload.class).stream()
                .anyMatch(workload -> workload.cluster().equals(release.cluster())
                        && workload.namespace().equals(release.namespace())
                        && !workload.place().equals(release.place())
                        && makes(release, workload));
    }

    /** By the label of its release where it has one, else by its name. */
    private static boolean makes(Release release, Workload workload) {
        String instance = workload.labels().get("app.kubernetes.io/instance");
        return instance != null
                ? release.name().equals(instance)
                : workload.name().equals(release.name()) || workload.name().startsWith(release.name() + "-");
    }

    private void read(Told told) {
        SortedMap<String, List<String>> counts = new TreeMap<>();
        told.layers().forEach(layer -> find(layer, List.of(), counts));
        counts.values().forEach(path -> counted(told, path));
        int before = items.size();
        OnePodCharts.of(told.chart()).forEach(part -> assumed(told, part));
        if (counts.isEmpty() && items.size() == before) {
            told.layers().forEach(layer -> claimed(told, layer, List.of()));
        }
    }

    /** One claim that is named and no count: whatever runs there shares a volume, which a node at a time may have unless it is shared by network. */
    private void claimed(Told told, Tree tree, List<String> path) {
        if (path.size() > DEEPEST || (!path.isEmpty() && NOT_PODS.contains(path.getLast()))) {
            return;
        }
        for (Tree.Entry entry : tree.entries()) {
            List<String> below = with(path, entry.key());
            Optional<Fact<String>> name = told.at(below).flatMap(Tree::text);
            if (CLAIM.matcher(entry.key()).matches()
                    && name.filter(text -> !text.value().isBlank()).isPresent()
                    && !shared.contains(name.get().value())
                    && !off(told, path)) {
                add(
                        told,
                        name.get(),
                        told.word() + " keeps its state on one claim, and no count is set",
                        entry.key() + " " + name.get().value());
                return; // one claim says it
            }
            claimed(told, entry.value(), below);
        }
    }

    private static void find(Tree tree, List<String> path, SortedMap<String, List<String>> counts) {
        if (path.size() > DEEPEST || (!path.isEmpty() && NOT_PODS.contains(path.getLast()))) {
            return;
        }
        for (Tree.Entry entry : tree.entries()) {
            List<String> below = with(path, entry.key());
            boolean count = COUNTS.contains(entry.key()) || entry.key().equals(HOST);
            if (count && entry.value() instanceof Tree.Scalar) {
                counts.put(String.join("\n", below), below);
            }
            find(entry.value(), below, counts);
        }
    }

    private void counted(Told told, List<String> path) {
        List<String> component = path.subList(0, path.size() - 1);
        Optional<Fact<String>> value = told.at(path).flatMap(Tree::text);
        if (value.isEmpty() || off(told, component)) {
            return;
        }
        if (path.getLast().equals(HOST)) {
            String why = " runs on the machine " + value.get().value() + " only";
            add(
                    told,
                    value.get(),
                    told.word() + why,
                    "nodeSelector " + value.get().value());
        } else if (value.get().value().equals("1") && !scaled(told, component)) {
            add(told, value.get(), name(told, component) + " runs once", path.getLast() + ": 1");
        }
    }

    private static String name(Told told, List<String> component) {
        return component.isEmpty() ? told.word() : component.getLast() + " of " + told.word();
    }

    /** A count that the chart sets where no value does. */
    private void assumed(Told told, OnePodCharts.Part part) {
        boolean each = !part.path().isEmpty() && part.path().getLast().equals(OnePodCharts.EACH);
        List<String> path = each ? part.path().subList(0, part.path().size() - 1) : part.path();
        for (List<String> root : List.of(List.<String>of(), List.of(part.chart()))) {
            List<String> at = new ArrayList<>(root);
            at.addAll(path);
            if (each) {
                told.at(at)
                        .ifPresent(tree -> tree.entries()
                                .forEach(entry -> standing(told, part, with(at, entry.key()), entry.place())));
            } else if (at.isEmpty()) {
                standing(told, part, at, told.place());
            } else {
                told.layers().stream()
                        .flatMap(layer -> Installation.below(layer, at).stream())
                        .findFirst()
                        .ifPresent(tree -> standing(told, part, at, tree.place()));
            }
        }
    }

    private void standing(Told told, OnePodCharts.Part part, List<String> component, Declared place) {
        boolean many = told.text(component, "kind")
                .or(() -> told.text(component, "type"))
                .filter(kind -> !kind.equalsIgnoreCase("Deployment") && !kind.equalsIgnoreCase("StatefulSet"))
                .isPresent();
        boolean umbrella = component.isEmpty() && told.at(List.of(part.chart())).isPresent();
        if (many
                || umbrella
                || told.at(with(component, part.count())).isPresent()
                || off(told, component)
                || scaled(told, component)) {
            return;
        }
        Fact<String> one = new Fact<>("1", new Assumed("chart." + part.chart() + ".replicas", part.source()));
        if (places.add(place.at())) {
            items.add(new Singles.Item(
                    told.of(),
                    place,
                    name(told, component) + " runs once",
                    List.of(Evidence.of("no " + part.count() + ": 1", one)),
                    Confidence.POSSIBLE));
        }
    }

    private void add(Told told, Fact<String> value, String why, String text) {
        if (value.provenance() instanceof Declared place && places.add(place.at())) {
            items.add(new Singles.Item(told.of(), place, why, List.of(Evidence.of(text, value)), Confidence.POSSIBLE));
        }
    }

    /** True where the component, or one that it stands in, is switched off. */
    private static boolean off(Told told, List<String> component) {
        for (int i = 0; i <= component.size(); i++) {
            if (told.says(component.subList(0, i), "enabled", "false")) {
                return true;
            }
        }
        return false;
    }

    private static boolean scaled(Told told, List<String> component) {
        return told.says(with(component, "autoscaling"), "enabled", "true");
    }

    private static List<String> with(List<String> path, String key) {
        List<String> all = new ArrayList<>(path);
        all.add(key);
        return all;
    }
}
