package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Autoscalers;
import dev.premortem.estate.Edit;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.model.KeptApart;
import dev.premortem.model.Labels;
import dev.premortem.model.PostgresClusters;
import dev.premortem.model.Sketch;
import dev.premortem.model.Standstill;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A disruption budget that allows no eviction even when every pod is healthy: a node that is drained keeps the pod, and the drain, with it the upgrade of the
 * nodes, waits until somebody deletes the pod or the budget. Seen in public: xunholy/k8s-gitops pull request 4309, where four such budgets were found.
 */
@AutoService(Mechanism.class)
public final class Drain implements Mechanism {
    private static final String GROUP = "policy/";
    private static final String POSTGRES =
            "github.com/cloudnative-pg/cloudnative-pg, pkg/specs/poddisruptionbudget.go: minAvailable 1 of the primary, unless enablePDB is false (2026-11-26)";

    @Override
    public String id() {
        return "drain";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.F;
    }

    /**
     * A budget and the pods that it protects.
     *
     * @param limit the field that decides: {@code minAvailable} or {@code maxUnavailable}
     * @param crowded rules that leave some of the pods without a place
     * @param placed how many pods have one
     * @param known false where an autoscaler may run more pods than its minimum, or the number is a chart's default
     */
    private record Budget(
            KubernetesObject object,
            Fact<String> limit,
            String field,
            List<Workload> pods,
            int replicas,
            List<KeptApart> crowded,
            int placed,
            boolean known) {
        boolean onePod() {
            return replicas == 1;
        }
    }

    @Override
    public void contribute(Sketch sketch) {
        if (sketch.simulating()) {
            return;
        }
        SortedMap<String, List<Budget>> blocking = new TreeMap<>();
        Set<String> scaled = Autoscalers.of(sketch.estate()).keySet();
        for (KubernetesObject object : sketch.estate().objects("PodDisruptionBudget")) {
            if (object.apiVersion().startsWith(GROUP)) {
                budget(sketch, object, scaled)
                        .filter(Drain::blocks)
                        .ifPresent(budget -> blocking.computeIfAbsent(object.cluster(), _ -> new ArrayList<>())
                                .add(budget));
            }
        }
        for (KubernetesObject object : PostgresClusters.of(sketch.estate())) {
            ofPostgres(sketch, object)
                    .ifPresent(budget -> blocking.computeIfAbsent(object.cluster(), _ -> new ArrayList<>())
                            .add(budget));
        }
        blocking.forEach((cluster, budgets) -> draw(sketch, cluster, budgets));
    }

    /** The budget that CloudNativePG makes for a primary; with one instance nothing can take over before the eviction. */
    private static Optional<Budget> ofPostgres(Sketch sketch, KubernetesObject object) {
        boolean made = !says(object, "spec.enablePDB", "false")
                && !says(object, "spec.nodeMaintenanceWindow.inProgress", "true");
        return Optional.ofNullable(
                        sketch.placement().workloads().get(object.reference().text()))
                .filter(pods -> made && pods.replicas().value() == 1)
                .map(pods -> new Budget(
                        object,
                        new Fact<>("1", new Assumed("behaviour.operator-budget", POSTGRES)),
                        "minAvailable",
                        List.of(pods),
                        1,
                        List.of(),
                        1,
                        false));
    }

    private static boolean says(KubernetesObject object, String path, String value) {
        return object.tree()
                .text(path)
                .filter(text -> text.value().equals(value))
                .isPresent();
    }

    private static Optional<Budget> budget(Sketch sketch, KubernetesObject object, Set<String> scaled) {
        Tree tree = object.tree();
        Optional<Fact<String>> most = tree.text("spec.maxUnavailable");
        Optional<Fact<String>> least = tree.text("spec.minAvailable");
        Optional<Fact<String>> limit = most.or(() -> least);
        List<Workload> pods = pods(sketch, object);
        if (limit.isEmpty() || pods.isEmpty()) {
            return Optional.empty(); // whose pods it protects is not known here: an unread chart's, or nobody's
        }
        int replicas = 0;
        int placed = 0;
        boolean known = true;
        List<KeptApart> crowded = new ArrayList<>();
        for (Workload workload : pods) {
            int own = workload.replicas().value();
            Optional<KeptApart> rule = KeptApart.of(sketch, workload).filter(found -> found.places() < own);
            rule.ifPresent(crowded::add);
            replicas += own;
            placed += rule.map(found -> found.placed(workload)).orElse(own);
            known &= !scaled.contains(workload.reference().text()) && !ofChart(workload.replicas());
        }
        return Optional.of(new Budget(
                object,
                limit.get(),
                most.isPresent() ? "maxUnavailable" : "minAvailable",
                pods,
                replicas,
                List.copyOf(crowded),
                placed,
                known));
    }

    /** True for a default of a chart that was not rendered: published, but not read here. */
    private static boolean ofChart(Fact<Integer> replicas) {
        return replicas.provenance() instanceof Assumed assumed && assumed.id().startsWith("chart.");
    }

    /** A drain leaves the pods of DaemonSets, and pods that end by themselves are no budget's. */
    private static boolean evictable(Workload workload) {
        return switch (workload.kind()) {
            case "DaemonSet", "Job", "CronJob" -> false;
            default -> true;
        };
    }

    /** A missing selector selects no pod in {@code policy/v1}, an empty one every pod of the namespace. */
    private static List<Workload> pods(Sketch sketch, KubernetesObject object) {
        return object.tree()
                .at("spec.selector")
                .map(Labels::of)
                .map(selector -> sketch.placement().in(object.cluster(), object.namespace()).stream()
                        .filter(workload -> evictable(workload) && selector.test(workload.podLabels()))
                        .toList())
                .orElse(List.of());
    }

    /** True where no pod may go while all of them are healthy that have a place. */
    private static boolean blocks(Budget budget) {
        String text = budget.limit().value();
        boolean percent = text.endsWith("%");
        String digits = percent ? text.substring(0, text.length() - 1) : text;
        if (budget.replicas() == 0 || !digits.matches("[0-9]{1,6}")) {
            return false;
        }
        int value = Integer.parseInt(digits);
        // Both percentages are rounded up: kubernetes.io/docs/concepts/workloads/pods/disruptions, 2026-11-24.
        int pods = percent ? (budget.replicas() * value + 99) / 100 : value;
        int wanted = budget.field().equals("maxUnavailable") ? budget.replicas() - pods : pods;
        return budget.placed() - wanted <= 0;
    }

    private void draw(Sketch sketch, String cluster, List<Budget> budgets) {
        Standstill.Words words = new Standstill.Words(
                "no node of " + cluster + " is drained",
                "a node of " + cluster + " is drained, as at each upgrade of the nodes",
                "nodes of " + cluster + " can be drained",
                "the drain of the node never ends",
                "when a node is drained");
        String count = budgets.size() == 1
                ? "the budget of " + pods(budgets.getFirst()) + " allows no eviction"
                : budgets.size() + " budgets allow no eviction"
                        + (budgets.stream().allMatch(Budget::onePod) ? " of the one pod each" : "");
        new Standstill(id(), cluster, "drain", OutageClass.A, words)
                .propose(
                        sketch,
                        budgets.stream().map(Drain::item).toList(),
                        "drains of " + cluster + " stall: " + count);
    }

    private static Standstill.Item item(Budget budget) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.of(budget.field() + ": " + budget.limit().value(), budget.limit()));
        for (Workload workload : budget.pods()) {
            evidence.add(Evidence.of("replicas " + workload.replicas().value(), workload.replicas()));
        }
        budget.crowded().forEach(rule -> evidence.addAll(rule.evidence()));
        return new Standstill.Item(
                budget.object().reference(),
                place(budget),
                pods(budget) + " may be evicted",
                "every eviction of " + pods(budget) + " is refused",
                "its budget wants " + budget.field() + " " + budget.limit().value() + " of " + budget.replicas()
                        + (budget.replicas() == 1 ? " pod" : " pods")
                        + (budget.crowded().isEmpty() ? "" : ", of which " + budget.placed() + " have a place")
                        + ": none may go",
                evidence,
                budget.known() ? Confidence.SURE : Confidence.LIKELY);
    }

    private static String pods(Budget budget) {
        Workload first = budget.pods().getFirst();
        String rest = budget.pods().size() == 1 ? "" : " and " + (budget.pods().size() - 1) + " more";
        return first.namespace() + "/" + first.name() + rest;
    }

    private static Declared place(Budget budget) {
        if (budget.limit().provenance() instanceof Declared place) {
            return place;
        }
        return budget.pods().getFirst().replicas().provenance() instanceof Declared place
                ? place
                : budget.object().tree().place();
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Edit> edits = new ArrayList<>();
        Set<String> scaled = Autoscalers.of(sketch.estate().objects()).keySet();
        for (Instance instance : outage.instances()) {
            Optional<KubernetesObject> object = sketch.estate().object(new Reference(instance.of()));
            if (object.flatMap(found -> budget(sketch, found, scaled))
                    .filter(budget -> !budget.crowded().isEmpty())
                    .isPresent()) {
                return List.of(KeptApart.ROOM);
            }
            object.ifPresent(found -> edits.addAll(relaxed(found)));
        }
        List<Remedy> remedies = new ArrayList<>();
        boolean postgres = outage.instances().stream()
                .flatMap(instance -> sketch.estate().object(new Reference(instance.of())).stream())
                .anyMatch(object -> object.kind().equals("Cluster"));
        remedies.add(Remedy.proposed(
                "let one pod at a time go: maxUnavailable: 1"
                        + (postgres ? ", and enablePDB: false for one instance of PostgreSQL" : ""),
                edits,
                List.of("or run two replicas, spread over nodes, where a moment without the pod hurts and two may run"
                        + " at once")));
        doubled(sketch, outage).ifPresent(remedies::add);
        return remedies;
    }

    /** A second pod for each budget over one, where every one of them may run twice and says its count. */
    private static Optional<Remedy> doubled(Sketch sketch, Outage outage) {
        List<Edit> edits = new ArrayList<>();
        Set<String> scaled = Autoscalers.of(sketch.estate()).keySet();
        for (Instance instance : outage.instances()) {
            Optional<Workload> workload = sketch.estate()
                    .object(new Reference(instance.of()))
                    .flatMap(object -> budget(sketch, object, scaled))
                    .filter(budget -> budget.onePod() && budget.known())
                    .map(budget -> budget.pods().getFirst())
                    .filter(pods -> pods.kind().equals("Deployment") && pods.stateless());
            if (workload.isEmpty() || !(workload.get().replicas().provenance() instanceof Declared place)) {
                return Optional.empty();
            }
            edits.add(new Edit.SetValue(place, "2"));
        }
        return Optional.of(Remedy.proposed(
                "a second pod: replicas: 1 → 2",
                edits,
                List.of("make sure that two may run at once, and spread them over nodes")));
    }

    private static List<Edit> relaxed(KubernetesObject object) {
        List<Edit> edits = new ArrayList<>();
        if (object.kind().equals("Cluster")) {
            object.tree()
                    .at("spec.enablePDB")
                    .ifPresentOrElse(
                            set -> edits.add(new Edit.SetValue(set.place(), "false")),
                            () -> object.tree()
                                    .at("spec")
                                    .ifPresent(
                                            spec -> edits.add(new Edit.AddField(spec.place(), "enablePDB", "false"))));
            return edits;
        }
        Optional<Tree> most = object.tree().at("spec.maxUnavailable");
        if (most.isPresent()) {
            edits.add(new Edit.SetValue(most.get().place(), "1"));
            return edits;
        }
        object.tree()
                .at("spec.minAvailable")
                .ifPresent(least -> object.tree().at("spec").ifPresent(spec -> {
                    if (!least.place().equals(spec.place())) { // else a chart adds it where nothing says a limit
                        edits.add(new Edit.Remove(least.place()));
                    }
                    edits.add(new Edit.AddField(spec.place(), "maxUnavailable", "1"));
                }));
        return edits;
    }
}
