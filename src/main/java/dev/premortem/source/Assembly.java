package dev.premortem.source;

import dev.premortem.estate.Alternative;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.ConfigMap;
import dev.premortem.estate.Estate;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.estate.Service;
import dev.premortem.estate.Site;
import dev.premortem.estate.Thing;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Coverage;
import dev.premortem.source.catalog.Catalogs;
import dev.premortem.source.chart.Installations;
import dev.premortem.source.chart.MadeCertificates;
import dev.premortem.source.chart.Pinned;
import dev.premortem.source.chart.Releases;
import dev.premortem.source.declared.Clusters;
import dev.premortem.source.declared.DeclaredKinds;
import dev.premortem.source.gitops.Manifest;
import dev.premortem.source.kubernetes.Objects;
import dev.premortem.source.kubernetes.Services;
import dev.premortem.source.kubernetes.Stores;
import dev.premortem.source.kubernetes.Surroundings;
import dev.premortem.source.kubernetes.TalosNodes;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Secrets;
import dev.premortem.source.text.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Puts documents together to an estate: clusters first, then what is declared, then objects, then what needs all of these. */
final class Assembly {
    private static final String OTHER_DATA = "data of another tool, no kind of document that is known";

    private final Harvest harvest = new Harvest();
    private final List<Document> documents;
    private final List<Document> named = new ArrayList<>();
    private final List<Clusters.Found> clusters = new ArrayList<>();
    private final Ownership ownership;
    private final Overlays overlays;
    private final Attachments attachments;
    private final Hints hints;
    private final Charts charts = new Charts(harvest);
    private final Catalogs catalogs = new Catalogs();

    private Assembly(List<Document> documents, Reading.Parsing parsing) {
        this.documents = documents.stream()
                .sorted(Comparator.comparing(Document::file)
                        .thenComparingInt(Document::index)
                        .thenComparing(document -> document.tree().place()))
                .toList();
        TreeSet<String> files = new TreeSet<>();
        Stream.of(this.documents, parsing.documents()).forEach(all -> addFiles(all, files));
        Clusters reader = new Clusters(harvest);
        for (Document document : this.documents) {
            if (DeclaredKinds.is(document.tree()) && kind(document.tree()).equals("Cluster")) {
                reader.read(document.tree()).ifPresent(clusters::add);
            }
        }
        Seeing.complete(clusters);
        this.ownership = new Ownership(clusters, files);
        paths(files);
        this.overlays = new Overlays(this.documents, files);
        this.hints = new Hints(this.documents, files);
        this.attachments = new Attachments(harvest, this.documents);
    }

    /** The files of documents; neighbours stand in one. */
    private static void addFiles(List<Document> documents, Set<String> files) {
        String before = "";
        for (Document document : documents) {
            if (!document.file().equals(before)) {
                files.add(document.file());
            }
            before = document.file();
        }
    }

    private static String kind(Tree tree) {
        return tree.text("kind").map(Fact::value).orElse("");
    }

    /** Assembles. Every document is judged by its content alone, so the order of files does not matter. */
    static Reading assemble(
            List<Document> documents,
            SortedMap<String, String> texts,
            Reading.Parsing parsing,
            Expansion.Expanded expanded) {
        return new Assembly(documents, parsing).assemble(texts, parsing, expanded);
    }

    private Reading assemble(SortedMap<String, String> texts, Reading.Parsing parsing, Expansion.Expanded expanded) {
        documents.forEach(this::document);
        attachments.rest(clusters);
        clusters.forEach(found -> harvest.things.add(found.cluster()));
        undeclared();
        Merge.merge(harvest, parsing.sightings());
        harvest.things.addAll(expanded.things());
        objects();
        doubles();
        installations(parsing);
        Completion.complete(harvest);
        return reading(texts, parsing, expanded);
    }

    /** Clusters that nobody declares and something is deployed to. */
    private void undeclared() {
        SortedMap<String, Declared> names = new TreeMap<>();
        for (KubernetesObject object : harvest.objects) {
            names.putIfAbsent(object.cluster(), object.tree().place());
        }
        clusters.forEach(found -> names.remove(found.cluster().name()));
        if (names.containsKey("default") || (clusters.isEmpty() && names.isEmpty())) {
            String file = documents.isEmpty() ? "." : documents.getFirst().file();
            names.put("default", new Declared(file, 1, ""));
        }
        names.forEach((name, place) -> harvest.things.add(Clusters.undeclared(name, place)));
    }

    private Reading reading(SortedMap<String, String> texts, Reading.Parsing parsing, Expansion.Expanded expanded) {
        Set<String> files = new HashSet<>();
        documents.stream().filter(document -> !Seeing.is(document)).forEach(document -> files.add(document.file()));
        List<Problem> problems = new ArrayList<>(parsing.problems());
        problems.addAll(parsing.sightings().problems());
        problems.addAll(expanded.problems());
        problems.addAll(harvest.problems);
        List<Coverage.NotUnderstood> leftOut = new ArrayList<>(parsing.notUnderstood());
        leftOut.removeIf(
                one -> expanded.used().contains(one.file()) && one.kind().equals("template"));
        leftOut.addAll(expanded.notUnderstood());
        leftOut.addAll(parsing.sightings().notUnderstood());
        leftOut.addAll(harvest.notUnderstood);
        leftOut.sort(Comparator.comparing(Coverage.NotUnderstood::file)
                .thenComparingInt(Coverage.NotUnderstood::line)
                .thenComparing(Coverage.NotUnderstood::kind));
        SortedSet<String> others = new TreeSet<>();
        leftOut.stream().filter(one -> one.reason().equals(OTHER_DATA)).forEach(one -> others.add(one.file()));
        // how another tool reads a key that stands twice is its business
        problems.removeIf(
                problem -> others.contains(problem.file()) && problem.found().startsWith(Texts.TWICE));
        long data =
                leftOut.stream().filter(one -> one.reason().equals(OTHER_DATA)).count();
        Coverage coverage = new Coverage(
                        Math.toIntExact(documents.stream()
                                        .filter(document -> !Seeing.remark(document))
                                        .count()
                                - data),
                        files.size(),
                        List.copyOf(leftOut),
                        problems.stream().sorted().distinct().toList(),
                        List.of())
                .kinds(Understood.kinds(named, leftOut))
                .rendered(expanded.rendering());
        Estate estate = new Estate(
                harvest.things, annotated(), harvest.observations, harvest.overrides, harvest.defaults, harvest.costs);
        return new Reading(estate, coverage, List.copyOf(named), texts, nothing(), parsing);
    }

    /** Objects, and declared documents that bear annotations: risks are accepted on both. */
    private List<KubernetesObject> annotated() {
        List<KubernetesObject> all = new ArrayList<>(harvest.objects);
        for (Document document : named) {
            List<Tree.Entry> entries = document.tree().entries("metadata.annotations");
            if (!DeclaredKinds.is(document.tree())
                    || entries.isEmpty()
                    || document.reference().isEmpty()) {
                continue;
            }
            SortedMap<String, Fact<String>> annotations = new TreeMap<>();
            entries.forEach(entry -> entry.value().text().ifPresent(text -> annotations.put(entry.key(), text)));
            Reference reference = document.reference().get();
            all.add(new KubernetesObject(
                    reference,
                    "",
                    "premortem.dev/v1",
                    kind(document.tree()),
                    "",
                    reference.name(),
                    Map.of(),
                    annotations,
                    document.tree()));
        }
        return all;
    }

    /** True where no document said anything that the estate could hold. */
    private boolean nothing() {
        return harvest.objects.isEmpty()
                && harvest.observations.isEmpty()
                && harvest.overrides.isEmpty()
                && harvest.defaults.isEmpty()
                && harvest.costs.isEmpty()
                && harvest.things.stream().allMatch(thing -> thing instanceof Cluster cluster && !cluster.declared());
    }

    private void document(Document document) {
        Tree tree = document.tree();
        Optional<Reference> reference = Optional.empty();
        if (DeclaredKinds.is(tree)) {
            new DeclaredKinds(harvest).read(tree);
            if (kind(tree).equals("DnsZone")) {
                attachments.zone(tree);
            }
            reference = DeclaredKinds.reference(tree).map(Reference::new);
        } else if (overlays.patch(document.file())) {
            harvest.leftOut(tree.place(), kind(tree), "a kustomize patch, which is not rendered");
        } else if (Overlays.is(tree)) {
            harvest.leftOut(tree.place(), kind(tree), "a kustomization, which is not rendered");
        } else if (Catalogs.is(tree)) {
            catalogs.add(tree);
        } else if (Objects.is(tree) && !Secrets.kubeconfig(tree)) {
            String cluster = cluster(document);
            Optional<KubernetesObject> object =
                    Objects.read(tree, cluster, overlays.namespace(document.file()), harvest);
            object.ifPresent(harvest.objects::add);
            object.ifPresent(found -> releases(found, document));
            reference = object.map(KubernetesObject::reference);
        } else if (TalosNodes.is(tree)) {
            harvest.things.addAll(TalosNodes.read(tree, cluster(document)));
        } else if (tree instanceof Tree.Scalar scalar && Attachments.bare(scalar)) {
            harvest.aside(tree.place(), "", OTHER_DATA);
        } else if (!Attachments.is(tree)) {
            Optional<Release> release = values(document);
            if (release.isEmpty() && document.chart().isEmpty()) {
                leftOut(document);
            }
            release.ifPresent(harvest.things::add);
            reference = release.map(Release::reference);
        }
        named.add(document.named(tree, reference));
    }

    private String cluster(Document document) {
        return document.cluster().or(() -> ownership.of(document.file())).orElse("default");
    }

    /** The releases of an object; what a chart makes that nobody knows here is said to be missing. */
    private void releases(KubernetesObject object, Document document) {
        Optional<String> gap = document.chart().flatMap(Manifest.Chart::gap);
        boolean rendered = document.chart().isPresent() && gap.isEmpty();
        for (Release release : Releases.of(object, harvest)) {
            harvest.things.add(release);
            if (rendered) {
                charts.rendered(release);
            } else if (!Releases.KNOWN.contains(release.chart())) {
                String why = gap.filter(text -> !text.equals("is not rendered"))
                        .map(text -> " (" + text + ")")
                        .orElse("");
                harvest.leftOut(
                        object.tree().place(),
                        object.kind(),
                        "the chart " + release.chart() + " is not rendered" + why + "; what it makes is not known");
            }
        }
    }

    /** A cluster that claims a folder in which nothing is. */
    private void paths(NavigableSet<String> files) {
        for (Clusters.Found found : clusters) {
            String folder = Ownership.folder(found.cluster().place().file());
            for (Fact<String> path : found.paths()) {
                boolean there = Ownership.exists(Ownership.resolve(folder, path.value(), files), files);
                if (!there && path.provenance() instanceof Declared place) {
                    harvest.problem(
                            place,
                            "no folder is called \"" + path.value() + "\"",
                            "a folder relative to this document or to the tree");
                }
            }
        }
    }

    /** Says why a document that is neither an object nor a release says nothing. */
    private void leftOut(Document document) {
        Tree tree = document.tree();
        String name = document.file().substring(document.file().lastIndexOf('/') + 1);
        if (name.equals("Chart.yaml")) {
            harvest.leftOut(tree.place(), "Chart", "a Helm chart, which is not rendered");
        } else if (hints.chartDefaults(document.file())) {
            harvest.leftOut(tree.place(), "values", "the defaults of a Helm chart");
        } else if (mayBeOurs(tree, name)) {
            harvest.leftOut(tree.place(), "", "no kind of document that is known");
        } else {
            harvest.aside(tree.place(), "", OTHER_DATA);
        }
    }

    /** What looks like a manifest that lacks something, and values that no release names, are gaps; other data is none of ours. */
    private static boolean mayBeOurs(Tree tree, String name) {
        return Stream.of("apiVersion", "kind", "metadata")
                        .anyMatch(key -> tree.entries().stream()
                                .anyMatch(entry -> entry.key().equals(key)))
                || name.contains("values");
    }

    /** The release of a values file. */
    private Optional<Release> values(Document document) {
        String file = document.file();
        if (hints.chartDefaults(file)) {
            return Optional.empty();
        }
        Optional<Releases.Hint> hint = hints.of(document.tree().place());
        boolean known = hint.filter(found -> List.of("traefik", "cilium").contains(found.chart()))
                .isPresent();
        if (hint.isPresent() && !known) {
            return Optional.empty();
        }
        String cluster = cluster(document);
        Optional<Release> release = Releases.of(document.tree(), cluster, hint);
        boolean placed = hint.flatMap(Releases.Hint::namespace).isPresent();
        return placed ? release : release.map(found -> in(found, hints.namespace(file)));
    }

    /** What stands in several environments, for comparison, and what charts make up while they are installed. */
    private void installations(Reading.Parsing parsing) {
        List<Release> releases = new ArrayList<>();
        for (Thing thing : harvest.things) {
            if (thing instanceof Release release) {
                releases.add(release);
            }
        }
        // As parsed: what one environment does not deploy is what another is compared with.
        List<Tree> trees = parsing.documents().stream().map(Document::tree).toList();
        harvest.things.addAll(Installations.of(trees, releases));
        harvest.things.addAll(MadeCertificates.of(parsing.files().texts(), trees));
    }

    private static Release in(Release release, Optional<String> namespace) {
        return release.namespace().equals("default") && namespace.isPresent()
                ? new Release(
                        Reference.object(release.cluster(), namespace.get(), "Release", release.name()),
                        release.place(),
                        release.cluster(),
                        namespace.get(),
                        release.name(),
                        release.chart(),
                        release.version(),
                        release.values())
                : release;
    }

    private void objects() {
        TreeSet<String> names = new TreeSet<>();
        harvest.objects.forEach(object -> names.add(object.cluster()));
        clusters.forEach(found -> names.add(found.cluster().name()));
        List<Site> sites = new ArrayList<>();
        for (Thing thing : harvest.things) {
            if (thing instanceof Site site) {
                sites.add(site);
            }
        }
        Map<String, Service> services = new LinkedHashMap<>();
        Map<String, ConfigMap> configMaps = new LinkedHashMap<>();
        Map<String, KubernetesObject> objects = lastOfEach();
        Surroundings around = new Surroundings(names, sites, services, configMaps, objects, harvest.observations);
        for (KubernetesObject object : objects.values()) {
            if (object.kind().equals("Service") && object.apiVersion().equals("v1")) {
                services.put(object.reference().text(), Services.read(object, around, harvest));
            } else if (object.kind().equals("ConfigMap")) {
                configMaps.put(object.reference().text(), Stores.configMap(object, harvest));
            }
        }
        Kinds kinds = new Kinds(around, harvest);
        kinds.services(services);
        Pinned.complete(harvest);
        charts.make(around, services);
        harvest.things.addAll(services.values());
        harvest.things.addAll(configMaps.values());
        objects.values().stream().filter(object -> !charts.made(object)).forEach(kinds::read);
        kinds.finish();
        catalogs.apply(harvest);
        charts.resolvers();
        charts.networks();
    }

    /** Of two objects with one name, as a base and its copy have, the later counts; the other is left out. */
    private Map<String, KubernetesObject> lastOfEach() {
        Map<String, KubernetesObject> last = new HashMap<>();
        for (KubernetesObject object : harvest.objects) {
            KubernetesObject before = last.put(object.reference().text(), object);
            // one document that two roots bring is read once, not left out
            if (before != null && !before.tree().place().equals(object.tree().place())) {
                harvest.aside(
                        before.tree().place(),
                        before.kind(),
                        "the same object stands in " + object.tree().place().at() + ", which counts");
                harvest.things.add(Alternative.of(before));
            }
        }
        Map<String, KubernetesObject> sorted = new LinkedHashMap<>();
        last.values().stream()
                .sorted(Comparator.comparing(KubernetesObject::reference))
                .forEach(object -> sorted.put(object.reference().text(), object));
        harvest.objects.clear();
        harvest.objects.addAll(sorted.values());
        return sorted;
    }

    /** Two documents of ours with one kind and name are a mistake; the later counts. */
    private void doubles() {
        Map<String, Document> seen = new TreeMap<>();
        for (Document document : named) {
            if (DeclaredKinds.is(document.tree()) && document.reference().isPresent() && !Seeing.is(document)) {
                Document before = seen.put(document.identity(), document);
                if (before != null) {
                    harvest.problem(
                            document.tree().place(),
                            document.identity() + " is declared twice (first at "
                                    + before.tree().place().at() + "); the last one counts",
                            "one document for each");
                }
            }
        }
    }
}
