package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.catalogue.Images;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.model.HubPulls;
import dev.premortem.model.LostDefaults;
import dev.premortem.model.Proposal;
import dev.premortem.model.Sketch;
import dev.premortem.model.Standstill;
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
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A pod that cannot start because its image is not to be had: taken away by its maker, or behind a registry that every start asks. What runs lives on; the next
 * node that is lost, drained or new shows it. Seen in public: bitnami/containers issue 83267, kubero-dev/kubero issue 735.
 */
@AutoService(Mechanism.class)
public final class ImageAvailability implements Mechanism {
    private static final String PULL =
            "kubernetes.io/docs/concepts/containers/images: without a tag or with latest the policy is Always (read 2026-11-25)";

    @Override
    public String id() {
        return "image-availability";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.C;
    }

    /** An image that a workload's pods start from. */
    private record Use(Workload workload, Fact<String> image, Images.Name name, Optional<Fact<String>> policy) {
        boolean always() {
            return policy.map(text -> text.value().equals("Always"))
                    .orElse(!name.digest()
                            && (name.tag().isEmpty() || name.tag().equals("latest")));
        }

        boolean once() {
            return workload.replicas().value() == 1 && !workload.kind().equals("DaemonSet");
        }

        Declared place() {
            return image.provenance() instanceof Declared place ? place : workload.place();
        }

        String of() {
            return workload.namespace() + "/" + workload.name();
        }
    }

    @Override
    public void contribute(Sketch sketch) {
        if (sketch.simulating()) {
            return;
        }
        SortedMap<String, List<Use>> gone = new TreeMap<>();
        SortedMap<String, List<Use>> asked = new TreeMap<>();
        SortedMap<String, List<Use>> moved = new TreeMap<>();
        for (Workload workload : sketch.placement().workloads().values()) {
            for (Use use : uses(workload)) {
                Optional<Images.Removal> removal = use.name().removal();
                if (removal.isPresent()) {
                    gone.computeIfAbsent(removal.get().repository(), _ -> new ArrayList<>())
                            .add(use);
                } else if (use.name().moving() && use.name().open()) {
                    // One pod that keeps its image falls with its node; of several the others live on.
                    if (use.always() || use.once()) {
                        (use.always() ? asked : moved)
                                .computeIfAbsent(use.name().registry(), _ -> new ArrayList<>())
                                .add(use);
                    }
                }
            }
        }
        gone.forEach((repository, uses) -> drawGone(sketch, repository, uses));
        asked.forEach((registry, uses) -> drawAsked(sketch, registry, uses, true));
        moved.forEach((registry, uses) -> drawAsked(sketch, registry, uses, false));
        HubPulls.all(sketch).forEach(pulls -> drawLimit(sketch, pulls));
        byDefault(sketch, LostDefaults.of(sketch));
    }

    /** Charts that are not rendered: that their values name no other image is all that is known. */
    private void byDefault(Sketch sketch, List<Standstill.Item> items) {
        if (items.isEmpty()) {
            return;
        }
        int rest = items.size() - 1;
        new Standstill(
                        id(),
                        "",
                        "images-by-default",
                        outageClass(),
                        new Standstill.Words(
                                "pods stay on nodes that keep their images",
                                "a pod starts on a node that does not keep its image",
                                "what these charts start can start anywhere",
                                "the pod waits in ImagePullBackOff until somebody writes another image",
                                "when its pod starts on a node that does not keep the image"))
                .propose(
                        sketch,
                        items,
                        items.getFirst().of().name()
                                + (rest == 0 ? "" : " and " + rest + (rest == 1 ? " more release" : " more releases"))
                                + " cannot start on a node that does not keep the image: versions were taken out of docker.io/bitnami"
                                + " in September 2025");
    }

    private static List<Use> uses(Workload workload) {
        if (workload.replicas().value() == 0) {
            return List.of();
        }
        List<Use> uses = new ArrayList<>();
        String pod = workload.kind().equals("Pod") ? "spec" : "spec.template.spec";
        Stream.concat(
                        workload.tree().items(pod + ".initContainers").stream(),
                        workload.tree().items(pod + ".containers").stream())
                .forEach(container -> container
                        .text("image")
                        .ifPresent(image -> Images.parse(image.value())
                                .ifPresent(name ->
                                        uses.add(new Use(workload, image, name, container.text("imagePullPolicy"))))));
        return uses;
    }

    private void drawGone(Sketch sketch, String repository, List<Use> uses) {
        Images.Removal removal = uses.getFirst().name().removal().orElseThrow();
        String thing = "image/" + repository.replaceFirst("/$", "");
        List<Evidence> evidence = new ArrayList<>(images(uses));
        evidence.add(new Evidence(removal.what(), new Assumed("behaviour.image-removal", removal.source())));
        Condition kept = sketch.twin()
                .basic(
                        Condition.of(thing, "kept"),
                        true,
                        Meaning.of(
                                "",
                                "nodes still keep the images of " + repository,
                                "a pod starts on a node that does not keep its image"));
        Condition there = sketch.twin()
                .basic(
                        Condition.of(thing, "there"),
                        false,
                        new Meaning(id(), "the images are to be had", removal.what(), evidence));
        Condition starts = sketch.twin()
                .gate(
                        Condition.of(thing, "starts"),
                        new Gate.Any(List.of(kept, there)),
                        Meaning.of(
                                id(),
                                "pods from " + repository + " start",
                                "the pod waits in ImagePullBackOff until somebody writes another image"));
        // With several pods on several nodes one start that fails takes nothing down.
        uses.stream().filter(Use::once).forEach(use -> sketch.placement().require(use.workload(), starts));
        sketch.propose(new Proposal(
                        id(),
                        Trigger.Type.FAULT,
                        outageClass(),
                        there,
                        List.of(new Proposal.Loss(kept, Duration.ofHours(1), Proposal.Loss.FOR_EVER)),
                        Set.of(),
                        Optional.empty(),
                        Confidence.LIKELY,
                        "when its pod starts on a node that does not keep the image",
                        Catalogue.DIAGNOSE_KNOWN,
                        List.of(),
                        instances(uses))
                .headed(named(uses) + " cannot start on a node that does not keep the image: " + removal.what()));
    }

    private static String verb(List<Use> uses, String one, String many) {
        return uses.size() == 1 ? one : many;
    }

    /** A tag that moves: asked for at each start, or on each node that does not keep it. */
    private void drawAsked(Sketch sketch, String registry, List<Use> uses, boolean always) {
        String thing = "registry/" + registry;
        Condition answers = Condition.of(thing, "answers");
        if (!sketch.twin().defines(answers)) {
            sketch.twin()
                    .basic(
                            answers,
                            true,
                            Meaning.of("", registry + " answers", registry + " is away, or refuses for its limits"));
        }
        List<Evidence> evidence = asked(uses, always);
        Condition fixed = sketch.twin()
                .basic(
                        Condition.of(thing, always ? "not-asked" : "kept"),
                        false,
                        new Meaning(
                                id(),
                                "starts do not ask " + registry,
                                named(uses)
                                        + (always
                                                ? verb(uses, " asks", " ask") + " for a tag that moves at each start"
                                                : verb(uses, " starts", " start")
                                                        + " from a tag that moves, on each new node"),
                                evidence));
        sketch.twin()
                .gate(
                        Condition.of(thing, always ? "starts" : "starts-anew"),
                        new Gate.Any(List.of(answers, fixed)),
                        Meaning.of(
                                id(),
                                "pods start without " + registry,
                                "no pod of " + named(uses) + " can start; running pods live on"));
        sketch.propose(new Proposal(
                        id(),
                        Trigger.Type.FAULT,
                        outageClass(),
                        fixed,
                        List.of(new Proposal.Loss(
                                answers,
                                Duration.ofHours(1),
                                sketch.duration(Catalogue.HOSTED_REPAIR).value())),
                        Set.of(),
                        Optional.empty(),
                        always ? Confidence.LIKELY : Confidence.POSSIBLE,
                        "while " + registry + " does not answer",
                        Catalogue.DIAGNOSE_KNOWN,
                        List.of(),
                        instances(uses))
                .headed("no pod of " + named(uses) + " can start "
                        + (always ? "" : "on a new node ")
                        + "while " + registry + " does not answer: "
                        + (always
                                ? "a tag that moves is asked for at each start"
                                : (uses.size() == 1
                                        ? "its one pod falls with its node"
                                        : "their single pods fall with their nodes"))));
    }

    private static List<Evidence> asked(List<Use> uses, boolean always) {
        List<Evidence> evidence = new ArrayList<>(images(uses));
        uses.stream()
                .flatMap(use -> use.policy().stream())
                .limit(5)
                .forEach(policy -> evidence.add(Evidence.of("imagePullPolicy: " + policy.value(), policy)));
        if (always) {
            evidence.add(new Evidence("each start asks the registry", new Assumed("behaviour.pull-policy", PULL)));
        }
        return evidence;
    }

    /** More images than Docker Hub gives in six hours to one address, when all nodes of a cluster start anew. */
    private void drawLimit(Sketch sketch, HubPulls pulls) {
        Condition few = sketch.twin()
                .basic(
                        Condition.of("cluster/" + pulls.cluster(), "hub-pulls"),
                        false,
                        new Meaning(
                                id(),
                                "all nodes of " + pulls.cluster() + " may start anew at once",
                                pulls.least() + " anonymous pulls from Docker Hub or more, of " + Images.HUB_PULLS
                                        + " in six hours",
                                pulls.evidence()));
        Condition calm = sketch.twin()
                .basic(
                        Condition.of("cluster/" + pulls.cluster(), "no-mass-restart"),
                        true,
                        Meaning.of(
                                "",
                                "the nodes of " + pulls.cluster() + " keep their images",
                                "all nodes of " + pulls.cluster()
                                        + " start anew, as at an upgrade that replaces them"));
        sketch.twin()
                .gate(
                        Condition.of("cluster/" + pulls.cluster(), "images-at-once"),
                        new Gate.Any(List.of(calm, few)),
                        Meaning.of(
                                id(),
                                "every pod of " + pulls.cluster() + " gets its image",
                                "Docker Hub refuses the rest until six hours are over"));
        sketch.propose(new Proposal(
                        id(),
                        Trigger.Type.CHANGE,
                        outageClass(),
                        few,
                        List.of(new Proposal.Loss(calm, Duration.ofHours(1), Duration.ofHours(6))),
                        Set.of(),
                        Optional.empty(),
                        Confidence.POSSIBLE,
                        "when all nodes of " + pulls.cluster() + " start anew",
                        Catalogue.DIAGNOSE_KNOWN,
                        List.of(),
                        pulls.instances())
                .headed("when all nodes of " + pulls.cluster() + " start anew, Docker Hub refuses after "
                        + Images.HUB_PULLS + " pulls in six hours: its pods need " + pulls.least() + " or more"));
    }

    private static List<Evidence> images(List<Use> uses) {
        return uses.stream()
                .limit(20)
                .map(use -> Evidence.of("image " + use.image().value(), use.image()))
                .distinct()
                .toList();
    }

    private static List<Instance> instances(List<Use> uses) {
        return uses.stream()
                .map(use -> new Instance(use.workload().reference().text(), use.place()))
                .distinct()
                .toList();
    }

    private static String named(List<Use> uses) {
        List<String> names = uses.stream().map(Use::of).distinct().toList();
        return names.getFirst() + (names.size() == 1 ? "" : " and " + (names.size() - 1) + " more");
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Edit> edits = new ArrayList<>();
        for (Instance instance : outage.instances()) {
            Workload workload = sketch.placement().workloads().get(instance.of());
            for (Use use : workload == null ? List.<Use>of() : uses(workload)) {
                use.name()
                        .removal()
                        .filter(removal ->
                                !removal.instead().isEmpty() && outage.pivot().startsWith("image/"))
                        .ifPresent(removal -> edits.add(new Edit.SetValue(
                                use.place(),
                                removal.instead()
                                        + use.name()
                                                .repository()
                                                .substring(removal.repository().length()) + ":"
                                        + use.name().tag())));
            }
        }
        if (outage.pivot().endsWith("#hub-pulls")) {
            return List.of(Remedy.proposed(
                    "log in to Docker Hub, or pull through a cache",
                    List.of(),
                    List.of(
                            "imagePullSecrets of the service accounts, or credentials on the nodes",
                            "or a cache in front of docker.io that the nodes' containerd asks")));
        }
        if (outage.pivot().startsWith("image/")) {
            return List.of(Remedy.proposed(
                    edits.isEmpty() ? "write a version that exists" : "take the images from where they are now",
                    edits.stream().distinct().toList(),
                    List.of("better: copy what you run to a registry of your own, and move to an image that is kept")));
        }
        return List.of(Remedy.proposed(
                "write the version, and imagePullPolicy: IfNotPresent",
                List.of(),
                List.of("or pull through a cache or a registry of your own")));
    }
}
