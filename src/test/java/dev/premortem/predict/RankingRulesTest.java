package dev.premortem.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.engine.sweep.Cut;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Band;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Severity;
import dev.premortem.outage.Step;
import dev.premortem.outage.Trigger;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import dev.premortem.testing.Outlook;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import dev.premortem.twin.TwinBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules of grouping, severity and order, each by its number in the ranking: severities, classes, confidence, dominance, products. */
class RankingRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Declared PLACE = new Declared("estate.yaml", 3, "spec");
    private static final Condition NODE = Condition.of("default/shop/Deployment/web", "node");

    /** An outage in the making, with what most tests leave as it is. */
    private record Made(
            String id,
            String mechanism,
            OutageClass outageClass,
            Confidence confidence,
            List<String> products,
            Duration length,
            boolean itself,
            Trigger trigger,
            double perYear) {
        static Made of(String id, String... products) {
            return new Made(
                    id,
                    "drain",
                    OutageClass.A,
                    Confidence.SURE,
                    List.of(products),
                    Duration.ofMinutes(90),
                    true,
                    new Trigger(Trigger.Type.TIME, List.of(), Optional.of(NOW.plus(Duration.ofDays(200)))),
                    0);
        }

        Made by(String other) {
            return new Made(id, other, outageClass, confidence, products, length, itself, trigger, perYear);
        }

        Made in(OutageClass other) {
            return new Made(id, mechanism, other, confidence, products, length, itself, trigger, perYear);
        }

        Made as(Confidence other) {
            return new Made(id, mechanism, outageClass, other, products, length, itself, trigger, perYear);
        }

        Made lasting(int minutes) {
            Duration other = Duration.ofMinutes(minutes);
            return new Made(id, mechanism, outageClass, confidence, products, other, itself, trigger, perYear);
        }

        Made open() {
            return new Made(id, mechanism, outageClass, confidence, products, length, false, trigger, perYear);
        }

        Made on(int days) {
            Trigger date = new Trigger(Trigger.Type.TIME, List.of(), Optional.of(NOW.plus(Duration.ofDays(days))));
            return new Made(id, mechanism, outageClass, confidence, products, length, itself, date, perYear);
        }

        Made fault(double timesAYear, String... faults) {
            Trigger fault = new Trigger(Trigger.Type.FAULT, List.of(faults), Optional.empty());
            return new Made(id, mechanism, outageClass, confidence, products, length, itself, fault, timesAYear);
        }

        Outage outage(String pivot) {
            return new Outage(
                    id,
                    mechanism,
                    Severity.LOW,
                    id,
                    trigger,
                    pivot,
                    outageClass,
                    confidence,
                    List.of(new Instance("default/shop/Deployment/web", PLACE)),
                    products,
                    List.of(),
                    List.of(),
                    trigger.at(),
                    length,
                    new Outage.DurationRange(length, length, itself ? Optional.of(length) : Optional.empty()),
                    pivot,
                    itself,
                    length,
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.of(new Band(1, length.toMinutes(), 1000)),
                    false,
                    List.of(),
                    List.of(),
                    List.of(),
                    false,
                    Optional.empty());
        }
    }

    /** Ten products of weight one, unless told otherwise, and a node whose rate is declared. */
    private static Twin twin(Map<String, Double> weights, double perYear) {
        TwinBuilder twin = new TwinBuilder();
        twin.basic(NODE, true, Meaning.of("", "", ""));
        twin.fault(new Fault(NODE, new Fact<>(perYear, PLACE), new Fact<>(Duration.ofHours(1), PLACE), ""));
        weights.forEach((name, weight) -> {
            Condition product = twin.basic(Condition.of("product/" + name), true, Meaning.of("", "", ""));
            twin.top(new Top(product, name, weight));
        });
        return twin.compile(Twin.Form.SETTLED);
    }

    private static Map<String, Double> products(int count) {
        Map<String, Double> weights = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            weights.put("p" + i, 1.0);
        }
        return weights;
    }

    private static List<Outage> rank(Map<String, Double> weights, List<Made> made, String pivot) {
        double perYear = made.stream().mapToDouble(Made::perYear).max().orElse(1);
        Twin twin = twin(weights, perYear == 0 ? 1 : perYear);
        Request request = new Request(NOW, Duration.ofDays(400), 2, Set.of());
        List<Draft> drafts = new ArrayList<>();
        for (Made each : made) {
            Draft draft = new Draft(each.mechanism(), pivot, each.trigger().type(), Optional.empty());
            if (each.perYear() > 0) {
                draft.cuts.add(new Draft.CutOf(new Cut(List.of(NODE), 1), false, new TreeSet<>(each.products())));
            }
            drafts.add(draft);
        }
        return new Ranking(request, twin)
                .rank(made.stream().map(each -> each.outage(pivot)).toList(), new Rates(twin), drafts);
    }

    private static Outage rank(Made made) {
        return rank(products(20), List.of(made), "default/shop/Deployment/web#replica")
                .getFirst();
    }

    private static Severity severity(Made made) {
        return rank(made).severity();
    }

    private static String[] half() {
        return products(10).keySet().toArray(String[]::new);
    }

    @Test
    void rule3OnlySureMayBeCriticalLikelyIsHighAtMostPossibleMedium() {
        assertEquals(Severity.CRITICAL, severity(Made.of("a", half())));
        assertEquals(Severity.HIGH, severity(Made.of("a", half()).as(Confidence.LIKELY)));
        assertEquals(Severity.MEDIUM, severity(Made.of("a", half()).as(Confidence.POSSIBLE)));
    }

    @Test
    void rule3AChainIsAsSureAsItsWeakestEvidence() {
        Evidence declared = new Evidence("replicas 1", PLACE);
        Evidence published = new Evidence("behaviour", new Assumed("behaviour.x", "source"));
        Evidence guessed = new Evidence("guess", new Assumed("guess.x", "source"));
        assertEquals(Confidence.SURE, Telling.confidence(List.of(step(declared))));
        assertEquals(Confidence.LIKELY, Telling.confidence(List.of(step(declared), step(published))));
        assertEquals(Confidence.POSSIBLE, Telling.confidence(List.of(step(published), step(guessed))));
    }

    private static Step step(Evidence evidence) {
        return new Step("a#b", "a is lost", Optional.empty(), List.of(evidence));
    }

    @Test
    void rule4WhatWasChosenIsMediumAtMost() {
        assertEquals(Severity.MEDIUM, severity(Made.of("a", half()).in(OutageClass.F)));
    }

    @Test
    void rule4FiveProductsOrALoginMakeAChosenSiteAContradiction() {
        Made chosen = Made.of("a", "p0", "p1").in(OutageClass.F).by("single-site");
        assertEquals(OutageClass.F, of(chosen, "main/shop/Deployment/web").outageClass());
        assertEquals(OutageClass.A, of(chosen, "main/shop/Deployment/dex").outageClass());
        Made shared =
                Made.of("a", "p0", "p1", "p2", "p3", "p4").in(OutageClass.F).by("single-site");
        assertEquals(OutageClass.A, of(shared, "main/shop/Deployment/web").outageClass());
        assertEquals(OutageClass.F, of(shared, "site/north").outageClass(), "the one site is what was declared");
    }

    private static Outage of(Made made, String pivot) {
        return rank(products(20), List.of(made), pivot).getFirst();
    }

    @Test
    void rule5HalfTheWeightForAnHourOrWithoutAnEndIsCritical() {
        assertEquals(Severity.CRITICAL, severity(Made.of("a", half()).lasting(60)));
        assertEquals(Severity.HIGH, severity(Made.of("a", half()).lasting(59)));
        assertEquals(
                Severity.CRITICAL, severity(Made.of("a", half()).lasting(59).open()));
        assertEquals(Severity.HIGH, severity(Made.of("a", half()).lasting(5)));
    }

    @Test
    void rule5ATenthOrOneProductOfFullWeightForAQuarterOfAnHourIsHigh() {
        assertEquals(Severity.HIGH, severity(Made.of("a", "p0").lasting(15)));
        assertEquals(Severity.MEDIUM, severity(Made.of("a", "p0").lasting(14)));
        Map<String, Double> weights = products(20);
        weights.put("heavy", 10.0);
        Outage light =
                rank(weights, List.of(Made.of("a", "p0").lasting(15)), "x#y").getFirst();
        assertEquals(Severity.MEDIUM, light.severity(), "one of thirty, and not the heaviest");
        Outage heavy =
                rank(weights, List.of(Made.of("a", "heavy").lasting(15)), "x#y").getFirst();
        assertEquals(Severity.HIGH, heavy.severity());
    }

    @Test
    void rule5ADateInsideOfAHundredAndTwentyDaysIsHigh() {
        assertEquals(Severity.HIGH, severity(Made.of("a", "p0").lasting(6).on(119)));
        assertEquals(Severity.MEDIUM, severity(Made.of("a", "p0").lasting(6).on(121)));
    }

    @Test
    void rule5WhatIsRareIsMediumAtMost() {
        Made node = Made.of("a", half()).fault(1, "node");
        assertEquals(Severity.CRITICAL, severity(node));
        assertEquals(Severity.MEDIUM, severity(Made.of("a", half()).fault(0.05, "node")));
        assertEquals(
                Severity.LOW, severity(Made.of("a", half()).fault(0.05, "node").lasting(4)));
    }

    @Test
    void rule5ShortOnesAreLow() {
        assertEquals(Severity.LOW, severity(Made.of("a", "p0").fault(1, "node").lasting(4)));
        assertEquals(
                Severity.MEDIUM, severity(Made.of("a", "p0").fault(1, "node").lasting(5)));
    }

    @Test
    void rule5WithoutAProductNothingIsAboveMediumButControlAndRepair() {
        assertEquals(Severity.MEDIUM, severity(Made.of("a").open()));
        assertEquals(Severity.LOW, severity(Made.of("a").open().in(OutageClass.F)));
        assertEquals(
                Severity.HIGH,
                of(Made.of("a").open(), "cluster/main#control-plane").severity());
        assertEquals(Severity.HIGH, severity(Made.of("a").open().by("webhook-deadlock")));
        assertEquals(Severity.HIGH, severity(Made.of("a").open().by("control-plane-certificate")));
    }

    @Test
    void rule7SeverityThenClassThenWhatItCostsOnACoarseScaleThenId() {
        List<Outage> ranked = rank(
                products(20),
                List.of(
                        Made.of("d", "p0").in(OutageClass.B),
                        Made.of("c", "p0").lasting(95),
                        Made.of("b", "p0").lasting(80),
                        Made.of("e", "p0").lasting(300),
                        Made.of("a", half())),
                "x#y");
        assertEquals(
                List.of("a", "e", "b", "c", "d"),
                ranked.stream().map(Outage::id).toList(),
                "80 and 95 minutes are alike");
    }

    @Test
    void rule9AnOutageThatAnotherContainsIsFoldedUnderItAndNeverUnderAChosenOne() {
        Made one = Made.of("one", "p0", "p1").fault(1, "node");
        Made both = Made.of("both", "p0").fault(1, "node", "link");
        assertEquals(Optional.of("one"), under(List.of(one, both)));
        assertEquals(Optional.empty(), under(List.of(one, Made.of("both", "p2").fault(1, "node", "link"))));
        assertEquals(Optional.empty(), under(List.of(one.in(OutageClass.F), both)));
        assertEquals(Optional.of("one"), under(List.of(one.in(OutageClass.F), both.in(OutageClass.F))));
    }

    @Test
    void rule9WhatIsFoldedCountsWithItsOwnMinutesBeforeAndAfterTheLargerOneIsCured() {
        Made one = Made.of("one", "p0", "p1").fault(1, "node");
        Made both = Made.of("both", "p0").fault(1, "node", "link");
        assertEquals(Optional.of("one"), under(List.of(one, both)));
        assertEquals(Set.of("one", "both"), counted(List.of(one, both), Set.of()));
        assertEquals(Set.of("both"), counted(List.of(both), Set.of()));
        assertEquals(Set.of(), counted(List.of(one, both), Set.of("one")), "accepted with what is folded under it");
        assertEquals(Set.of("one"), counted(List.of(one, both), Set.of("both")));
    }

    @Test
    void rule9WhatTellsTheSameLossOverAgainCountsOnce() {
        Made volume = Made.of("one", "p0", "p1").by("volatile-state");
        Made again = Made.of("both", "p0").by("drift");
        assertEquals(Optional.of("one"), under(List.of(volume, again)));
        assertEquals(Set.of("one"), counted(List.of(volume, again), Set.of()));
        assertEquals(
                Set.of("both"), counted(List.of(again), Set.of()), "with the other one cured it is told by itself");
    }

    private static Set<String> counted(List<Made> made, Set<String> accepted) {
        List<Outage> ranked = rank(products(20), made, "x#y").stream()
                .map(outage -> accepted.contains(outage.id()) ? new Edition(outage).accepted() : outage)
                .toList();
        return Counted.of(ranked).among(ranked).stream().map(Outage::id).collect(Collectors.toSet());
    }

    private static Optional<String> under(List<Made> made) {
        return rank(products(20), made, "x#y").stream()
                .filter(outage -> outage.id().equals("both"))
                .findFirst()
                .flatMap(Outage::foldedUnder);
    }

    private static final String SHOP = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              replicas: 1
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: "example.com/web:1"}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {selector: {app: web}, ports: [{port: 80}]}
            """;

    private static String route(String host) {
        return """
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: %s, namespace: shop}
            spec:
              rules:
                - host: %s
                  http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
            """.formatted(host.replace('.', '-'), host);
    }

    @Test
    void rule6HostNamesWithOneBackendAreOneProduct() {
        Outlook outlook = Outlook.of(SHOP + route("shop.example.com") + route("www.example.com"));
        assertEquals(1, outlook.prediction().estate().products());
        assertEquals(
                List.of("shop.example.com"),
                outlook.outage("single-replica").outage().products(),
                "named by the first of them");
    }

    @Test
    void rule6TiersWeighAndStagingAndToolsWeighATenth() {
        Map<String, Double> weights = new TreeMap<>();
        String declared = """
            ---
            apiVersion: premortem.dev/v1
            kind: Product
            metadata: {name: %s}
            spec: {tier: %d, needs: [default/shop/Deployment/web]}
            """;
        StringBuilder estate = new StringBuilder(SHOP);
        estate.append(declared.formatted("first", 1))
                .append(declared.formatted("second", 2))
                .append(declared.formatted("third", 3));
        for (String host : List.of("shop.example.com", "shop.staging.example.com", "grafana.example.com")) {
            estate.append(SHOP.replace("web", host.replace('.', '-')).replaceFirst("(?s)^", "---\n"))
                    .append(route(host).replace("service: {name: web", "service: {name: " + host.replace('.', '-')));
        }
        Reading reading = Sources.readTexts(new TreeMap<>(Map.of("estate.yaml", estate.toString())));
        new Sketch(reading.estate(), NOW, Duration.ofDays(90))
                .twin()
                .compile(Twin.Form.SETTLED)
                .tops()
                .forEach(top -> weights.put(top.name(), top.weight()));
        assertEquals(
                Map.of(
                        "first", 100.0,
                        "second", 10.0,
                        "third", 1.0,
                        "shop.example.com", 1.0,
                        "shop.staging.example.com", 0.1,
                        "grafana.example.com", 0.1),
                weights);
    }

    @Test
    void rule1WhatIsRepeatedIsOneOutageWithInstances() {
        StringBuilder estate = new StringBuilder();
        for (String name : List.of("a", "b", "c", "d")) {
            estate.append(SHOP.replace("web", name)).append("""
                    ---
                    apiVersion: policy/v1
                    kind: PodDisruptionBudget
                    metadata: {name: %s, namespace: shop}
                    spec: {minAvailable: 1, selector: {matchLabels: {app: %s}}}
                    ---
                    """.formatted(name, name));
        }
        List<Outage> drains = Outlook.of(estate.toString()).prediction().outages().stream()
                .filter(outage -> outage.mechanism().equals("drain"))
                .toList();
        assertEquals(1, drains.size());
        assertEquals(4, drains.getFirst().instances().size());
    }

    @Test
    void rule4ATreeWithoutSitesHasNoOutageOfItsOneSite() {
        Outlook.of(SHOP + route("shop.example.com")).noOutage("single-site");
    }

    @Test
    void rule10AMechanismWithoutItsFactsNamesThem() {
        Map<String, String> lacks = new TreeMap<>();
        Outlook.of(SHOP).prediction().coverage().notRun().forEach(idle -> lacks.put(idle.mechanism(), idle.lacks()));
        assertEquals("no node sizes known", lacks.get("capacity"));
        assertEquals("no links declared", lacks.get("link-failure"));
        assertEquals("no sites declared", lacks.get("single-site"));
    }

    @Test
    void rule10WhatNoRootReachesIsCountedAndNotJudged() {
        Map<String, String> texts = new TreeMap<>();
        texts.put("clusters/main/apps.yaml", """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: apps, namespace: flux-system}
            spec: {path: ./apps, prune: true, interval: 1h, sourceRef: {kind: GitRepository, name: flux-system}}
            """);
        texts.put("clusters/main/flux-system/gotk-sync.yaml", """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: flux-system, namespace: flux-system}
            spec: {interval: 1m, ref: {branch: main}, url: "https://git.example.com/estate"}
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: flux-system, namespace: flux-system}
            spec: {path: ./clusters/main, prune: true, interval: 1h, sourceRef: {kind: GitRepository, name: flux-system}}
            """);
        texts.put("apps/kustomization.yaml", "resources: [web]\n#- queue\n");
        texts.put("apps/web/web.yaml", SHOP);
        texts.put("apps/web/kustomization.yaml", "resources: [web.yaml]\n");
        texts.put("apps/queue/queue.yaml", SHOP.replace("web", "queue"));
        texts.put("apps/queue/kustomization.yaml", "resources: [queue.yaml]\n");
        Outlook outlook = Outlook.of(new TreeMap<>(texts), NOW);
        String told = outlook.prediction().outages().toString();
        assertTrue(told.contains("shop/web runs once"), told);
        assertTrue(!told.contains("shop/queue"), told);
        assertTrue(
                outlook.prediction().coverage().notUnderstood().stream()
                        .anyMatch(gap -> gap.file().equals("apps/queue/queue.yaml")),
                () -> "counted: " + outlook.prediction().coverage().notUnderstood());
    }

    @Test
    void rule11RunningPodsLiveOn() {
        String webhook = SHOP + """
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: web}
            webhooks:
              - name: pods.example.com
                failurePolicy: Fail
                clientConfig: {service: {name: web, namespace: shop}}
                rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
            """;
        Outage outage = Outlook.of(webhook)
                .outage("webhook-deadlock")
                .says("running pods live on")
                .outage();
        assertEquals(List.of(), outage.products(), "nobody who is served is down");
    }
}
