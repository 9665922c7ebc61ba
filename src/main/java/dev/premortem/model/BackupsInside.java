package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Backups that are kept in the cluster that they should bring back: what takes the cluster takes them too. */
public final class BackupsInside {
    private static final Pattern SERVICE = Pattern.compile("[a-z0-9-]+\\.[a-z0-9-]+\\.svc(?:\\.[a-z.]+)?");

    /** A place to which something is backed up. */
    private record Kept(Reference of, String cluster, String word, String kind, Fact<String> address) {}

    /**
     * What serves that place.
     *
     * @param name for people
     */
    private record Holder(String name, String namespace) {}

    private BackupsInside() {}

    /** Those of each cluster; one kind of backup with a place elsewhere too is left out. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        List<Kept> all = new ArrayList<>();
        sketch.estate().objects().forEach(object -> object(object, all));
        sketch.estate().all(Release.class).forEach(release -> release(release, all));
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        for (Kept kept : all) {
            boolean elsewhere = all.stream()
                    .anyMatch(other -> other.cluster().equals(kept.cluster())
                            && other.kind().equals(kept.kind())
                            && holder(sketch, other).isEmpty());
            Optional<Holder> holder = holder(sketch, kept).filter(one -> !copied(sketch, kept.cluster(), one));
            if (holder.isPresent() && !elsewhere) {
                items.computeIfAbsent(kept.cluster(), _ -> new ArrayList<>())
                        .add(item(kept, holder.get().name()));
            }
        }
        return items;
    }

    /** What serves the address with pods of the same cluster; empty where that is somewhere else, or not known. */
    private static Optional<Holder> holder(Sketch sketch, Kept kept) {
        Optional<String> host = Inside.host(kept.address().value());
        Optional<Inside.Server> seen = host.filter(name -> name.contains(".") && !name.contains("$"))
                .flatMap(name -> new Inside(sketch).serving(kept.cluster(), name));
        if (seen.isPresent()) {
            // a Service without pods stands for a machine outside
            return seen.filter(server -> !server.pods().isEmpty())
                    .map(server -> new Holder(server.name(), server.namespace()));
        }
        return host.filter(name -> SERVICE.matcher(name).matches())
                .map(name -> new Holder(name.replaceFirst("\\.svc.*", ""), name.split("\\.", -1)[1]));
    }

    /** True where a claim of its namespace is copied by itself, by VolSync or Kopiur: to another place than itself, or the copy would be of no use. */
    private static boolean copied(Sketch sketch, String cluster, Holder holder) {
        return sketch.estate().objects().stream()
                .filter(object ->
                        object.cluster().equals(cluster) && object.namespace().equals(holder.namespace()))
                .anyMatch(object -> switch (object.kind()) {
                    case "ReplicationSource" ->
                        object.tree().text("spec.sourcePVC").isPresent();
                    case "SnapshotPolicy" ->
                        object.tree().items("spec.sources").stream()
                                .anyMatch(source -> source.text("pvc.name").isPresent());
                    default -> false;
                });
    }

    private static void object(KubernetesObject object, List<Kept> all) {
        Tree tree = object.tree();
        String word = object.namespace() + "/" + object.name();
        switch (object.kind()) {
            case "Cluster" ->
                tree.text("spec.backup.barmanObjectStore.endpointURL")
                        .filter(_ -> object.apiVersion().startsWith("postgresql.cnpg.io/"))
                        .ifPresent(url -> all.add(kept(object, "the backups of database " + word, word, url)));
            case "ObjectStore" ->
                tree.text("spec.configuration.endpointURL")
                        .or(() -> tree.text("spec.configuration.destinationPath"))
                        .filter(_ -> object.apiVersion().startsWith("barmancloud.cnpg.io/"))
                        .ifPresent(url -> all.add(kept(
                                object,
                                "the backups of databases in " + word,
                                "stores of " + object.namespace(),
                                url)));
            case "BackupStorageLocation" ->
                tree.text("spec.config.s3Url")
                        .or(() -> tree.text("spec.objectStorage.bucket"))
                        .ifPresent(url -> all.add(kept(object, "Velero's backups in " + word, "velero", url)));
            default -> {}
        }
    }

    private static Kept kept(KubernetesObject object, String word, String kind, Fact<String> address) {
        return new Kept(object.reference(), object.cluster(), word, kind, address);
    }

    private static void release(Release release, List<Kept> all) {
        if (!release.chart().equals("velero")) {
            return;
        }
        Optional<Tree> locations = release.values().at("configuration.backupStorageLocation");
        List<Tree> listed = locations
                .map(found -> found.items().isEmpty() ? List.of(found) : found.items())
                .orElse(List.of());
        for (Tree location : listed) {
            location.text("config.s3Url")
                    .or(() -> location.text("bucket"))
                    .ifPresent(url -> all.add(new Kept(
                            release.reference(),
                            release.cluster(),
                            "Velero's backups of " + release.namespace() + "/" + release.name(),
                            "velero",
                            url)));
        }
    }

    private static Standstill.Item item(Kept kept, String server) {
        return new Standstill.Item(
                kept.of(),
                kept.address().provenance() instanceof Declared place ? place : new Declared(".", 1, ""),
                kept.word() + " are elsewhere",
                kept.word() + " are lost with the cluster",
                kept.word() + " are kept by " + server + " of the same cluster",
                List.of(Evidence.of("kept at " + kept.address().value(), kept.address())),
                // What else copies that server's volume to somewhere else is not seen.
                Confidence.LIKELY);
    }
}
