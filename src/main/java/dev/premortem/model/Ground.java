package dev.premortem.model;

import dev.premortem.estate.Cluster;
import dev.premortem.estate.Dependency;
import dev.premortem.estate.Failure;
import dev.premortem.estate.Link;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Site;
import dev.premortem.fact.Assumption;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.TwinBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What everything stands on: sites, links, clusters and the common causes behind them. */
public final class Ground {
    private final Sketch sketch;
    private final List<ThingCause> things = new ArrayList<>();
    private final SortedMap<String, Site> sites = new TreeMap<>();
    private final SortedMap<String, Link> links = new TreeMap<>();
    private final SortedMap<String, Cluster> clusters = new TreeMap<>();

    Ground(Sketch sketch) {
        this.sketch = sketch;
        sketch.estate().all(Site.class).forEach(site -> sites.put(site.name(), site));
        sketch.estate().all(Link.class).forEach(link -> links.put(link.name(), link));
        sketch.estate().all(Cluster.class).forEach(cluster -> clusters.put(cluster.name(), cluster));
    }

    /** Sites by name. */
    public SortedMap<String, Site> sites() {
        return sites;
    }

    /** Links by name. */
    public SortedMap<String, Link> links() {
        return links;
    }

    /** Clusters by name. */
    public SortedMap<String, Cluster> clusters() {
        return clusters;
    }

    /** The site's main condition. */
    public Condition site(String name) {
        return Condition.of("site/" + name);
    }

    /** The link's main condition: it is up. */
    public Condition link(String name) {
        return Condition.of("link/" + name);
    }

    /** Traffic that moves to this standby link gets through. Only drawn where what nobody declared counts. */
    Condition failover(String name) {
        return Condition.of("link/" + name, "failover");
    }

    /** The cluster runs what runs in it. */
    public Condition cluster(String name) {
        return Condition.of("cluster/" + name);
    }

    /** The cluster can change: its control plane answers. Open. */
    public Condition controlPlane(String name) {
        return Condition.of("cluster/" + name, "control-plane");
    }

    /** True for a link that is used only while a preferred one between the same sites is down. */
    boolean standby(Reference reference) {
        return links.values().stream()
                .filter(link -> link.reference().equals(reference))
                .anyMatch(link -> links.values().stream()
                        .anyMatch(other -> Unseen.ends(other).equals(Unseen.ends(link))
                                && other.preference().value()
                                        < link.preference().value()));
    }

    void draw() {
        TwinBuilder twin = sketch.twin();
        for (Site site : sites.values()) {
            thing(
                    site.reference(),
                    "is lost",
                    "is there",
                    Evidence.of("site " + site.name(), new Fact<>(site.name(), site.place())));
            fault(site.reference(), site.failure(), Catalogue.SITE_FAILURES, Catalogue.SITE_REPAIR);
        }
        for (Site site : sites.values()) {
            site.parent()
                    .filter(parent -> sites.containsKey(parent.value()))
                    .ifPresent(parent -> twin.require(site(site.name()), site(parent.value())));
            causes(site(site.name()), site.provider(), site.causes(), () -> sketch.duration(Catalogue.CAUSE_REPAIR));
        }
        for (Link link : links.values()) {
            thing(
                    link.reference(),
                    "fails",
                    "is up",
                    Evidence.of("link " + link.name(), new Fact<>(link.name(), link.place())));
            fault(link.reference(), link.failure(), Catalogue.LINK_FAILURES, Catalogue.LINK_REPAIR);
        }
        for (Link link : links.values()) {
            causes(link(link.name()), link.provider(), link.causes(), () -> mended(link));
        }
        long declared = clusters.values().stream().filter(Cluster::declared).count();
        for (Cluster cluster : clusters.values()) {
            thing(
                    cluster.reference(),
                    "is lost",
                    "runs",
                    Evidence.of("cluster " + cluster.name(), new Fact<>(cluster.name(), cluster.place())));
            if (declared > 1) {
                fault(cluster.reference(), Failure.UNKNOWN, Catalogue.CLUSTER_FAILURES, Catalogue.CLUSTER_REPAIR);
            }
            drawControlPlane(cluster);
        }
    }

    private void drawControlPlane(Cluster cluster) {
        TwinBuilder twin = sketch.twin();
        Condition controlPlane = twin.open(
                controlPlane(cluster.name()),
                Meaning.of(
                        "",
                        "the control plane of " + cluster.name() + " answers",
                        "cluster " + cluster.name()
                                + " has no control plane: what runs goes on, nothing can be replaced"));
        twin.require(controlPlane, cluster(cluster.name()));
        List<Condition> members = new ArrayList<>();
        for (Cluster.Member member : cluster.controlPlane()) {
            if (sites.containsKey(member.site().value())) {
                for (int i = 0; i < member.nodes().value(); i++) {
                    members.add(site(member.site().value()));
                }
            }
        }
        if (!members.isEmpty()) {
            Condition quorum = twin.gate(
                    Condition.of("cluster/" + cluster.name(), "quorum"),
                    new Gate.AtLeast(members.size() / 2 + 1, members),
                    Meaning.of(
                            "",
                            "a majority of the control plane stands",
                            "less than a majority of the control plane of " + cluster.name() + " stands"));
            twin.require(controlPlane, quorum);
        }
    }

    private void thing(Reference reference, String lost, String holds, Evidence evidence) {
        String name = reference.text();
        TwinBuilder twin = sketch.twin();
        Condition main = twin.open(Condition.of(name), Meaning.of("", name + " " + holds, name + " " + lost));
        Condition itself = twin.basic(
                Condition.of(name, "itself"), true, Meaning.of("", name + " " + holds, name + " " + lost, evidence));
        twin.require(main, itself);
    }

    /** What links share is mended as one of them is, the same duct by the same splice: the one that fails most rarely, which has little else to fail from. */
    private Fact<Duration> mended(Link one) {
        Set<String> named = Unseen.causes(one);
        Comparator<Fault> rarest =
                Comparator.comparingDouble(fault -> fault.failuresPerYear().value());
        return links.values().stream()
                .filter(link -> Unseen.causes(link).stream().anyMatch(named::contains))
                .map(link -> Condition.of(link.reference().text(), "itself"))
                .flatMap(link -> sketch.twin().fault(link).stream())
                .min(rarest.thenComparing(fault -> fault.repair().value(), Comparator.reverseOrder()))
                .map(Fault::repair)
                .orElseGet(() -> sketch.duration(Catalogue.LINK_REPAIR));
    }

    private record ThingCause(Condition of, Fact<String> cause) {}

    /** Causes that are things of the estate: a link over a VPN gateway fails with that gateway. */
    void drawThings() {
        for (ThingCause each : things) {
            Declared place = each.cause().provenance() instanceof Declared declared ? declared : Sketch.nowhere();
            Dependency dependency = new Dependency(
                    new Reference(each.cause().value()),
                    Optional.empty(),
                    false,
                    Dependency.When.RUN,
                    Optional.empty(),
                    place);
            sketch.placement().need(each.of(), dependency, Placement.ANYWHERE, Optional.empty(), true);
        }
    }

    private void causes(
            Condition of, Optional<Fact<String>> provider, List<Fact<String>> causes, Supplier<Fact<Duration>> repair) {
        List<Fact<String>> all = new ArrayList<>(causes);
        provider.ifPresent(all::add);
        for (Fact<String> cause : all) {
            String name =
                    cause.value().startsWith("cause/") ? cause.value().substring("cause/".length()) : cause.value();
            if (name.contains("/")) {
                things.add(new ThingCause(
                        of, cause)); // a thing of the estate that is drawn later: a gateway that a link runs through
                continue;
            }
            Condition condition = Condition.of("cause/" + name);
            if (!sketch.twin().defines(condition)) {
                sketch.twin()
                        .basic(
                                condition,
                                true,
                                Meaning.of("", condition + " is over", condition + " strikes", Evidence.of(cause)));
                causeFault(condition, () -> sketch.number(Catalogue.CAUSE_FAILURES), repair);
            }
            sketch.twin().require(of, condition);
        }
    }

    /** Makes a common cause a fault of the sweep, with what the owner set of it or assumed figures. */
    void causeFault(Condition cause, Supplier<Fact<Double>> rate, Supplier<Fact<Duration>> repair) {
        Reference reference = new Reference(cause.name());
        sketch.twin()
                .fault(new Fault(
                        cause,
                        sketch.figures().failuresPerYear(reference, Optional.empty(), rate),
                        sketch.figures().repair(reference, Optional.empty(), repair),
                        ""));
    }

    /** Makes a thing's own condition a fault of the sweep, with its declared rate or an assumed one. */
    public void fault(Reference reference, Failure failure, Assumption<Double> rate, Assumption<Duration> repair) {
        sketch.twin()
                .fault(new Fault(
                        Condition.of(reference.text(), "itself"),
                        sketch.figures().failuresPerYear(reference, failure.perYear(), () -> sketch.number(rate)),
                        sketch.figures().repair(reference, failure.repair(), () -> sketch.duration(repair)),
                        ""));
    }
}
