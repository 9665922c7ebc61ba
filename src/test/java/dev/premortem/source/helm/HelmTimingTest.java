package dev.premortem.source.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.fetch.Fetched;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.Rendered;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first rendering, further ones, and the cache give the same; {@code -Dtiming=20} renders so many more releases and prints what each step
 * took.
 */
final class HelmTimingTest {
    @Test
    void theCacheGivesWhatRenderingGave(@TempDir Path folder) {
        int count = Integer.getInteger("timing", 1);
        HelmTests tree = GateChart.add(new HelmTests(), "gate").file("mine.yaml", GateChart.MINE);
        HelmCharts charts = new HelmCharts(
                HelmTests.settings(),
                ContentCache.in(folder),
                _ -> new Fetched.Not("was not fetched; --fetch gets it"));
        long begun = System.nanoTime();
        Rendered first = charts.render(tree.tree(), List.of(tree.job("gate", "mine.yaml")))
                .getFirst();
        long one = System.nanoTime();
        List<ChartJob> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tree.file("values" + i + ".yaml", GateChart.MINE.replace("8081", String.valueOf(8100 + i)));
            jobs.add(tree.job("gate", "values" + i + ".yaml"));
        }
        long next = System.nanoTime();
        List<Rendered> more = charts.render(tree.tree(), jobs);
        long all = System.nanoTime();
        List<Rendered> kept = charts.render(tree.tree(), jobs);
        long cached = System.nanoTime();
        assertEquals(Optional.empty(), first.gap());
        assertEquals(more, kept);
        if (Integer.getInteger("timing") != null) {
            System.out.printf(
                    "first release %d ms; %d more in %d ms (%d ms each); from the cache %d ms%n",
                    (one - begun) / 1_000_000,
                    count,
                    (all - next) / 1_000_000,
                    (all - next) / 1_000_000 / count,
                    (cached - all) / 1_000_000);
        }
    }
}
