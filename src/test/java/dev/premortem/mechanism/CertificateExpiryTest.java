package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.estate.CertificateOrder;
import dev.premortem.estate.Reference;
import dev.premortem.model.Proposal;
import dev.premortem.model.Sketch;
import dev.premortem.testing.Estates;
import dev.premortem.twin.Twin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificateExpiryTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    private static Sketch sketch(Estates estates) {
        Sketch sketch = new Sketch(estates.estate(), NOW, Duration.ofDays(400));
        new CertificateExpiry().contribute(sketch);
        sketch.twin().compile(Twin.Form.LIVE);
        return sketch;
    }

    private static Estates shop(String notAfter) {
        return new Estates()
                .secret("main", "shop", "shop-tls", notAfter, "shop.example.com")
                .route("main", "shop", "Ingress", "shop.example.com", Optional.of("shop-tls"), Optional.empty());
    }

    @Test
    void aServedCertificateThatNobodyRenewsEnds() {
        Proposal proposal = sketch(shop("2026-04-10T12:00:00Z")).proposals().getFirst();
        assertEquals(Instant.parse("2026-04-10T12:00:00Z"), proposal.moment().orElseThrow());
        assertEquals("main/shop/Secret/shop-tls#certificate", proposal.pivot().name());
        assertEquals("on 2026-04-10 when the certificate of shop.example.com ends", proposal.when());
    }

    @Test
    void anOrderForTheSameSecretRenewsIt() {
        Estates estates = shop("2026-04-10T12:00:00Z");
        estates.with(new CertificateOrder(
                Reference.object("main", "shop", "Certificate", "shop"),
                estates.place("certificate.yaml"),
                "main",
                "shop",
                "shop",
                estates.fact("shop-tls"),
                List.of(estates.fact("shop.example.com")),
                estates.fact("letsencrypt"),
                Optional.empty(),
                Optional.empty()));
        assertEquals(List.of(), sketch(estates).proposals());
    }

    @Test
    void whatNobodyServesOrEndsLaterIsQuiet() {
        assertEquals(List.of(), sketch(shop("2036-04-10T12:00:00Z")).proposals());
        assertEquals(
                List.of(),
                sketch(new Estates().secret("main", "shop", "old-tls", "2026-04-10T12:00:00Z", "shop.example.com"))
                        .proposals());
    }
}
