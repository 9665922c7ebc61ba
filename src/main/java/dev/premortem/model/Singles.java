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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Things that run once and behind which no product is seen: the next drain of their node takes them away for a while. All of them are one outage. */
public final class Singles {
    private static final int MOST_TOLD = 5;

    private Singles() {}

    /**
     * One of them.
     *
     * @param place the line that says so
     * @param why {@code shop/queue runs once}
     */
    public record Item(Reference of, Declared place, String why, List<Evidence> evidence, Confidence confidence) {}

    /**
     * Proposes the drain that takes them away.
     *
     * @param pivot what holds up all of them: {@code estate#second-pod}
     * @param headline the outage's sentence
     */
    public static void propose(Sketch sketch, String mechanism, Condition pivot, List<Item> items, String headline) {
        List<Evidence> evidence = new ArrayList<>();
        List<Instance> instances = new ArrayList<>();
        Confidence worst = Confidence.SURE;
        for (Item item : items) {
            instances.add(new Instance(item.of().text(), item.place()));
            worst = item.confidence().compareTo(worst) > 0 ? item.confidence() : worst;
            if (evidence.size() < MOST_TOLD) {
                evidence.addAll(item.evidence());
            }
        }
        Condition stays = sketch.twin()
                .basic(
                        Condition.of(pivot.thing(), pivot.aspect() + "-node"),
                        true,
                        Meaning.of("", "their nodes stay", "a node is drained, as at each upgrade of the nodes"));
        Condition another = sketch.twin()
                .basic(
                        pivot,
                        false,
                        new Meaning(
                                mechanism,
                                "a second pod stands for each",
                                items.getFirst().why()
                                        + (items.size() == 1 ? "" : ", and " + (items.size() - 1) + " more"),
                                evidence));
        sketch.twin()
                .gate(
                        Condition.of(pivot.thing(), pivot.aspect() + "-there"),
                        new Gate.Any(List.of(stays, another)),
                        Meaning.of(mechanism, "they are there", "what ran there is away until a new pod answers"));
        sketch.propose(new Proposal(
                        mechanism,
                        Trigger.Type.CHANGE,
                        OutageClass.F,
                        pivot,
                        List.of(new Proposal.Loss(
                                stays,
                                Duration.ofHours(1),
                                sketch.duration(Catalogue.POD_START).value())),
                        Set.of(),
                        Optional.empty(),
                        worst,
                        "when their node is drained",
                        Catalogue.DIAGNOSE_KNOWN,
                        List.of(),
                        instances)
                .headed(headline));
    }
}
