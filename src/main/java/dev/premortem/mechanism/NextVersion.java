package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.catalogue.Version;
import dev.premortem.catalogue.VersionChanges;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Release;
import dev.premortem.estate.Service;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.model.AnnotatedNames;
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
import java.util.TreeSet;

/**
 * The next version of a release behaves otherwise, and these values rest on the old behaviour. Seen in public: external-dns 0.22, which reads another prefix of
 * annotations (joryirving/home-ops pull request 10003, mitodl/ol-infrastructure pull request 5866, September 2026).
 */
@AutoService(Mechanism.class)
public final class NextVersion implements Mechanism {
    @Override
    public String id() {
        return "next-version";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.D;
    }

    @Override
    public void contribute(Sketch sketch) {
        if (sketch.simulating()) {
            return;
        }
        labels(sketch);
        for (VersionChanges.Prefix change : VersionChanges.prefixes(sketch.now())) {
            for (Release release : sketch.estate().all(Release.class)) {
                if (before(release, change) && !keeps(release, change)) {
                    List<AnnotatedNames.Name> names = AnnotatedNames.lost(sketch, release, change.oldPrefix());
                    if (!names.isEmpty()) {
                        draw(sketch, release, change, names);
                    }
                }
            }
        }
    }

    /** Services that find an operator's pods by a label which it has announced to give up. */
    private void labels(Sketch sketch) {
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        for (VersionChanges.Label label : VersionChanges.labels()) {
            for (Service service : sketch.estate().all(Service.class)) {
                Optional<Tree> selected = service.tree()
                        .at("spec.selector")
                        .filter(selector -> selector instanceof Tree.Mapping mapping
                                && mapping.get(label.of()).isPresent())
                        .flatMap(selector -> selector.at(label.old()));
                selected.ifPresent(value -> items.computeIfAbsent(service.cluster(), _ -> new ArrayList<>())
                        .add(item(service, label, value)));
            }
        }
        items.forEach((cluster, each) -> new Standstill(
                        id(),
                        cluster,
                        "label",
                        OutageClass.D,
                        new Standstill.Words(
                                "the operator sets the old label",
                                "an operator is upgraded to a version without the old label",
                                "Services of " + cluster + " find their pods",
                                "they find no pod until their selector is changed",
                                "with an operator that drops the old label"))
                .propose(
                        sketch,
                        each,
                        each.getFirst().of().name() + " of " + cluster
                                + " selects pods by a label that is announced to go"));
    }

    private static Standstill.Item item(Service service, VersionChanges.Label label, Tree value) {
        String name = service.namespace() + "/" + service.name();
        return new Standstill.Item(
                service.reference(),
                value.place(),
                name + " finds its pods",
                name + " finds no pod",
                name + " selects " + label.old() + ", which " + label.component() + " gives up for " + label.now(),
                List.of(
                        new Evidence("selects " + label.old(), value.place()),
                        new Evidence(
                                label.component() + " deprecates it", new Assumed("guess.label-goes", label.source()))),
                Confidence.POSSIBLE);
    }

    /** True for a pinned version before the change. A range takes the next version by itself: what runs is not known then. */
    private static boolean before(Release release, VersionChanges.Prefix change) {
        return release.chart().equals(change.chart())
                && release.version()
                        .flatMap(version -> Version.parse(version.value()))
                        .filter(version ->
                                version.major() == change.chartTo().major() && version.before(change.chartTo()))
                        .isPresent();
    }

    private static boolean keeps(Release release, VersionChanges.Prefix change) {
        boolean set = release.values().text(change.setting()).isPresent();
        boolean argued = release.values()
                .at("extraArgs")
                .map(arguments ->
                        arguments.scalars().anyMatch(scalar -> scalar.value().startsWith(change.argument()))
                                || arguments.entries().stream()
                                        .anyMatch(entry -> ("--" + entry.key() + "=").equals(change.argument())))
                .orElse(false);
        return set || argued;
    }

    private void draw(Sketch sketch, Release release, VersionChanges.Prefix change, List<AnnotatedNames.Name> names) {
        String of = release.reference().text();
        String next = change.component() + " " + change.imageTo().major() + "."
                + change.imageTo().minor();
        Fact<String> version = release.version().orElseThrow();
        Condition stays = sketch.twin()
                .basic(
                        Condition.of(of, "no-upgrade"),
                        true,
                        Meaning.of(
                                "",
                                release.name() + " stays at its version",
                                release.name() + " is upgraded to chart "
                                        + change.chartTo().major() + "."
                                        + change.chartTo().minor() + " or later",
                                Evidence.of("chart version " + version.value(), version)));
        Condition read = sketch.twin()
                .basic(
                        Condition.of(of, "prefix"),
                        false,
                        new Meaning(
                                id(),
                                release.name() + " reads " + change.oldPrefix(),
                                next + " reads " + change.newPrefix() + " only, and nothing here sets "
                                        + change.setting(),
                                List.of(new Evidence(
                                        "default prefix since "
                                                + change.imageTo().major() + "."
                                                + change.imageTo().minor(),
                                        new Assumed("behaviour.annotation-prefix", change.source())))));
        List<Evidence> evidence = new ArrayList<>();
        names.stream().limit(3).forEach(name -> evidence.add(Evidence.of(name.why(), name.annotation())));
        release.values()
                .text("policy")
                .ifPresent(policy -> evidence.add(Evidence.of("policy: " + policy.value(), policy)));
        Condition records = sketch.twin()
                .gate(
                        Condition.of(of, "records"),
                        new Gate.Any(List.of(stays, read)),
                        new Meaning(
                                id(),
                                release.name() + " writes what the annotations say",
                                names.getFirst().effect() + ", and " + release.name() + " writes that",
                                evidence));
        Confidence confidence = Confidence.POSSIBLE;
        TreeSet<String> hosts = new TreeSet<>();
        for (AnnotatedNames.Name name : names) {
            confidence = name.confidence().compareTo(confidence) < 0 ? name.confidence() : confidence;
            if (hosts.add(name.host()) && sketch.front().productsByHost().containsKey(name.host())) {
                sketch.twin().require(sketch.front().host(name.host()), records);
            }
        }
        propose(sketch, release, change, new Drawn(stays, records, confidence, hosts.size()));
    }

    private record Drawn(Condition stays, Condition records, Confidence confidence, int hosts) {}

    private void propose(Sketch sketch, Release release, VersionChanges.Prefix change, Drawn drawn) {
        String when = "with the next " + change.component() + " (chart "
                + change.chartTo().major() + "." + change.chartTo().minor() + ")";
        sketch.propose(new Proposal(
                        id(),
                        Trigger.Type.CHANGE,
                        outageClass(),
                        drawn.records(),
                        List.of(new Proposal.Loss(drawn.stays(), Duration.ofHours(1), Proposal.Loss.FOR_EVER)),
                        Set.of(),
                        Optional.empty(),
                        drawn.confidence(),
                        when,
                        Catalogue.DIAGNOSE_KNOWN,
                        List.of(),
                        List.of(new Instance(release.reference().text(), release.place())))
                .headed((drawn.hosts() == 1 ? "a DNS record of " : drawn.hosts() + " DNS records of ") + release.name()
                        + " vanish or turn to another address " + when));
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Remedy> remedies = new ArrayList<>();
        for (Instance instance : outage.instances()) {
            sketch.estate().all(Release.class).stream()
                    .filter(release -> release.reference().text().equals(instance.of()))
                    .forEach(release -> VersionChanges.prefixes(sketch.now()).stream()
                            .filter(change -> change.chart().equals(release.chart()))
                            .forEach(change -> remedies.add(keep(release, change))));
        }
        return remedies;
    }

    private static Remedy keep(Release release, VersionChanges.Prefix change) {
        Tree values = release.values();
        List<Edit> edits = values.entries().isEmpty()
                ? List.of()
                : List.of(new Edit.AddField(values.place(), change.setting(), change.oldPrefix()));
        return Remedy.proposed(
                "with the upgrade: " + change.setting() + ": " + change.oldPrefix(),
                edits,
                List.of("or write both annotations first, then upgrade, then remove the old ones"));
    }
}
