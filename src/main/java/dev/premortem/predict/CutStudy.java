package dev.premortem.predict;

import dev.premortem.engine.cuts.Budget;
import dev.premortem.engine.cuts.CutAnalysis;
import dev.premortem.engine.cuts.CutSearch;
import dev.premortem.engine.cuts.Diagram;
import dev.premortem.engine.cuts.FaultTree;
import dev.premortem.engine.cuts.TwinTree;
import dev.premortem.estate.Estate;
import dev.premortem.outage.Cuts;
import dev.premortem.outage.Cuts.Exposure;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import java.util.List;
import java.util.Optional;

/**
 * Answers {@code cuts}: all minimal cut sets of a product or a fault tree, its exact probability, and what each condition is worth. Importance
 * measures as in W. E. Vesely et al., Fault Tree Handbook with Aerospace Applications, NASA 2002, chapter 7; Fussell-Vesely as the share of the sum over
 * minimal cut sets. The frequency is the sum of Birnbaum importance times failure intensity over all parts, for repairable parts in their steady
 * state (W. E. Vesely, 1970).
 */
public final class CutStudy {
    /** Half a gigabyte of diagram, and about a minute of work: a fault tree is asked about alone. */
    private static final Budget BUDGET = new Budget(16_000_000, 600_000_000L);

    /** Some seconds of work: an estate has the sweep to fall back on, which is faster where diagrams are large. */
    private static final Budget MIDDLING = new Budget(8_000_000, 60_000_000L);

    /** A few seconds, for what was not asked for in so many words. */
    private static final Budget SIDE = new Budget(4_000_000, 30_000_000L);

    /** Orders that are tried where all of them are too many. */
    private static final List<Integer> LOWER = List.of(6, 4, 3, 2, 1);

    static final double MINUTES_A_YEAR = 525_960;

    private CutStudy() {}

    /**
     * What is wanted.
     *
     * @param order sets up to this order; empty for all
     * @param limit how many sets are listed at most
     */
    public record Wish(Optional<Integer> order, int limit) {}

    /** A fault tree read from elsewhere; without probabilities where not all of its events say one. */
    public static Cuts of(FaultTree tree, String top, Wish wish, boolean probabilities) {
        CutAnalysis analysis = CutAnalysis.probabilityOf(tree, wish.order().isPresent() ? SIDE : BUDGET);
        return found(tree, analysis, wish, probabilities, true).told(top, Optional.empty());
    }

    /** All sets that are wanted, or where these are too many, those up to a lower order; none where even single ones are. */
    private static CutFindings found(
            FaultTree tree, CutAnalysis analysis, Wish wish, boolean probabilities, boolean patient) {
        CutSearch search = search(tree, wish, patient ? BUDGET : SIDE);
        if (search.sets().isPresent() || wish.order().isPresent()) {
            return new CutFindings(tree, analysis, search, wish, probabilities);
        }
        for (int order : LOWER) {
            Wish lower = new Wish(Optional.of(order), wish.limit());
            CutSearch fewer = search(tree, lower, SIDE);
            if (fewer.sets().isPresent()) {
                return new CutFindings(tree, analysis, fewer, lower, probabilities)
                        .remark("All orders were given up (" + search.limit().orElse("") + "): sets of up to " + order
                                + " events.");
            }
        }
        return new CutFindings(tree, analysis, search, wish, probabilities);
    }

    /**
     * A product of an estate, or the loss of any.
     *
     * @throws IllegalArgumentException where no product is called so
     */
    public static Cuts of(Estate estate, Request request, Optional<String> product, Wish wish) {
        return of(Model.of(estate, request).settled(), product, wish);
    }

    /** The same for a twin in its settled form. */
    static Cuts of(Twin twin, Optional<String> product, Wish wish) {
        List<Top> tops = twin.tops().stream()
                .filter(one -> product.isEmpty() || one.name().equals(product.get()))
                .toList();
        if (tops.isEmpty()) {
            throw new IllegalArgumentException(
                    product.map(name -> "no product is called \"" + name + "\"").orElse("there is no product"));
        }
        Cuts cuts = study(twin, tops, product.orElse("any product"), wish);
        return product.isPresent() ? cuts : cuts.with(ProductStudy.of(twin, tops));
    }

    private static CutSearch search(FaultTree tree, Wish wish, Budget budget) {
        return wish.order().isPresent()
                ? CutSearch.upTo(tree, wish.order().get(), budget)
                : CutSearch.all(tree, budget);
    }

    /** Names of the products, for those who ask for another one. */
    public static List<String> products(Estate estate, Request request) {
        return Model.of(estate, request).settled().tops().stream()
                .map(Top::name)
                .toList();
    }

    private static Cuts study(Twin twin, List<Top> tops, String name, Wish wish) {
        String limit;
        try {
            TwinTree.Asked asked =
                    TwinTree.of(twin, tops.stream().map(Top::condition).toList());
            CutAnalysis analysis = CutAnalysis.probabilityOf(asked.tree(), MIDDLING);
            if (analysis.diagram().isPresent()) {
                CutFindings findings = found(asked.tree(), analysis, wish, true, false);
                if (findings.complete()) {
                    return findings.told(
                            name, Optional.of(exposure(analysis.diagram().get(), asked)));
                }
            }
            limit = analysis.limit().orElse("too many minimal cut sets");
        } catch (TwinTree.TooCircular e) {
            limit = String.valueOf(e.getMessage());
        }
        return BoundedCuts.of(twin, tops, wish).told(name, wish, limit);
    }

    private static Exposure exposure(Diagram diagram, TwinTree.Asked asked) {
        double[] unavailable = asked.tree().probabilities();
        double[] birnbaum = diagram.birnbaum(unavailable);
        double times = 0;
        int declared = 0;
        int assumed = 0;
        for (int event = 0; event < birnbaum.length; event++) {
            Fault fault = asked.events().get(event);
            times += Math.abs(birnbaum[event]) * fault.failuresPerYear().value() * (1 - unavailable[event]);
            boolean known = fault.failuresPerYear().known();
            declared += birnbaum[event] != 0 && known ? 1 : 0;
            assumed += birnbaum[event] != 0 && !known ? 1 : 0;
        }
        return new Exposure(RateBand.of(diagram, asked.events()).times(MINUTES_A_YEAR), times, declared, assumed);
    }
}
