package dev.premortem.model;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the declared kinds write them: {@code 90s}, {@code 5m}, {@code 4h}, {@code 30d}, sums of these, or ISO-8601. */
public final class Durations {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h|d|w|y)");

    private Durations() {}

    /** The duration, or empty where the text is none. */
    public static Optional<Duration> parse(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("P") || trimmed.startsWith("-P")) {
            try {
                return Optional.of(Duration.parse(trimmed));
            } catch (DateTimeParseException notIso) {
                return Optional.empty();
            }
        }
        Matcher part = PART.matcher(trimmed);
        double seconds = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            seconds += Double.parseDouble(part.group(1)) * secondsIn(part.group(2));
            end = part.end();
        }
        return end == 0 || end != trimmed.length() || seconds > 1e12
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private static double secondsIn(String unit) {
        return switch (unit) {
            case "ms" -> 0.001;
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            case "d" -> 86_400;
            case "w" -> 7 * 86_400;
            case "y" -> 365.25 * 86_400;
            default -> throw new IllegalStateException("no unit " + unit);
        };
    }

    /** For people: {@code 90 s}, {@code 87 min}, {@code 4 h}, {@code 1 d 4 h}. */
    public static String words(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        if (minutes < 120) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        if (hours < 48) {
            return minutes % 60 == 0 ? hours + " h" : String.format(Locale.ROOT, "%d h %d min", hours, minutes % 60);
        }
        long days = hours / 24;
        return hours % 24 == 0 || days > 9 ? days + " d" : days + " d " + hours % 24 + " h";
    }
}
