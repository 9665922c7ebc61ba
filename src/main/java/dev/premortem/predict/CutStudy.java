package dev.premortem.predict;

import dev.premortem.engine.cuts.Budget;
import dev.premortem.engine.cuts.CutAnalysis;
import dev.premortem.engine.cuts.Diagram;
import dev.premortem.engine.cuts.FaultTree;
import dev.premortem.engine.cuts.TwinTree;
import dev.premortem.engine.cuts.Wanted;
import dev.premortem.engine.sweep.Work;
import dev.premortem.estate.Estate;
import dev.premortem.outage.Band;
import dev.premortem.outage.Cuts;
import dev.premortem.outage.Cuts.Exposure;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Answers {@code cuts}: all minimal cut sets of a product or a fault tree, its exact probability, and what each condition is worth. Importance
 * measures as in W. E. Vesely et al., Fault Tree Handbook with Aerospace Applications, NASA 2002, chapter 7; Fussell-Vesely as the share of the sum over
 * minimal cut sets. The frequency is the sum over all parts of how often one fails times how likely its change
 * changes the top, for repairable parts in their steady state, in which one is repaired as often as it fails.
 */
public final class CutStudy {
    /** Half a gigabyte of diagram, and about a minute of work: a fault tree is asked about alone. */
    private static final Budget BUDGET = new Budget(16_000_000, 600_000_000L);

    /** Some seconds of work: an estate has the sweep to fall back on, which is faster where diagrams are large. */
    private static final Budget MIDDLING = new Budget(8_000_000, 60_000_000L);

    /** A few seconds: the probability where not all sets were asked for. */
    private static final Budget SIDE = new Budget(4_000_000, 30_000_000L);

    static final double MINUTES_A_YEAR = 525_960;

    private final Twin twin;
    private final Work work;
    private final Budget budget;

    private CutStudy(Twin twin, Work work, Budget budget) {
        this.twin = twin;
        this.work = work;
        this.budget = budget;
    }

    /**
     * What is wanted.
     *
     * @param order sets up to this order; empty for all
     * @param cutOff sets that are at least so probable; empty for all
     * @param limit how many sets are listed at most
     */
    public record Wish(Optional<Integer> order, OptionalDouble cutOff, int limit) {
        /** Whether every set is wanted. */
        boolean all() {
            return order.isEmpty() && cutOff.isEmpty();
        }

        private Wanted wanted() {
            return new Wanted(order.isPresent() ? OptionalInt.of(order.get()) : OptionalInt.empty(), cutOff);
        }
    }

    /** A fault tree read from elsewhere; without probabilities where not all of its events say one. */
    public static Cuts ofTree(FaultTree tree, String top, Wish wish, boolean probabilities) {
        return ofTree(tree, top, wish, probabilities, List.of());
    }

    /**
     * The same with a band of the probability.
     *
     * @param samples probabilities of all events at points of a sample; none where all are single values
     */
    public static Cuts ofTree(FaultTree tree, String top, Wish wish, boolean probabilities, List<double[]> samples) {
        CutFindings findings = findings(tree, wish, BUDGET, probabilities);
        Cuts cuts = findings.told(top, Optional.empty());
        return probabilities && !samples.isEmpty() && findings.complete()
                ? cuts.within(RateBand.ofSamples(findings.diagram(), tree.probabilities(), samples))
                : cuts;
    }

    private static CutFindings findings(FaultTree tree, Wish wish, Budget budget, boolean probabilities) {
        if (wish.all()) {
            CutAnalysis both = CutAnalysis.of(tree, budget);
            return new CutFindings(both, both, OptionalDouble.empty(), wish, probabilities);
        }
        CutAnalysis exact = CutAnalysis.probabilityOf(tree, SIDE);
        return new CutFindings(
                exact, CutAnalysis.within(tree, wish.wanted(), budget), exact.sumOfAll(SIDE), wish, probabilities);
    }

    /** The products of an estate. */
    public static CutStudy of(Estate estate, Request request) {
        return new CutStudy(Model.withUnseen(estate, request).settled(), request.work(), MIDDLING);
    }

    /** Those of a twin in its settled form. */
    static CutStudy of(Twin settled) {
        return of(settled, MIDDLING);
    }

    /** @param budget of one diagram; above it the bounded order answers */
    static CutStudy of(Twin settled, Budget budget) {
        return new CutStudy(settled, Work.alone(), budget);
    }

    /** Names of the products. */
    public List<String> products() {
        return twin.tops().stream().map(Top::name).toList();
    }

    /**
     * The cut sets of a product, or of the loss of any.
     *
     * @throws IllegalArgumentException where no product is called so
     */
    public Cuts cuts(Optional<String> product, Wish wish) {
        List<Top> tops = twin.tops().stream()
                .filter(one -> product.isEmpty() || one.name().equals(product.get()))
                .toList();
        if (tops.isEmpty()) {
            throw new IllegalArgumentException("no such product: " + product);
        }
        Cuts cuts = cuts(tops, product.orElse("any product"), wish);
        return product.isPresent() ? cuts : cuts.with(ProductStudy.of(twin, tops, work));
    }

    private Cuts cuts(List<Top> tops, String name, Wish wish) {
        String limit;
        try {
            TwinTree.Asked asked =
                    TwinTree.of(twin, tops.stream().map(Top::condition).toList());
            CutFindings findings = findings(asked.tree(), wish, budget, true);
            if (findings.complete()) {
                return findings.told(name, Optional.of(exposure(findings.diagram(), asked)));
            }
            limit = findings.limit();
        } catch (TwinTree.TooCircular e) {
            limit = String.valueOf(e.getMessage());
        }
        return BoundedCuts.of(twin, tops, wish, work).told(name, wish, limit);
    }

    private static Exposure exposure(Diagram diagram, TwinTree.Asked asked) {
        double[] unavailable = asked.tree().probabilities();
        // In the steady state a repair comes as often as a failure, and takes the top down where the failure had
        // helped.
        double[] swings = diagram.swings(unavailable);
        boolean[] matters = new boolean[swings.length];
        double times = 0;
        for (int event = 0; event < swings.length; event++) {
            double rate = asked.events().get(event).failuresPerYear().value();
            times += swings[event] * rate * (1 - unavailable[event]);
            matters[event] = swings[event] != 0;
        }
        return exposure(RateBand.of(diagram, asked.events()), times, asked.events(), matters);
    }

    /** @param matters which of the faults the answer depends on */
    static Exposure exposure(Band probability, double times, List<Fault> faults, boolean... matters) {
        int declared = 0;
        int all = 0;
        for (int place = 0; place < matters.length; place++) {
            all += matters[place] ? 1 : 0;
            declared += matters[place] && faults.get(place).failuresPerYear().known() ? 1 : 0;
        }
        return new Exposure(probability.times(MINUTES_A_YEAR), times, declared, all - declared);
    }
}
