package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.catalogue.DependentProbes;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Release;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Quantities;
import dev.premortem.fact.Tree;
import dev.premortem.model.Liveness;
import dev.premortem.model.OtherHosts;
import dev.premortem.model.Proposal;
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
import dev.premortem.twin.process.BackOff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A liveness probe that kills what is alive: it asks something outside of the container, or it is sharper than the program can be. Restarts mend nothing then;
 * they outlast the cause, because each of them waits longer. Seen in public: xunholy/k8s-gitops pull request 4204, seven hours of restarts.
 */
@AutoService(Mechanism.class)
public final class Probe implements Mechanism {
    /** How long the cause is taken to last: long enough that waits grow, short enough that people would hardly have noticed it. */
    private static final Duration CAUSE = Duration.ofMinutes(10);

    private static final String KEP = "KEP-4603: restarts wait 0, 10, 20, 40 … 300 s (2026-11-24)";
    private static final String FORK =
            "redis.io/docs latest operate/oss_and_stack/management/optimization/latency: a fork takes 9 to 24 ms per GB,"
                    + " ten times that under Xen (read in a copy, 2026-11-25)";
    private static final Pattern WRITE = Pattern.compile(
            "(?:redis|valkey)-cli\\b.*\\s(?:incr|set|lpush|rpush|hset|append)\\s", Pattern.CASE_INSENSITIVE);
    private static final Pattern CLIENT = Pattern.compile("(?:redis|valkey)-cli\\b");
    private static final long LARGE = 16L << 30;

    @Override
    public String id() {
        return "probe";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.C;
    }

    /** What a probe asks, beyond whether the program is alive. */
    private enum Kind {
        OUTSIDE,
        START,
        LOAD
    }

    /**
     * A probe that kills what is alive.
     *
     * @param key what all that share the cause have in common
     * @param asked sentence while the probe is content
     * @param cause sentence when it is not
     * @param why what the probe does
     */
    private record Case(
            Kind kind,
            String key,
            String asked,
            String cause,
            String why,
            Instance instance,
            Optional<Workload> workload,
            Liveness liveness,
            List<Evidence> evidence,
            Confidence confidence) {}

    @Override
    public void contribute(Sketch sketch) {
        if (sketch.simulating()) {
            return;
        }
        SortedMap<String, List<Case>> byCause = new TreeMap<>();
        for (Workload workload : sketch.placement().workloads().values()) {
            if (workload.replicas().value() > 0) {
                cases(sketch, workload).forEach(found -> put(byCause, workload.cluster(), found));
            }
        }
        for (Release release : sketch.estate().all(Release.class)) {
            boolean seen = sketch.placement().workloads().values().stream()
                    .anyMatch(workload -> workload.cluster().equals(release.cluster())
                            && workload.namespace().equals(release.namespace())
                            && workload.name().startsWith(release.name()));
            if (!seen) {
                unread(release).ifPresent(found -> put(byCause, release.cluster(), found));
            }
        }
        byCause.forEach((_, cases) -> draw(sketch, cases));
    }

    private static void put(SortedMap<String, List<Case>> byCause, String cluster, Case found) {
        byCause.computeIfAbsent(cluster + "/" + found.key(), _ -> new ArrayList<>())
                .add(found);
    }

    private static List<Case> cases(Sketch sketch, Workload workload) {
        List<Case> found = new ArrayList<>();
        String pod = workload.kind().equals("Pod") ? "spec" : "spec.template.spec";
        for (Tree container : workload.tree().items(pod + ".containers")) {
            container
                    .at("livenessProbe")
                    .map(Liveness::new)
                    .ifPresent(liveness -> known(workload, container, liveness)
                            .or(() -> elsewhere(sketch, workload, liveness))
                            .or(() -> early(workload, container, liveness))
                            .or(() -> loaded(workload, container, liveness))
                            .ifPresent(found::add));
        }
        return found;
    }

    private static Optional<Case> known(Workload workload, Tree container, Liveness liveness) {
        return container
                .text("image")
                .flatMap(image -> endpoint(
                        image,
                        liveness,
                        liveness.tree().place(),
                        workload.reference().text(),
                        Optional.of(workload)));
    }

    /** In the values of a chart that nobody rendered: what its probes then look like is a guess. */
    private static Optional<Case> unread(Release release) {
        Written written = new Written(new ArrayList<>(), new ArrayList<>());
        written.collect(new Tree.Entry("", release.place(), release.values()), 0);
        for (Written.At probe : written.probes()) {
            for (Fact<String> image : written.images()) {
                Optional<Case> found = endpoint(
                        image,
                        new Liveness(probe.tree()),
                        probe.key(),
                        release.reference().text(),
                        Optional.empty());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Images and liveness probes that are written in a chart's values. */
    private record Written(List<Fact<String>> images, List<At> probes) {
        private static final int DEEPEST = 30;

        /** A probe, and the line of the key that it stands under. */
        private record At(Declared key, Tree tree) {}

        private void collect(Tree.Entry entry, int depth) {
            Tree tree = entry.value();
            if (depth > DEEPEST
                    || tree.text("enabled")
                            .map(Fact::value)
                            .filter("false"::equals)
                            .isPresent()) {
                return;
            }
            if (entry.key().equals("liveness") || entry.key().equals("livenessProbe")) {
                Tree probe = tree.at("spec").orElse(tree);
                if (probe.at("httpGet").isPresent()) {
                    probes.add(new At(entry.place(), probe));
                }
            }
            if (entry.key().equals("image")) {
                tree.text().or(() -> tree.text("repository")).ifPresent(images::add);
            }
            tree.entries().forEach(each -> collect(each, depth + 1));
            tree.items().forEach(item -> collect(new Tree.Entry(entry.key(), item.place(), item), depth + 1));
        }
    }

    private static Optional<Case> endpoint(
            Fact<String> image, Liveness liveness, Declared key, String of, Optional<Workload> workload) {
        if (liveness.notice().compareTo(CAUSE) >= 0 || liveness.path().isEmpty()) {
            return Optional.empty(); // so lenient that the cause is over before the kill
        }
        Fact<String> path = liveness.path().get();
        return DependentProbes.of(image.value(), path.value())
                .map(endpoint -> new Case(
                        Kind.OUTSIDE,
                        endpoint.image() + endpoint.path(),
                        "the liveness of " + endpoint.image() + " is content: " + endpoint.on(),
                        "for ten minutes it is not so that " + endpoint.on(),
                        "the liveness of " + name(of) + " asks " + endpoint.path() + ", which answers only while "
                                + endpoint.on(),
                        new Instance(of, liveness.place("httpGet.path")),
                        workload,
                        liveness,
                        List.of(
                                Evidence.of("liveness asks " + path.value(), path),
                                new Evidence("killed after " + liveness.notice().toSeconds() + " s without it", key),
                                Evidence.of("image " + image.value(), image),
                                new Evidence(
                                        "answers only while " + endpoint.on(),
                                        new Assumed("behaviour.probe-endpoint", endpoint.source()))),
                        workload.isPresent() ? Confidence.LIKELY : Confidence.POSSIBLE));
    }

    private static String name(String reference) {
        String[] parts = reference.split("/", 0);
        return parts.length < 2 ? reference : parts[parts.length - 1];
    }

    /** Another machine or service, asked by a name that is not the container's own. */
    private static Optional<Case> elsewhere(Sketch sketch, Workload workload, Liveness liveness) {
        Optional<String> host = liveness.tree().text("httpGet.host").map(Fact::value);
        if (host.isEmpty()) {
            host = OtherHosts.asked(liveness.command());
        }
        String asked = host.orElse("");
        // link-local addresses never leave the node: a DNS cache of the node gives itself one
        boolean own = OtherHosts.own(sketch, workload, asked)
                || asked.matches("127[.].*|0[.]0[.]0[.]0|169[.]254[.].*")
                || asked.startsWith(workload.name() + ".")
                || asked.contains("$");
        if (own || liveness.notice().compareTo(CAUSE) >= 0) {
            return Optional.empty();
        }
        return Optional.of(new Case(
                Kind.OUTSIDE,
                "host/" + asked,
                asked + " answers",
                asked + " does not answer for ten minutes",
                "the liveness of " + workload.namespace() + "/" + workload.name() + " asks " + asked
                        + ", not the container",
                new Instance(workload.reference().text(), liveness.tree().place()),
                Optional.of(workload),
                liveness,
                List.of(Evidence.of(
                        "liveness asks " + asked, new Fact<>("", liveness.tree().place()))),
                Confidence.LIKELY));
    }

    /** Killed before the readiness probe, whose delay says how long a start takes, is asked for the first time. */
    private static Optional<Case> early(Workload workload, Tree container, Liveness liveness) {
        Optional<Tree> readiness = container.at("readinessProbe");
        int ready = readiness
                .map(probe -> Liveness.number(probe, "initialDelaySeconds", 0))
                .orElse(0);
        long killed = liveness.life().toSeconds();
        if (container.at("startupProbe").isPresent() || ready <= killed) {
            return Optional.empty();
        }
        String name = workload.namespace() + "/" + workload.name();
        return Optional.of(new Case(
                Kind.START,
                "start/" + name,
                name + " answers within " + killed + " s of its start",
                name + " takes the " + ready + " s to start that its readiness allows for",
                "its liveness kills it after " + killed + " s, its readiness waits " + ready
                        + " s before it asks at all, and no startupProbe holds the first back",
                new Instance(workload.reference().text(), liveness.tree().place()),
                Optional.of(workload),
                liveness,
                List.of(
                        Evidence.of(
                                "killed after " + killed + " s without an answer",
                                new Fact<>("", liveness.tree().place())),
                        Evidence.of(
                                "readiness waits " + ready + " s",
                                new Fact<>(
                                        "",
                                        readiness
                                                .flatMap(probe -> probe.at("initialDelaySeconds"))
                                                .map(Tree::place)
                                                .orElse(readiness
                                                        .orElse(container)
                                                        .place())))),
                Confidence.POSSIBLE));
    }

    /** A store's own client as liveness: it writes, which a full disk refuses, or it may wait a second on a store whose fork takes longer. */
    private static Optional<Case> loaded(Workload workload, Tree container, Liveness liveness) {
        String command = liveness.command();
        boolean writes = WRITE.matcher(command + " ").find();
        long memory = container
                .text("resources.limits.memory")
                .flatMap(text -> Quantities.whole(text.value()))
                .orElse(0L);
        boolean slow = CLIENT.matcher(command).find() && liveness.timeout() <= 1 && memory >= LARGE;
        if (!writes && !slow) {
            return Optional.empty();
        }
        String name = workload.namespace() + "/" + workload.name();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.of(
                writes ? "liveness writes to the store" : "liveness asks the store",
                new Fact<>("", liveness.place("exec.command"))));
        evidence.add(
                Evidence.of(liveness.timeout() + " s to answer", new Fact<>("", liveness.place("timeoutSeconds"))));
        if (slow) {
            evidence.add(new Evidence(
                    "a store of this size stands still while it forks", new Assumed("behaviour.redis-fork", FORK)));
        }
        return Optional.of(new Case(
                Kind.LOAD,
                "load/" + name,
                name + " answers its probe in time",
                writes
                        ? name + " refuses writes, as on a full disk, or is busy for " + liveness.timeout() + " s"
                        : name + " is busy for more than " + liveness.timeout() + " s at a time",
                "the liveness of " + name + (writes ? " writes to it and" : "") + " has " + liveness.timeout()
                        + " s: the kubelet kills it just when it is loaded, and it reads its data again",
                new Instance(workload.reference().text(), liveness.place("exec.command")),
                Optional.of(workload),
                liveness,
                evidence,
                Confidence.POSSIBLE));
    }

    private void draw(Sketch sketch, List<Case> cases) {
        Case first = cases.getFirst();
        String cluster = first.workload()
                .map(Workload::cluster)
                .orElseGet(() -> first.instance().of().split("/", 2)[0]);
        String thing = sketch.ground().cluster(cluster).thing();
        Condition asked = sketch.twin()
                .basic(
                        Condition.of(thing, "content-" + first.key()),
                        true,
                        Meaning.of(id(), first.asked(), first.cause()));
        Condition lenient = sketch.twin()
                .basic(
                        Condition.of(thing, "lenient-" + first.key()),
                        false,
                        new Meaning(id(), "no liveness asks for it", first.why(), evidence(cases)));
        for (Case each : cases) {
            Condition survives = survives(sketch, each, asked, lenient);
            each.workload().ifPresent(workload -> sketch.placement().require(workload, survives));
        }
        boolean forGood = first.kind() == Kind.START;
        sketch.propose(new Proposal(
                        id(),
                        Trigger.Type.FAULT,
                        outageClass(),
                        lenient,
                        List.of(new Proposal.Loss(
                                asked, Duration.ofHours(1), forGood ? Proposal.Loss.FOR_EVER : CAUSE)),
                        Set.of(),
                        Optional.empty(),
                        first.confidence(),
                        "while " + first.cause(),
                        Catalogue.DIAGNOSE_UNKNOWN,
                        List.of(),
                        cases.stream().map(Case::instance).toList())
                .headed(headline(cases)));
    }

    private static List<Evidence> evidence(List<Case> cases) {
        List<Evidence> all = new ArrayList<>();
        cases.forEach(each -> all.addAll(each.evidence()));
        all.add(new Evidence("restarts wait longer and longer", new Assumed("behaviour.restart-back-off", KEP)));
        return all.stream().distinct().toList();
    }

    private Condition survives(Sketch sketch, Case each, Condition asked, Condition lenient) {
        String of = each.instance().of();
        String name = name(of);
        Condition running = Condition.of(of, "not-killed-" + each.key());
        Gate gate = new Gate.All(List.of(asked));
        if (each.kind() == Kind.START) {
            sketch.twin()
                    .gate(
                            running,
                            gate,
                            Meaning.of(
                                    id(),
                                    name + " starts",
                                    name + " is killed before it has started, again and again"));
        } else {
            sketch.twin()
                    .written(
                            running,
                            true,
                            gate,
                            gate,
                            Meaning.of(
                                    id(),
                                    name + " runs again",
                                    name + " is killed again and again, each restart waits longer, up to 300 s"));
            sketch.twin()
                    .process(new BackOff(
                            "back-off " + running.name(),
                            id(),
                            running,
                            asked,
                            new BackOff.Times(
                                    each.liveness().notice(),
                                    each.liveness().life(),
                                    sketch.duration(Catalogue.POD_START).value())));
        }
        return sketch.twin()
                .gate(
                        Condition.of(of, "survives-" + each.key()),
                        new Gate.Any(List.of(running, lenient)),
                        Meaning.of(id(), name + " lives", name + " is killed by its own liveness probe"));
    }

    private static String headline(List<Case> cases) {
        Case first = cases.getFirst();
        String more = cases.size() == 1 ? "" : " (and " + (cases.size() - 1) + " more)";
        return first.kind() == Kind.START
                ? name(first.instance().of()) + " may never start: " + first.why()
                : first.why() + more + ": restarts outlast the cause by up to five minutes";
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Edit> edits = new ArrayList<>();
        Optional<Kind> kind = Optional.empty();
        for (Instance instance : outage.instances()) {
            Workload workload = sketch.placement().workloads().get(instance.of());
            for (Case each : workload == null ? List.<Case>of() : cases(sketch, workload)) {
                if (outage.pivot().endsWith("#lenient-" + each.key())) {
                    kind = Optional.of(each.kind());
                    edits.add(new Edit.Remove(each.liveness().tree().place()));
                }
            }
        }
        return switch (kind.orElse(Kind.OUTSIDE)) {
            case OUTSIDE ->
                List.of(Remedy.proposed(
                        "ask for it in the readiness probe only; liveness asks the program alone, or nothing",
                        edits,
                        List.of("where a restart does help, let it take ten minutes: failureThreshold: 60")));
            case START ->
                List.of(Remedy.proposed(
                        "let a startupProbe wait for the start, or no liveness kill before it is over",
                        edits,
                        List.of()));
            case LOAD ->
                List.of(Remedy.proposed(
                        "a liveness that does not depend on load: a TCP check, or several seconds and no write",
                        edits,
                        List.of("or timeoutSeconds: 10 and a command that only reads")));
        };
    }
}
