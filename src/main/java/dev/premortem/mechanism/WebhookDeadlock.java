package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Edit;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.model.AdmissionReleases;
import dev.premortem.model.Labels;
import dev.premortem.model.Proposal;
import dev.premortem.model.Singles;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A webhook that must admit every new pod, its own pods among them: once none of them is left, none can be made, and no other pod in its scope either, until
 * somebody deletes the webhook's configuration. Running pods live on. Seen in public: kyverno/kyverno #16177 and #2962, open-policy-agent/gatekeeper #3183.
 */
@AutoService(Mechanism.class)
public final class WebhookDeadlock implements Mechanism {
    private static final String FAIL_BY_DEFAULT =
            "kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers, admissionregistration/v1:"
                    + " failurePolicy defaults to Fail (2026-11-24)";
    private static final String NAME = "kubernetes.io/metadata.name";

    @Override
    public String id() {
        return "webhook-deadlock";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.A;
    }

    /**
     * A webhook whose own pods are in its scope.
     *
     * @param tree the entry of {@code webhooks}
     * @param policy its failure policy, declared or the API's default
     */
    private record Loop(KubernetesObject object, Tree tree, Fact<String> policy, Workload pods) {
        Condition exempt() {
            return Condition.of(object.reference().text(), "exempt");
        }

        boolean onePod() {
            return pods.replicas().value() == 1 && !pods.kind().equals("DaemonSet");
        }
    }

    @Override
    public void contribute(Sketch sketch) {
        if (sketch.simulating()) {
            return;
        }
        SortedMap<String, Map<String, String>> namespaces = new TreeMap<>();
        for (KubernetesObject object : sketch.estate().objects("Namespace")) {
            namespaces.put(object.cluster() + "/" + object.name(), object.labels());
        }
        List<Singles.Item> single = new ArrayList<>();
        for (KubernetesObject object : sketch.estate().objects()) {
            boolean configuration = object.kind().equals("ValidatingWebhookConfiguration")
                    || object.kind().equals("MutatingWebhookConfiguration");
            if (configuration) {
                object.tree().items("webhooks").stream()
                        .flatMap(tree -> loop(sketch, object, tree, namespaces).stream())
                        .findFirst()
                        .ifPresentOrElse(loop -> draw(sketch, loop), () -> alone(sketch, object, single));
            }
        }
        single.addAll(AdmissionReleases.of(sketch));
        if (!single.isEmpty()) {
            Singles.propose(
                    sketch,
                    id(),
                    Condition.of("estate", "second-pod-of-webhooks"),
                    single,
                    single.size() == 1
                            ? "one webhook fails closed and runs once: while it is away nothing of its scope can be made"
                            : single.size()
                                    + " webhooks fail closed and run once: while one is away nothing of its scope"
                                    + " can be made");
        }
    }

    /** A webhook of one pod that does not stand in its own way: it comes back, and until then no pod of its scope can be made. */
    private static void alone(Sketch sketch, KubernetesObject object, List<Singles.Item> single) {
        for (Tree webhook : object.tree().items("webhooks")) {
            Optional<Fact<String>> policy =
                    webhook.text("failurePolicy").filter(text -> text.value().equals("Fail"));
            Optional<Workload> pods =
                    policy.isPresent() && admitsPods(webhook) ? backend(sketch, object, webhook) : Optional.empty();
            if (pods.isPresent()
                    && pods.get().replicas().value() == 1
                    && policy.get().provenance() instanceof Declared place) {
                single.add(new Singles.Item(
                        object.reference(),
                        place,
                        pods.get().namespace() + "/" + pods.get().name() + " alone admits new pods",
                        List.of(
                                Evidence.of("failurePolicy: Fail", policy.get()),
                                Evidence.of("replicas 1", pods.get().replicas())),
                        Confidence.LIKELY));
                return;
            }
        }
    }

    private static Optional<Workload> backend(Sketch sketch, KubernetesObject object, Tree webhook) {
        String namespace =
                webhook.text("clientConfig.service.namespace").map(Fact::value).orElse("");
        String name = webhook.text("clientConfig.service.name").map(Fact::value).orElse("");
        List<Workload> pods = sketch.estate()
                .find(Service.class, Reference.object(object.cluster(), namespace, "Service", name))
                .map(sketch.placement()::backends)
                .orElse(List.of());
        return pods.size() == 1 && !pods.getFirst().kind().equals("DaemonSet")
                ? Optional.of(pods.getFirst())
                : Optional.empty();
    }

    private static Optional<Loop> loop(
            Sketch sketch, KubernetesObject object, Tree tree, SortedMap<String, Map<String, String>> namespaces) {
        Fact<String> policy = tree.text("failurePolicy")
                .orElseGet(() -> new Fact<>("Fail", new Assumed("behaviour.failure-policy", FAIL_BY_DEFAULT)));
        // What its conditions let pass, in CEL, is not read: such a webhook is not judged.
        if (!policy.value().equals("Fail")
                || !admitsPods(tree)
                || !tree.items("matchConditions").isEmpty()) {
            return Optional.empty();
        }
        Optional<Fact<String>> namespace = tree.text("clientConfig.service.namespace");
        Optional<Fact<String>> name = tree.text("clientConfig.service.name");
        if (namespace.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        Reference service = Reference.object(
                object.cluster(), namespace.get().value(), "Service", name.get().value());
        List<Workload> pods = sketch.estate()
                .find(Service.class, service)
                .map(sketch.placement()::backends)
                .orElse(List.of());
        Map<String, String> labels = new TreeMap<>(
                namespaces.getOrDefault(object.cluster() + "/" + namespace.get().value(), Map.of()));
        labels.put(NAME, namespace.get().value());
        boolean all = !pods.isEmpty()
                && pods.stream().allMatch(workload -> Labels.select(tree.at("objectSelector"), workload.podLabels()));
        return all && Labels.select(tree.at("namespaceSelector"), labels)
                ? Optional.of(new Loop(object, tree, policy, pods.getFirst()))
                : Optional.empty();
    }

    /** True where a rule matches the creation of pods; that of their owners is not needed to make a lost pod anew. */
    private static boolean admitsPods(Tree webhook) {
        for (Tree rule : webhook.items("rules")) {
            if (has(rule, "operations", Set.of("CREATE", "*"))
                    && has(rule, "apiGroups", Set.of("", "*"))
                    && has(rule, "resources", Set.of("pods", "*", "*/*"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(Tree rule, String field, Set<String> wanted) {
        return rule.items(field).stream()
                .anyMatch(item ->
                        item.text().map(Fact::value).filter(wanted::contains).isPresent());
    }

    private void draw(Sketch sketch, Loop loop) {
        String name = loop.object().reference().text();
        String pods = loop.pods().namespace() + "/" + loop.pods().name();
        Condition alive = Condition.of(name, "pods");
        sketch.twin()
                .basic(
                        alive,
                        true,
                        Meaning.of(
                                "",
                                "a pod of " + pods + " is there",
                                loop.onePod()
                                        ? "the one pod of " + pods + " is gone"
                                        : "all pods of " + pods + " are gone at once",
                                Evidence.of(
                                        "replicas " + loop.pods().replicas().value(),
                                        loop.pods().replicas())));
        sketch.twin()
                .basic(
                        loop.exempt(),
                        false,
                        Meaning.of(
                                id(),
                                "pods of " + pods + " are admitted without it",
                                "a new pod of " + pods + " has to be admitted by " + pods + " itself",
                                Evidence.of("failurePolicy: Fail", loop.policy()),
                                Evidence.of(
                                        "the webhook's scope holds namespace "
                                                + loop.pods().namespace(),
                                        new Fact<>("", loop.tree().place()))));
        sketch.twin()
                .gate(
                        Condition.of(name, "admission"),
                        new Gate.Any(List.of(alive, loop.exempt())),
                        Meaning.of(
                                id(),
                                "pods can be made",
                                "no pod in the webhook's scope can be made any more; running pods live on"));
        sketch.propose(new Proposal(
                        id(),
                        Trigger.Type.FAULT,
                        loop.onePod() ? OutageClass.A : OutageClass.E,
                        loop.exempt(),
                        List.of(new Proposal.Loss(alive, Duration.ofHours(1), Proposal.Loss.FOR_EVER)),
                        Set.of(),
                        Optional.empty(),
                        Confidence.LIKELY,
                        "",
                        Catalogue.DIAGNOSE_UNKNOWN,
                        List.of(),
                        List.of(new Instance(name, loop.tree().place())))
                .headed("no pod can start in " + loop.object().cluster() + " once "
                        + (loop.onePod() ? "the one pod of " + pods + " is" : "all pods of " + pods + " are")
                        + " gone: its own webhook must admit it"));
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Remedy> remedies = new ArrayList<>();
        for (KubernetesObject object : sketch.estate().objects()) {
            if (!object.reference().text().equals(Condition.of(outage.pivot()).thing())) {
                continue;
            }
            List<Edit> excluded = new ArrayList<>();
            List<Edit> ignored = new ArrayList<>();
            for (Tree webhook : object.tree().items("webhooks")) {
                webhook.text("clientConfig.service.namespace")
                        .filter(_ -> admitsPods(webhook))
                        .ifPresent(namespace -> excluded.add(exclude(webhook, namespace.value())));
                ignored.add(webhook.at("failurePolicy")
                        .<Edit>map(policy -> new Edit.SetValue(policy.place(), "Ignore"))
                        .orElseGet(() -> new Edit.AddField(webhook.place(), "failurePolicy", "Ignore")));
            }
            remedies.add(Remedy.proposed("leave its own namespace out of the webhook's scope", excluded, List.of()));
            remedies.add(Remedy.proposed(
                    "let pods pass while it does not answer: failurePolicy: Ignore",
                    ignored,
                    List.of("what it guards is then not guarded while it is away")));
        }
        return remedies;
    }

    private static Edit exclude(Tree webhook, String namespace) {
        String term = "key: " + NAME + "\noperator: NotIn\nvalues: [" + namespace + "]";
        Optional<Tree> expressions = webhook.at("namespaceSelector.matchExpressions");
        if (expressions.isPresent()) {
            return new Edit.AddField(expressions.get().place(), "", term);
        }
        String list = "- " + term.replace("\n", "\n  ");
        return webhook.at("namespaceSelector")
                .filter(selector -> !selector.entries().isEmpty())
                .<Edit>map(selector -> new Edit.AddField(selector.place(), "matchExpressions", list))
                .orElseGet(() -> new Edit.AddField(
                        webhook.place(),
                        "namespaceSelector",
                        "matchExpressions:\n" + list.indent(2).stripTrailing()));
    }
}
