package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.engine.timeline.Timeline;
import dev.premortem.engine.timeline.Trace;
import dev.premortem.estate.Certificate;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.model.Proposal;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.OutageClass;
import dev.premortem.testing.Estates;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Scenario;
import dev.premortem.twin.Twin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Test
    void nothingThatDidNotExistIsNamed() {
        Sketch sketch = sketch(k0s("v1.33.4+k0s.0", "Example CA", "2025-09-01T08:00:00Z"));
        assertTrue(!sketch.proposals().getFirst().prelude().toString().contains("1.35"));
    }

    @Test
    void anAuthorityThatEndsTakesEverythingWithIt() {
        Certificate ca = new Certificate(
                new Reference("certificate/ca"),
                new Declared("pki/ca.crt", 1, ""),
                "ca",
                Optional.of("main"),
                Optional.empty(),
                true,
                "Example CA",
                "Example CA",
                Instant.parse(BORN),
                Instant.parse(END),
                List.of());
        Proposal proposal = sketch(
                        new Estates().cluster("main", "k0s", "v1.35.2+k0s.0").with(ca))
                .proposals()
                .getFirst();
        assertEquals(Instant.parse(END), proposal.moment().orElseThrow());
        assertEquals(OutageClass.B, proposal.outageClass());
    }

    @Test
    void whatRunsFallsWhenItsPodsEndAndNobodyReplacesThem() {
        Estates estates = k0s("v1.33.4+k0s.0", "Example CA", "2025-09-01T08:00:00Z")
                .workload("main", "shop", "cart", "example.com/cart:1", List.of(), List.of())
                .observed("main/shop/Deployment/cart", "restarts", "2026-01-31T00:00:00Z", "1 per 10d");
        Sketch sketch = sketch(estates);
        long now = NOW.toEpochMilli();
        Trace trace = Timeline.run(
                sketch.twin().compile(Twin.Form.LIVE),
                new Scenario(
                        List.of(),
                        sketch.proposals().getFirst().hazards(),
                        Map.of(),
                        now,
                        now + Duration.ofDays(60).toMillis()));
        Condition control = Condition.of("cluster/main", "control-plane");
        Condition cart = Condition.of("main/shop/Deployment/cart");
        assertEquals(
                Instant.parse(END).plusMillis(1),
                Instant.ofEpochMilli(trace.downs(control).getFirst().from()));
        assertEquals(
                NOW.plus(Duration.ofDays(30)),
                Instant.ofEpochMilli(trace.downs(cart).getFirst().from()));
    }
}
