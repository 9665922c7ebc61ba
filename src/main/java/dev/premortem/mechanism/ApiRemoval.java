package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.catalogue.ApiRemovals;
import dev.premortem.catalogue.KubernetesReleases;
import dev.premortem.catalogue.Version;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Edit;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.model.Sketch;
import dev.premortem.model.Standstill;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.twin.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A manifest in a version of an API that Kubernetes no longer serves, or not after the next upgrade that the end of support forces. What is stored goes on
 * working; what is applied is refused: the next deployment fails, and the hurried repair with it.
 */
@AutoService(Mechanism.class)
public final class ApiRemoval implements Mechanism {
    /** Names of objects in one step of a remedy. */
    private static final int MOST_NAMES = 3;

    @Override
    public String id() {
        return "api-removal";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.B;
    }

    /**
     * One object.
     *
     * @param served true where the cluster's own release, which is known, still serves it
     */
    private record Gone(KubernetesObject object, ApiRemovals.Removal removal, boolean served) {
        String what() {
            return object.kind() + " " + object.apiVersion();
        }

        String since() {
            return (served ? "from the upgrade to 1." : "since 1.") + removal.minor();
        }
    }

    @Override
    public void contribute(Sketch sketch) {
        if (sketch.simulating()) {
            return;
        }
        SortedMap<String, SortedMap<Instant, List<Gone>>> byCluster = new TreeMap<>();
        for (KubernetesObject object : sketch.estate().objects()) {
            ApiRemovals.of(object.apiVersion(), object.kind()).ifPresent(removal -> {
                Optional<Integer> minor = minor(sketch, object.cluster());
                boolean served = minor.filter(own -> own < removal.minor()).isPresent();
                moment(sketch, minor, removal.minor())
                        .ifPresent(at -> byCluster
                                .computeIfAbsent(object.cluster(), _ -> new TreeMap<>())
                                .computeIfAbsent(at, _ -> new ArrayList<>())
                                .add(new Gone(object, removal, served)));
            });
        }
        byCluster.forEach((cluster, byDate) -> {
            Instant first = byDate.firstKey();
            propose(
                    sketch,
                    cluster,
                    first.isAfter(sketch.now()) ? Optional.of(first) : Optional.empty(),
                    byDate.getOrDefault(first, List.of()));
        });
    }

    /** The cluster's own release, where it is known. */
    private static Optional<Integer> minor(Sketch sketch, String cluster) {
        return Optional.ofNullable(sketch.ground().clusters().get(cluster))
                .flatMap(Cluster::distribution)
                .flatMap(Cluster.Distribution::version)
                .flatMap(version -> Version.parse(version.value()))
                .filter(version -> version.major() == 1)
                .map(Version::minor);
    }

    /** When a release that still serves it is no longer to be had: {@code now} where that is so already; empty where the cluster's release is not known and some do. */
    private static Optional<Instant> moment(Sketch sketch, Optional<Integer> minor, int removedIn) {
        if (minor.orElse(KubernetesReleases.oldestSupported(sketch.now())) >= removedIn) {
            return Optional.of(sketch.now());
        }
        return minor.flatMap(_ -> KubernetesReleases.end(removedIn - 1))
                .map(end -> end.isAfter(sketch.now()) ? end : sketch.now());
    }

    private void propose(Sketch sketch, String cluster, Optional<Instant> moment, List<Gone> all) {
        SortedMap<Integer, List<Gone>> byRelease = new TreeMap<>();
        all.forEach(gone -> byRelease
                .computeIfAbsent(gone.removal().minor(), _ -> new ArrayList<>())
                .add(gone));
        new Standstill(
                        id(),
                        cluster,
                        "apply",
                        outageClass(),
                        new Standstill.Words(
                                "nothing is applied to " + cluster,
                                "the manifests are applied, by a deployment, a repair or a rebuild",
                                "manifests of " + cluster + " can be applied",
                                "the deployment fails; what is stored goes on working",
                                "when their manifests are applied"))
                .at(moment)
                .propose(
                        sketch,
                        all.stream().map(ApiRemoval::item).toList(),
                        headline(cluster, moment, all, byRelease.values()),
                        byRelease.size() == 1 ? List.of() : byRelease(all, byRelease.values()));
    }

    /** Which release ends what: one sentence where that is one release, and otherwise each with its share. */
    private static String headline(
            String cluster, Optional<Instant> moment, List<Gone> all, Collection<List<Gone>> byRelease) {
        boolean served = all.stream().allMatch(Gone::served);
        String head =
                (all.size() == 1 ? "one object of " + cluster + " is" : all.size() + " objects of " + cluster + " are")
                        + " refused when " + (all.size() == 1 ? "it is" : "they are") + " applied"
                        + (served && moment.isEmpty() ? " after the next upgrade: " : ": ");
        if (byRelease.size() > 1) {
            return head
                    + byRelease.stream()
                            .map(some -> count(some) + " " + some.getFirst().since() + " (" + kinds(some) + ")")
                            .collect(Collectors.joining(", "));
        }
        return head
                + kinds(all)
                + (moment.isPresent()
                        ? ", no supported Kubernetes serves it from then on"
                        : ", Kubernetes serves it no longer since 1."
                                + all.getFirst().removal().minor());
    }

    /** One object that two files write is one. */
    private static long count(List<Gone> some) {
        return some.stream().map(gone -> gone.object().reference()).distinct().count();
    }

    private static String kinds(List<Gone> some) {
        List<String> kinds = some.stream().map(Gone::what).distinct().toList();
        return switch (kinds.size()) {
            case 1 -> kinds.getFirst();
            case 2 -> String.join(" and ", kinds);
            default -> kinds.getFirst() + " and others";
        };
    }

    /** A line of the first object of each release that ends something; the release whose object the chain tells comes first. */
    private static List<Evidence> byRelease(List<Gone> all, Collection<List<Gone>> byRelease) {
        return byRelease.stream()
                .map(List::getFirst)
                .sorted(Comparator.comparing(gone -> !gone.equals(all.getFirst())))
                .map(gone -> Evidence.of(
                        gone.what() + ": served up to Kubernetes 1."
                                + (gone.removal().minor() - 1),
                        version(gone.object())))
                .toList();
    }

    private static Fact<String> version(KubernetesObject object) {
        return object.tree()
                .text("apiVersion")
                .orElseGet(() -> new Fact<>(object.apiVersion(), object.tree().place()));
    }

    private static Standstill.Item item(Gone gone) {
        KubernetesObject object = gone.object();
        Fact<String> version = version(object);
        String name = object.kind() + " " + object.name();
        String instead = gone.removal().instead().isEmpty()
                ? "nothing takes its place"
                : gone.removal().instead() + " takes its place";
        return new Standstill.Item(
                object.reference(),
                version.provenance() instanceof Declared place
                        ? place
                        : object.tree().place(),
                name + " is accepted",
                "the API server refuses " + name + ": no matches for kind",
                version.value() + " is served up to Kubernetes 1."
                        + (gone.removal().minor() - 1) + "; " + instead,
                List.of(
                        Evidence.of("apiVersion: " + version.value(), version),
                        new Evidence(
                                "removed in Kubernetes 1." + gone.removal().minor(),
                                new Assumed("behaviour.api-removal", ApiRemovals.SOURCE))),
                Confidence.SURE);
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        Set<String> told = new TreeSet<>();
        outage.instances().forEach(instance -> told.add(instance.of()));
        List<Edit> edits = new ArrayList<>();
        SortedMap<String, SortedSet<String>> steps = new TreeMap<>();
        boolean byHand = false;
        for (KubernetesObject object : sketch.estate().objects()) {
            Optional<ApiRemovals.Removal> removal =
                    told.contains(object.reference().text())
                            ? ApiRemovals.of(object.apiVersion(), object.kind())
                            : Optional.empty();
            if (removal.isPresent()) {
                Optional<Edit> edit = edit(object, removal.get());
                edit.ifPresent(edits::add);
                byHand |= edit.isEmpty();
                steps.computeIfAbsent(step(object, removal.get()), _ -> new TreeSet<>())
                        .add(object.name());
            }
        }
        String title = "write the version that is served";
        return List.of(
                byHand
                        ? Remedy.proposed(
                                title,
                                List.of(),
                                steps.entrySet().stream()
                                        .map(step -> step.getKey() + ": " + names(List.copyOf(step.getValue())))
                                        .toList())
                        : Remedy.proposed(title, edits, List.of()));
    }

    private static String names(List<String> names) {
        int more = names.size() - MOST_NAMES;
        return more > 0
                ? String.join(", ", names.subList(0, MOST_NAMES)) + " and " + more + " more"
                : String.join(", ", names);
    }

    /** Of a kind whose fields have changed too, the version alone would be a lie; nor can what a template makes be written over. */
    private static Optional<Edit> edit(KubernetesObject object, ApiRemovals.Removal removal) {
        return object.tree()
                .at("apiVersion")
                .map(Tree::place)
                .filter(place -> sameShape(object, removal) && !place.made())
                .map(place -> new Edit.SetValue(place, removal.instead()));
    }

    private static boolean sameShape(KubernetesObject object, ApiRemovals.Removal removal) {
        boolean selected = removal.instead().equals("apps/v1")
                && object.tree().at("spec.selector").isPresent();
        return removal.sameShape() || selected;
    }

    private static String step(KubernetesObject object, ApiRemovals.Removal removal) {
        String old = object.kind() + " " + object.apiVersion();
        return removal.instead().isEmpty()
                ? old + ", nothing takes its place"
                : old + " to " + removal.instead()
                        + (sameShape(object, removal) ? "" : ", whose fields differ (kubectl convert)");
    }
}
