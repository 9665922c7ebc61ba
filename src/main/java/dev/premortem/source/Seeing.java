package dev.premortem.source;

import dev.premortem.estate.Cluster;
import dev.premortem.fact.Sighting;
import dev.premortem.fact.Tree;
import dev.premortem.source.chart.CiliumNetwork;
import dev.premortem.source.declared.Clusters;
import dev.premortem.source.declared.DeclaredKinds;
import dev.premortem.source.live.Seen;
import dev.premortem.source.live.Sightings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was seen in running clusters, among the documents of files. */
final class Seeing {
    private Seeing() {}

    /** True for a document that no file holds. */
    static boolean is(Document document) {
        return Sighting.is(document.tree().place());
    }

    /** The documents of ours among those of files. */
    static List<Tree> declared(List<Document> documents) {
        return documents.stream().map(Document::tree).filter(DeclaredKinds::is).toList();
    }

    /** Documents of files and of clusters. */
    static List<Document> with(List<Document> documents, Sightings sightings) {
        if (sightings.seen().isEmpty()) {
            return documents;
        }
        List<Document> all = new ArrayList<>(documents);
        int index = 0;
        for (Seen seen : sightings.seen()) {
            all.add(new Document(
                    seen.file(),
                    index++,
                    seen.tree(),
                    Optional.empty(),
                    Optional.of(seen.cluster()).filter(name -> !name.isEmpty()),
                    Optional.empty()));
        }
        return all;
    }

    /** Of a cluster that is declared and was seen: what is declared, and what was seen where nothing is. */
    static void complete(List<Clusters.Found> clusters) {
        List<Clusters.Found> seen = clusters.stream()
                .filter(found -> Sighting.is(found.cluster().place()))
                .toList();
        for (Clusters.Found live : seen) {
            for (int i = 0; i < clusters.size(); i++) {
                Clusters.Found declared = clusters.get(i);
                if (!declared.equals(live)
                        && declared.cluster().name().equals(live.cluster().name())) {
                    clusters.set(
                            i,
                            new Clusters.Found(
                                    completed(declared.cluster(), live.cluster()),
                                    declared.paths(),
                                    declared.certificates()));
                    clusters.remove(live);
                    break;
                }
            }
        }
    }

    private static Cluster completed(Cluster declared, Cluster seen) {
        return new Cluster(
                declared.name(),
                declared.place(),
                true,
                declared.sites().isEmpty() ? seen.sites() : declared.sites(),
                declared.controlPlane().isEmpty() ? seen.controlPlane() : declared.controlPlane(),
                declared.distribution().isPresent()
                        ? declared.distribution().map(known -> versioned(known, seen.distribution()))
                        : seen.distribution(),
                declared.controllerRestarts(),
                declared.kubeletRestarts(),
                CiliumNetwork.merge(declared.network(), seen.network()),
                declared.nodePools().isEmpty() ? seen.nodePools() : declared.nodePools(),
                declared.loadBalancing(),
                declared.mesh(),
                declared.context());
    }

    private static Cluster.Distribution versioned(Cluster.Distribution declared, Optional<Cluster.Distribution> seen) {
        return new Cluster.Distribution(
                declared.name(),
                declared.version().or(() -> seen.flatMap(Cluster.Distribution::version)),
                declared.createdAt(),
                declared.upgrades());
    }
}
