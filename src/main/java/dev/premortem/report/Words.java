package dev.premortem.report;

import dev.premortem.outage.Band;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Durations, instants, numbers and lists as people read them. */
final class Words {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    /** Two units at most: {@code 90 s}, {@code 65 min}, {@code 4 h 10 min}, {@code 1 d 4 h}, {@code 98 d}. */
    static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "minus " + duration(duration.negated());
        }
        long seconds = duration.toSeconds();
        if (seconds == 0) {
            return duration.isZero() ? "no time" : "less than a second";
        }
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        if (minutes < 120) {
            return minutes + " min";
        }
        if (minutes < 48 * 60) {
            return two(minutes / 60, "h", minutes % 60, "min");
        }
        long hours = Math.round(seconds / 3600.0);
        return hours < 14 * 24 ? two(hours / 24, "d", hours % 24, "h") : Math.round(hours / 24.0) + " d";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /** {@code +1:27:40}, with days before it where there are any. */
    static String clock(Duration offset) {
        long days = offset.toDays();
        String time = String.format(
                Locale.ROOT, "%d:%02d:%02d", offset.toHoursPart(), offset.toMinutesPart(), offset.toSecondsPart());
        return "+" + (days > 0 ? days + " d " : "") + time;
    }

    static String instant(Instant instant) {
        return SECONDS.format(instant);
    }

    static String date(Instant instant) {
        return DATE.format(instant);
    }

    /** The moment seen from now: {@code in 1 d 4 h} or {@code 3 d ago}. */
    static String distance(Instant now, Instant then) {
        Duration distance = Duration.between(now, then);
        return distance.isNegative() ? duration(distance.negated()) + " ago" : "in " + duration(distance);
    }

    /** {@code 200 to 900 min a year}; one number where both are the same in two digits. */
    static String band(Band band) {
        String low = figure(band.low());
        String high = figure(band.high());
        return (low.equals(high) ? high : low + " to " + high) + " min a year";
    }

    /** Two significant digits with thousands apart: a figure that rests on rates is not known better. */
    static String figure(double value) {
        if (value < 0.1) {
            return value <= 0 ? "0" : "less than 0.1";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(2, RoundingMode.HALF_UP));
        return rounded.doubleValue() >= 10
                ? count(rounded.longValue())
                : rounded.stripTrailingZeros().toPlainString();
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 object}, {@code 2 objects}. */
    static String of(long number, String singular) {
        return count(number) + " " + singular + (number == 1 ? "" : "s");
    }

    /** The first few of a list, and how many more there are. */
    static String few(List<String> items, int most) {
        if (items.size() <= most) {
            return String.join(", ", items);
        }
        return String.join(", ", items.subList(0, most)) + " and " + count(items.size() - most) + " more";
    }

    /** A word of an enumeration in lower case. */
    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Breaks a text at spaces into lines of at most this many code points; a longer word stays whole. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : Visible.of(text).strip().split("\\s+", 0)) {
            if (!line.isEmpty() && length(line) + 1 + length(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    static int length(CharSequence text) {
        return (int) text.codePoints().count();
    }
}
