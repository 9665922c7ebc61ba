package dev.premortem.model;

import dev.premortem.estate.Failure;
import dev.premortem.estate.OwnerAssumption;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Rates, repair times and chances of things: what the owner set of one, else what its own document declares, else what is assumed. */
public final class Figures {
    private final Sketch sketch;
    private final SortedSet<String> heard = new TreeSet<>();

    Figures(Sketch sketch) {
        this.sketch = sketch;
    }

    /** Failures a year. */
    Fact<Double> failuresPerYear(Reference of, Optional<Fact<Double>> declared, Supplier<Fact<Double>> assumed) {
        return number(of, OwnerAssumption.FAILURES).or(() -> declared).orElseGet(assumed);
    }

    /** Mean time to repair. */
    Fact<Duration> repair(Reference of, Optional<Fact<Duration>> declared, Supplier<Fact<Duration>> assumed) {
        return set(of, OwnerAssumption.REPAIR)
                .flatMap(text -> Durations.parse(text.value()).map(value -> text.map(_ -> value)))
                .or(() -> declared)
                .orElseGet(assumed);
    }

    /** True where the owner says how often the whole thing fails. */
    boolean declares(Reference of, Failure declared) {
        return declared.perYear().isPresent()
                || number(of, OwnerAssumption.FAILURES).isPresent();
    }

    /** What the owner set of a thing as a number. */
    Optional<Fact<Double>> number(Reference of, String fact) {
        return set(of, fact).map(text -> text.map(Double::valueOf));
    }

    private Optional<Fact<String>> set(Reference of, String fact) {
        heard.add(key(of, fact));
        return sketch.estate().override(of, fact);
    }

    private static String key(Reference of, String fact) {
        return of.text() + " " + fact;
    }

    /** Asked for where minutes are, which is not everywhere: of these a name that is wrong is not told. */
    private boolean onlyForMinutes(OwnerAssumption set) {
        return set.fact().equals(OwnerAssumption.FAILOVER)
                ? sketch.ground().standby(set.of())
                : Unseen.isOne(set.of()) || SharedChanges.isOne(set.of());
    }

    /** What was set and nothing asked for: it would be believed to count. */
    public List<Problem> unheard() {
        return sketch.estate().overrides().stream()
                .filter(set -> !heard.contains(key(set.of(), set.fact())))
                .filter(set -> !onlyForMinutes(set))
                .map(set -> new Problem(
                        set.place().file(),
                        set.place().line(),
                        set.place().field(),
                        "nothing asks for " + set.fact() + " of " + set.of(),
                        set.fact().equals(OwnerAssumption.FAILOVER)
                                ? "a link that another one between the same sites is preferred to"
                                : "a declared site, link, hosted service or cause, or one of several declared clusters",
                        ""))
                .toList();
    }
}
