package dev.premortem.source.text;

import dev.premortem.fact.Quantities;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, instants and quantities from their text. Empty where the text is none. */
public final class Values {
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|us|µs|ns|s|m|h|d|w|y)");
    private static final Pattern DURATION = Pattern.compile("(?:[0-9]+(?:\\.[0-9]+)?(?:ms|us|µs|ns|s|m|h|d|w|y))+");
    private static final Map<String, BigDecimal> NANOS = Map.of(
            "ns", BigDecimal.ONE,
            "us", BigDecimal.valueOf(1_000),
            "µs", BigDecimal.valueOf(1_000),
            "ms", BigDecimal.valueOf(1_000_000),
            "s", BigDecimal.valueOf(1_000_000_000L),
            "m", BigDecimal.valueOf(60_000_000_000L),
            "h", BigDecimal.valueOf(3_600_000_000_000L),
            "d", BigDecimal.valueOf(86_400_000_000_000L),
            "w", BigDecimal.valueOf(604_800_000_000_000L),
            "y", BigDecimal.valueOf(31_557_600_000_000_000L));
    private static final BigDecimal MOST_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);

    private Values() {}

    /** {@code 90s}, {@code 5m}, {@code 4h}, {@code 30d}, {@code 1h30m}, or ISO-8601. */
    public static Optional<Duration> duration(String text) {
        if (text.length() > 64) {
            return Optional.empty();
        }
        if (text.startsWith("P")) {
            try {
                return Optional.of(Duration.parse(text));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        if (!DURATION.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            BigDecimal unit = NANOS.getOrDefault(part.group(2), BigDecimal.ZERO);
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
        }
        return nanos.compareTo(MOST_NANOS) > 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos.longValue()));
    }

    /** RFC 3339; a bare date is its first second in UTC. */
    public static Optional<Instant> instant(String text) {
        try {
            return Optional.of(
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text.replace(' ', 'T')).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A Kubernetes quantity, in thousandths. */
    public static Optional<Long> thousandths(String text) {
        return Quantities.thousandths(text);
    }

    /** A Kubernetes quantity, in whole units. */
    public static Optional<Long> whole(String text) {
        return Quantities.whole(text);
    }
}
