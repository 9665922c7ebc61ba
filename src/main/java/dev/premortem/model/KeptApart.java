package dev.premortem.model;

import dev.premortem.estate.Edit;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Remedy;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * A rule that keeps the pods of a workload on different nodes or in different zones, and does not start a pod where that cannot be.
 *
 * @param kind which of Kubernetes' two rules it is
 * @param term the rule
 * @param places how many of the pods the nodes or zones take together
 * @param word {@code node} or {@code zone}
 * @param shut what says that a node takes none of the pods; only of a spread
 */
public record KeptApart(Kind kind, Tree term, int places, String word, List<Evidence> shut) {
    /** Kubernetes' two rules. */
    public enum Kind {
        /** A term of the required anti-affinity: one pod for each. */
        ANTI_AFFINITY,
        /**
         * A spread with {@code DoNotSchedule}. Pods may outnumber those of the emptiest domain by {@code maxSkew}, and a node whose taint they do not tolerate
         * counts as an empty one unless {@code nodeTaintsPolicy} says otherwise.
         * https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/ (read 2026-11-26)
         */
        SPREAD
    }

    /** Where some pods have no place even while nothing moves. */
    public static final Remedy ROOM = Remedy.proposed(
            "give every pod a place: no more pods than nodes or zones",
            List.of(),
            List.of(
                    "lower replicas, or add nodes",
                    "or ask for the spread by preference: preferredDuringSchedulingIgnoredDuringExecution"));

    private static final String REQUIRED =
            "spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution";

    private static final String SPREADS = "spec.template.spec.topologySpreadConstraints";

    /** Labels that differ from one version of a workload to the next. */
    private static final List<String> OF_VERSION = List.of("pod-template-hash", "controller-revision-hash");

    /** The rule that leaves the fewest places; empty where there is none, or the places are not known. */
    public static Optional<KeptApart> of(Sketch sketch, Workload workload) {
        if (workload.tree().items(REQUIRED).isEmpty()
                && workload.tree().items(SPREADS).isEmpty()) {
            return Optional.empty(); // most have neither, and to look for their nodes would take long
        }
        Domains domains = new Domains(sketch, workload);
        Stream<KeptApart> apart = own(workload, REQUIRED).flatMap(term -> apart(domains, term).stream());
        Stream<KeptApart> spread = own(workload, SPREADS)
                .filter(term -> is(term, "whenUnsatisfiable", "DoNotSchedule")
                        || term.text("whenUnsatisfiable").isEmpty())
                .flatMap(term -> spread(domains, term).stream());
        return Stream.concat(apart, spread).min(Comparator.comparingInt(KeptApart::places));
    }

    /** Rules that select the workload's own pods. */
    private static Stream<Tree> own(Workload workload, String path) {
        return workload.tree().items(path).stream()
                .filter(term -> term.at("labelSelector")
                        .filter(selector -> Labels.select(selector, workload.podLabels()))
                        .isPresent());
    }

    private static boolean is(Tree term, String field, String value) {
        return term.text(field).filter(text -> text.value().equals(value)).isPresent();
    }

    private static Optional<KeptApart> apart(Domains domains, Tree term) {
        String key = term.text("topologyKey").map(Fact::value).orElse("");
        return domains.count(key)
                .map(count -> new KeptApart(Kind.ANTI_AFFINITY, term, count, Domains.word(key), List.of()));
    }

    private static Optional<KeptApart> spread(Domains domains, Tree term) {
        String key = term.text("topologyKey").map(Fact::value).orElse("");
        SortedMap<String, Integer> open = domains.open(key);
        List<Evidence> shut = open.containsValue(0) ? domains.shut() : List.of();
        String skew = term.text("maxSkew").map(Fact::value).orElse("1");
        if (shut.isEmpty() || is(term, "nodeTaintsPolicy", "Honor") || !skew.matches("[1-9][0-9]{0,4}")) {
            return Optional.empty();
        }
        int taking = (int) open.values().stream().filter(count -> count > 0).count();
        return Optional.of(new KeptApart(Kind.SPREAD, term, taking * Integer.parseInt(skew), Domains.word(key), shut));
    }

    /** How many of a workload's pods find a place. */
    public int placed(Workload workload) {
        return Math.min(places, workload.replicas().value());
    }

    /** True where pods of an old and of a new version may stand together: the rule holds within a version. */
    public boolean withinVersion() {
        return term.items("matchLabelKeys").stream()
                .flatMap(key -> key.text().stream())
                .anyMatch(key -> OF_VERSION.contains(key.value()));
    }

    /** {@code all 3 nodes}, {@code the only zone}. */
    public String all() {
        return places == 1 ? "the only " + word : "all " + places + " " + word + "s";
    }

    /** Why a pod waits: there are too many as they stand, or one too many while an update makes a new one. */
    public String why(Workload workload) {
        int replicas = workload.replicas().value();
        boolean crowded = places < replicas;
        return switch (kind) {
            case ANTI_AFFINITY ->
                crowded
                        ? "its pods may not share a " + word + ", and " + replicas + " pods have taken " + all()
                        : "its new pod may not share a " + word + " with an old one, and there are " + all();
            case SPREAD ->
                "its spread lets " + places + (places == 1 ? " pod" : " pods") + " run"
                        + (crowded ? " of " + replicas : ", old and new ones together")
                        + ": " + word + "s that take none of them count as empty";
        };
    }

    /** The rule, and what makes it bite. */
    public List<Evidence> evidence() {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.of(
                kind == Kind.SPREAD
                        ? "spread over " + word + "s, required"
                        : "pods in different " + word + "s, required",
                new Fact<>("", term.place())));
        shut.stream().limit(2).forEach(evidence::add);
        return evidence;
    }

    /** What lets the rule forget nodes that take none of the pods; empty for a rule that counts no such. */
    public Optional<Edit> honour() {
        Edit edit = term.at("nodeTaintsPolicy")
                .<Edit>map(policy -> new Edit.SetValue(policy.place(), "Honor"))
                .orElseGet(() -> new Edit.AddField(term.place(), "nodeTaintsPolicy", "Honor"));
        return Optional.of(edit).filter(_ -> kind == Kind.SPREAD);
    }
}
