package dev.premortem.catalogue;

import dev.premortem.twin.process.Bucket;
import dev.premortem.twin.process.Starts;
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

    /** The day from which the other limits are token buckets too (letsencrypt.org documentation, changed in the autumn of 2024). */
    public static final Instant ALL_TOKENS_SINCE = Instant.parse("2024-11-01T00:00:00Z");

    private static final int PER_DOMAIN = 50;
    private static final int PER_ACCOUNT = 300;
    private static final Duration ACCOUNT_PERIOD = Duration.ofHours(3);
    private static final int PER_SET = 5;
    private static final Duration PERIOD = Duration.ofDays(7);

    private AcmeLimits() {}

    /** Certificates per exact set of names, by the rule of that day. */
    public static Bucket.Rule exactSet(Instant day) {
        return day.isBefore(TOKENS_SINCE)
                ? new Bucket.Rule.Window(PER_SET, PERIOD)
                : new Bucket.Rule.Tokens(PER_SET, PERIOD);
    }

    /** Certificates per registered domain, for sets that are no renewals. */
    public static Bucket.Rule domain(Instant day) {
        return shared(day, PER_DOMAIN, PERIOD);
    }

    /** Orders per account, for sets that are no renewals. */
    public static Bucket.Rule account(Instant day) {
        return shared(day, PER_ACCOUNT, ACCOUNT_PERIOD);
    }

    private static Bucket.Rule shared(Instant day, int limit, Duration period) {
        return day.isBefore(ALL_TOKENS_SINCE)
                ? new Bucket.Rule.Window(limit, period)
                : new Bucket.Rule.Tokens(limit, period);
    }

    /** The rule of an exact set in words. */
    public static String words(Bucket.Rule rule) {
        return words(rule, "certificates per exact set of names");
    }

    /** A further budget in words. */
    public static String words(Starts.Further limit) {
        return words(limit.rule(), limit.perAccount() ? "orders per account" : "certificates per registered domain");
    }

    private static String words(Bucket.Rule rule, String what) {
        return switch (rule) {
            case Bucket.Rule.Window window ->
                window.limit() + " " + what + " in any " + window.period().toHours() + " hours";
            case Bucket.Rule.Tokens tokens -> {
                Duration one = tokens.period().dividedBy(tokens.limit());
                yield tokens.limit() + " " + what + ", and one more every "
                        + (one.toMinutes() == 0
                                ? one.toSeconds() + " s"
                                : one.toMinutes() / 60 + " h " + one.toMinutes() % 60 + " min");
            }
        };
    }

    /** True for Let's Encrypt's production directory, which is also the default of its clients. */
    public static boolean letsEncrypt(String server) {
        return server.isEmpty() || (server.contains("acme-v02.api.letsencrypt.org") && !server.contains("staging"));
    }
}
