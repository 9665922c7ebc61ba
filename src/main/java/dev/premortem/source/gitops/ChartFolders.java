package dev.premortem.source.gitops;

import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Charts of a tree that nothing in it deploys: each with its defaults, or once for each {@code values-<environment>.yaml} beside it. A chart
 * whose templates are Applications is what deploys the others.
 */
final class ChartFolders {
    private final Folders folders;

    ChartFolders(Folders folders) {
        this.folders = folders;
    }

    /** Charts that make Applications and that no Application names; these come before all else. */
    List<Wanted> applications(List<Manifest> manifests) {
        SortedSet<String> deployed = new TreeSet<>();
        for (Manifest manifest : manifests) {
            if (Application.is(manifest)) {
                new Application(manifest)
                        .sources().stream()
                                .flatMap(source -> source.text("path").stream())
                                .flatMap(path -> folders.resolve(path.value(), manifest.file()).stream())
                                .forEach(deployed::add);
            }
        }
        return wanted(manifests.stream()
                .filter(one -> Folders.last(one.file()).equals("Chart.yaml"))
                .filter(one -> !deployed.contains(Folders.folder(one.file())))
                .filter(one -> folders.below(join(Folders.folder(one.file()), "templates")).stream()
                        .anyMatch(this::makesApplications))
                .toList());
    }

    private boolean makesApplications(String file) {
        String text = folders.tree.texts().getOrDefault(file, "");
        return text.contains("argoproj.io/")
                && text.lines().anyMatch(line -> line.strip().equals("kind: Application"));
    }

    /** Charts that no other chart takes in. */
    List<Wanted> wanted(List<Manifest> manifests) {
        SortedSet<String> taken = new TreeSet<>();
        List<Manifest> charts = new ArrayList<>();
        for (Manifest manifest : manifests) {
            if (!Folders.last(manifest.file()).equals("Chart.yaml")) {
                continue;
            }
            charts.add(manifest);
            for (Tree dependency : manifest.tree().items("dependencies")) {
                dependency
                        .text("repository")
                        .map(Fact::value)
                        .filter(url -> url.startsWith("file://"))
                        .flatMap(
                                url -> Folders.join(Folders.folder(manifest.file()), url.substring("file://".length())))
                        .ifPresent(taken::add);
            }
        }
        List<Wanted> wanted = new ArrayList<>();
        for (Manifest chart : charts) {
            String folder = Folders.folder(chart.file());
            boolean part = ("/" + folder).contains("/charts/") && inChart(folder);
            if (!taken.contains(folder) && !part && !chart.text("type").equals("library")) {
                wanted.addAll(of(chart, folder));
            }
        }
        return wanted;
    }

    /** True for a sub-chart that lies in the {@code charts} folder of another one. */
    private boolean inChart(String folder) {
        for (String above = Folders.folder(folder); !above.isEmpty(); above = Folders.folder(above)) {
            if (Folders.last(above).equals("charts") && folders.file(join(Folders.folder(above), "Chart.yaml"))) {
                return true;
            }
        }
        return false;
    }

    static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    private List<Wanted> of(Manifest chart, String folder) {
        List<String> environments = new ArrayList<>();
        for (String file : folders.below(folder)) {
            String inside = folder.isEmpty() ? file : file.substring(folder.length() + 1);
            if (inside.matches("values[-_.][^/]+\\.ya?ml") && !inside.contains("schema")) {
                environments.add(file);
            }
        }
        List<Wanted> wanted = new ArrayList<>();
        for (String file : environments) {
            String name = Folders.last(file).replaceFirst("^values[-_.]", "").replaceFirst("\\.ya?ml$", "");
            List<Tree> values =
                    folders.documents(file).stream().map(Manifest::tree).toList();
            wanted.add(one(chart, folder, values, Optional.of(name).filter(_ -> environments.size() > 1)));
        }
        return wanted.isEmpty() ? List.of(one(chart, folder, List.of(), Optional.empty())) : wanted;
    }

    private Wanted one(Manifest chart, String folder, List<Tree> values, Optional<String> cluster) {
        String name = chart.name().isEmpty() ? chart.text("name") : chart.name();
        Declared place =
                values.isEmpty() ? chart.tree().place() : values.getFirst().place();
        boolean empty = !folders.holds(join(folder, "templates"))
                && chart.tree().items("dependencies").isEmpty();
        ChartJob job = new ChartJob(
                new Reference(cluster.orElse("default") + "/default/Release/" + name),
                place,
                new ChartSource.Folder(folder),
                name,
                "default",
                values,
                true);
        return new Wanted(
                place,
                "Chart",
                name,
                List.copyOf(folders.below(folder)),
                empty ? Optional.empty() : Optional.of(job),
                empty ? Optional.of("its templates are not here") : Optional.empty(),
                cluster);
    }
}
