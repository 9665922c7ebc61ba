package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.catalogue.Distributions;
import dev.premortem.catalogue.Renewal;
import dev.premortem.estate.Certificate;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Assumption;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Fact;
import dev.premortem.model.Churn;
import dev.premortem.model.Proposal;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Step;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.process.Expiry;
import dev.premortem.twin.process.Unreplaced;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The certificates with which the parts of a control plane know each other end, because the renewal that was promised does not happen. Seen in
 * public at Pinax on 2026-02-24: several restarts renewed nothing, and on day 365 the cluster stopped; consistent with k0sproject/k0s issue 6378.
 */
@AutoService(Mechanism.class)
public final class ControlPlaneCertificate implements Mechanism {
    private static final double HOURS_A_YEAR = 8766;

    /** A certificate is made seconds after a start and may be dated back by minutes. */
    private static final Duration TOLERANCE = Duration.ofMinutes(10);

    @Override
    public String id() {
        return "control-plane-certificate";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.B;
    }

    @Override
    public Optional<String> lacks(Sketch sketch) {
        return sketch.estate().all(Certificate.class).stream()
                        .anyMatch(certificate -> certificate.cluster().isPresent())
                ? Optional.empty()
                : Optional.of("no control-plane certificates given");
    }

    @Override
    public Assumption<Duration> diagnosis() {
        return Catalogue.DIAGNOSE_UNKNOWN;
    }

    @Override
    public boolean mendable() {
        return true;
    }

    @Override
    public void contribute(Sketch sketch) {
        for (Cluster cluster : sketch.ground().clusters().values()) {
            List<Leaf> ending = ending(sketch, cluster);
            if (!ending.isEmpty()) {
                draw(sketch, cluster, ending);
            }
        }
    }

    /** A start of the control plane: an upgrade is one too. */
    private record Start(Instant at, String why, Fact<?> fact) {}

    /** A leaf with what renews it and the certificates it will have had. */
    private record Leaf(Certificate certificate, Optional<Renewal> renewal, List<Expiry.Span> spans) {}

    private static List<Start> starts(Cluster cluster) {
        List<Start> starts = new ArrayList<>();
        cluster.distribution()
                .ifPresent(distribution -> distribution
                        .upgrades()
                        .forEach(upgrade -> starts.add(new Start(
                                upgrade.at().value(),
                                "for the upgrade to " + upgrade.version().value(),
                                upgrade.at()))));
        for (Fact<Instant> restart : cluster.controllerRestarts()) {
            if (starts.stream().noneMatch(start -> start.at().equals(restart.value()))) {
                starts.add(new Start(restart.value(), "", restart));
            }
        }
        starts.sort(Comparator.comparing(Start::at).thenComparing(Start::why));
        return starts;
    }

    /** Leaves of the control plane that end within the horizon, whatever is known to come. Kubelets rotate their own. */
    private List<Leaf> ending(Sketch sketch, Cluster cluster) {
        List<Leaf> ending = new ArrayList<>();
        Instant end = sketch.now().plus(sketch.horizon());
        for (Certificate certificate : sketch.estate().all(Certificate.class)) {
            if (!certificate.cluster().equals(Optional.of(cluster.name())) || kubelet(certificate.role())) {
                continue;
            }
            Optional<Renewal> renewal = certificate.authority()
                    ? Optional.empty()
                    : cluster.distribution()
                            .flatMap(distribution -> Distributions.renewal(
                                    distribution.name().value(),
                                    distribution.version().map(Fact::value),
                                    certificate.issuer()));
            Leaf leaf = new Leaf(certificate, renewal, spans(sketch, cluster, certificate, renewal));
            boolean ends =
                    leaf.spans().stream().mapToLong(Expiry.Span::notAfter).max().orElseThrow() < end.toEpochMilli();
            boolean byItself =
                    renewal.filter(rule -> rule.event() == Renewal.Event.TIME).isPresent()
                            && broken(sketch, cluster, leaf).isEmpty();
            if (ends && !byItself) {
                ending.add(leaf);
            }
        }
        return ending;
    }

    private static boolean kubelet(String role) {
        return role.equals("kubelet") || role.startsWith("kubelet-") || role.startsWith("kubelet.");
    }

    /** What it has now, and what the starts and upgrades that are known to come give it, where the promise holds. */
    private static List<Expiry.Span> spans(
            Sketch sketch, Cluster cluster, Certificate certificate, Optional<Renewal> renewal) {
        List<Expiry.Span> spans = new ArrayList<>(
                List.of(Expiry.Span.of(CertificateExpiry.begins(sketch, certificate), certificate.notAfter())));
        Duration life = Duration.between(certificate.notBefore(), certificate.notAfter());
        if (renewal.filter(Renewal::kept).isEmpty()
                || !missed(sketch, cluster, certificate, renewal.get()).isEmpty()) {
            return spans;
        }
        Instant notAfter = certificate.notAfter();
        for (Start start : starts(cluster)) {
            boolean upgrade = renewal.get().event() == Renewal.Event.UPGRADE
                    && !start.why().isEmpty();
            if (start.at().isAfter(sketch.now()) && (upgrade || renewal.get().promisedAt(start.at(), notAfter))) {
                notAfter = start.at().plus(life);
                spans.add(Expiry.Span.of(start.at(), notAfter));
            }
        }
        return spans;
    }

    /** Starts after which the certificate is older than the start, though it was promised to be renewed. */
    private static List<Start> missed(Sketch sketch, Cluster cluster, Certificate certificate, Renewal renewal) {
        return later(sketch, cluster, certificate).stream()
                .filter(start -> renewal.promisedAt(start.at(), certificate.notAfter())
                        || (renewal.event() == Renewal.Event.UPGRADE
                                && !start.why().isEmpty()))
                .toList();
    }

    private static List<Start> later(Sketch sketch, Cluster cluster, Certificate certificate) {
        return starts(cluster).stream()
                .filter(start -> !start.at().isAfter(sketch.now())
                        && start.at().isAfter(certificate.notBefore().plus(TOLERANCE)))
                .toList();
    }

    /** The starts that are evidence against the promise; where nothing is known of the distribution, every later start is. */
    private static List<Start> broken(Sketch sketch, Cluster cluster, Leaf leaf) {
        Certificate certificate = leaf.certificate();
        if (certificate.authority()) {
            return List.of();
        }
        return leaf.renewal().isPresent()
                ? missed(sketch, cluster, certificate, leaf.renewal().get())
                : later(sketch, cluster, certificate);
    }

    private void draw(Sketch sketch, Cluster cluster, List<Leaf> ending) {
        List<Condition> valid = new ArrayList<>();
        SortedSet<String> hazards = new TreeSet<>();
        for (Leaf leaf : ending) {
            Certificate certificate = leaf.certificate();
            Condition condition = sketch.twin()
                    .basic(
                            Condition.of(cluster.reference().text(), "certificate:" + certificate.role()),
                            true,
                            Meaning.of(
                                    id(),
                                    "certificate " + certificate.role() + " of cluster " + cluster.name() + " is valid",
                                    "certificate " + certificate.role() + " of cluster " + cluster.name() + " ends: "
                                            + stops(certificate),
                                    ends(certificate)));
            String key = "expiry:" + condition.name();
            sketch.twin().process(new Expiry(key, id(), condition, leaf.spans()));
            hazards.add(key);
            if (!people(certificate, ending)) {
                valid.add(condition);
            }
        }
        Condition all = sketch.twin()
                .gate(
                        Condition.of(cluster.reference().text(), "certificates"),
                        new Gate.All(valid),
                        Meaning.of(
                                id(),
                                "the control-plane certificates of " + cluster.name() + " are valid",
                                "the control-plane certificates of " + cluster.name() + " are over"));
        sketch.twin().require(sketch.ground().controlPlane(cluster.name()), all);
        hazards.addAll(unreplaced(sketch, cluster));
        propose(sketch, cluster, ending, all, hazards);
    }

    private static Evidence ends(Certificate certificate) {
        return new Evidence("notAfter " + certificate.notAfter(), certificate.place());
    }

    /** A certificate for people stops nothing but them; where no other is known it stands for those that one event made with it. */
    private static boolean people(Certificate certificate, List<Leaf> ending) {
        boolean admin = admin(certificate);
        return admin && ending.stream().anyMatch(leaf -> !admin(leaf.certificate()));
    }

    private static boolean admin(Certificate certificate) {
        return certificate.role().contains("admin") || certificate.subject().contains("admin");
    }

    private static String stops(Certificate certificate) {
        String role = certificate.role();
        if (certificate.authority()) {
            return "nothing that it issued is believed any more";
        }
        if (admin(certificate)) {
            return "people are refused by the API server";
        }
        if (role.contains("kubelet-client")) {
            return "the API server is refused by every kubelet: no logs, no exec, no tunnel to webhooks";
        }
        if (role.contains("etcd")) {
            return "the API server cannot read or write";
        }
        if (role.contains("front-proxy")) {
            return "aggregated APIs fail, and autoscaling with them";
        }
        if (role.contains("scheduler") || role.contains("controller") || role.contains("ccm")) {
            return "nothing is scheduled, replaced or updated";
        }
        return "every client refuses the API server";
    }

    /** What runs goes on, and falls when enough of its pods have come to their ordinary end. */
    private List<String> unreplaced(Sketch sketch, Cluster cluster) {
        List<String> keys = new ArrayList<>();
        for (Workload workload : sketch.placement().workloads().values()) {
            if (!workload.cluster().equals(cluster.name())) {
                continue;
            }
            int replicas = Math.max(1, workload.replicas().value());
            Optional<Churn> churn = Churn.observed(sketch, workload);
            Fact<Double> ends = sketch.number(Catalogue.POD_ENDS);
            Duration period = churn.map(Churn::period)
                    .orElseGet(() -> Duration.ofMillis(
                            Math.round(HOURS_A_YEAR * 3_600_000 / Math.max(0.01, ends.value()) / replicas)));
            Instant first = churn.map(Churn::first).orElseGet(() -> sketch.now().plus(period));
            String word = workload.namespace() + "/" + workload.name();
            Condition replaced = sketch.twin()
                    .basic(
                            Condition.of(workload.reference().text(), "replaced"),
                            true,
                            Meaning.of(
                                    id(),
                                    "pods of " + word + " are replaced",
                                    word + " goes on until its pods end, and nothing replaces them",
                                    churn.map(known -> Evidence.of(
                                                    "new pods: " + known.rate().value(), known.rate()))
                                            .orElseGet(() -> Evidence.of(
                                                    "a pod ends about " + Math.round(ends.value()) + " times a year",
                                                    ends))));
            String key = "unreplaced:" + workload.reference().text();
            sketch.twin()
                    .process(new Unreplaced(
                            key,
                            id(),
                            replaced,
                            sketch.ground().controlPlane(cluster.name()),
                            first.toEpochMilli(),
                            period,
                            replicas - 1,
                            sketch.duration(Catalogue.POD_START).value()));
            sketch.placement().require(workload, replaced);
            keys.add(key);
        }
        return keys;
    }

    private void propose(
            Sketch sketch, Cluster cluster, List<Leaf> ending, Condition pivot, SortedSet<String> hazards) {
        Leaf first = first(ending);
        Instant moment = moment(first);
        List<Start> missed = broken(sketch, cluster, first);
        boolean observed = !missed.isEmpty();
        Confidence confidence = Confidence.SURE;
        if (!observed && !first.certificate().authority()) {
            boolean bySchedule = first.renewal()
                    .filter(rule -> rule.kept() && rule.event() == Renewal.Event.START)
                    .isPresent();
            // Nobody declared a restart to come, but one may come and would renew.
            confidence = bySchedule ? Confidence.POSSIBLE : Confidence.LIKELY;
        }
        LocalDate day = LocalDate.ofInstant(moment, ZoneOffset.UTC);
        List<Instance> instances = ending.stream()
                .map(leaf -> new Instance(
                        leaf.certificate().reference().text(),
                        leaf.certificate().place()))
                .toList();
        sketch.propose(new Proposal(
                id(),
                Trigger.Type.TIME,
                observed ? OutageClass.A : OutageClass.B,
                pivot,
                List.of(),
                hazards,
                Optional.of(moment),
                confidence,
                "on " + day + " when the control-plane certificates of " + cluster.name() + " end",
                diagnosis(),
                prelude(sketch, cluster, first, missed),
                instances));
    }

    private static Leaf first(List<Leaf> ending) {
        return ending.stream()
                .filter(leaf -> !people(leaf.certificate(), ending))
                .min(Comparator.comparing(ControlPlaneCertificate::moment)
                        .thenComparing(leaf -> leaf.certificate().reference()))
                .orElseThrow();
    }

    private static Instant moment(Leaf leaf) {
        return Instant.ofEpochMilli(
                leaf.spans().stream().mapToLong(Expiry.Span::notAfter).max().orElseThrow());
    }

    private static List<Step> prelude(Sketch sketch, Cluster cluster, Leaf leaf, List<Start> missed) {
        Certificate certificate = leaf.certificate();
        String about = cluster.reference() + "#certificate:" + certificate.role();
        List<Step> steps = new ArrayList<>();
        leaf.renewal()
                .ifPresent(rule -> steps.add(new Step(
                        about,
                        rule.broken().isPresent()
                                ? rule.promise() + "; but " + rule.broken().get()
                                : rule.promise(),
                        Optional.empty(),
                        evidence(cluster, certificate, rule))));
        for (Start start : later(sketch, cluster, certificate)) {
            String word =
                    "the controller started on " + start.at() + (start.why().isEmpty() ? "" : " " + start.why());
            steps.add(new Step(
                    about,
                    missed.contains(start)
                            ? word + ", but the certificate is of " + certificate.notBefore() + ": it was not renewed"
                            : word + ", which renews nothing this early",
                    Optional.empty(),
                    List.of(
                            Evidence.of("controller start " + start.at(), start.fact()),
                            new Evidence("notBefore " + certificate.notBefore(), certificate.place()))));
        }
        steps.add(new Step(
                about,
                "on " + certificate.notAfter() + " the certificates of cluster " + cluster.name()
                        + " end: nothing can be scheduled, replaced or changed there; what runs goes on",
                Optional.of(Duration.between(sketch.now(), certificate.notAfter())),
                List.of(new Evidence("notAfter " + certificate.notAfter(), certificate.place()))));
        return steps;
    }

    private static List<Evidence> evidence(Cluster cluster, Certificate certificate, Renewal rule) {
        List<Evidence> evidence = new ArrayList<>();
        cluster.distribution().ifPresent(distribution -> {
            evidence.add(distribution
                    .version()
                    .map(version -> Evidence.of(distribution.name().value() + " " + version.value(), version))
                    .orElseGet(() -> Evidence.of(distribution.name())));
            evidence.add(new Evidence("issuer " + certificate.issuer(), certificate.place()));
        });
        evidence.add(new Evidence(rule.promise(), new Assumed("behaviour.renewal", rule.source())));
        return evidence;
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        Condition pivot = new Condition(outage.pivot());
        Cluster cluster = sketch.ground()
                .clusters()
                .get(pivot.thing().substring(pivot.thing().indexOf('/') + 1));
        if (cluster == null) {
            return List.of();
        }
        List<Leaf> ending = ending(sketch, cluster);
        if (ending.isEmpty()) {
            return List.of();
        }
        List<Remedy> remedies = new ArrayList<>();
        Map<Certificate, Edit> renewals = new LinkedHashMap<>();
        ending.forEach(leaf -> renewals.put(leaf.certificate(), CertificateExpiry.renewal(sketch, leaf.certificate())));
        Leaf first = first(ending);
        LocalDate day = LocalDate.ofInstant(moment(first), ZoneOffset.UTC);
        remedies.add(
                Remedy.proposed(
                        "renew the certificates of cluster " + cluster.name() + " by hand before " + day,
                        List.copyOf(renewals.values()),
                        first.renewal()
                                .map(Renewal::byHand)
                                .orElse(
                                        List.of(
                                                "renew every leaf as the distribution documents it, one control-plane node after the other"))));
        first.renewal().flatMap(Renewal::fix).ifPresent(fix -> {
            // What did not exist at `now` is no remedy.
            if (!fix.availableFrom().isAfter(sketch.now())) {
                remedies.add(Remedy.proposed(
                        "upgrade to " + fix.version() + " or later, which renews at its start",
                        List.of(),
                        List.of(
                                "upgrade one controller after the other to " + fix.version() + " or later",
                                "look at notBefore of the served certificate: it must be of today")));
            }
        });
        return remedies;
    }
}
