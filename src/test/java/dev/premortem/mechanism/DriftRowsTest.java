package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.fact.Declared;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The rows of the truth list that speak of drift, in the public repositories beside the project. */
class DriftRowsTest {
    private static final int WITHIN_LINES = 3;

    private static List<Outage> outages(String tree) {
        Path folder = Path.of("..", "shared", "estates", tree);
        if (!Files.isDirectory(folder)) {
            Assumptions.abort("no ../shared/estates/" + tree + " here");
        }
        return Outlook.of(folder, Outlook.NOW, Duration.ofDays(400)).prediction().outages().stream()
                .filter(outage -> outage.mechanism().equals("drift"))
                .toList();
    }

    private static List<Outage> sisters(String tree) {
        return outages(tree).stream()
                .filter(outage -> outage.pivot().startsWith("component/"))
                .toList();
    }

    private static boolean names(Outage outage, String file, int line) {
        return outage.chain().stream()
                .flatMap(step -> step.evidence().stream())
                .anyMatch(evidence -> evidence.provenance() instanceof Declared place
                        && place.file().equals(file)
                        && Math.abs(place.line() - line) <= WITHIN_LINES);
    }

    private static void found(List<Outage> outages, String file, int line) {
        assertTrue(
                outages.stream().anyMatch(outage -> names(outage, file, line)),
                () -> "expected " + file + ":" + line + " in " + outages);
        outages.forEach(outage -> assertTrue(
                outage.severity().compareTo(Severity.MEDIUM) >= 0, () -> "at most medium: " + outage.title()));
    }

    @Test
    void theAuthenticationServiceThatRunsOnceInSomeEnvironments() {
        List<Outage> outages = outages("lsst-sqre-phalanx");
        found(outages, "applications/gafaelfawr/values-summit.yaml", 1);
        assertTrue(outages.size() <= 2, () -> "this one, and butler's autoscaler: " + outages);
    }

    @Test
    void theIngressThatRunsOnceInOneOfTwoClusters() {
        List<Outage> outages = outages("jenkins-infra-kubernetes-management");
        found(outages, "config/privatek8s-sponsored/private-nginx-ingress.yaml", 1);
        assertTrue(outages.size() <= 4, () -> "the private and the public one, by values and by objects: " + outages);
    }

    @Test
    void theRouterWhosePromotionWasSwitchedOff() {
        List<Outage> outages = outages("alphagov-govuk-helm-charts");
        found(outages, "rendered/production/app-config.yaml", 8239);
        assertEquals(2, outages.size(), () -> "the router and the drafts' router: " + outages);
    }

    @Test
    void theMemberWhoseRegistryRunsOnce() {
        List<Outage> outages = outages("jupyterhub-mybinder.org-deploy");
        assertEquals(1, outages.size(), outages::toString);
        assertTrue(outages.getFirst().chain().toString().contains("config/bids-ovh.yaml"), outages::toString);
    }

    @Test
    void repositoriesOfOneClusterHaveNone() {
        for (String tree : List.of(
                "xunholy-k8s-gitops",
                "billimek-k8s-gitops",
                "fluxcd-flux2-kustomize-helm-example",
                "microservices-demo-microservices-demo",
                "GoogleCloudPlatform-microservices-demo",
                "rendered")) {
            assertEquals(List.of(), sisters(tree), tree);
        }
    }
}
