package dev.premortem.report;

import dev.premortem.estate.Edit;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Observed;
import dev.premortem.fact.Problem;
import dev.premortem.outage.AssumedFact;
import dev.premortem.outage.Band;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Coverage;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Severity;
import dev.premortem.outage.Simulation;
import dev.premortem.outage.Step;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Results made by hand, so that renderers are tested without engines. */
final class Predictions {
    static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    private Predictions() {}

    static Prediction of(List<Outage> outages, Coverage coverage) {
        return new Prediction(
                NOW,
                Duration.ofDays(400),
                new Prediction.Counts(2, 2, 2, 14, 5, coverage.objects()),
                coverage,
                outages,
                List.of(repair()));
    }

    static Coverage clean() {
        return new Coverage(96, 31, List.of(), List.of(), List.of());
    }

    static Coverage gaps() {
        return new Coverage(
                        96,
                        31,
                        List.of(
                                new Coverage.NotUnderstood("apps/ceph.yaml", 1, "CephCluster", "kind not known"),
                                new Coverage.NotUnderstood("apps/rook.yaml", 7, "CephCluster", "kind not known")),
                        List.of(new Problem(
                                "zones/example.zone", 12, "", "a record without a type", "A, AAAA or CNAME", "")),
                        List.of(
                                new Coverage.NotRun("capacity", "no node sizes"),
                                new Coverage.NotRun("path-mtu", "no links")))
                .kinds(List.of(
                        new Coverage.Kind("CephCluster", 2, 0),
                        new Coverage.Kind("Deployment", 80, 80),
                        new Coverage.Kind("Service", 14, 14)))
                .rendered(new Coverage.Rendering(
                        64,
                        List.of(new Coverage.Rendering.Gap("need values that are encrypted", 3)),
                        List.of("helm 3.21.0 (helm-java 0.0.21)")));
    }

    static List<Outage> all() {
        return List.of(crosslink(), expiry(), guess(), chosen("c4a11", "the one NAS"), accepted());
    }

    static AssumedFact repair() {
        return new AssumedFact("link/primary", "link.repair", "12 h", "fibre repair, Meza et al. IMC'18");
    }

    static Outage crosslink() {
        List<Step> chain = List.of(
                new Step("link/primary", "link/primary fails", Optional.empty(), List.of()),
                new Step(
                        "path/toronto/montreal",
                        "traffic between toronto and montreal moves to link/backup",
                        Optional.empty(),
                        List.of()),
                new Step(
                        "link/backup#fits",
                        "it carries packets of at most 1,400 bytes, pods send up to 1,450 + 50 for VXLAN = 1,500",
                        Optional.empty(),
                        List.of(
                                new Evidence("1400", new Declared("estate/links.yaml", 19, "spec.mtu")),
                                new Evidence("1450", new Declared("main/cilium/values.yaml", 31, "MTU")),
                                new Evidence("50 bytes for VXLAN", new Assumed("vxlan.overhead", "RFC 7348")))),
                new Step("product/search", "TLS handshakes and answers hang", Optional.empty(), List.of()));
        Edit edit = new Edit.SetValue(new Declared("main/cilium/values.yaml", 31, "MTU"), "1350");
        Remedy remedy = new Remedy(
                "MTU: 1450 → 1350",
                List.of(edit),
                "--- a/main/cilium/values.yaml\n+++ b/main/cilium/values.yaml\n@@ -31 +31 @@\n-MTU: 1450\n+MTU: 1350\n",
                List.of(),
                true,
                false,
                Optional.of(new Band(180, 410, 880)),
                List.of(),
                "");
        return new Outage(
                "k7f3a",
                "path-mtu",
                Severity.CRITICAL,
                "search, wallet and 1 more stop when link/primary fails",
                new Trigger(Trigger.Type.FAULT, List.of("link/primary"), Optional.empty()),
                "link/backup#fits",
                OutageClass.E,
                Confidence.SURE,
                List.of(new Instance("link/backup", new Declared("estate/links.yaml", 19, "spec.mtu"))),
                List.of("search", "wallet", "rpc"),
                List.of("main/shop/Deployment/search"),
                List.of("hosted-service/solana", "hosted-service/rpc-legacy"),
                Optional.empty(),
                Duration.ofHours(12),
                new Outage.DurationRange(
                        Duration.ofMinutes(108), Duration.ofHours(12), Optional.of(Duration.ofHours(22))),
                "link/primary",
                true,
                Duration.ofMinutes(108),
                Optional.empty(),
                List.of(new Trigger(Trigger.Type.FAULT, List.of("cause/telco-north"), Optional.empty())),
                List.of(new Outage.Share(Duration.ZERO, 1), new Outage.Share(Duration.ofHours(12), 0)),
                Optional.of(new Band(200, 456.5, 912.25)),
                true,
                chain,
                List.of(remedy),
                List.of(repair()),
                false,
                Optional.empty());
    }

    static Outage expiry() {
        Instant end = Instant.parse("2026-02-24T09:13:02Z");
        Declared pem = new Declared("pki/kubelet-client.crt", 1, "");
        List<Step> chain = List.of(
                new Step(
                        "cluster/main#certificate:apiserver-kubelet-client",
                        "the certificate was issued on 2025-02-24 and three restarts since renewed nothing",
                        Optional.empty(),
                        List.of(new Evidence(
                                "notAfter 2026-02-24T09:13:02Z",
                                new Observed(Instant.parse("2026-01-30T00:00:00Z"), "openssl", pem)))),
                new Step(
                        "cluster/main#control-plane",
                        "the control plane stops",
                        Optional.of(Duration.between(NOW, end)),
                        List.of()));
        Remedy act = new Remedy(
                "renew by hand",
                List.of(),
                "",
                List.of("move the old leaves away on every controller", "restart k0scontroller, one node at a time"),
                true,
                true,
                Optional.empty(),
                List.of(),
                "the proof did not see the restart itself");
        return new Outage(
                "9be20",
                "control-plane-certificate",
                Severity.HIGH,
                "the control plane of main stops on 2026-02-24",
                new Trigger(Trigger.Type.TIME, List.of(), Optional.of(end)),
                "cluster/main#certificate:apiserver-kubelet-client",
                OutageClass.A,
                Confidence.LIKELY,
                List.of(new Instance("cluster/main", pem)),
                List.of(),
                List.of("cluster/main"),
                List.of(),
                Optional.of(end),
                Duration.ofMinutes(108),
                new Outage.DurationRange(Duration.ofMinutes(30), Duration.ofMinutes(108), Optional.empty()),
                "cluster/main#certificate:apiserver-kubelet-client",
                false,
                Duration.ofMinutes(108),
                Optional.of(new Outage.Recurrence(Duration.ofDays(365), 2, 0.0001)),
                List.of(),
                List.of(
                        new Outage.Share(Duration.ZERO, 1),
                        new Outage.Share(Duration.ofMinutes(40), 0.5),
                        new Outage.Share(Duration.ofMinutes(108), 0)),
                Optional.empty(),
                false,
                chain,
                List.of(act),
                List.of(),
                false,
                Optional.empty());
    }

    static Outage guess() {
        return plain("77a3c", Severity.MEDIUM, OutageClass.D, Confidence.POSSIBLE, "chat stops with the next upgrade");
    }

    static Outage chosen(String id, String what) {
        return plain(id, Severity.MEDIUM, OutageClass.F, Confidence.SURE, "search stops when " + what + " fails");
    }

    static Outage accepted() {
        Outage plain = plain("acce7", Severity.HIGH, OutageClass.C, Confidence.SURE, "mail stops at its quota");
        return new Outage(
                plain.id(),
                plain.mechanism(),
                plain.severity(),
                plain.title(),
                plain.trigger(),
                plain.pivot(),
                plain.outageClass(),
                plain.confidence(),
                plain.instances(),
                plain.products(),
                plain.services(),
                plain.lives(),
                plain.starts(),
                plain.duration(),
                plain.durationRange(),
                plain.durationSetBy(),
                plain.endsByItself(),
                plain.attended(),
                plain.recurs(),
                plain.alsoBy(),
                plain.shareDown(),
                plain.minutesPerYear(),
                plain.rateKnown(),
                plain.chain(),
                plain.remedies(),
                plain.assumptions(),
                true,
                plain.foldedUnder());
    }

    static Outage plain(String id, Severity severity, OutageClass kind, Confidence confidence, String title) {
        return new Outage(
                id,
                "single-replica",
                severity,
                title,
                new Trigger(Trigger.Type.FAULT, List.of("main/Node/n1"), Optional.empty()),
                "main/shop/Deployment/search",
                kind,
                confidence,
                List.of(),
                List.of("search"),
                List.of(),
                List.of(),
                Optional.empty(),
                Duration.ofMinutes(7),
                new Outage.DurationRange(
                        Duration.ofMinutes(7), Duration.ofMinutes(7), Optional.of(Duration.ofMinutes(7))),
                "pod.eviction",
                true,
                Duration.ofMinutes(7),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.of(new Band(1, 4, 30)),
                false,
                List.of(new Step("main/Node/n1", "main/Node/n1 fails", Optional.empty(), List.of())),
                List.of(),
                List.of(),
                false,
                Optional.empty());
    }

    static Simulation saturday() {
        return new Simulation(
                NOW,
                Duration.ofHours(3),
                List.of(
                        new Simulation.Event(Duration.ZERO, "", true, "", "release traefik is deleted"),
                        new Simulation.Event(
                                Duration.ZERO, "product/api-a", false, "ingress/Service/traefik", "no load balancer"),
                        new Simulation.Event(
                                Duration.ofSeconds(360),
                                "apps/Deployment/api-b#pending",
                                true,
                                "",
                                "apps/Deployment/api-b is pending: no room on any node of the pool, which grows"),
                        new Simulation.Event(
                                Duration.ofSeconds(5260),
                                "product/api-a",
                                true,
                                "zone/example.com#ttl:*.k8s",
                                "the record's TTL is over for the last client")),
                List.of(
                        new Simulation.ProductDown(
                                "api-a",
                                List.of(new Simulation.Down(
                                        Duration.ZERO, Duration.ofSeconds(5260), "zone/example.com#ttl:*.k8s")),
                                Duration.ofSeconds(5260)),
                        new Simulation.ProductDown("api-d", List.of(), Duration.ZERO)),
                List.of("With the load balancer's address kept: 15 min instead of 88 min."));
    }
}
