package dev.premortem.predict;

import dev.premortem.engine.cuts.TwinTree;
import dev.premortem.engine.sweep.Cut;
import dev.premortem.engine.sweep.Sweep;
import dev.premortem.engine.sweep.SweepResult;
import dev.premortem.engine.sweep.Work;
import dev.premortem.outage.Band;
import dev.premortem.outage.Cuts;
import dev.premortem.outage.Cuts.CutSet;
import dev.premortem.outage.Cuts.Exposure;
import dev.premortem.outage.Cuts.Importance;
import dev.premortem.outage.Cuts.Probability;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The sets up to three faults from the sweep, where a diagram would be too large, with a bound on what that leaves out. */
final class BoundedCuts {
    static final int HIGHEST = 3;

    /** What a product may miss a cut-off by and still count as it. */
    private static final double ROUNDING = 1e-12;

    private final int order;
    private final List<Cut> cuts;
    private final List<Fault> faults;
    /** The place of each fault's condition among the faults. */
    private final Map<Condition, Integer> places = new HashMap<>();

    private final double[] unavailable;
    /** The faults of each cut, by place. */
    private final int[][] members;

    private BoundedCuts(int order, List<Cut> cuts, List<Fault> faults) {
        this.order = order;
        this.cuts = cuts;
        this.faults = faults;
        this.unavailable = new double[faults.size()];
        for (int place = 0; place < unavailable.length; place++) {
            places.put(faults.get(place).condition(), place);
            unavailable[place] = TwinTree.unavailability(faults.get(place));
        }
        this.members = cuts.stream()
                .map(cut -> cut.faults().stream()
                        .mapToInt(fault -> places.getOrDefault(fault, 0))
                        .toArray())
                .toArray(int[][]::new);
    }

    /** The sets with which some of these products is down. */
    static BoundedCuts of(Twin twin, SweepResult swept, List<Top> tops, int order) {
        TreeSet<Cut> all = new TreeSet<>();
        tops.forEach(top -> all.addAll(swept.cuts().getOrDefault(top.name(), List.of())));
        List<Condition> conditions = tops.stream().map(Top::condition).toList();
        return new BoundedCuts(
                order, tops.size() == 1 ? List.copyOf(all) : minimal(all), TwinTree.reached(twin, conditions));
    }

    /** The same, swept for it. */
    static BoundedCuts of(Twin twin, List<Top> tops, CutStudy.Wish wish, Work work) {
        int order = Math.min(HIGHEST, wish.order().orElse(HIGHEST));
        return of(twin, Sweep.run(twin, order, work), tops, order);
    }

    /** What is minimal for one product may hold what is minimal for another. */
    private static List<Cut> minimal(TreeSet<Cut> all) {
        Set<List<Condition>> smaller = new HashSet<>();
        List<Cut> minimal = new ArrayList<>();
        for (Cut cut : all) {
            if (!holdsOneOf(smaller, cut.faults())) {
                minimal.add(cut);
                smaller.add(cut.faults());
            }
        }
        return List.copyOf(minimal);
    }

    /** Whether a proper part of a set is among others; sets have at most three faults. */
    private static boolean holdsOneOf(Set<List<Condition>> others, List<Condition> faults) {
        int parts = (1 << faults.size()) - 1;
        for (int part = 0; part < parts; part++) {
            List<Condition> some = new ArrayList<>();
            for (int place = 0; place < faults.size(); place++) {
                if ((part >> place & 1) == 1) {
                    some.add(faults.get(place));
                }
            }
            if (others.contains(some)) {
                return true;
            }
        }
        return false;
    }

    /** The min-cut upper bound, by the sets that were found. */
    double probability() {
        return probability(unavailable);
    }

    private double probability(double... of) {
        double[] worst = worst(of);
        double spared = 0;
        for (int cut = 0; cut < members.length; cut++) {
            long alike = cuts.get(cut).alike();
            spared += Math.log1p(-product(alike > 1 ? worst : of, members[cut])) * alike;
        }
        return -Math.expm1(spared);
    }

    /** The sets that a set stands for, together: those alike may have other rates, and then the worst of them stands for all. */
    private double together(double[] worst, int cut) {
        long alike = cuts.get(cut).alike();
        return product(alike > 1 ? worst : unavailable, members[cut]) * alike;
    }

    /** For each fault the most that one of those alike has. */
    private double[] worst(double... of) {
        Map<String, Double> most = new HashMap<>();
        for (int place = 0; place < of.length; place++) {
            most.merge(faults.get(place).alike(), of[place], Math::max);
        }
        double[] worst = of.clone();
        for (int place = 0; place < of.length; place++) {
            String alike = faults.get(place).alike();
            worst[place] = alike.isEmpty() ? of[place] : most.getOrDefault(alike, of[place]);
        }
        return worst;
    }

    private static double product(double[] of, int... set) {
        double product = 1;
        for (int place : set) {
            product *= of[place];
        }
        return product;
    }

    /** @param limit why no diagram answers */
    Cuts told(String top, CutStudy.Wish wish, String limit) {
        SortedMap<Integer, BigInteger> byOrder = new TreeMap<>();
        List<CutSet> listed = new ArrayList<>();
        double[] worst = worst(unavailable);
        double least = wish.cutOff().orElse(0) * (1 - ROUNDING);
        double sum = 0;
        double dropped = 0;
        for (int cut = 0; cut < members.length; cut++) {
            long alike = cuts.get(cut).alike();
            double each = product(alike > 1 ? worst : unavailable, members[cut]);
            if (each < least) {
                dropped += each * alike;
                continue;
            }
            sum += each * alike;
            byOrder.merge(members[cut].length, BigInteger.valueOf(alike), BigInteger::add);
            listed.add(new CutSet(
                    cuts.get(cut).faults().stream().map(Condition::plain).toList(),
                    OptionalDouble.of(product(unavailable, members[cut]))));
        }
        listed.sort(CutSet.SMALL_FIRST);
        boolean whole = wish.order().filter(wanted -> wanted <= HIGHEST).isPresent() || likeliestLarger() < least;
        Optional<BigInteger> count = whole
                ? Optional.of(byOrder.values().stream().reduce(BigInteger.ZERO, BigInteger::add))
                : Optional.empty();
        double leftOut = leftOut();
        return new Cuts(
                top,
                count,
                byOrder,
                Optional.of(order),
                wish.cutOff(),
                !whole || listed.size() > wish.limit(),
                listed.stream().limit(wish.limit()).toList(),
                new Probability(
                        OptionalDouble.empty(),
                        OptionalDouble.of(sum),
                        OptionalDouble.of(probability()),
                        OptionalDouble.of(Math.min(1, leftOut + dropped))),
                Optional.of(exposure(leftOut)),
                importance(sum + dropped),
                List.of(),
                List.of("No diagram of all orders (" + limit + "): sets of up to " + order
                        + " conditions by trying, those alike told once."));
    }

    /** No set that is larger than the order is likelier than this: it has none of the faults that suffice alone. */
    private double likeliestLarger() {
        Set<Integer> alone = alone();
        double[] largest = IntStream.range(0, unavailable.length)
                .filter(place -> !alone.contains(place))
                .mapToDouble(place -> unavailable[place])
                .sorted()
                .toArray();
        double product = 1;
        for (int place = Math.max(0, largest.length - order - 1); place < largest.length; place++) {
            product *= largest[place];
        }
        return largest.length > order ? product : 0;
    }

    private Exposure exposure(double leftOut) {
        double times = 0;
        boolean[] matters = new boolean[unavailable.length];
        for (int cut = 0; cut < members.length; cut++) {
            for (int place : members[cut]) {
                matters[place] = true;
                double rest = Arrays.stream(members[cut])
                        .filter(other -> other != place)
                        .mapToDouble(other -> unavailable[other])
                        .reduce(1, (one, other) -> one * other);
                times += rest
                        * faults.get(place).failuresPerYear().value()
                        * (1 - unavailable[place])
                        * cuts.get(cut).alike();
            }
        }
        Band band = RateBand.of(this::probability, Math.max(1, members.length) * 4L, faults);
        return CutStudy.exposure(new Band(band.low(), band.typical(), band.high() + leftOut), times, faults, matters);
    }

    /** By the sets alone, as if all failures were rare; those alike are as one. */
    private List<Importance> importance(double sum) {
        double[] worst = worst(unavailable);
        double[] with = new double[unavailable.length];
        for (int cut = 0; cut < members.length; cut++) {
            for (int place : members[cut]) {
                with[place] += together(worst, cut);
            }
        }
        List<Importance> found = new ArrayList<>();
        for (int place = 0; place < with.length; place++) {
            if (with[place] > 0) {
                double rises = with[place] / unavailable[place];
                double rest = sum - with[place];
                found.add(new Importance(
                        faults.get(place).condition().plain(),
                        unavailable[place],
                        Math.min(1, rises),
                        with[place] / sum,
                        with[place] / sum,
                        Math.min(1, rest + rises) / sum,
                        rest > sum * 1e-12 ? OptionalDouble.of(sum / rest) : OptionalDouble.empty()));
            }
        }
        found.sort(Importance.WORST_FIRST);
        return List.copyOf(found);
    }

    /**
     * What larger sets add is no more than the probability that more faults than the order are there at once, of those that do not take the product
     * down alone.
     */
    private double leftOut() {
        Set<Integer> alone = alone();
        double[] exactly = new double[order + 1];
        exactly[0] = 1;
        for (int place = 0; place < unavailable.length; place++) {
            if (!alone.contains(place)) {
                for (int lost = order; lost > 0; lost--) {
                    exactly[lost] = exactly[lost] * (1 - unavailable[place]) + exactly[lost - 1] * unavailable[place];
                }
                exactly[0] *= 1 - unavailable[place];
            }
        }
        return Math.max(0, 1 - Arrays.stream(exactly).sum());
    }

    /** The places of the faults that take the product down alone. */
    private Set<Integer> alone() {
        Set<Integer> alone = new HashSet<>();
        for (int[] set : members) {
            if (set.length == 1) {
                alone.add(set[0]);
            }
        }
        return alone;
    }
}
