package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.fact.Assumed;
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

/**
 * Databases of CloudNativePG that are to come back from their backups, and would not as they are written: the archive that they write to is not empty by then,
 * which the operator refuses; or that check is off, and what they would come back from is an older archive than the one that they write to.
 */
public final class StaleRecovery {
    private static final String PLUGIN = "barman-cloud.cloudnative-pg.io";
    private static final String SOURCE =
            "github.com/cloudnative-pg/plugin-barman-cloud/issues/350: a recovery fails with \"WAL archive check failed: Expected empty archive\","
                    + " unless cnpg.io/skipEmptyWalArchiveCheck is enabled (read 2026-11-26)";

    /** A place of archived logs, by store and server. */
    private record Archive(String store, Fact<String> server) {
        boolean same(Archive other) {
            return store.equals(other.store())
                    && server.value().equals(other.server().value());
        }
    }

    private StaleRecovery() {}

    /** Those of each cluster. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        for (KubernetesObject object : PostgresClusters.of(sketch.estate())) {
            item(object)
                    .ifPresent(item -> items.computeIfAbsent(object.cluster(), _ -> new ArrayList<>())
                            .add(item));
        }
        return items;
    }

    private static Optional<Standstill.Item> item(KubernetesObject object) {
        Tree tree = object.tree();
        Optional<Fact<String>> source = tree.text("spec.bootstrap.recovery.source");
        Optional<Archive> from = source.flatMap(name -> tree.items("spec.externalClusters").stream()
                .filter(each -> says(each, "name", name.value()))
                .findFirst()
                .flatMap(each -> archive(each, name)));
        Optional<Archive> to = written(object);
        boolean checked = !says(object, "cnpg.io/skipEmptyWalArchiveCheck");
        boolean known = from.isPresent() && to.isPresent();
        if (!known || (!checked && from.get().same(to.get()))) {
            return Optional.empty(); // it comes back from where it writes to, and is allowed to
        }
        String word = object.namespace() + "/" + object.name();
        String writes = to.get().server().value();
        String why = checked
                ? word + " would archive to " + writes + ", which is not empty by then, and is refused"
                : word + " would come back from " + from.get().server().value() + ", and writes to " + writes
                        + " since";
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.of("recovery from " + source.orElseThrow().value(), source.orElseThrow()));
        evidence.add(Evidence.of(
                "comes back from " + from.get().server().value(), from.get().server()));
        evidence.add(Evidence.of("archives to " + writes, to.get().server()));
        if (checked) {
            evidence.add(new Evidence("an archive must be empty", new Assumed("behaviour.empty-archive", SOURCE)));
        }
        return Optional.of(new Standstill.Item(
                object.reference(),
                source.orElseThrow().provenance() instanceof Declared place ? place : tree.place(),
                word + " comes back by itself",
                word + " does not come back as it was",
                why,
                evidence,
                Confidence.LIKELY));
    }

    private static Optional<Archive> written(KubernetesObject database) {
        Fact<String> name = new Fact<>(database.name(), database.tree().place());
        for (Tree plugin : database.tree().items("spec.plugins")) {
            if (says(plugin, "name", PLUGIN) && says(plugin, "isWALArchiver", "true")) {
                return ofPlugin(plugin, name);
            }
        }
        return database.tree().at("spec.backup.barmanObjectStore").flatMap(store -> own(store, name));
    }

    private static Optional<Archive> archive(Tree external, Fact<String> name) {
        Optional<Tree> plugin = external.at("plugin").filter(found -> says(found, "name", PLUGIN));
        return plugin.isPresent()
                ? ofPlugin(plugin.get(), name)
                : external.at("barmanObjectStore").flatMap(store -> own(store, name));
    }

    private static Optional<Archive> ofPlugin(Tree plugin, Fact<String> name) {
        return plugin.text("parameters.barmanObjectName")
                .map(store -> new Archive(
                        "store " + store.value(),
                        plugin.text("parameters.serverName").orElse(name)));
    }

    private static Optional<Archive> own(Tree store, Fact<String> name) {
        return store.text("destinationPath")
                .map(path -> new Archive(path.value(), store.text("serverName").orElse(name)));
    }

    private static boolean says(KubernetesObject object, String annotation) {
        return Optional.ofNullable(object.annotations().get(annotation))
                .filter(text -> text.value().equals("enabled"))
                .isPresent();
    }

    private static boolean says(Tree tree, String path, String value) {
        return tree.text(path).filter(text -> text.value().equals(value)).isPresent();
    }
}
