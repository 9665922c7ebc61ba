package dev.premortem.model;

import dev.premortem.catalogue.StorageClasses;
import dev.premortem.estate.Estate;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Quantities;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus Operator keeps for each Prometheus, from its objects and from the values of kube-prometheus-stack: whether it lasts, and whether it fits. */
public final class MetricStores {
    private static final String NO_STORAGE =
            "prometheus-operator api reference, storage: without it an emptyDir (Documentation/platform/storage.md, read 2026-11-26)";
    private static final String SIZE =
            "prometheus.io/docs/prometheus/latest/storage: units of retention.size are powers of two, and at most 80 to 85 %"
                    + " of the volume are recommended (read in a copy, 2026-11-26)";
    private static final Pattern BYTES = Pattern.compile("(\\d+(?:\\.\\d+)?)(B|KB|MB|GB|TB|PB)");
    private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB", "PB");

    /**
     * One Prometheus.
     *
     * @param spec its specification, from an object or from values
     */
    private record Store(Reference of, String cluster, String word, Declared place, Tree spec) {
        Optional<Tree> storage() {
            return spec.at("storage")
                    .or(() -> spec.at("storageSpec"))
                    .filter(found -> !found.entries().isEmpty());
        }
    }

    private MetricStores() {}

    private static List<Store> all(Estate estate) {
        List<Store> stores = new ArrayList<>();
        for (KubernetesObject object : estate.objects("Prometheus")) {
            if (object.apiVersion().startsWith("monitoring.coreos.com/")) {
                object.tree()
                        .at("spec")
                        .ifPresent(spec -> stores.add(new Store(
                                object.reference(),
                                object.cluster(),
                                object.namespace() + "/" + object.name(),
                                spec.place(),
                                spec)));
            }
        }
        for (Release release : estate.all(Release.class)) {
            boolean on = release.values()
                    .text("prometheus.enabled")
                    .filter(text -> text.value().equals("false"))
                    .isEmpty();
            if (release.chart().equals("kube-prometheus-stack") && on && !ReleaseSingles.rendered(estate, release)) {
                Optional<Tree> spec = release.values().at("prometheus.prometheusSpec");
                stores.add(new Store(
                        release.reference(),
                        release.cluster(),
                        release.namespace() + "/" + release.name(),
                        spec.map(Tree::place).orElse(release.place()),
                        spec.orElse(release.values())));
            }
        }
        return stores;
    }

    /** Those that keep what they measured in their pod only, and send it nowhere else. */
    public static List<Singles.Item> lost(Estate estate) {
        List<Singles.Item> items = new ArrayList<>();
        for (Store store : all(estate)) {
            boolean elsewhere = store.spec().at("remoteWrite").isPresent()
                    || store.spec().at("thanos.objectStorageConfig").isPresent()
                    || store.spec().at("volumes").isPresent();
            if (store.storage().isEmpty() && !elsewhere && Sister.serious(store.cluster())) {
                items.add(new Singles.Item(
                        store.of(),
                        store.place(),
                        "the metrics of " + store.word() + " end with its pod",
                        List.of(
                                new Evidence("no storage is asked for", store.place()),
                                new Evidence("then it is an emptyDir", new Assumed("operator.storage", NO_STORAGE))),
                        Confidence.LIKELY));
            }
        }
        return items;
    }

    /** Those that may keep as much as their volume has, or more: it is full before anything is deleted. By cluster. */
    public static SortedMap<String, List<Standstill.Item>> full(Estate estate) {
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        for (Store store : all(estate)) {
            Optional<Fact<String>> kept = store.spec().text("retentionSize");
            Optional<Fact<String>> room =
                    store.storage().flatMap(found -> found.text("volumeClaimTemplate.spec.resources.requests.storage"));
            Optional<Long> most = kept.flatMap(text -> bytes(text.value()));
            Optional<Long> has = room.flatMap(text -> Quantities.whole(text.value()));
            boolean held = store.storage()
                    .flatMap(found -> found.text("volumeClaimTemplate.spec.storageClassName"))
                    .filter(name -> StorageClasses.unlimited(name.value()))
                    .isEmpty();
            if (most.isPresent() && has.isPresent() && most.get() >= has.get() && held) {
                // As much as there is: how much is measured may keep it below.
                Confidence confidence = most.get() > has.get() ? Confidence.LIKELY : Confidence.POSSIBLE;
                items.computeIfAbsent(store.cluster(), _ -> new ArrayList<>())
                        .add(item(store, kept.get(), room.get(), confidence));
            }
        }
        return items;
    }

    private static Standstill.Item item(Store store, Fact<String> kept, Fact<String> room, Confidence confidence) {
        return new Standstill.Item(
                store.of(),
                kept.provenance() instanceof Declared place ? place : store.place(),
                store.word() + " has room",
                store.word() + " cannot write and restarts until somebody gives it room",
                store.word() + " deletes nothing before it holds " + kept.value() + ", and its volume has "
                        + room.value(),
                List.of(
                        Evidence.of("retentionSize " + kept.value(), kept),
                        Evidence.of("a volume of " + room.value(), room),
                        new Evidence("in powers of two, the newest on top", new Assumed("behaviour.retention", SIZE))),
                confidence);
    }

    private static Optional<Long> bytes(String text) {
        Matcher matcher = BYTES.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(
                        (long) (Double.parseDouble(matcher.group(1)) * Math.pow(1024, UNITS.indexOf(matcher.group(2)))))
                : Optional.empty();
    }
}
