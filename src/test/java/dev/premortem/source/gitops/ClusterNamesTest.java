package dev.premortem.source.gitops;

import static dev.premortem.source.gitops.FluxTest.read;
import static dev.premortem.source.gitops.FluxTest.workloads;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.source.Reading;
import dev.premortem.source.render.Renderers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterNamesTest {
    private static final String WEB =
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: a, image: a}]}}}\n";

    @Test
    void foldersBesideEachOtherAreClusters() {
        assertEquals(
                Map.of("clusters/a/apps.yaml", "a", "clusters/b/x/apps.yaml", "b"),
                ClusterNames.of(List.of("clusters/a/apps.yaml", "clusters/b/x/apps.yaml")));
        assertEquals(
                Map.of("east/apps.yaml", "east", "west/apps.yaml", "west"),
                ClusterNames.of(List.of("east/apps.yaml", "west/apps.yaml")));
        assertEquals(Map.of(), ClusterNames.of(List.of("clusters/a/apps.yaml", "clusters/a/more.yaml")));
        assertEquals(Map.of(), ClusterNames.of(List.of("one/apps.yaml")));
    }

    @Test
    void aDeclaredClusterThatOwnsSeveralIsTheOneForProduction() {
        var derived = ClusterNames.of(List.of("overlays/production/k.yaml", "overlays/staging/k.yaml"));
        assertEquals(
                Map.of("overlays/production/k.yaml", "main", "overlays/staging/k.yaml", "staging"),
                ClusterNames.settle(List.copyOf(derived.keySet()), derived, _ -> Optional.of("main")));
    }

    @Test
    void declaredClustersNameTheirFolders() {
        String cluster =
                "apiVersion: premortem.dev/v1\nkind: Cluster\nmetadata: {name: %s}\nspec: {site: a, path: %s}\n";
        Reading reading = read(
                Renderers.none(),
                "premortem/clusters.yaml",
                cluster.formatted("one", "environments/production") + "---\n"
                        + cluster.formatted("two", "environments/staging"),
                "environments/production/web.yaml",
                WEB,
                "environments/staging/web.yaml",
                WEB);
        assertEquals(List.of("one/default/Deployment/web", "two/default/Deployment/web"), workloads(reading));
    }
}
