package dev.premortem.source.helm;

import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.fetch.Fetched;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.OverlayJob;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.render.Renderers;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A tree of texts under construction, and the ways to render a chart of it. */
public final class HelmTests {
    final TreeMap<String, String> texts = new TreeMap<>();
    final TreeMap<String, byte[]> archives = new TreeMap<>();

    static HelmSettings settings() {
        HelmSettings usual = HelmSettings.of(
                Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path"));
        HelmSettings.Bounds small = new HelmSettings.Bounds(Duration.ofSeconds(15), 1L << 30, 16 << 20);
        return new HelmSettings(usual.java(), usual.classPath(), Optional.empty(), usual.kubernetes(), small);
    }

    static HelmCharts charts() {
        return new HelmCharts(
                settings(), ContentCache.none(), _ -> new Fetched.Not("was not fetched; --fetch gets it"));
    }

    /** Helm for charts, and nothing for kustomizations. */
    public static Renderers renderers() {
        HelmCharts charts = charts();
        return new Renderers() {
            @Override
            public List<Rendered> charts(FileTree files, List<ChartJob> jobs) {
                return charts.render(files, jobs);
            }

            @Override
            public List<Rendered> overlays(FileTree files, List<OverlayJob> jobs) {
                return Renderers.none().overlays(files, jobs);
            }
        };
    }

    HelmTests file(String name, String text) {
        texts.put(name, text);
        return this;
    }

    HelmTests chart(String folder, String name) {
        return file(folder + "/Chart.yaml", "apiVersion: v2\nname: " + name + "\nversion: 1.0.0\n");
    }

    FileTree tree() {
        return new FileTree(texts, archives);
    }

    /** A job for a folder with values of some files of the tree. */
    ChartJob job(String folder, String... valuesFiles) {
        return job(new ChartSource.Folder(folder), valuesFiles);
    }

    ChartJob job(ChartSource source, String... valuesFiles) {
        List<Tree> values = new ArrayList<>();
        for (String file : valuesFiles) {
            Texts.read(file, texts.getOrDefault(file, ""), _ -> false, Limits.DEFAULT, new Harvest())
                    .forEach(parsed -> values.add(parsed.tree()));
        }
        return new ChartJob(
                new Reference("main/apps/HelmRelease/web"),
                new Declared("release.yaml", 1, ""),
                source,
                "web",
                "apps",
                values,
                true);
    }

    Rendered render(String folder, String... valuesFiles) {
        return charts().render(tree(), List.of(job(folder, valuesFiles))).getFirst();
    }
}
