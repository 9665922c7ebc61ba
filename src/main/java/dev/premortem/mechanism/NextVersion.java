package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.catalogue.Version;
import dev.premortem.catalogue.VersionChanges;
import dev.premortem.estate.Edit;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Release;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.model.AnnotatedNames;
import dev.premortem.model.MovingDatabases;
import dev.premortem.model.OutgrownSettings;
import dev.premortem.model.RefusedVersions;
import dev.premortem.model.RiskyRoutes;
import dev.premortem.model.Sketch;
import dev.premortem.model.Standstill;
import dev.premortem.model.Upgrade;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
                boolean held = image(release)
                        .flatMap(tag -> Version.parse(tag.value()))
                        .filter(tag -> !tag.before(change.imageTo()))
                        .isPresent();
                if (before(release, change) && !held && !keeps(release, change)) {
                    List<AnnotatedNames.Name> names = AnnotatedNames.lost(sketch, release, change.oldPrefix());
                    if (!names.isEmpty()) {
                        draw(sketch, release, change, names);
                    }
                }
            }
        }
        outgrown(sketch, false);
        outgrown(sketch, true);
        RefusedVersions.all(sketch).forEach(refused -> refuse(sketch, refused));
        RiskyRoutes.all(sketch).forEach(risky -> drop(sketch, risky));
        MovingDatabases.all(sketch).forEach(moving -> outgrow(sketch, moving));
    }

    /** Values that the next version, or the pinned one already, does not take. */
    private void outgrown(Sketch sketch, boolean already) {
        List<Standstill.Item> items = OutgrownSettings.of(sketch, already);
        if (items.isEmpty()) {
            return;
        }
        new Standstill(
                        id(),
                        "",
                        already ? "settings-taken" : "settings-of-the-next",
                        already ? OutageClass.A : outageClass(),
                        new Standstill.Words(
                                already ? "no pod of it is made anew" : "nobody upgrades it",
                                already ? "a pod of it is made anew" : "it is upgraded",
                                "it takes what its values say",
                                "it does not come up as it was",
                                already ? "when its pod is made anew" : "with its upgrade"))
                .propose(
                        sketch,
                        items,
                        items.getFirst().refuses()
                                + (already ? "" : ", with its upgrade")
                                + (items.size() == 1 ? "" : " (and " + (items.size() - 1) + " more alike)"));
    }

    private void refuse(Sketch sketch, RefusedVersions refused) {
        VersionChanges.Api api = refused.api();
        String group = api.group();
        List<Standstill.Item> items = refused.objects().stream()
                .map(object -> new Standstill.Item(
                        object.reference(),
                        version(object),
                        object.kind() + " " + object.name() + " is accepted",
                        "the API server refuses " + object.kind() + " " + object.name() + ": no matches for kind",
                        group + " is served before " + api.component() + " "
                                + api.to().major() + "." + api.to().minor() + "; " + api.instead() + " takes its place",
                        List.of(
                                new Evidence("apiVersion: " + group, version(object)),
                                refused.pinned(),
                                new Evidence(
                                        group + " is no longer served",
                                        new Assumed("behaviour.api-of-component", api.source()))),
                        Confidence.LIKELY))
                .toList();
        new Standstill(
                        id(),
                        refused.cluster(),
                        "apply-" + group.replaceAll("[^a-z0-9]+", "-"),
                        refused.already() ? OutageClass.A : outageClass(),
                        new Standstill.Words(
                                "nothing of " + api.component() + " is applied to " + refused.cluster(),
                                refused.already()
                                        ? "the manifests are applied"
                                        : api.component() + " is upgraded, and the manifests are applied",
                                "manifests of " + refused.cluster() + " can be applied",
                                "the deployment fails; what is stored goes on working",
                                "when its manifests are applied"))
                .propose(sketch, items, refused.headline());
    }

    private static Declared version(KubernetesObject object) {
        return object.tree()
                .at("apiVersion")
                .map(Tree::place)
                .orElse(object.tree().place());
    }

    /** The routes vanish from the configuration of the proxy with its next version. */
    private void drop(Sketch sketch, RiskyRoutes risky) {
        Release release = risky.release();
        Upgrade upgrade = Upgrade.draw(
                sketch,
                release.reference().text(),
                stays(release, "4.12"),
                new Upgrade.Part(
                        "risk-level",
                        new Meaning(
                                id(),
                                release.name() + " takes annotations with snippets",
                                "from 1.12 on annotations with snippets are above the level of risk that is allowed, and nothing here raises it",
                                List.of(new Evidence(
                                        "annotations-risk-level was lowered to High",
                                        new Assumed("behaviour.risk-level", VersionChanges.RISK_LEVEL_SOURCE))))),
                new Upgrade.Part(
                        "snippets",
                        new Meaning(
                                id(),
                                release.name() + " serves its Ingresses with snippets",
                                release.name() + " leaves these Ingresses out of its configuration: 404",
                                risky.evidence())));
        risky.routes().forEach(route -> sketch.twin().require(sketch.front().route(route), upgrade.works()));
        upgrade.propose(
                sketch,
                new Upgrade.Telling(
                        id(),
                        upgrade.works(),
                        Confidence.LIKELY,
                        "with the next ingress-nginx (chart 4.12)",
                        risky.routes().size()
                                + " Ingresses with snippets vanish with the next ingress-nginx (chart 4.12)"),
                risky.routes().stream()
                        .map(route -> new Instance(route.reference().text(), route.place()))
                        .toList());
    }

    /** @param chart the first version of the chart that behaves otherwise */
    private static Upgrade.Part stays(Release release, String chart) {
        Fact<String> version = release.version().orElseThrow();
        return new Upgrade.Part(
                "no-upgrade",
                Meaning.of(
                        "",
                        release.name() + " stays at its version",
                        release.name() + " is upgraded to chart " + chart + " or later",
                        Evidence.of("chart version " + version.value(), version)));
    }

    /** A database that takes the newest version, and keeps the data of an older one. */
    private void outgrow(Sketch sketch, MovingDatabases moving) {
        Workload workload = moving.workload();
        String of = workload.reference().text();
        String name = workload.namespace() + "/" + workload.name();
        Upgrade upgrade = Upgrade.draw(
                sketch,
                of,
                new Upgrade.Part(
                        "same-major",
                        Meaning.of(
                                "",
                                name + " starts from the same major version",
                                name + " starts from the next major version")),
                new Upgrade.Part(
                        "major-fixed",
                        new Meaning(
                                id(),
                                "the image of " + name + " names its major version",
                                "the tag of " + name + " moves to the next major version, and its data stay",
                                List.of(
                                        Evidence.of("image " + moving.image().value(), moving.image()),
                                        new Evidence(
                                                "PostgreSQL refuses the data of an older major version",
                                                new Assumed(
                                                        "behaviour.postgres-major", VersionChanges.POSTGRES_MAJOR))))),
                new Upgrade.Part(
                        "data-fit",
                        Meaning.of(
                                id(),
                                name + " starts on its data",
                                name + " does not start: its data are of an older version")));
        sketch.placement().require(workload, upgrade.works());
        upgrade.propose(
                sketch,
                new Upgrade.Telling(
                        id(),
                        upgrade.kept(),
                        Confidence.LIKELY,
                        "when it starts from the next major version of PostgreSQL",
                        name
                                + " does not start from the next major version of PostgreSQL: its tag moves, its data stay"),
                List.of(new Instance(of, moving.place())));
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

    /** The tag that the values fix, whatever the chart would bring. */
    private static Optional<Fact<String>> image(Release release) {
        return release.values()
                .text("image.tag")
                .filter(tag -> Version.parse(tag.value()).isPresent());
    }

    private static Upgrade.Part held(Release release, VersionChanges.Prefix change, Fact<String> tag) {
        return new Upgrade.Part(
                "no-upgrade",
                Meaning.of(
                        "",
                        release.name() + " stays at its image",
                        "the image of " + release.name() + " is set to " + two(change.imageTo())
                                + " or later, or no longer set",
                        Evidence.of("image.tag: " + tag.value(), tag)));
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
        String next = change.component() + " " + two(change.imageTo());
        List<Evidence> evidence = new ArrayList<>();
        names.stream().limit(3).forEach(name -> evidence.add(Evidence.of(name.why(), name.annotation())));
        release.values()
                .text("policy")
                .ifPresent(policy -> evidence.add(Evidence.of("policy: " + policy.value(), policy)));
        Optional<Fact<String>> image = image(release);
        String with = image.isPresent() ? "image " + two(change.imageTo()) : "chart " + two(change.chartTo());
        Upgrade upgrade = Upgrade.draw(
                sketch,
                release.reference().text(),
                image.map(tag -> held(release, change, tag)).orElseGet(() -> stays(release, two(change.chartTo()))),
                new Upgrade.Part(
                        "prefix",
                        new Meaning(
                                id(),
                                release.name() + " reads " + change.oldPrefix(),
                                next + " reads " + change.newPrefix() + " only, and nothing here sets "
                                        + change.setting(),
                                List.of(new Evidence(
                                        "default prefix since " + two(change.imageTo()),
                                        new Assumed("behaviour.annotation-prefix", change.source()))))),
                new Upgrade.Part(
                        "records",
                        new Meaning(
                                id(),
                                release.name() + " writes what the annotations say",
                                names.getFirst().effect() + ", and " + release.name() + " writes that",
                                evidence)));
        Confidence confidence = Confidence.POSSIBLE;
        TreeSet<String> hosts = new TreeSet<>();
        for (AnnotatedNames.Name name : names) {
            confidence = name.confidence().compareTo(confidence) < 0 ? name.confidence() : confidence;
            if (hosts.add(name.host()) && sketch.front().productsByHost().containsKey(name.host())) {
                sketch.twin().require(sketch.front().host(name.host()), upgrade.works());
            }
        }
        String when = "with the next " + change.component() + " (" + with + ")";
        boolean one = hosts.size() == 1;
        String records = one ? "a DNS record of " : hosts.size() + " DNS records of ";
        upgrade.propose(
                sketch,
                new Upgrade.Telling(
                        id(),
                        upgrade.works(),
                        confidence,
                        when,
                        records + release.name() + (one ? " vanishes or turns" : " vanish or turn")
                                + " to another address " + when),
                List.of(new Instance(release.reference().text(), release.place())));
    }

    private static String two(Version version) {
        return version.major() + "." + version.minor();
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Remedy> remedies = new ArrayList<>();
        // an object in two files is two instances of one release
        sketch.estate().all(Release.class).stream()
                .filter(release -> outage.instances().stream()
                        .anyMatch(instance -> release.reference().text().equals(instance.of())))
                .forEach(release -> VersionChanges.prefixes(sketch.now()).stream()
                        .filter(change -> change.chart().equals(release.chart()))
                        .forEach(change -> remedies.add(keep(release, change))));
        RefusedVersions.all(sketch).stream()
                .filter(refused -> outage.instances().stream()
                        .anyMatch(instance -> refused.objects().stream()
                                .anyMatch(object -> object.reference().text().equals(instance.of()))))
                .forEach(refused -> remedies.add(rewrite(refused)));
        RiskyRoutes.all(sketch).stream()
                .filter(risky ->
                        outage.pivot().startsWith(risky.release().reference().text() + "#"))
                .forEach(risky -> remedies.add(allow(risky.release())));
        MovingDatabases.all(sketch).stream()
                .filter(moving ->
                        outage.pivot().startsWith(moving.workload().reference().text() + "#"))
                .forEach(
                        moving -> remedies.add(
                                Remedy.proposed(
                                        "write the major version that runs now",
                                        List.of(),
                                        List.of(
                                                "look at what runs: SHOW server_version",
                                                "write that major version as the tag, and move to the next one by pg_upgrade or dump and restore"))));
        return remedies;
    }

    private static Remedy rewrite(RefusedVersions refused) {
        VersionChanges.Api api = refused.api();
        List<Edit> edits = new ArrayList<>();
        refused.objects().forEach(object -> edits.add(new Edit.SetValue(version(object), api.instead())));
        return api.sameShape()
                ? Remedy.proposed("write " + api.instead() + " before the upgrade", edits, List.of())
                : Remedy.proposed(
                        "write " + api.instead() + " before the upgrade",
                        List.of(),
                        List.of(
                                "flux migrate -f . writes the versions that are served; look at fields that were renamed"));
    }

    private static Remedy allow(Release release) {
        Tree values = release.values();
        Optional<Tree> config = values.at("controller.config");
        Optional<Tree> controller = values.at("controller");
        List<Edit> edits = config.isPresent()
                ? List.of(new Edit.AddField(config.get().place(), "annotations-risk-level", "Critical"))
                : controller
                        .map(tree -> List.<Edit>of(
                                new Edit.AddField(tree.place(), "config", "annotations-risk-level: Critical")))
                        .orElse(List.of());
        return Remedy.proposed(
                "with the upgrade: annotations-risk-level: Critical",
                edits,
                List.of(
                        "better: write these Ingresses without snippets; ingress-nginx gets no more releases since March 2026"));
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
