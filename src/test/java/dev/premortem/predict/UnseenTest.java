package dev.premortem.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Estate;
import dev.premortem.outage.Cuts;
import dev.premortem.outage.NextFact;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A fibre (every second year, 12 h) and a VPN (twice a year, 3 h) between what runs here and what it needs there; all else hardly ever fails. */
class UnseenTest {
    private static final Request REQUEST =
            new Request(Instant.parse("2026-11-24T00:00:00Z"), Duration.ofDays(400), 2, Set.of());

    private static final String ESTATE = """
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: east}
            spec: {failure: {mtbf: 100000d, mttr: 1s}}
            ---
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: west}
            spec: {failure: {mtbf: 100000d, mttr: 1s}}
            ---
            apiVersion: premortem.dev/v1
            kind: Link
            metadata: {name: fibre}
            spec: {between: [east, west], mtu: 1500, preference: 10, FIBRE failure: {mtbf: 730.5d, mttr: 12h}}
            ---
            apiVersion: premortem.dev/v1
            kind: Link
            metadata: {name: vpn}
            spec: {between: [west, east], mtu: 1500, preference: 20, VPN failure: {mtbf: 182.625d, mttr: 3h}}
            ---
            apiVersion: premortem.dev/v1
            kind: HostedService
            metadata: {name: shop}
            spec: {site: east, dependsOn: [hosted-service/login], failure: {mtbf: 100000d, mttr: 1s}}
            ---
            apiVersion: premortem.dev/v1
            kind: HostedService
            metadata: {name: login}
            spec: {site: west, failure: {mtbf: 100000d, mttr: 1s}}
            ---
            apiVersion: premortem.dev/v1
            kind: Product
            metadata: {name: shop}
            spec: {needs: [hosted-service/shop]}
            ---
            apiVersion: premortem.dev/v1
            kind: Assumptions
            metadata: {name: ours}
            spec: {defaults: {DEFAULTS}}
            """;

    private static String estate(String fibre, String vpn, String defaults) {
        return ESTATE.replace("FIBRE", fibre).replace("VPN", vpn).replace("DEFAULTS", defaults);
    }

    private static Estate read(String text) {
        Reading reading = Sources.readTexts(new TreeMap<>(Map.of("estate.yaml", text)));
        assertEquals(List.of(), reading.coverage().problems());
        return reading.estate();
    }

    private static Cuts cuts(String estate) {
        return CutStudy.of(read(estate), REQUEST)
                .cuts(Optional.of("shop"), new CutStudy.Wish(Optional.empty(), OptionalDouble.empty(), 100));
    }

    private static double minutes(String fibre, String vpn, String defaults) {
        return cuts(estate(fibre, vpn, defaults))
                .exposure()
                .orElseThrow()
                .minutesPerYear()
                .typical();
    }

    private static final double SECONDS_OF_THE_REST = 0.001;

    @Test
    void independentLinksCostAQuarterOfAMinute() {
        assertEquals(0.25, minutes("", "", "link.common-cause: 0, link.failover-fails: 0"), 0.01);
    }

    @Test
    void aSharedCauseCostsHalfAnHour() {
        double shared = minutes("", "", "link.failover-fails: 0");
        assertEquals(36.2, shared, 0.1);
        // the same where the owner names what both share
        assertEquals(
                shared, minutes("causes: [duct], ", "causes: [duct], ", "link.failover-fails: 0"), SECONDS_OF_THE_REST);
        assertEquals(
                shared,
                minutes("provider: telco, ", "provider: telco, ", "link.failover-fails: 0, link.common-cause: 0.3"),
                SECONDS_OF_THE_REST);
    }

    @Test
    void aStandbyThatFailsOneTimeInFiveCostsMoreThanAnHour() {
        assertEquals(72.1, minutes("", "", "link.common-cause: 0"), 0.2);
        assertEquals(18.2, minutes("", "probe: {from: 10.0.0.1, to: 10.0.0.2}, ", "link.common-cause: 0"), 0.1);
    }

    @Test
    void linksThatAlwaysCarryTrafficNeedNoFailover() {
        String equal = estate("", "", "link.common-cause: 0").replace("preference: 20", "preference: 10");
        Cuts cuts = cuts(equal);
        assertTrue(
                cuts.sets().stream().noneMatch(set -> set.conditions().contains("link/vpn#failover")), cuts.toString());
        assertEquals(0.25, cuts.exposure().orElseThrow().minutesPerYear().typical(), 0.01);
    }

    @Test
    void checkTellsNoOutageOfWhatNobodyDeclared() {
        Model model = Model.of(read(estate("", "", "")), REQUEST);
        assertTrue(model.settled().faults().stream()
                .noneMatch(fault -> fault.condition().name().contains("undeclared")
                        || fault.latent().isPresent()));
        assertTrue(model.sketch().assumed().stream().noneMatch(fact -> fact.id().startsWith("link.")));
    }

    @Test
    void theFactsToMeasureFirstAreTheFailoverAndWhatTheLinksShare() {
        List<NextFact> facts = NextFacts.of(read(estate("", "", "")), REQUEST);
        assertEquals(
                List.of("link.common-cause", "link.failover-fails"),
                facts.stream().map(NextFact::id).limit(2).toList());
        NextFact shared = facts.getFirst();
        // the shared cause's minutes are 360 times its part, the failover's 360 times its chance
        assertEquals(72 + 7.2, shared.atLow(), 1);
        assertEquals(72 + 36, shared.now(), 1);
        assertEquals(72 + 108, shared.atHigh(), 1);
        // at its high end one would mend what the links share, 108 instead of 72: 0.185 of the difference
        assertEquals(0.185 * (108 - 72), shared.worth(), 0.1);
        assertTrue(shared.worst());
        NextFact failover = facts.get(1);
        assertEquals(36 + 18, failover.atLow(), 1);
        assertEquals(36 + 180, failover.atHigh(), 1);
        // at its low end one would mend what the links share, 36 instead of 18
        assertEquals(0.185 * (36 - 18), failover.worth(), 0.1);
    }

    private static String copy() {
        return """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop, annotations: {premortem.dev/site: east}}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: web, image: "registry.example.net/web:1.0"}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop}
                spec: {selector: {app: web}, ports: [{port: 80}]}
                """;
    }

    @Test
    void aReleaseThatGoesToAllClustersIsBehindAllOfThem() {
        Map<String, String> texts = new TreeMap<>();
        texts.put("ground.yaml", """
                apiVersion: premortem.dev/v1
                kind: Site
                metadata: {name: here}
                ---
                apiVersion: premortem.dev/v1
                kind: Cluster
                metadata: {name: one}
                spec: {site: here, path: one}
                ---
                apiVersion: premortem.dev/v1
                kind: Cluster
                metadata: {name: two}
                spec: {site: here, path: two}
                ---
                apiVersion: premortem.dev/v1
                kind: Product
                metadata: {name: shop}
                spec: {needs: [shop/Service/web]}
                """);
        texts.put("one/web.yaml", copy());
        texts.put("two/web.yaml", copy());
        Reading reading = Sources.readTexts(new TreeMap<>(texts));
        Cuts cuts = CutStudy.of(reading.estate(), REQUEST)
                .cuts(Optional.of("shop"), new CutStudy.Wish(Optional.empty(), OptionalDouble.empty(), 100));
        Cuts.CutSet bad = cuts.sets().stream()
                .filter(set -> set.conditions().equals(List.of("cause/release:shop/web")))
                .findFirst()
                .orElseThrow(() -> new AssertionError(cuts.toString()));
        // an hour each, 0.12 times a year
        assertEquals(7.2, bad.probability().orElseThrow() * 525_960, 0.01);
    }

    @Test
    void anIssuerIsBehindAllItsCertificates() {
        String served = """
                ---
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: NAME, namespace: shop}
                spec: {secretName: NAME, dnsNames: [NAME.example.net], issuerRef: {name: letsencrypt, kind: ClusterIssuer}}
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: NAME, namespace: shop}
                spec:
                  tls: [{hosts: [NAME.example.net], secretName: NAME}]
                  rules: [{host: NAME.example.net, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
                """;
        Reading reading = Sources.readTexts(new TreeMap<>(
                Map.of("a.yaml", copy() + served.replace("NAME", "one") + served.replace("NAME", "two"))));
        Cuts cuts = CutStudy.of(reading.estate(), REQUEST)
                .cuts(Optional.empty(), new CutStudy.Wish(Optional.empty(), OptionalDouble.empty(), 100));
        Cuts.CutSet issuer = cuts.sets().stream()
                .filter(set -> set.conditions().size() == 1
                        && set.conditions().getFirst().startsWith("cause/issuer:"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(cuts.toString()));
        // two hours each, 0.006 times a year
        assertEquals(0.72, issuer.probability().orElseThrow() * 525_960, 0.001);
    }

    @Test
    void whatTheOwnerSetsOfSuchACauseCountsAndIsNoProblemOfTheCheck() {
        String set = """
                ---
                apiVersion: premortem.dev/v1
                kind: Assumptions
                metadata: {name: set}
                spec: {set: [{of: "cause/undeclared:fibre+vpn", fact: failures-per-year, value: 0.1},
                  {of: link/vpn, fact: failover-fails, value: 0.01}]}
                """;
        String text = estate("", "", "") + set;
        assertEquals(List.of(), Model.of(read(text), REQUEST).problems());
        // a tenth of a year's twelve hours, and a hundredth of the fibre's six
        assertEquals(
                72 + 3.6, cuts(text).exposure().orElseThrow().minutesPerYear().typical(), 0.5);
    }
}
