package dev.premortem.source.kubernetes;

import static dev.premortem.source.Readings.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.estate.Workload;
import dev.premortem.source.Reading;
import dev.premortem.source.Readings;
import dev.premortem.testing.Outlook;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The number of pods that something else than the workload decides. */
class ScalersTest {
    private static final String WEB = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {selector: {app: web}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web}
            spec:
              rules: [{host: shop.example.com, http: {paths: [{path: /, backend: {service: {name: web}}}]}}]
            """;

    private static String pods(String kind, String version, String specification) {
        return """
                ---
                apiVersion: %s
                kind: %s
                metadata: {name: web}
                spec:
                  %s
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: c, image: 'example.com/web:1'}]}
                """.formatted(version, kind, specification);
    }

    private static String deployment(String specification) {
        return pods("Deployment", "apps/v1", specification);
    }

    private static String scaler(String specification) {
        return "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec:\n"
                + "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n" + specification;
    }

    private static int replicas(String text, String reference) {
        Reading reading = Readings.of("s.yaml", text);
        assertEquals(List.of(), Readings.problems(reading));
        assertEquals(List.of(), reading.coverage().notUnderstood());
        return thing(reading.estate(), Workload.class, reference).replicas().value();
    }

    private static int web(String text) {
        return replicas(text, "default/default/Deployment/web");
    }

    @Test
    void theLeastNumberOfAnAutoscalerCounts() {
        Outlook.of(WEB + deployment("paused: false") + scaler("  minReplicas: 2\n  maxReplicas: 9\n"))
                .noOutage("single-replica");
        Outlook.of(WEB + deployment("replicas: 3") + scaler("  minReplicas: 1\n"))
                .outage("single-replica")
                .takesDown("shop.example.com")
                .isPreventedBy("replicas: 1 → 2");
    }

    @Test
    void noFieldIsAddedThatAnAutoscalerWouldUndo() {
        Outlook outlook = Outlook.of(WEB + deployment("paused: false") + scaler("  maxReplicas: 9\n"));
        assertEquals(List.of(), outlook.outage("single-replica").outage().remedies());
    }

    @Test
    void noReplicasSwitchAnAutoscalerOff() {
        assertEquals(0, web(deployment("replicas: 0") + scaler("  minReplicas: 2\n")));
    }

    @Test
    void readsKeda() {
        String scaled =
                "---\napiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: web%s}\nspec: {scaleTargetRef: {name: web}%s}\n";
        assertEquals(2, web(deployment("paused: false") + scaled.formatted("", ", minReplicaCount: 2")));
        assertEquals(3, web(deployment("replicas: 3") + scaled.formatted("", "")));
        assertEquals(
                0,
                web(deployment("replicas: 3")
                        + scaled.formatted(
                                ", annotations: {autoscaling.keda.sh/paused-replicas: \"0\"}",
                                ", minReplicaCount: 2")));
    }

    @Test
    void aRolloutIsAWorkload() {
        Outlook.of(WEB + pods("Rollout", "argoproj.io/v1alpha1", "replicas: 1"))
                .outage("single-replica")
                .takesDown("shop.example.com")
                .isPreventedBy("replicas: 1 → 2");
        Outlook.of(WEB + pods("Rollout", "argoproj.io/v1alpha1", "replicas: 2")).noOutage("single-replica");
    }

    @Test
    void aRolloutDecidesForTheWorkloadThatItTakes() {
        String rollout =
                "---\napiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: r}\nspec: {replicas: 4, workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n";
        assertEquals(4, web(deployment("replicas: 0") + rollout));
        Reading reading = Readings.of("r.yaml", deployment("replicas: 0") + rollout);
        assertEquals(1, reading.estate().all(Workload.class).size());
    }

    @Test
    void aRolloutIsFoundByItsName() {
        String caller =
                "---\napiVersion: premortem.dev/v1\nkind: Product\nmetadata: {name: p}\nspec: {needs: [default/Rollout/web]}\n";
        Outlook.of(caller + pods("Rollout", "argoproj.io/v1alpha1", "replicas: 1"))
                .outage("single-replica")
                .takesDown("p");
    }

    @Test
    void aTemplateThatIsNotFilledDecidesNothing() {
        assertEquals(2, web(deployment("replicas: 2") + scaler("  minReplicas: ${MIN}\n")));
    }
}
