package dev.premortem.source.gitops;

import dev.premortem.estate.AbsentChart;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import dev.premortem.source.chart.AppTemplate;
import dev.premortem.source.render.AbsentDependency;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.render.Renderers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Renders charts all at once and turns what comes out into manifests. */
final class Rendering {
    private static final String LAYOUT = "the layout of app-template";

    private final Folders folders;
    private final Renderers renderers;
    private final Ledger ledger;

    Rendering(Folders folders, Renderers renderers, Ledger ledger) {
        this.folders = folders;
        this.renderers = renderers;
        this.ledger = ledger;
    }

    /** Fills texts with the same program. */
    GoTemplates templates() {
        return new GoTemplates(renderers);
    }

    /** The reason in brackets; nothing where nobody was asked to render. */
    static String because(Optional<String> gap) {
        return gap.filter(text -> !text.equals("is not rendered"))
                .map(text -> " (" + text + ")")
                .orElse("");
    }

    /** A job and where its objects go. */
    record Order(ChartJob job, Optional<String> cluster) {}

    /** What one order gave. */
    record Delivery(List<Manifest> objects, Optional<String> gap) {}

    List<Delivery> charts(List<Order> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        List<Rendered> rendered =
                renderers.charts(folders.tree, orders.stream().map(Order::job).toList());
        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            Rendered came = bare(order.job().source())
                    ? Rendered.not("its templates are not here")
                    : laid(order.job(), rendered.get(i));
            ledger.problems.addAll(came.problems());
            ledger.releases.add(came);
            ledger.unheeded.add(order.job(), own(order.job().source()), came);
            rendered.get(i).absent().stream()
                    .flatMap(one -> absent(one, order).stream())
                    .forEach(ledger.absent::add);
            if (came.done() && order.job().source() instanceof ChartSource.Folder folder) {
                ledger.used.addAll(folders.below(folder.path()));
            }
            List<Manifest> objects = new ArrayList<>();
            for (Tree object : came.objects()) {
                objects.add(manifest(namespaced(object, order.job()), i).in(order.cluster()));
            }
            deliveries.add(new Delivery(objects, came.gap()));
        }
        return deliveries;
    }

    /** A chart that is nowhere at hand, where somebody may know what it is: one of a repository, in a version. */
    private static Optional<AbsentChart> absent(AbsentDependency one, Order order) {
        ChartJob job = order.job();
        return one.version()
                .flatMap(version -> one.repository()
                        .filter(url ->
                                url.value().contains("://") && !url.value().startsWith("file:"))
                        .map(repository -> new AbsentChart(
                                new Reference(job.of().text() + "/dependency/" + one.key()),
                                one.place(),
                                order.cluster().orElse("default"),
                                job.namespace(),
                                job.release(),
                                one.chart(),
                                version,
                                repository,
                                one.values())));
    }

    /** What a chart of the tree sets for the charts in it. */
    private List<Tree> own(ChartSource source) {
        if (!(source instanceof ChartSource.Folder folder)) {
            return List.of();
        }
        SortedSet<String> parts = new TreeSet<>();
        for (String file : List.of("Chart.yaml", "requirements.yaml")) {
            for (Manifest chart : folders.documents(ChartFolders.join(folder.path(), file))) {
                for (Tree dependency : chart.tree().items("dependencies")) {
                    parts.add(Application.text(dependency, "name"));
                    parts.add(Application.text(dependency, "alias"));
                }
            }
        }
        return folders.documents(ChartFolders.join(folder.path(), "values.yaml")).stream()
                .flatMap(values -> values.tree().entries().stream())
                .filter(entry -> parts.contains(entry.key())
                        || folders.holds(ChartFolders.join(folder.path(), "charts/" + entry.key())))
                .map(Tree.Entry::value)
                .toList();
    }

    /** What its values alone tell of a chart that was not had, or of one that a chart of the tree needs. */
    private Rendered laid(ChartJob job, Rendered came) {
        if (came.done()) {
            return came;
        }
        Tree values = job.values().stream().reduce(Grafts::merge).orElseGet(() -> Grafts.mapping(job.place()));
        return switch (job.source()) {
            case ChartSource.Remote remote -> laid(job, came, remote.chart().equals(AppTemplate.CHART), values);
            case ChartSource.Named named -> laid(job, came, named.chart().equals(AppTemplate.CHART), values);
            case ChartSource.Folder folder -> around(job, came, folder.path(), values);
            case ChartSource.Archive _ -> came;
        };
    }

    private static Rendered laid(ChartJob job, Rendered came, boolean known, Tree values) {
        List<Tree> objects = known ? AppTemplate.objects(job, values) : List.of();
        return objects.isEmpty() ? came : new Rendered(objects, Optional.of(LAYOUT), Optional.empty(), came.problems());
    }

    /** A chart around app-template: what its own templates made, and what its values say of the inner one. */
    private Rendered around(ChartJob job, Rendered came, String folder, Tree values) {
        Tree all = folders.documents(ChartFolders.join(folder, "values.yaml")).stream()
                .findFirst()
                .map(own -> Grafts.merge(own.tree(), values))
                .orElse(values);
        List<Tree> objects = new ArrayList<>(came.objects());
        boolean others = false;
        for (Manifest chart : folders.documents(ChartFolders.join(folder, "Chart.yaml"))) {
            for (Tree dependency : chart.tree().items("dependencies")) {
                String name = Application.text(dependency, "name");
                String key = Application.text(dependency, "alias");
                Optional<Tree> inner = Grafts.get(all, key.isEmpty() ? name : key);
                boolean vendored = folders.holds(ChartFolders.join(folder, "charts/" + name));
                if (name.equals(AppTemplate.CHART) && !vendored && inner.isPresent()) {
                    objects.addAll(AppTemplate.objects(job, inner.get()));
                } else {
                    others |= !vendored;
                }
            }
        }
        if (objects.size() == came.objects().size()) {
            return came;
        }
        return new Rendered(
                List.copyOf(objects),
                Optional.of(LAYOUT),
                others ? came.gap() : Optional.empty(),
                others ? came.problems() : List.of());
    }

    /** A folder without templates and without dependencies renders to nothing, which would look as if it were understood. */
    private boolean bare(ChartSource source) {
        return source instanceof ChartSource.Folder folder
                && !folders.holds(ChartFolders.join(folder.path(), "templates"))
                && folders.documents(ChartFolders.join(folder.path(), "Chart.yaml")).stream()
                        .allMatch(chart -> chart.tree().items("dependencies").isEmpty());
    }

    static Manifest manifest(Tree tree, int index) {
        return Manifest.parsed(tree.place().file(), index, tree);
    }

    /** Helm gives what names no namespace the release's. */
    private static Tree namespaced(Tree object, ChartJob job) {
        boolean named = object.text("metadata.namespace")
                .filter(text -> !text.value().isBlank())
                .isPresent();
        Declared place = job.place();
        return named
                ? object
                : Grafts.put(object, List.of("metadata", "namespace"), Grafts.text(place, job.namespace()));
    }
}
