package dev.premortem.model;

import dev.premortem.estate.Estate;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
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

/** Machines that hold files for several things over NFS: while such a machine is away, the pods that mount it hang. */
public final class NetworkShares {
    private static final int DEEPEST = 4;

    private final SortedMap<String, List<Singles.Item>> servers = new TreeMap<>();

    private NetworkShares() {}

    /** What mounts each machine, for machines that two and more things mount. */
    public static SortedMap<String, List<Singles.Item>> of(Estate estate) {
        NetworkShares shares = new NetworkShares();
        for (Workload workload : estate.all(Workload.class)) {
            for (Tree volume : workload.tree().items("spec.template.spec.volumes")) {
                shares.add(workload.reference(), Placement.shortName(workload), volume.text("nfs.server"));
            }
        }
        for (KubernetesObject object : estate.objects("PersistentVolume")) {
            shares.add(
                    object.reference(),
                    "the volume " + object.name(),
                    object.tree().text("spec.nfs.server"));
        }
        for (Release release : estate.all(Release.class)) {
            shares.find(release, release.values(), 0);
        }
        shares.servers.values().removeIf(items -> items.size() < 2);
        return shares.servers;
    }

    /** A mapping of values with {@code type: nfs} and a server, as app-template's and TrueCharts' persistence have. */
    private void find(Release release, Tree tree, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        for (Tree.Entry entry : tree.entries()) {
            Tree value = entry.value();
            boolean share =
                    value.text("type").map(Fact::value).filter("nfs"::equals).isPresent();
            if (share) {
                add(release.reference(), release.namespace() + "/" + release.name(), value.text("server"));
            } else {
                find(release, value, depth + 1);
            }
        }
    }

    private void add(Reference of, String word, Optional<Fact<String>> server) {
        if (server.isPresent() && server.get().provenance() instanceof Declared place) {
            List<Singles.Item> items = servers.computeIfAbsent(server.get().value(), _ -> new ArrayList<>());
            if (items.stream().noneMatch(item -> item.of().equals(of))) {
                items.add(new Singles.Item(
                        of,
                        place,
                        word + " mounts " + server.get().value(),
                        List.of(Evidence.of("server " + server.get().value(), server.get())),
                        Confidence.SURE));
            }
        }
    }
}
