package dev.premortem.source.declared;

import dev.premortem.estate.Failure;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Spread;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Values;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Figures that are not known to the digit: a single value, {@code {low, high}} with a {@code typical} one where it is not the middle, {@code {median,
 * errorFactor}}, or failures that were counted.
 */
final class Figures {
    private static final double YEAR_SECONDS = 365.25 * 86_400;
    private static final String DURATION = "a duration such as 90s, 5m, 4h or 30d";
    private static final String NUMBER = "a number such as 0.5";
    private static final String OR_SPREAD = ", {low: …, high: …} or {median: …, errorFactor: …}";

    private Figures() {}

    /** {@code failure: {mtbf, mttr}}, or instead of {@code mtbf} what was counted: {@code failures} and {@code during}. */
    static Failure failure(Fields spec, Harvest harvest) {
        Optional<Fields> found = spec.below("failure");
        if (found.isEmpty()) {
            return Failure.UNKNOWN;
        }
        Fields failure = found.get();
        failure.allow("mtbf", "mttr", "failures", "during");
        Optional<Fact<Double>> perYear = counted(failure, harvest);
        if (perYear.isEmpty()) {
            perYear =
                    failure.get("mtbf").flatMap(tree -> duration(tree, harvest)).flatMap(mtbf -> rate(mtbf, harvest));
        }
        return new Failure(perYear, failure.get("mttr").flatMap(tree -> duration(tree, harvest)));
    }

    private static Optional<Fact<Double>> counted(Fields failure, Harvest harvest) {
        Optional<Fact<Integer>> failures = failure.integer("failures", 0);
        Optional<Fact<Duration>> during = failure.duration("during");
        if (failures.isEmpty() && during.isEmpty()) {
            return Optional.empty();
        }
        if (failures.isEmpty() || during.isEmpty() || !during.get().value().isPositive()) {
            harvest.problem(
                    failure.place(),
                    "failures and during say a rate together",
                    "both, such as failures: 3 and during: 4y");
            return Optional.empty();
        }
        Spread.Counted spread = new Spread.Counted(failures.get().value());
        double years = during.get().value().toSeconds() / YEAR_SECONDS;
        return Optional.of(failures.get().map(_ -> spread.figure() / years).within(Optional.of(spread)));
    }

    /** Failures a year of a mean time between them. */
    static Optional<Fact<Double>> rate(Fact<Duration> mtbf, Harvest harvest) {
        if (!mtbf.value().isPositive()) {
            if (mtbf.provenance() instanceof dev.premortem.fact.Declared place) {
                harvest.problem(place, "no time between failures", "a duration above 0 such as 365d");
            }
            return Optional.empty();
        }
        return Optional.of(mtbf.map(time -> YEAR_SECONDS / Math.max(1, time.toSeconds()))
                .within(mtbf.spread().map(Spread::inverse)));
    }

    /** A duration, or more than one. */
    static Optional<Fact<Duration>> duration(Tree tree, Harvest harvest) {
        return figure(tree, Figures::seconds, DURATION, harvest)
                .map(seconds -> seconds.map(value -> Duration.ofMillis(Math.round(value * 1_000))));
    }

    /** A number of at least 0, or more than one. */
    static Optional<Fact<Double>> number(Tree tree, Harvest harvest) {
        return figure(tree, Figures::plain, NUMBER, harvest);
    }

    private static Optional<Double> seconds(String text) {
        return Values.duration(text).filter(length -> !length.isNegative()).map(length -> length.toMillis() / 1_000.0);
    }

    private static Optional<Double> plain(String text) {
        return text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?") ? Optional.of(Double.parseDouble(text)) : Optional.empty();
    }

    private static Optional<Fact<Double>> figure(
            Tree tree, Function<String, Optional<Double>> parse, String expected, Harvest harvest) {
        if (!(tree instanceof Tree.Mapping)) {
            Optional<Fact<Double>> value =
                    tree.text().flatMap(text -> parse.apply(text.value()).map(parsed -> text.map(_ -> parsed)));
            if (value.isEmpty()) {
                harvest.problem(tree.place(), Fields.describe(tree), expected + OR_SPREAD);
            }
            return value;
        }
        Fields fields = Fields.of(tree, harvest);
        if (fields.get("median").isPresent() || fields.get("errorFactor").isPresent()) {
            return lognormal(fields, parse, expected, harvest);
        }
        return even(fields, parse, expected, harvest);
    }

    private static Optional<Fact<Double>> even(
            Fields fields, Function<String, Optional<Double>> parse, String expected, Harvest harvest) {
        fields.allow("low", "typical", "high");
        Optional<Double> low = part(fields, "low", parse, expected, harvest);
        Optional<Double> high = part(fields, "high", parse, expected, harvest);
        if (low.isEmpty() || high.isEmpty()) {
            return Optional.empty();
        }
        double middle = fields.get("typical").isPresent()
                ? part(fields, "typical", parse, expected, harvest).orElse(0.0)
                : Math.sqrt(low.get() * high.get());
        if (!(low.get() > 0 && low.get() <= middle && middle <= high.get())) {
            harvest.problem(fields.place(), "low, typical and high out of order", "0 < low <= typical <= high");
            return Optional.empty();
        }
        Spread spread = new Spread.Even(low.get() / middle, high.get() / middle);
        return Optional.of(new Fact<>(middle, fields.place(), Optional.of(spread)));
    }

    private static Optional<Fact<Double>> lognormal(
            Fields fields, Function<String, Optional<Double>> parse, String expected, Harvest harvest) {
        fields.allow("median", "errorFactor");
        Optional<Double> median = part(fields, "median", parse, expected, harvest);
        Optional<Double> factor = part(fields, "errorFactor", Figures::plain, "a number of at least 1", harvest);
        if (median.isEmpty() || factor.isEmpty()) {
            return Optional.empty();
        }
        if (median.get() <= 0 || factor.get() < 1) {
            harvest.problem(
                    fields.place(),
                    "median " + median.get() + " with errorFactor " + factor.get(),
                    "a median above 0 and an errorFactor of at least 1 (the 95th percentile divided by the median)");
            return Optional.empty();
        }
        return Optional.of(new Fact<>(median.get(), fields.place(), Optional.of(new Spread.Lognormal(factor.get()))));
    }

    private static Optional<Double> part(
            Fields fields, String key, Function<String, Optional<Double>> parse, String expected, Harvest harvest) {
        Optional<Tree> tree = fields.get(key);
        if (tree.isEmpty()) {
            fields.lacks(key, expected);
            return Optional.empty();
        }
        Optional<Double> value = tree.get().text().flatMap(text -> parse.apply(text.value()));
        if (value.isEmpty()) {
            harvest.problem(tree.get().place(), Fields.describe(tree.get()), expected);
        }
        return value;
    }
}
