package dev.premortem.catalogue;

import dev.premortem.twin.process.Bucket;
import java.time.Duration;
import java.time.Instant;

/**
 * What Let's Encrypt allows, by date. The exact-set limit is five certificates in 168 hours; how it is computed changed on 2022-07-29
 * (letsencrypt/boulder 1464c3493): a sliding window before, a token bucket since.
 */
public final class AcmeLimits {
    /** The day from which the exact-set limit is a token bucket. */
    public static final Instant TOKENS_SINCE = Instant.parse("2022-07-29T00:00:00Z");

    /** Where the limits are published, and when that was read. */
    public static final String SOURCE = "letsencrypt.org/docs/rate-limits (2026-08-05)";

    private static final int PER_SET = 5;
    private static final Duration PERIOD = Duration.ofDays(7);

    private AcmeLimits() {}

    /** Certificates per exact set of names, by the rule of that day. */
    public static Bucket.Rule exactSet(Instant day) {
        return day.isBefore(TOKENS_SINCE)
                ? new Bucket.Rule.Window(PER_SET, PERIOD)
                : new Bucket.Rule.Tokens(PER_SET, PERIOD);
    }

    /** The rule in words. */
    public static String words(Bucket.Rule rule) {
        return switch (rule) {
            case Bucket.Rule.Window window ->
                window.limit() + " certificates per exact set of names in any "
                        + window.period().toHours() + " hours";
            case Bucket.Rule.Tokens tokens ->
                tokens.limit() + " certificates per exact set of names, and one more every "
                        + tokens.period().dividedBy(tokens.limit()).toMinutes() / 60 + " h "
                        + tokens.period().dividedBy(tokens.limit()).toMinutes() % 60 + " min";
        };
    }

    /** True for Let's Encrypt's production directory, which is also the default of its clients. */
    public static boolean letsEncrypt(String server) {
        return server.isEmpty() || (server.contains("acme-v02.api.letsencrypt.org") && !server.contains("staging"));
    }
}
