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
import dev.premortem.outage.Cuts.ProductMinutes;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Answers {@code cuts}: all minimal cut sets of a product or a fault tree, its exact probability, and what each condition is worth. Importance
 * measures as in W. E. Vesely et al., Fault Tree Handbook with Aerospace Applications, NASA 2002, chapter 7; Fussell-Vesely as the share of the sum over
 * minimal cut sets. The frequency is the sum of Birnbaum importance times failure intensity over all parts, for repairable parts in their steady
 * state (W. E. Vesely, 1970).
 */
public final class CutStudy {
    /** Half a gigabyte of diagram, and about a minute of work. */
    private static final Budget BUDGET = new Budget(16_000_000, 600_000_000L);

    /** Orders that are tried where all of them are too many. */
    private static final List<Integer> LOWER = List.of(6, 4, 3, 2, 1);

    private static final double MINUTES_A_YEAR = 525_960;

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
        CutAnalysis analysis = CutAnalysis.probabilityOf(tree, BUDGET);
        CutSearch search = search(tree, wish);
        if (search.sets().isPresent() || wish.order().isPresent()) {
            return new CutFindings(tree, analysis, search, wish, probabilities).told(top, Optional.empty());
        }
        for (int order : LOWER) {
            Wish lower = new Wish(Optional.of(order), wish.limit());
            CutSearch fewer = search(tree, lower);
            if (fewer.sets().isPresent()) {
                return new CutFindings(tree, analysis, fewer, lower, probabilities)
                        .remark("All orders were given up (" + search.limit().orElse("") + "): sets of up to " + order
                                + " events.")
                        .told(top, Optional.empty());
            }
        }
        return new CutFindings(tree, analysis, search, wish, probabilities).told(top, Optional.empty());
    }

    /**
     * A product of an estate, or the loss of any.
     *
     * @throws IllegalArgumentException where no product is called so
     */
    public static Cuts of(Estate estate, Request request, Optional<String> product, Wish wish) {
        Twin twin = Model.of(estate, request).settled();
        List<Top> tops = twin.tops().stream()
                .filter(one -> product.isEmpty() || one.name().equals(product.get()))
                .toList();
        if (tops.isEmpty()) {
            throw new IllegalArgumentException(
                    product.map(name -> "no product is called \"" + name + "\"").orElse("there is no product"));
        }
        List<ProductMinutes> products = product.isPresent()
                ? List.of()
                : tops.stream()
                        .map(top -> minutes(twin, top))
                        .sorted(Comparator.comparingDouble((ProductMinutes one) ->
                                        -one.minutesPerYear().orElse(Double.MAX_VALUE))
                                .thenComparing(ProductMinutes::product))
                        .toList();
        return study(twin, tops, product.orElse("any product"), wish).with(products);
    }

    private static CutSearch search(FaultTree tree, Wish wish) {
        return wish.order().isPresent()
                ? CutSearch.upTo(tree, wish.order().get(), BUDGET)
                : CutSearch.all(tree, BUDGET);
    }

    /** Names of the products, for those who ask for another one. */
    public static List<String> products(Estate estate, Request request) {
        return Model.of(estate, request).settled().tops().stream()
                .map(Top::name)
                .toList();
    }

    private static ProductMinutes minutes(Twin twin, Top top) {
        try {
            FaultTree tree = TwinTree.of(twin, List.of(top.condition())).tree();
            OptionalDouble probability = CutAnalysis.probabilityOf(tree, BUDGET).probability();
            return new ProductMinutes(
                    top.name(),
                    probability.isPresent()
                            ? OptionalDouble.of(probability.getAsDouble() * MINUTES_A_YEAR)
                            : OptionalDouble.empty());
        } catch (TwinTree.TooCircular e) {
            return new ProductMinutes(top.name(), OptionalDouble.empty());
        }
    }

    private static Cuts study(Twin twin, List<Top> tops, String name, Wish wish) {
        String limit;
        Optional<Exposure> exposure = Optional.empty();
        try {
            TwinTree.Asked asked =
                    TwinTree.of(twin, tops.stream().map(Top::condition).toList());
            CutAnalysis analysis = CutAnalysis.probabilityOf(asked.tree(), BUDGET);
            CutSearch search = search(asked.tree(), wish);
            exposure = analysis.diagram().map(diagram -> exposure(diagram, asked));
            if (search.sets().isPresent()) {
                return new CutFindings(asked.tree(), analysis, search, wish, true).told(name, exposure);
            }
            limit = search.limit().orElse("");
        } catch (TwinTree.TooCircular e) {
            limit = String.valueOf(e.getMessage());
        }
        return BoundedCuts.of(twin, tops, wish, limit).told(name, exposure);
    }

    private static Exposure exposure(Diagram diagram, TwinTree.Asked asked) {
        double[] unavailable = asked.tree().probabilities();
        double[] birnbaum = diagram.birnbaum(unavailable);
        double times = 0;
        int declared = 0;
        for (int event = 0; event < birnbaum.length; event++) {
            Fault fault = asked.events().get(event);
            times += Math.abs(birnbaum[event]) * fault.failuresPerYear().value() * (1 - unavailable[event]);
            declared += fault.failuresPerYear().known() ? 1 : 0;
        }
        return new Exposure(
                RateBand.of(diagram, asked.events()).times(MINUTES_A_YEAR),
                times,
                declared,
                birnbaum.length - declared);
    }
}
