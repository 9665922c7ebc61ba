package dev.premortem.predict;

import dev.premortem.engine.cuts.TwinTree;
import dev.premortem.engine.sweep.Cut;
import dev.premortem.engine.sweep.Sweep;
import dev.premortem.engine.sweep.SweepResult;
import dev.premortem.outage.Cuts;
import dev.premortem.outage.Cuts.CutSet;
import dev.premortem.outage.Cuts.Exposure;
import dev.premortem.outage.Cuts.Probability;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The sets up to three faults from the sweep, where a diagram would be too large, with a bound on what that leaves out. */
final class BoundedCuts {
    private static final int HIGHEST = 3;

    private final Twin twin;
    private final CutStudy.Wish wish;
    private final int order;
    private final String limit;
    private final List<Cut> cuts;

    private BoundedCuts(Twin twin, CutStudy.Wish wish, int order, String limit, List<Cut> cuts) {
        this.twin = twin;
        this.wish = wish;
        this.order = order;
        this.limit = limit;
        this.cuts = cuts;
    }

    /** @param limit why no diagram answers */
    static BoundedCuts of(Twin twin, List<Top> tops, CutStudy.Wish wish, String limit) {
        int order = Math.min(HIGHEST, wish.order().orElse(HIGHEST));
        SweepResult swept = Sweep.run(twin, order);
        TreeSet<Cut> all = new TreeSet<>();
        tops.forEach(top -> all.addAll(swept.cuts().getOrDefault(top.name(), List.of())));
        List<Cut> minimal = new ArrayList<>();
        for (Cut cut : all) {
            boolean more = minimal.stream()
                    .anyMatch(smaller ->
                            smaller.order() < cut.order() && cut.faults().containsAll(smaller.faults()));
            if (!more) {
                minimal.add(cut);
            }
        }
        return new BoundedCuts(twin, wish, order, limit, List.copyOf(minimal));
    }

    Cuts told(String top, Optional<Exposure> exposure) {
        SortedMap<Integer, BigInteger> byOrder = new TreeMap<>();
        cuts.forEach(cut -> byOrder.merge(cut.order(), BigInteger.valueOf(cut.alike()), BigInteger::add));
        SortedMap<Condition, Double> unavailable = new TreeMap<>();
        for (Fault fault : twin.faults()) {
            unavailable.put(
                    fault.condition(),
                    TwinTree.unavailability(
                            fault.failuresPerYear().value(),
                            fault.repair().value().toMillis() / 3_600_000.0));
        }
        double sum = 0;
        double spared = 0;
        List<CutSet> listed = new ArrayList<>();
        for (Cut cut : cuts) {
            double product = 1;
            for (Condition fault : cut.faults()) {
                product *= unavailable.getOrDefault(fault, 1.0);
            }
            sum += product * cut.alike();
            spared += Math.log1p(-product) * cut.alike();
            listed.add(new CutSet(cut.faults().stream().map(Condition::plain).toList(), OptionalDouble.of(product)));
        }
        listed.sort(Comparator.comparingInt((CutSet set) -> set.conditions().size())
                .thenComparingDouble(set -> -set.probability().orElse(0)));
        boolean asked = wish.order().filter(wanted -> wanted <= HIGHEST).isPresent();
        Optional<BigInteger> count = asked
                ? Optional.of(byOrder.values().stream().reduce(BigInteger.ZERO, BigInteger::add))
                : Optional.empty();
        return new Cuts(
                top,
                count,
                byOrder,
                Optional.of(order),
                true,
                listed.stream().limit(wish.limit()).toList(),
                new Probability(
                        OptionalDouble.empty(),
                        OptionalDouble.of(sum),
                        OptionalDouble.of(-Math.expm1(spared)),
                        OptionalDouble.of(more(unavailable.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()))),
                exposure,
                List.of(),
                List.of(),
                List.of("No diagram of all orders (" + limit + "): sets of up to " + order
                        + " conditions by trying, those alike told once."));
    }

    /** The probability that more faults than the order are there at once: what larger sets add is no more than that. */
    private double more(double... unavailable) {
        double[] exactly = new double[order + 1];
        exactly[0] = 1;
        for (double one : unavailable) {
            for (int lost = order; lost > 0; lost--) {
                exactly[lost] = exactly[lost] * (1 - one) + exactly[lost - 1] * one;
            }
            exactly[0] *= 1 - one;
        }
        double few = 0;
        for (double one : exactly) {
            few += one;
        }
        return Math.max(0, 1 - few);
    }
}
