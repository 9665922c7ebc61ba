package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Databases that keep what they could not archive on the volume of their data: an archive that is away long enough fills it, and the database stops. */
public final class WalArchives {
    private static final String SOURCE =
            "netdata.cloud/guides/postgres/postgres-wal-archive-failures; cloudnative-pg/cloudnative-pg#4521: PostgreSQL"
                    + " shuts down where no WAL can be written, and only a larger volume helps (2026-11-25)";

    private WalArchives() {}

    /** CloudNativePG clusters with an archive and without a volume for its WAL, by cluster. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        for (KubernetesObject object : PostgresClusters.of(sketch.estate())) {
            if (object.tree().at("spec.walStorage").isEmpty()) {
                archive(object.tree())
                        .ifPresent(archive -> items.computeIfAbsent(object.cluster(), _ -> new ArrayList<>())
                                .add(item(object, archive)));
            }
        }
        return items;
    }

    private static Optional<Tree> archive(Tree tree) {
        return tree.items("spec.plugins").stream()
                .flatMap(plugin -> plugin.at("isWALArchiver").stream())
                .filter(flag -> flag instanceof Tree.Scalar scalar && scalar.isTrue())
                .findFirst()
                .or(() -> tree.at("spec.backup.barmanObjectStore"));
    }

    private static Standstill.Item item(KubernetesObject object, Tree archive) {
        String word = object.namespace() + "/" + object.name();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("WAL is archived", archive.place()));
        object.tree()
                .text("spec.storage.size")
                .ifPresent(
                        size -> evidence.add(Evidence.of("one volume of " + size.value() + " for data and WAL", size)));
        evidence.add(new Evidence("what is not archived is kept", new Assumed("guess.wal-volume", SOURCE)));
        return new Standstill.Item(
                object.reference(),
                archive.place(),
                word + " has room for its WAL",
                word + " fills its volume and stops, with all its instances",
                word + " keeps WAL that is not archived on the volume of its data",
                List.copyOf(evidence),
                Confidence.POSSIBLE);
    }
}
