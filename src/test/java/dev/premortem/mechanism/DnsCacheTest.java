package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Outage;
import dev.premortem.testing.Outlook;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DnsCacheTest {
    private static final String ESTATE = LoadBalancerAddressTest.ESTATE
            .replace("managedBy: hand", "managedBy: external-dns")
            .replace(" # OUTAGE load-balancer-address", "")
            .replace("ttl: 3600", "ttl: 3600 # OUTAGE dns-cache");

    @Test
    void theTtlSetsHowLongTheLastUserWaits() {
        Outage outage = Outlook.of(ESTATE)
                .outage("dns-cache")
                .takesDown("shop")
                .namesTheMarkedLines()
                .outage();
        assertTrue(outage.endsByItself(), outage.title());
        assertTrue(outage.duration().compareTo(Duration.ofHours(1)) >= 0, outage.duration()::toString);
        assertTrue(outage.duration().compareTo(Duration.ofMinutes(70)) < 0, outage.duration()::toString);
    }

    @Test
    void aShortTtlShortensIt() {
        Outage outage = Outlook.of(ESTATE.replace("ttl: 3600", "ttl: 60"))
                .outage("dns-cache")
                .outage();
        assertTrue(outage.duration().compareTo(Duration.ofMinutes(10)) < 0, outage.duration()::toString);
    }

    @Test
    void theRemedyLowersTheTtlAndIsVerifiedToShorten() {
        var remedy = Outlook.of(ESTATE).outage("dns-cache").remedy("TTL: 3600 → 60");
        assertTrue(remedy.verified() && remedy.shortens(), remedy::toString);
    }

    @Test
    void aPinnedAddressNeedsNoCacheToForget() {
        Outlook.of(ESTATE.replace("  type: LoadBalancer\n", "  type: LoadBalancer\n  loadBalancerIP: 203.0.113.7\n"))
                .noOutage("dns-cache");
    }
}
