package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.model.Proposal;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.OutageClass;
import dev.premortem.testing.Estates;
import dev.premortem.twin.Twin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlPlaneCertificateTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final String BORN = "2025-02-24T09:14:07Z";
    private static final String END = "2026-02-24T09:14:07Z";

    private static Sketch sketch(Estates sample) {
        Sketch sketch = new Sketch(sample.estate(), NOW, Duration.ofDays(400));
        new ControlPlaneCertificate().contribute(sketch);
        sketch.twin().compile(Twin.Form.LIVE);
        sketch.twin().compile(Twin.Form.SETTLED);
        return sketch;
    }

    private static Estates k0s(String version, String issuer, String... restarts) {
        return new Estates()
                .cluster("main", "k0s", version, restarts)
                .leaf("main", "server", issuer, BORN, END)
                .leaf("main", "admin", issuer, BORN, END)
                .leaf("main", "apiserver-kubelet-client", issuer, BORN, END);
    }

    @Test
    void restartsThatRenewedNothingAreABrokenPromise() {
        Sketch sketch = sketch(k0s(
                "v1.33.4+k0s.0", "Example CA", "2025-05-10T10:00:00Z", "2025-09-01T08:00:00Z", "2026-01-07T20:00:00Z"));
        Proposal proposal = sketch.proposals().getFirst();
        assertEquals(Instant.parse(END), proposal.moment().orElseThrow());
        assertEquals(OutageClass.A, proposal.outageClass());
        assertEquals(Confidence.SURE, proposal.confidence());
        assertEquals("cluster/main#certificates", proposal.pivot().name());
        assertEquals(5, proposal.prelude().size());
        assertTrue(
                proposal.prelude().get(1).text().contains("2025-05-10T10:00:00Z, but the certificate is of " + BORN));
        assertTrue(proposal.when().contains("2026-02-24"));
    }

    @Test
    void withoutARestartTheTableDecides() {
        Proposal broken =
                sketch(k0s("v1.34.10+k0s.0", "Example CA")).proposals().getFirst();
        assertEquals(OutageClass.B, broken.outageClass());
        assertEquals(Confidence.LIKELY, broken.confidence());
        Proposal own =
                sketch(k0s("v1.34.10+k0s.0", "kubernetes-ca")).proposals().getFirst();
        assertEquals(Confidence.POSSIBLE, own.confidence());
    }

    @Test
    void aKnownRestartRenewsWhereThePromiseHolds() {
        assertEquals(
                List.of(),
                sketch(k0s("v1.34.10+k0s.0", "kubernetes-ca", "2026-02-20T00:00:00Z", "2027-01-01T00:00:00Z"))
                        .proposals());
        assertEquals(
                1,
                sketch(k0s("v1.34.10+k0s.0", "Example CA", "2026-02-20T00:00:00Z", "2027-01-01T00:00:00Z"))
                        .proposals()
                        .size());
    }

    @Test
    void aRestartThatIsTooEarlyIsNoBrokenPromise() {
        Proposal proposal = sketch(new Estates()
                        .cluster("main", "k3s", "v1.32.4+k3s1", "2025-09-01T00:00:00Z")
                        .leaf("main", "server", "k3s-server-ca", BORN, END))
                .proposals()
                .getFirst();
        assertEquals(OutageClass.B, proposal.outageClass());
        assertTrue(proposal.prelude().get(1).text().contains("renews nothing this early"));
    }

    @Test
    void timeRenewsOnTalosAndManagedClusters() {
        assertEquals(
                List.of(),
                sketch(new Estates().cluster("main", "talos", "v1.9.0").leaf("main", "server", "kubernetes", BORN, END))
                        .proposals());
    }

    @Test
    void aCertificateThatOutlivesTheHorizonIsQuiet() {
        assertEquals(
                List.of(),
                sketch(new Estates()
                                .cluster("main", "k0s", "v1.33.4")
                                .leaf("main", "server", "Example CA", BORN, "2035-01-01T00:00:00Z"))
                        .proposals());
    }
}
