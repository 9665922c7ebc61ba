package dev.premortem.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Outage;
import dev.premortem.outage.Remedy;
import dev.premortem.testing.Outlook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    private static final Path EXAMPLES = Path.of("examples");
    private static final Instant FRIDAY = Instant.parse("2022-03-04T18:00:00Z");
    private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
    private static final Duration QUARTER = Duration.ofDays(90);

    private static Outlook check(String example, Instant now) {
        return Outlook.of(EXAMPLES.resolve(example), now, QUARTER);
    }

    @Test
    void crosslinkLosesThePodNetworkAcrossSitesAndNotTheHosts() {
        Outage outage = check("crosslink", Outlook.NOW)
                .outage("path-mtu", "link/backup#packets")
                .takesDown("explorer", "search", "wallet")
                .namesAMarkedLine()
                .says("1,450 + 50")
                .says("1,400 bytes")
                .isPreventedBy("MTU: 1500 → 1400")
                .outage();
        assertEquals(List.of("link/primary"), outage.trigger().faults());
        assertTrue(
                outage.lives().containsAll(List.of("product/solana", "product/rpc-legacy")), outage.lives()::toString);
        assertTrue(outage.remedies().getFirst().patch().contains("MTU: 1400"), outage.remedies()::toString);
        check("crosslink-fixed", Outlook.NOW).noOutage("path-mtu");
    }

    @Test
    void certExpiryNamesTheSecond() {
        Outage outage = check("cert-expiry", FEBRUARY)
                .outage("control-plane-certificate")
                .startsAt("2026-02-24T09:14:33Z")
                .namesTheMarkedLines()
                .outage();
        assertTrue(outage.remedies().stream().anyMatch(Remedy::verified), outage.remedies()::toString);
        assertFalse(outage.remedies().toString().contains("1.35.1"), "what did not exist yet is not named");
        Outlook.of(EXAMPLES.resolve("cert-expiry-fixed"), FEBRUARY, Duration.ofDays(300))
                .noOutage("control-plane-certificate");
    }

    @Test
    void singleSiteIsCuredByReplicatingAuthentication() {
        Outlook outlook = check("single-site", Outlook.NOW);
        assertEquals(
                "single-site",
                outlook.prediction().outages().getFirst().mechanism(),
                "the unjudged choices come later");
        Outage outage = outlook.outage("single-site")
                .namesAMarkedLine()
                .isPreventedBy("auth")
                .outage();
        assertTrue(outage.remedies().getFirst().verified());
        assertTrue(outage.remedies().getFirst().title().contains("auth/auth in cluster vie"), outage.title());
        check("single-site-fixed", Outlook.NOW).noOutage("single-site", outage.pivot());
    }

    @Test
    void saturdayIsRefusedItsNextCertificate() {
        Outlook outlook = check("saturday", FRIDAY);
        Outage budget = outlook.outage("acme-budget")
                .takesDown("api-a", "api-b", "api-c")
                .startsAt("2022-03-05T08:18:00Z")
                .namesTheMarkedLines()
                .says("no more start is granted")
                .says("in eight of ten cases")
                .says("the chart's default is persistence.enabled: false")
                .outage();
        assertTrue(budget.remedies().stream().anyMatch(Remedy::verified), budget.remedies()::toString);
        outlook.outage("load-balancer-address")
                .takesDown("api-a", "api-b", "api-c")
                .namesTheMarkedLines();
        check("saturday-fixed", FRIDAY).noOutage("acme-budget").noOutage("load-balancer-address");
    }

    @Test
    void saturdayAsToldHasTwoSettingsForOnePath() {
        check("saturday-as-told", FRIDAY)
                .outage("volatile-state")
                .namesTheMarkedLines()
                .says("it is refused")
                .says("it is merged in silence");
        check("saturday-as-told-fixed", FRIDAY).noOutage("volatile-state").noOutage("acme-budget");
    }

    @Test
    void twoRunsAreEqual() {
        for (String example : List.of("crosslink", "single-site", "saturday")) {
            assertEquals(
                    check(example, FRIDAY).prediction(), check(example, FRIDAY).prediction(), example);
        }
    }

    @Test
    void theOrderInWhichFilesAreGivenDoesNotMatter() throws IOException {
        SortedMap<String, String> texts = texts("crosslink");
        SortedMap<String, String> reversed = new TreeMap<>(Comparator.reverseOrder());
        reversed.putAll(texts);
        assertEquals(
                Outlook.of(texts, Outlook.NOW).prediction(),
                Outlook.of(reversed, Outlook.NOW).prediction());
    }

    @Test
    void idsSurviveEditsElsewhere() throws IOException {
        SortedMap<String, String> texts = texts("crosslink");
        List<String> before = ids(Outlook.of(texts, Outlook.NOW));
        texts.replaceAll((name, text) -> name.startsWith("premortem/") ? "# moved down a line\n" + text : text);
        texts.put("clusters/main/apps/unrelated.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: unrelated, namespace: search}
                data: {colour: blue}
                """);
        assertEquals(before, ids(Outlook.of(texts, Outlook.NOW)));
        assertEquals(before.size(), before.stream().distinct().count(), "an id names one outage");
    }

    @Test
    void afterEveryVerifiedRemedyTheOutageIsGone() {
        for (String example : List.of("crosslink", "single-site", "saturday", "saturday-as-told", "cert-expiry")) {
            Outlook outlook = check(example, example.startsWith("saturday") ? FRIDAY : FEBRUARY);
            for (Outage outage : outlook.prediction().outages()) {
                outage.remedies().stream()
                        .filter(remedy -> remedy.verified() && !remedy.shortens())
                        .forEach(remedy -> outlook.after(remedy).noOutage(outage.mechanism(), outage.pivot()));
            }
        }
    }

    private static List<String> ids(Outlook outlook) {
        return outlook.prediction().outages().stream().map(Outage::id).toList();
    }

    private static SortedMap<String, String> texts(String example) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        Path root = EXAMPLES.resolve(example);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }
}
