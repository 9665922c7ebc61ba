package dev.premortem.source.gitops;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What Argo CD makes of a tree: Applications, those that their sources bring in turn, and what they deploy. */
final class Argo {
    /** Applications that make Applications end somewhere, or they are a loop. */
    private static final int DEEPEST = 8;

    private final Folders folders;
    private final Builder builder;
    private final Rendering rendering;
    private final Ledger ledger;
    private final Function<String, Optional<String>> owners;
    private final UnknownClusters unknown;
    private final SortedMap<String, Declared> met = new TreeMap<>();
    private final SortedSet<String> done = new TreeSet<>();
    private final SortedSet<String> reached = new TreeSet<>();
    private final List<Manifest> deployed = new ArrayList<>();
    private final List<Manifest> next = new ArrayList<>();

    Argo(
            Folders folders,
            Builder builder,
            Rendering rendering,
            Ledger ledger,
            Function<String, Optional<String>> owners) {
        this.folders = folders;
        this.builder = builder;
        this.rendering = rendering;
        this.ledger = ledger;
        this.unknown = new UnknownClusters(builder.walk(), ledger);
        this.owners = owners;
    }

    /** The ApplicationSet that may deploy a file on clusters that nothing in the tree names. */
    Optional<String> mayReach(String file) {
        return unknown.mayReach(file);
    }

    /** Files that an Application names or holds in a folder that it names. */
    SortedSet<String> reached() {
        return reached;
    }

    /**
     * What Applications bring. An Application that another one brings is done once.
     *
     * @param from Applications and ApplicationSets
     */
    List<Manifest> deploy(List<Manifest> from) {
        List<Manifest> level = from;
        for (int depth = 0; !level.isEmpty() && depth < DEEPEST; depth++) {
            List<Manifest> applications = new ArrayList<>();
            for (Manifest manifest : level) {
                if (Application.set(manifest)) {
                    applications.addAll(
                            new ApplicationSets(folders, ledger, unknown, rendering.templates()).of(manifest));
                } else {
                    applications.add(manifest);
                }
            }
            level(applications);
            level = List.copyOf(next);
            next.clear();
        }
        return deployed;
    }

    private record Chart(Application application, ChartJob job, Optional<String> cluster) {}

    private void level(List<Manifest> manifests) {
        List<Sync> syncs = new ArrayList<>();
        List<Application> overlaid = new ArrayList<>();
        List<Chart> charts = new ArrayList<>();
        ArgoSource.Reader reader = new ArgoSource.Reader(folders, reached);
        for (Manifest manifest : manifests) {
            Optional<String> own = manifest.cluster().or(() -> owners.apply(manifest.file()));
            String identity = own.orElse("") + "\n" + manifest.namespace() + "/" + manifest.name();
            Declared place = manifest.tree().place();
            Declared first = met.putIfAbsent(identity, place);
            if (first != null) {
                if (!first.equals(place)) {
                    ledger.aside(
                            place, "Application", "the same Application stands in " + first.at() + ", which counts");
                }
                continue;
            }
            Application application = new Application(manifest);
            Optional<String> cluster = application.destination().or(() -> own);
            Manifest whole = manifest;
            int at = deployed.size();
            deployed.add(manifest.in(own));
            for (Tree source : application.sources()) {
                switch (reader.read(application, source, cluster)) {
                    case ArgoSource.Chart chart -> {
                        charts.add(new Chart(application, chart.job(), cluster));
                        whole = withValues(whole, source, chart);
                        deployed.set(at, whole.in(own));
                    }
                    case ArgoSource.Overlay overlay when again(overlay.sync(), cluster) -> {}
                    case ArgoSource.Overlay overlay -> {
                        syncs.add(overlay.sync());
                        overlaid.add(application);
                    }
                    case ArgoSource.Plain plain -> {
                        plain.objects().forEach(object -> ledger.used.add(object.file()));
                        plain.objects().forEach(object -> add(object, application, cluster));
                    }
                    case ArgoSource.Files _ -> {}
                    case ArgoSource.Unknown unknown -> {
                        deployed.set(at, deployed.get(at).came(Optional.of(unknown.reason())));
                        ledger.leftOut(
                                source.place(),
                                "Application",
                                "what " + manifest.name() + " deploys is not known: " + unknown.reason());
                    }
                }
            }
        }
        List<Built> built = builder.build(syncs);
        for (int i = 0; i < built.size(); i++) {
            ledger.used.addAll(built.get(i).used());
            reached.addAll(built.get(i).used());
            for (Manifest object : built.get(i).objects()) {
                add(object, overlaid.get(i), syncs.get(i).cluster());
            }
        }
        render(charts);
    }

    /** True for a folder that goes to the same cluster in the same way already, as environments that share their ApplicationSets do it. */
    private boolean again(Sync sync, Optional<String> cluster) {
        return cluster.isPresent()
                && !done.add("folder\n" + cluster.get() + "\n" + sync.folder() + "\n" + sync.namespace() + "\n"
                        + sync.additions());
    }

    private void render(List<Chart> charts) {
        List<Rendering.Delivery> deliveries = rendering.charts(charts.stream()
                .map(chart -> new Rendering.Order(chart.job(), chart.cluster()))
                .toList());
        for (int i = 0; i < charts.size(); i++) {
            Chart chart = charts.get(i);
            Rendering.Delivery delivery = deliveries.get(i);
            Manifest application = chart.application().manifest();
            for (int at = 0; at < deployed.size(); at++) {
                Manifest one = deployed.get(at);
                if (one.tree().place().equals(application.tree().place())
                        && one.name().equals(application.name())
                        && one.chart().flatMap(Manifest.Chart::gap).isEmpty()) {
                    deployed.set(at, one.came(delivery.gap()));
                }
            }
            if (delivery.gap().isPresent() && chart.job().source() instanceof ChartSource.Folder folder) {
                ledger.leftOut(
                        chart.job().place(),
                        "Application",
                        "the chart " + (folder.path().isEmpty() ? "of the root" : folder.path()) + " is not rendered"
                                + Rendering.because(delivery.gap()) + "; what it makes is not known");
            }
            delivery.objects().forEach(object -> add(object, chart.application(), chart.cluster()));
        }
    }

    /** An object as Argo CD applies it: what names no namespace goes to the destination's. */
    private void add(Manifest object, Application application, Optional<String> cluster) {
        boolean named = !object.text("metadata.namespace").isBlank();
        Tree namespace = application
                .manifest()
                .tree()
                .at("spec.destination.namespace")
                .filter(found -> found.text().isPresent())
                .orElseGet(() -> Grafts.text(application.manifest().tree().place(), "default"));
        Manifest whole = (named
                        ? object
                        : object.with(Grafts.put(object.tree(), List.of("metadata", "namespace"), namespace)))
                .in(cluster);
        if (Application.is(whole) || Application.set(whole)) {
            next.add(whole);
        } else {
            deployed.add(whole);
        }
    }

    /** The Application with all values of a source's chart where readers of values look for them. */
    private static Manifest withValues(Manifest manifest, Tree source, ArgoSource.Chart chart) {
        if (chart.values().isEmpty() || source.at("chart").isEmpty()) {
            return manifest;
        }
        Tree merged = chart.values().stream().reduce(Grafts::merge).orElseThrow();
        Tree changed = Grafts.put(source, List.of("helm", "valuesObject"), merged);
        List<Tree> many = manifest.tree().items("spec.sources");
        Tree spec = many.isEmpty()
                ? changed
                : new Tree.Sequence(
                        manifest.tree().at("spec.sources").orElse(source).place(),
                        many.stream()
                                .map(one -> one.place().equals(source.place()) ? changed : one)
                                .toList());
        return manifest.with(Grafts.put(manifest.tree(), List.of("spec", many.isEmpty() ? "source" : "sources"), spec));
    }
}
