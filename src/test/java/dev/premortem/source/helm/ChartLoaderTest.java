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
}
