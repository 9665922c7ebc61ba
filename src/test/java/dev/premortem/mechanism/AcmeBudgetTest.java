package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.engine.timeline.Timeline;
import dev.premortem.engine.timeline.Trace;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Reference;
import dev.premortem.model.AcmeStore;
import dev.premortem.model.Persistence;
import dev.premortem.model.Proposal;
import dev.premortem.model.Sketch;
import dev.premortem.testing.Estates;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Scenario;
import dev.premortem.twin.Twin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AcmeBudgetTest {
    private static final Instant FRIDAY = Instant.parse("2022-03-04T18:00:00Z");
    private static final String TRAEFIK = "prod/ingress/Deployment/traefik";

    private static Estates saturday(String kind) {
        Estates estates = new Estates();
        return estates.workload(
                        "prod", "ingress", "traefik", "traefik:2.5.4", List.of("data:" + kind), List.of("data:/data"))
                .resolver("prod", "letsencrypt", TRAEFIK, "/data/acme.json")
                .route(
                        "prod",
                        "apps",
                        "IngressRoute",
                        "api-a.k8s.example.com",
                        Optional.empty(),
                        Optional.of("letsencrypt"))
                .release(
                        "prod",
                        "ingress",
                        "traefik",
                        "traefik",
                        estates.mapping("persistence", estates.mapping("enabled", "false", "path", "/data")));
    }

    private static Estates observed(Estates estates) {
        return estates.observed(TRAEFIK, "restarts", "2022-03-04T17:00:00Z", "10 per 7d")
                .observed(TRAEFIK, "restartedAt", "2022-03-04T17:00:00Z", "2022-03-04T15:30:00Z")
                .observed(
                        "issuer/letsencrypt",
                        "issuedAt",
                        "2022-03-04T17:00:00Z",
                        "2022-02-27T20:06:00Z",
                        "2022-03-01T03:34:00Z",
                        "2022-03-02T13:10:00Z",
                        "2022-03-03T05:58:00Z",
                        "2022-03-04T15:34:00Z");
    }

    private static Sketch sketch(Estates estates, Instant now) {
        Sketch sketch = new Sketch(estates.estate(), now, Duration.ofDays(400));
        new AcmeBudget().contribute(sketch);
        new VolatileState().contribute(sketch);
        sketch.twin().compile(Twin.Form.SETTLED);
        return sketch;
    }

    @Test
    void theNextStartIsRefusedAndTheWindowOpensOnSunday() {
        Sketch sketch = sketch(observed(saturday("emptyDir")), FRIDAY);
        assertEquals(1, sketch.proposals().size());
        Proposal proposal = sketch.proposals().getFirst();
        assertEquals("acme-budget", proposal.mechanism());
        assertEquals(Instant.parse("2022-03-05T08:18:00Z"), proposal.moment().orElseThrow());
        String told = proposal.prelude().toString();
        assertTrue(told.contains("no more start is granted, as it was observed"), told);
        assertTrue(
                told.contains(
                        "possible again from 2022-03-06 20:06 UTC, the next start then is about 2022-03-07 10:42 UTC"),
                told);
        assertTrue(told.contains("registered domain example.com"), told);

        Condition route = Condition.of("prod/apps/IngressRoute/api-a.k8s.example.com");
        long now = FRIDAY.toEpochMilli();
        Trace trace = Timeline.run(
                sketch.twin().compile(Twin.Form.LIVE),
                new Scenario(
                        List.of(),
                        proposal.hazards(),
                        Map.of(),
                        now,
                        now + Duration.ofDays(4).toMillis()));
        Condition certificate = Condition.of(TRAEFIK, "certificate:api-a.k8s.example.com");
        Trace.Down down = trace.downs(certificate).getFirst();
        assertEquals(Instant.parse("2022-03-05T08:18:00Z"), Instant.ofEpochMilli(down.from()));
        assertEquals(Instant.parse("2022-03-07T10:42:00Z"), Instant.ofEpochMilli(down.until()));
        assertEquals(down.from(), trace.downs(route).getFirst().from());
    }

    @Test
    void todayTheSameRateEmptiesTheTokenBucketLater() {
        Instant now = Instant.parse("2026-03-04T18:00:00Z");
        Estates estates = saturday("emptyDir")
                .observed(TRAEFIK, "restarts", "2026-03-04T17:00:00Z", "10 per 7d")
                .observed("issuer/letsencrypt", "issuedAt", "2026-03-04T17:00:00Z", "2026-02-01T00:00:00Z");
        Proposal proposal = sketch(estates, now).proposals().getFirst();
        // Full at first: the tenth start 16.8 h apart is refused.
        assertEquals(now.plus(Duration.ofMinutes(1008 * 10)), proposal.moment().orElseThrow());
        assertTrue(proposal.prelude().get(1).text().contains("9 more starts are granted"));
    }

    @Test
    void aRateBelowTheRefillRefusesByChanceOnly() {
        Instant now = Instant.parse("2026-03-04T18:00:00Z");
        Estates estates = saturday("emptyDir")
                .observed(TRAEFIK, "restarts", "2026-03-04T17:00:00Z", "4 per 7d")
                .observed("issuer/letsencrypt", "issuedAt", "2026-03-04T17:00:00Z", "2026-03-03T00:00:00Z");
        Proposal proposal = sketch(estates, now).proposals().getFirst();
        assertEquals("acme-budget", proposal.mechanism());
        assertEquals(Optional.empty(), proposal.moment());
        double chance = proposal.chance().orElseThrow();
        assertTrue(chance > 0.5 && chance < 1, () -> "share of random years: " + chance);
        assertTrue(proposal.when().contains("% a year"), proposal::when);
        assertTrue(proposal.losses().getFirst().length().compareTo(Duration.ofHours(33)) > 0);

        Estates seldom = saturday("emptyDir").observed(TRAEFIK, "restarts", "2026-03-04T17:00:00Z", "1 per 7d");
        double less = sketch(seldom, now).proposals().stream()
                .mapToDouble(found -> found.chance().orElseThrow())
                .sum();
        assertTrue(less < 0.1, () -> "share of random years: " + less);
        Estates never = saturday("emptyDir").observed(TRAEFIK, "restarts", "2026-03-04T17:00:00Z", "1 per 60d");
        assertEquals(List.of(), sketch(never, now).proposals());
    }

    @Test
    void firstOrdersOfManySetsMeetTheDomainsBudget() {
        Instant now = Instant.parse("2026-03-04T18:00:00Z");
        Estates estates = saturday("emptyDir").observed(TRAEFIK, "restarts", "2026-03-04T17:00:00Z", "2 per 7d");
        for (int i = 10; i < 70; i++) {
            String host = "app" + i + ".example.com";
            estates.route("prod", "apps", "IngressRoute", host, Optional.empty(), Optional.of("letsencrypt"));
        }
        // Without a history the CA is taken to know them all.
        assertTrue(sketch(estates, now).proposals().stream()
                .noneMatch(proposal -> proposal.moment().isPresent()));
        // The last certificates are more than 120 days old: everything is a first order.
        estates.observed("issuer/letsencrypt", "issuedAt", "2026-03-04T17:00:00Z", "2025-10-01T00:00:00Z");
        Proposal proposal = sketch(estates, now).proposals().getFirst();
        assertEquals(now.plus(Duration.ofHours(84)), proposal.moment().orElseThrow());
        String told = proposal.prelude().getLast().toString();
        assertTrue(told.contains("the budget of the registered domain example.com is used up by first orders"), told);
        assertTrue(told.contains("50 certificates per registered domain, and one more every 3 h 21 min"), told);
    }

    @Test
    void twoWorkloadsThatOrderOneSetShareItsBudget() {
        Instant now = Instant.parse("2026-03-04T18:00:00Z");
        String other = "spare/ingress/Deployment/traefik";
        Estates estates = saturday("emptyDir")
                .observed(TRAEFIK, "restarts", "2026-03-04T17:00:00Z", "4 per 7d")
                .workload(
                        "spare", "ingress", "traefik", "traefik:2.5.4", List.of("data:emptyDir"), List.of("data:/data"))
                .resolver("spare", "standby", other, "/data/acme.json")
                .route(
                        "spare",
                        "apps",
                        "IngressRoute",
                        "api-a.k8s.example.com",
                        Optional.empty(),
                        Optional.of("standby"))
                .observed(other, "restarts", "2026-03-04T17:00:00Z", "4 per 7d")
                .observed(other, "restartedAt", "2026-03-04T17:00:00Z", "2026-03-04T06:00:00Z");
        List<Proposal> proposals = sketch(estates, now).proposals();
        assertEquals(2, proposals.size(), proposals::toString);
        // Four a week are granted for ever, eight are not.
        assertTrue(proposals.stream().allMatch(proposal -> proposal.moment().isPresent()), proposals::toString);
        assertTrue(
                proposals.getFirst().prelude().get(1).text().contains("1 other workload orders the same set"),
                proposals::toString);
    }

    @Test
    void aDurableStoreIsQuiet() {
        assertEquals(
                List.of(),
                sketch(observed(saturday("persistentVolumeClaim")), FRIDAY).proposals());
    }

    @Test
    void withoutARateItIsVolatileState() {
        Proposal proposal = sketch(saturday("emptyDir"), FRIDAY).proposals().getFirst();
        assertEquals("volatile-state", proposal.mechanism());
        assertTrue(proposal.when().contains("more than 5 times in a week"));
    }

    @Test
    void aWildcardOfTheEntryPointServesEveryRoute() {
        Estates estates = observed(saturday("emptyDir"));
        Sketch sketch = sketch(estates, FRIDAY);
        AcmeStore store = AcmeStore.all(sketch).getFirst();
        assertEquals(
                List.of("api-a.k8s.example.com"),
                store.sets().stream().map(AcmeStore.NameSet::label).toList());
    }

    @Test
    void persistenceIsTheFirstRemedy() {
        Sketch sketch = sketch(observed(saturday("emptyDir")), FRIDAY);
        AcmeStore store = AcmeStore.all(sketch).getFirst();
        Edit edit = Persistence.remedies(sketch, store.workload(), store.storage())
                .getFirst()
                .edits()
                .getFirst();
        assertTrue(edit instanceof Edit.SetValue set && set.value().equals("true"), edit::toString);
    }

    @Test
    void aClaimThatAChangeBringsIsEmptyAndOrdersOnce() {
        Sketch before = sketch(observed(saturday("emptyDir")), FRIDAY);
        Sketch.Moment change =
                new Sketch.Moment(true, false, Set.of(), Set.of(), Set.of(new Reference(TRAEFIK)), Optional.of(before));
        Sketch after = new Sketch(saturday("persistentVolumeClaim").estate(), FRIDAY, Duration.ofDays(4), change);
        new AcmeBudget().contribute(after);
        long now = FRIDAY.toEpochMilli();
        Twin twin = after.twin().compile(Twin.Form.LIVE);
        Set<String> keys = new TreeSet<>();
        twin.processes().forEach(process -> keys.add(process.key()));
        Trace trace = Timeline.run(
                twin,
                new Scenario(
                        List.of(), keys, Map.of(), now, now + Duration.ofDays(4).toMillis()));
        Condition certificate = Condition.of(TRAEFIK, "certificate:api-a.k8s.example.com");
        assertEquals(
                FRIDAY.plusSeconds(60),
                Instant.ofEpochMilli(trace.downs(certificate).getFirst().from()));
    }
}
