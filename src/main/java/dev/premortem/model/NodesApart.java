package dev.premortem.model;

import dev.premortem.estate.Estate;
import dev.premortem.estate.Installation;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pods that must stand on different nodes, with a rolling update that makes the new pod first: each update needs a node more than there are pods. */
public final class NodesApart {
    private static final String HOST = "kubernetes.io/hostname";
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

    private NodesApart() {}

    /** The rule of a workload that keeps its pods apart. */
    public static Optional<Tree> rule(Workload workload) {
        return workload.tree().items("spec.template.spec.affinity.podAntiAffinity." + REQUIRED).stream()
                .filter(term -> host(term)
                        && term.at("labelSelector")
                                .filter(selector -> Labels.select(selector, workload.podLabels()))
                                .isPresent())
                .findFirst();
    }

    /** The same of a release, as its values say it; what the selector selects is not known. */
    public static List<Singles.Item> byValues(Estate estate) {
        List<Singles.Item> items = new ArrayList<>();
        for (Installation each : estate.all(Installation.class)) {
            if (Sister.serious(each.environment())) {
                List<Tree> rules = new ArrayList<>();
                each.layers().forEach(layer -> find(layer, 0, rules));
                rules.stream()
                        .findFirst()
                        .ifPresent(rule -> items.add(item(
                                each.reference(),
                                each.name() + " in " + each.environment(),
                                rule,
                                Confidence.POSSIBLE)));
            }
        }
        return items;
    }

    /** One more of them. */
    public static Singles.Item item(Reference of, String word, Tree rule, Confidence confidence) {
        return new Singles.Item(
                of,
                rule.place(),
                word + " keeps its pods on different nodes",
                List.of(new Evidence("pods on different nodes, required", rule.place())),
                confidence);
    }

    private static void find(Tree tree, int depth, List<Tree> rules) {
        if (depth > 5) {
            return;
        }
        for (Tree.Entry entry : tree.entries()) {
            if (entry.key().equals("podAntiAffinity")) {
                entry.value().items(REQUIRED).stream().filter(NodesApart::host).forEach(rules::add);
            } else {
                find(entry.value(), depth + 1, rules);
            }
        }
    }

    private static boolean host(Tree term) {
        return term.text("topologyKey").map(Fact::value).filter(HOST::equals).isPresent();
    }
}
