package dev.premortem.model;

import dev.premortem.estate.Observation;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often the pods of a workload are made anew, as a regular clock (semantics 1.13).
 *
 * @param period mean time between two new pods
 * @param rate as it was observed: {@code 10 per 7d}
 * @param first first start after {@code now}: one period after the last that was observed, or after {@code now}
 */
public record Churn(Duration period, Fact<String> rate, Instant first) {
    private static final Pattern RATE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(?:per|/|in)\\s*(\\S+)");

    /** The observed rate of a workload; empty where none was observed. */
    public static Optional<Churn> observed(Sketch sketch, Workload workload) {
        List<Observation> all = sketch.estate().observations(workload.reference(), "restarts");
        for (Observation observation : all.reversed()) {
            Optional<Fact<String>> text = observation.value().text();
            Optional<Duration> period = text.flatMap(rate -> period(rate.value()));
            if (period.isPresent()) {
                Instant first = sketch.now().plus(period.get());
                for (Instant restart : instants(sketch, workload)) {
                    Instant next = restart.plus(period.get());
                    if (!restart.isAfter(sketch.now()) && next.isAfter(sketch.now())) {
                        first = next;
                    }
                }
                return Optional.of(
                        new Churn(period.get(), new Fact<>(text.get().value(), observation.provenance()), first));
            }
        }
        return Optional.empty();
    }

    /** Observed instants at which pods of the workload started, oldest first. */
    public static List<Instant> instants(Sketch sketch, Workload workload) {
        List<Instant> found = new ArrayList<>();
        for (Observation observation : sketch.estate().observations(workload.reference(), "restartedAt")) {
            observation
                    .value()
                    .scalars()
                    .forEach(scalar -> instant(scalar.value()).ifPresent(found::add));
        }
        found.sort(null);
        return found;
    }

    /** An instant as documents write it. */
    public static Optional<Instant> instant(String text) {
        try {
            return Optional.of(java.time.OffsetDateTime.parse(text.strip()).toInstant());
        } catch (DateTimeParseException notAnInstant) {
            return Optional.empty(); // the reader of the document reports it
        }
    }

    /** The mean time between two of {@code 10 per 7d}; empty for none and for what is no rate. */
    static Optional<Duration> period(String rate) {
        Matcher matcher = RATE.matcher(rate.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        double count = Double.parseDouble(matcher.group(1));
        String window = matcher.group(2);
        return Durations.parse(Character.isDigit(window.charAt(0)) ? window : "1" + window)
                .filter(_ -> count > 0)
                .map(length -> Duration.ofMillis(Math.round(length.toMillis() / count)));
    }
}
