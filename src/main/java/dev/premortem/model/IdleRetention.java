package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Databases of CloudNativePG that say how long backups are kept where nothing reads it: with the Barman Cloud plugin the ObjectStore says it. */
public final class IdleRetention {
    private static final String PLUGIN = "barman-cloud.cloudnative-pg.io";
    private static final String SOURCE =
            "cloudnative-pg.io/documentation, API reference, BackupConfiguration.retentionPolicy: only applicable when using the"
                    + " BarmanObjectStore method; the plugin reads ObjectStore spec.retentionPolicy (2026-11-26)";

    private IdleRetention() {}

    /** Those whose store is in the tree and keeps everything for ever. */
    public static List<Standstill.Item> of(Sketch sketch) {
        List<Standstill.Item> items = new ArrayList<>();
        for (KubernetesObject object : PostgresClusters.of(sketch.estate())) {
            Optional<Fact<String>> kept = object.tree().text("spec.backup.retentionPolicy");
            if (kept.isPresent()
                    && object.tree().at("spec.backup.barmanObjectStore").isEmpty()) {
                store(sketch, object).ifPresent(store -> items.add(item(object, store, kept.get())));
            }
        }
        return items;
    }

    /** The store that the plugin of a database writes to, where it is here and says nothing of how long. */
    public static Optional<KubernetesObject> store(Sketch sketch, KubernetesObject database) {
        for (Tree plugin : database.tree().items("spec.plugins")) {
            Optional<KubernetesObject> store = plugin.text("name")
                    .filter(name -> name.value().equals(PLUGIN))
                    .flatMap(_ -> plugin.text("parameters.barmanObjectName"))
                    .map(name ->
                            Reference.object(database.cluster(), database.namespace(), "ObjectStore", name.value()))
                    .flatMap(sketch.estate()::object)
                    .filter(found -> found.tree().at("spec.retentionPolicy").isEmpty());
            if (store.isPresent()) {
                return store;
            }
        }
        return Optional.empty();
    }

    private static Standstill.Item item(KubernetesObject database, KubernetesObject store, Fact<String> kept) {
        String word = database.namespace() + "/" + database.name();
        return new Standstill.Item(
                database.reference(),
                kept.provenance() instanceof Declared place
                        ? place
                        : database.tree().place(),
                "old backups of " + word + " are removed",
                "every backup of " + word + " is kept, and the space for them is paid for or used up",
                word + " keeps backups for " + kept.value() + ", which its plugin does not read: " + store.namespace()
                        + "/" + store.name() + " says nothing of it",
                List.of(
                        Evidence.of("retentionPolicy: " + kept.value(), kept),
                        new Evidence(
                                "no retentionPolicy in its store", store.tree().place()),
                        new Evidence("read with barmanObjectStore only", new Assumed("behaviour.retention", SOURCE))),
                Confidence.LIKELY);
    }
}
