package dev.premortem.source.gitops;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import dev.premortem.source.chart.AppTemplate;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.render.Renderers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renders charts all at once and turns what comes out into manifests. */
final class Rendering {
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
            ledger.unheeded.add(order.job(), came);
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

    /** What its values alone tell of a chart that was not had. */
    private static Rendered laid(ChartJob job, Rendered came) {
        boolean known = switch (job.source()) {
            case ChartSource.Remote remote -> remote.chart().equals(AppTemplate.CHART);
            case ChartSource.Named named -> named.chart().equals(AppTemplate.CHART);
            case ChartSource.Folder _, ChartSource.Archive _ -> false;
        };
        if (came.done() || !known) {
            return came;
        }
        Tree values = job.values().stream().reduce(Grafts::merge).orElseGet(() -> Grafts.mapping(job.place()));
        List<Tree> objects = AppTemplate.objects(job, values);
        return objects.isEmpty()
                ? came
                : new Rendered(objects, Optional.of("the layout of app-template"), Optional.empty(), came.problems());
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
