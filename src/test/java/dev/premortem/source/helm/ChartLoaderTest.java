package dev.premortem.source.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.source.fetch.Fetched;
import dev.premortem.source.render.ChartSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is fetched is what {@code helm dependency build} would take: the version of the lock file, where a range stands in the chart. */
final class ChartLoaderTest {
    private static List<String> asked(HelmTests tree) throws ChartLoader.Missing {
        List<String> asked = new ArrayList<>();
        ChartLoader.load(
                tree.tree(),
                tree.job("web"),
                remote -> {
                    asked.add(text(remote));
                    return new Fetched.Not("no");
                },
                new ParsedFiles());
        return asked;
    }

    private static String text(ChartSource.Remote remote) {
        return remote.repository() + " " + remote.chart() + " " + remote.version();
    }

    private static HelmTests web() {
        return new HelmTests().chart("web", "web").file("web/Chart.yaml", """
                apiVersion: v2
                name: web
                version: 1.0.0
                dependencies:
                - {name: db, version: 19.x.x, repository: 'https://charts.example.com'}
                """);
    }

    @Test
    void theLockFileSaysTheVersion() throws ChartLoader.Missing {
        String lock = "dependencies:\n- {name: db, version: 19.6.4, repository: 'https://charts.example.com'}\n";
        assertEquals(List.of("https://charts.example.com db 19.x.x"), asked(web()));
        assertEquals(List.of("https://charts.example.com db 19.6.4"), asked(web().file("web/Chart.lock", lock)));
        assertEquals(List.of("https://charts.example.com db 19.6.4"), asked(web().file("web/requirements.lock", lock)));
        assertEquals(
                List.of("https://charts.example.com db 19.x.x"),
                asked(web().file("web/Chart.lock", lock.replace("name: db", "name: other"))));
    }

    private static List<String> absent(HelmTests tree, String... values) throws ChartLoader.Missing {
        ChartFiles chart =
                ChartLoader.load(tree.tree(), tree.job("web", values), _ -> new Fetched.Not("no"), new ParsedFiles());
        return chart.absent().stream()
                .map(one -> one.place().at() + " " + one.dependency().key() + " " + one.what())
                .toList();
    }

    private static HelmTests switched(String switches) {
        return new HelmTests().chart("web", "web").file("web/Chart.yaml", """
                apiVersion: v2
                name: web
                version: 1.0.0
                dependencies:
                - {name: db, version: 19.6.4, repository: 'https://charts.example.com', %s}
                """.formatted(switches));
    }

    private static final String DB = "web/Chart.yaml:5 db db 19.6.4 of https://charts.example.com";

    @Test
    void tagsLeaveADependencyOutWhereNoneOfThemIsTrue() throws ChartLoader.Missing {
        HelmTests tree = switched("tags: [store, back]");
        assertEquals(List.of(DB), absent(tree));
        assertEquals(List.of(), absent(tree.file("web/values.yaml", "tags: {store: false}\n")));
        assertEquals(List.of(DB), absent(tree.file("web/values.yaml", "tags: {store: false, back: true}\n")));
    }

    @Test
    void aConditionWinsOverTagsAndItsFirstPathThatIsThereDecides() throws ChartLoader.Missing {
        HelmTests tree = switched("tags: [store], condition: 'db.enabled,global.db'");
        assertEquals(List.of(DB), absent(tree.file("web/values.yaml", "tags: {store: false}\ndb: {enabled: true}\n")));
        assertEquals(List.of(), absent(tree.file("web/values.yaml", "db: {enabled: false}\nglobal: {db: true}\n")));
        assertEquals(List.of(), absent(tree.file("web/values.yaml", "global: {db: false}\n")));
        assertEquals(List.of(DB), absent(tree.file("user.yaml", "global: {db: true}\n"), "user.yaml"));
    }

    @Test
    void whatIsSwitchedOffIsNotFetched() throws ChartLoader.Missing {
        HelmTests tree = switched("condition: db.enabled").file("web/values.yaml", "db: {enabled: false}\n");
        assertEquals(List.of(), asked(tree));
    }

    @Test
    void aChartInAChartBesideIsNamedWithTheKeysOfItsValues() throws ChartLoader.Missing {
        HelmTests tree = new HelmTests().file("web/Chart.yaml", """
                apiVersion: v2
                name: web
                version: 1.0.0
                dependencies:
                - {name: shop, version: 1.0.0, repository: 'file://../shop', alias: store}
                """).file("shop/Chart.yaml", """
                apiVersion: v2
                name: shop
                version: 1.0.0
                dependencies:
                - {name: db, version: 19.6.4, repository: 'https://charts.example.com', condition: db.enabled}
                """);
        assertEquals(List.of("shop/Chart.yaml:5 store.db db 19.6.4 of https://charts.example.com"), absent(tree));
        assertEquals(List.of(), absent(tree.file("web/values.yaml", "store: {db: {enabled: false}}\n")));
    }

    @Test
    void whatAnAbsentChartIsGivenIsHandedOver() throws ChartLoader.Missing {
        HelmTests tree = switched("alias: data")
                .file("web/values.yaml", "data: {replicas: 2}\nglobal: {imageRegistry: mirror.example}\n")
                .file("user.yaml", "data: {replicas: 3}\n");
        ChartFiles chart = ChartLoader.load(
                tree.tree(), tree.job("web", "user.yaml"), _ -> new Fetched.Not("no"), new ParsedFiles());
        var values = chart.absent().getFirst().dependency().values();
        assertEquals("3", values.text("replicas").orElseThrow().value());
        assertEquals(
                "mirror.example",
                values.text("global.imageRegistry").orElseThrow().value());
    }
}
