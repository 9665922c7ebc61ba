package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Release;
import dev.premortem.estate.Workload;
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
import java.util.stream.Stream;

/**
 * Databases of CloudNativePG with one instance on a disk of one node, of which no backup is seen: the end of that disk is the end of the data. Told only where
 * nothing in the cluster could save it otherwise.
 */
public final class OnlyCopies {
    /** What saves volumes, whichever they are: whether it covers this one is not known. */
    private static final List<String> SAVERS =
            List.of("ReplicationSource", "Schedule", "BackupSchedule", "RecurringJob");

    private static final List<String> SAVING_CHARTS =
            List.of("velero", "k8up", "k10", "volsync", "stash", "kubestash", "gemini", "longhorn");

    private OnlyCopies() {}

    /** Those of each cluster. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        for (KubernetesObject object : PostgresClusters.of(sketch.estate())) {
            if (alone(object.tree()) && !saved(sketch, object)) {
                Workload workload =
                        sketch.placement().workloads().get(object.reference().text());
                Optional<Fact<String>> disk =
                        Optional.ofNullable(workload).flatMap(found -> LocalVolumes.of(sketch, found));
                disk.ifPresent(storage -> items.computeIfAbsent(object.cluster(), _ -> new ArrayList<>())
                        .add(item(object, storage)));
            }
        }
        return items;
    }

    /** One instance, that follows nobody and saves itself nowhere. */
    private static boolean alone(Tree tree) {
        return tree.text("spec.instances").map(Fact::value).orElse("1").equals("1")
                && Stream.of("spec.backup", "spec.plugins", "spec.replica")
                        .noneMatch(path -> tree.at(path).isPresent());
    }

    private static boolean saved(Sketch sketch, KubernetesObject database) {
        boolean charts = sketch.estate().all(Release.class).stream()
                .anyMatch(release ->
                        release.cluster().equals(database.cluster()) && SAVING_CHARTS.contains(release.chart()));
        return charts
                || sketch.estate().objects().stream()
                        .filter(object -> object.cluster().equals(database.cluster()) && !object.equals(database))
                        .anyMatch(object -> saves(object, database));
    }

    private static boolean saves(KubernetesObject object, KubernetesObject database) {
        return switch (object.kind()) {
            case "ScheduledBackup", "Backup" ->
                object.tree()
                        .text("spec.cluster.name")
                        .filter(name -> name.value().equals(database.name()))
                        .isPresent();
            // a dump, or another database that follows this one
            case "CronJob", "Cluster" -> names(object.tree(), database.name());
            default -> SAVERS.contains(object.kind());
        };
    }

    private static boolean names(Tree tree, String database) {
        return tree.scalars()
                .map(Tree.Scalar::value)
                .anyMatch(text -> text.contains("pg_dump") || text.contains(database + "-r"));
    }

    private static Standstill.Item item(KubernetesObject database, Fact<String> storage) {
        String name = database.namespace() + "/" + database.name();
        return new Standstill.Item(
                database.reference(),
                storage.provenance() instanceof Declared place
                        ? place
                        : database.tree().place(),
                name + " has its data",
                "what " + name + " held is gone",
                "the one instance of " + name + " stands on a disk of one node, and no backup of it is seen",
                List.of(
                        Evidence.of("storage: " + storage.value(), storage),
                        new Evidence("one instance, no backup", database.tree().place())),
                // What saves it from outside of the cluster is not seen.
                Confidence.LIKELY);
    }
}
