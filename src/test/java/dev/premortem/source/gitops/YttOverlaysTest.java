package dev.premortem.source.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.outage.Coverage;
import dev.premortem.testing.Outlook;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** As in cloudfoundry/cf-for-k8s, config/istio/remove-hpas-and-scale-istiod.yml: a budget over one pod that an overlay makes two. */
class YttOverlaysTest {
    private static final String PODS = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: istiod, namespace: mesh}
            spec:
              replicas: 1
              selector: {matchLabels: {app: istiod}}
              template:
                metadata: {labels: {app: istiod}}
                spec: {containers: [{name: c, image: 'example.com/istiod:1'}]}
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: istiod, namespace: mesh}
            spec: {minAvailable: 1, selector: {matchLabels: {app: istiod}}}
            """;

    private static final String OVERLAY = """
            #@ load("@ytt:overlay", "overlay")
            #@overlay/match by=overlay.subset({"kind": "Deployment", "metadata":{"name":"istiod"}}),expects=1
            ---
            spec:
              #@overlay/match missing_ok=True
              replicas: 2
            """;

    private static Outlook of(String file, String overlay) {
        return Outlook.of(new TreeMap<>(Map.of("config/mesh/generated/mesh.yaml", PODS, file, overlay)), Outlook.NOW);
    }

    @Test
    void whatAnOverlayChangesIsNotJudged() {
        Outlook changed = of("config/mesh/scale.yml", OVERLAY).noOutage("drain");
        assertEquals(
                List.of(
                        "Deployment: ytt changes it (config/mesh/scale.yml), and is not run here",
                        "template: a template of ytt; render it first"),
                changed.prediction().coverage().notUnderstood().stream()
                        .map(gap -> gap.kind() + ": " + gap.reason())
                        .sorted()
                        .toList());
        of("config/mesh/scale.yml", OVERLAY.replace(", \"metadata\":{\"name\":\"istiod\"}", ""))
                .noOutage("drain");
    }

    @Test
    void foldersOfOverlaysOneInAnotherAreHandedOverTogether() {
        Map<String, String> files = new TreeMap<>(
                Map.of("config/mesh/generated/mesh.yaml", PODS, "config/all.yml", OVERLAY.replace("istiod", "other")));
        files.put("config/other/scale.yml", OVERLAY);
        Outlook.of(new TreeMap<>(files), Outlook.NOW).noOutage("drain");
    }

    @Test
    void anotherOverlayAndOneElsewhereChangeNothing() {
        of("config/mesh/scale.yml", OVERLAY.replace("istiod", "other")).outage("drain");
        of("other/scale.yml", OVERLAY).outage("drain");
        of("config/mesh/scale.yml", OVERLAY.replace("\"istiod\"", "name()")).outage("drain");
    }

    /** Values that ytt sets are comments to everybody else: a count that is not there would read as one. */
    @Test
    void aTemplateOfYttIsNotReadAsItStands() {
        String template =
                "#@ load(\"@ytt:data\", \"data\")\n---\n" + PODS.replace("replicas: 1", "replicas: #@ data.values.n");
        Outlook outlook = Outlook.of(template).noOutage("drain");
        assertEquals(
                List.of("a template of ytt; render it first"),
                outlook.prediction().coverage().notUnderstood().stream()
                        .map(Coverage.NotUnderstood::reason)
                        .toList());
        Outlook.of("#@ a heading\n" + PODS).outage("drain");
    }
}
