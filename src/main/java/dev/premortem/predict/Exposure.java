package dev.premortem.predict;

import dev.premortem.outage.Band;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Expected minutes a year of an outage (semantics 1.20): how often each of its triggers comes, times how long that one lasts, times the weight of what it takes down. */
final class Exposure {
    /** Most triggers of one outage that are run through the timeline; the rest last as long as their repair, and what came on top of it in the likeliest one. */
    private static final int MOST_RUN = 64;

    private static final double YEAR_HOURS = 365.25 * 24;

    private final Rates rates;
    private final SortedMap<String, Double> weights = new TreeMap<>();
    private final double heaviest;

    Exposure(Rates rates, Twin twin) {
        this.rates = rates;
        twin.tops().forEach(top -> weights.merge(top.name(), top.weight(), Double::sum));
        this.heaviest = twin.tops().stream().mapToDouble(Top::weight).max().orElse(1);
    }

    /**
     * How long one trigger keeps its products down.
     *
     * @param least until it ends by itself or a person ended it, whichever comes first
     * @param most until it ends by itself
     * @param share of the users, on the mean
     */
    record Stay(Duration least, Duration most, double share) {
        double leastMinutes() {
            return least.toMillis() / 60_000.0;
        }

        double mostMinutes() {
            return most.toMillis() / 60_000.0;
        }
    }

    /** Of an outage that a mechanism proposed. A change is counted in diff and simulate only. */
    Optional<Band> proposed(Draft draft, Stay stay, Duration horizon, Optional<Double> chance) {
        if (draft.type == Trigger.Type.CHANGE) {
            return Optional.empty();
        }
        double weight = weight(draft.products);
        double perYear = YEAR_HOURS / Math.max(1, horizon.toHours());
        double minutes = stay.leastMinutes() * weight * stay.share() * chance.orElse(Math.min(1, perYear));
        double high = Math.max(minutes, stay.mostMinutes() * weight * chance.orElse(1.0));
        return Optional.of(new Band(minutes * 0.5, minutes, high));
    }

    /**
     * Of an outage that faults set off.
     *
     * @param likeliest the trigger that the outage is told by, and how long it lasts
     * @param run how long another one lasts; empty where the timeline shows nothing down
     */
    Band ofFaults(Draft draft, Draft.CutOf likeliest, Stay told, BiFunction<Draft, Draft.CutOf, Optional<Stay>> run) {
        SortedMap<String, Optional<Stay>> known = new TreeMap<>();
        known.put(key(likeliest), Optional.of(told));
        Band sum = new Band(0, 0, 0);
        for (Draft.CutOf cut : draft.cuts) {
            if (cut.cut().faults().isEmpty()) {
                continue;
            }
            Optional<Stay> stay = known.get(key(cut));
            if (stay == null) {
                boolean tried = known.size() < MOST_RUN;
                stay = tried ? run.apply(draft, cut) : Optional.of(like(told, likeliest, cut));
                if (tried) {
                    known.put(key(cut), stay);
                }
            }
            if (stay.isPresent()) {
                Band rate = rates.band(cut.cut().faults())
                        .times(Math.max(1, cut.cut().alike())
                                * weight(cut.products())
                                * stay.get().share());
                sum = sum.plus(new Band(
                        rate.low() * stay.get().leastMinutes(),
                        rate.typical() * stay.get().leastMinutes(),
                        rate.high() * stay.get().mostMinutes()));
            }
        }
        return sum;
    }

    /** Faults of the same kinds with the same repair, behind one decisive condition, last equally long. */
    private String key(Draft.CutOf cut) {
        StringBuilder key = new StringBuilder(cut.passing() ? "passing" : "");
        for (Condition fault : cut.cut().faults()) {
            key.append(' ')
                    .append(fault.name().replaceFirst("/.*", ""))
                    .append('#')
                    .append(fault.aspect());
        }
        return key.append(' ').append(rates.length(cut.cut().faults())).toString();
    }

    private Stay like(Stay told, Draft.CutOf likeliest, Draft.CutOf cut) {
        Duration more = rates.length(cut.cut().faults())
                .minus(rates.length(likeliest.cut().faults()));
        return new Stay(
                atLeastNothing(told.least().plus(more)),
                atLeastNothing(told.most().plus(more)),
                told.share());
    }

    private static Duration atLeastNothing(Duration length) {
        return length.isNegative() ? Duration.ZERO : length;
    }

    /** Weight of the products that fall, the heaviest product of the estate counting as one. */
    private double weight(Collection<String> products) {
        return products.stream()
                        .distinct()
                        .mapToDouble(product -> weights.getOrDefault(product, 0.0))
                        .sum()
                / heaviest;
    }
}
