package dev.premortem.model;

import dev.premortem.estate.Reference;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Declared;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Maintenance that comes to a halt: an act that everybody does one day (a drain, an update) and things that do not let it end. Nothing is down, nothing moves
 * on. All things of a cluster that halt one act are one outage.
 *
 * @param mechanism id of the mechanism that proposes it
 * @param cluster whose maintenance it is; empty for an act that is one over all clusters
 * @param act aspect of the cluster that stands for the act: {@code drain}
 * @param moment when the act is forced, where a date does that
 */
public record Standstill(
        String mechanism, String cluster, String act, OutageClass outageClass, Words words, Optional<Instant> moment) {
    /** An act that somebody does one day. */
    public Standstill(String mechanism, String cluster, String act, OutageClass outageClass, Words words) {
        this(mechanism, cluster, act, outageClass, words, Optional.empty());
    }

    /** The same, forced at a moment. */
    public Standstill at(Optional<Instant> forced) {
        return new Standstill(mechanism, cluster, act, outageClass, words, forced);
    }

    /**
     * How it is told.
     *
     * @param idle while nobody acts: {@code no node of main is drained}
     * @param begun when somebody does: {@code a node of main is drained, as at each upgrade of the nodes}
     * @param ends what can end: {@code nodes of main can be drained}
     * @param halts what does not: {@code the drain of the node never ends}
     * @param when end of a title with products: {@code when a node is drained}
     */
    public record Words(String idle, String begun, String ends, String halts, String when) {}

    /**
     * One thing that halts the act.
     *
     * @param of the thing
     * @param place the line that decides
     * @param passes text while the act is not begun, or the thing lets it pass
     * @param refuses text when it halts: {@code every eviction of shop/cart is refused}
     * @param why why it does not let it pass
     */
    public record Item(
            Reference of,
            Declared place,
            String passes,
            String refuses,
            String why,
            List<Evidence> evidence,
            Confidence confidence) {}

    /** Draws the items and proposes the act; {@code headline} is the outage's sentence. */
    public void propose(Sketch sketch, List<Item> items, String headline) {
        propose(sketch, items, headline, List.of());
    }

    /** The same with what is shown where the act comes to a halt: the chain itself tells one item only. */
    public void propose(Sketch sketch, List<Item> items, String headline, List<Evidence> others) {
        String name =
                cluster.isEmpty() ? "estate" : sketch.ground().cluster(cluster).thing();
        Condition idle =
                sketch.twin().basic(Condition.of(name, "no-" + act), true, Meaning.of("", words.idle(), words.begun()));
        List<Condition> passing = new ArrayList<>();
        List<Instance> instances = new ArrayList<>();
        Confidence best = Confidence.POSSIBLE;
        for (Item item : items) {
            Condition lets = sketch.twin()
                    .basic(
                            Condition.of(item.of().text(), "lets-" + act),
                            false,
                            new Meaning(mechanism, item.passes(), item.why(), item.evidence()));
            passing.add(sketch.twin()
                    .gate(
                            Condition.of(item.of().text(), act),
                            new Gate.Any(List.of(idle, lets)),
                            Meaning.of("", item.passes(), item.refuses())));
            instances.add(new Instance(item.of().text(), item.place()));
            best = item.confidence().compareTo(best) < 0 ? item.confidence() : best;
        }
        Condition end = sketch.twin()
                .gate(
                        Condition.of(name, act),
                        new Gate.All(passing),
                        new Meaning(mechanism, words.ends(), words.halts(), others));
        Duration begins = moment.map(at -> Duration.between(sketch.now(), at)).orElse(Duration.ofHours(1));
        sketch.propose(new Proposal(
                        mechanism,
                        moment.isPresent() ? Trigger.Type.TIME : Trigger.Type.CHANGE,
                        outageClass,
                        end,
                        List.of(new Proposal.Loss(idle, begins, Proposal.Loss.FOR_EVER)),
                        Set.of(),
                        moment,
                        best,
                        words.when(),
                        Catalogue.DIAGNOSE_KNOWN,
                        List.of(),
                        instances)
                .headed(headline));
    }
}
