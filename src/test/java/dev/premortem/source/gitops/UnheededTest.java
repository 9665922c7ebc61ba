package dev.premortem.source.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.estate.UnreadValues;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Severity;
import dev.premortem.predict.Predictor;
import dev.premortem.predict.Request;
import dev.premortem.source.Reading;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.OverlayJob;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.render.Renderers;
import dev.premortem.source.render.Unread;
import dev.premortem.testing.Outlook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A value is told as dead where every release that has it leaves it unread. */
final class UnheededTest {
    private static final String RELEASES = """
            repositories:
            - {name: shop, url: 'https://charts.example.com'}
            releases:
            - {name: web, namespace: shop, chart: shop/web, version: 1.0.0, values: [values.yaml]}
            - {name: cart, namespace: shop, chart: shop/cart, version: 1.0.0, values: [values.yaml]}
            """;

    /** No chart reads the top keys named; the second of the two charts reads what both do not. */
    private record Charts(Set<String> byNone, Set<String> bySecond) implements Renderers {
        @Override
        public List<Rendered> charts(FileTree files, List<ChartJob> jobs) {
            return jobs.stream().map(this::rendered).toList();
        }

        private Rendered rendered(ChartJob job) {
            return new Rendered(List.of(), Optional.of("fake 1"), Optional.empty(), List.of())
                    .unread(job.values().stream()
                            .flatMap(values -> values.entries().stream())
                            .filter(entry -> byNone.contains(entry.key())
                                    || (bySecond.contains(entry.key())
                                            && job.release().equals("web")))
                            .map(Charts::unread)
                            .toList());
        }

        private static Unread unread(Tree.Entry entry) {
            boolean empty = entry.value()
                    .text()
                    .filter(text -> text.value().equals("false"))
                    .isPresent();
            return new Unread(entry.key(), entry.place(), entry.place().line() + 1, Optional.empty(), empty);
        }

        @Override
        public List<Rendered> overlays(FileTree files, List<OverlayJob> jobs) {
            return jobs.stream().map(_ -> Rendered.not("is not rendered")).toList();
        }
    }

    private static Reading read(Charts charts, String values) {
        return FluxTest.read(charts, "helmfile.yaml", RELEASES, "values.yaml", values);
    }

    private static List<String> found(Charts charts, String values) {
        return read(charts, values).estate().all(UnreadValues.class).stream()
                .flatMap(unread -> unread.values().stream()
                        .map(value -> unread.chart() + " " + value.place().at() + " " + value.path()))
                .toList();
    }

    private static List<Outage> outages(String values) {
        Reading reading = read(new Charts(Set.of("replicaCount", "colour", "off"), Set.of()), values);
        return Predictor.predict(
                        reading.estate(),
                        reading.coverage(),
                        new Request(Outlook.NOW, Duration.ofDays(90), 2, Set.of()),
                        edits -> new dev.premortem.predict.Editor.Edited(reading.estate(), "", List.of()))
                .outages()
                .stream()
                .filter(outage -> outage.mechanism().equals("dead-setting"))
                .toList();
    }

    @Test
    void whatNoReleaseReadsIsToldOnce() {
        Charts charts = new Charts(Set.of("replicaCount"), Set.of());
        assertEquals(List.of("web values.yaml:2 replicaCount"), found(charts, "image: a\nreplicaCount: 2\n"));
    }

    @Test
    void whatOneOfThemReadsIsNotTold() {
        assertEquals(List.of(), found(new Charts(Set.of(), Set.of("replicaCount")), "image: a\nreplicaCount: 2\n"));
    }

    @Test
    void whatYamlReadsIsNotTold() {
        Charts charts = new Charts(Set.of("limits"), Set.of());
        assertEquals(List.of(), found(charts, "limits: &limits\n  memory: 1Gi\nimage: a\n"));
        assertEquals(List.of(), found(charts, "limits:\n  memory: &memory 1Gi\nimage: a\n"));
    }

    @Test
    void whatShouldKeepPodsUpIsMediumAndAllElseIsLow() {
        Outage count = outages("replicaCount: 2\n").getFirst();
        assertEquals(Severity.MEDIUM, count.severity());
        assertEquals(
                "values that should keep things up do nothing: no template of web reads replicaCount of shop/web",
                count.title());
        Outage colour = outages("colour: red\n").getFirst();
        assertEquals(Severity.LOW, colour.severity());
        assertEquals("values do nothing: no template of web reads colour of shop/web", colour.title());
        assertEquals(List.of(), outages("off: false\n"));
    }

    /** Two releases of one chart, of which the first so many leave what the chart sets for the chart in it unread. */
    private record Around(int leaving) implements Renderers {
        @Override
        public List<Rendered> charts(FileTree files, List<ChartJob> jobs) {
            List<Rendered> all = new ArrayList<>();
            while (all.size() < jobs.size()) {
                List<Unread> unread = all.size() < leaving
                        ? List.of(new Unread(
                                "db.count", new Declared("web/values.yaml", 2, "db.count"), 2, Optional.empty(), false))
                        : List.of();
                all.add(new Rendered(List.of(), Optional.of("fake 1"), Optional.empty(), List.of()).unread(unread));
            }
            return all;
        }

        @Override
        public List<Rendered> overlays(FileTree files, List<OverlayJob> jobs) {
            return jobs.stream().map(_ -> Rendered.not("is not rendered")).toList();
        }
    }

    private static List<String> handedOn(int leaving, String dependency) {
        return FluxTest.read(
                        new Around(leaving),
                        "helmfile.yaml",
                        "releases:\n- {name: web, namespace: shop, chart: ./web}\n- {name: cart, namespace: shop, chart: ./web}\n",
                        "web/Chart.yaml",
                        "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- {" + dependency + "}\n",
                        "web/values.yaml",
                        "db:\n  count: 3\nown: 1\n")
                .estate()
                .all(UnreadValues.class)
                .stream()
                .flatMap(unread ->
                        unread.values().stream().map(value -> value.place().at() + " " + value.path()))
                .toList();
    }

    @Test
    void whatAChartSetsForTheOneInItIsToldWhereEveryReleaseLeavesIt() {
        assertEquals(List.of("web/values.yaml:2 db.count"), handedOn(2, "name: db"));
        assertEquals(List.of("web/values.yaml:2 db.count"), handedOn(2, "name: postgresql, alias: db"));
        assertEquals(List.of(), handedOn(1, "name: db"));
        assertEquals(List.of(), handedOn(0, "name: db"));
    }
}
