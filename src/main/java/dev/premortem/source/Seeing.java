package dev.premortem.source;

import dev.premortem.estate.Cluster;
import dev.premortem.fact.Sighting;
import dev.premortem.fact.Tree;
import dev.premortem.source.chart.CiliumNetwork;
import dev.premortem.source.declared.Clusters;
import dev.premortem.source.declared.DeclaredKinds;
import dev.premortem.source.live.Seen;
import dev.premortem.source.live.Sightings;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What was seen in running clusters, among the documents of files. */
final class Seeing {
    private Seeing() {}

    /** True for a document that no file holds. */
    static boolean is(Document document) {
        return Sighting.is(document.tree().place());
    }

    /** True for what was only remarked of things: an observation, a site that stands for a zone. No object counts twice. */
    static boolean remark(Document document) {
        return is(document) && DeclaredKinds.is(document.tree());
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

    /** What was seen under a name, as the text that edits change; empty for what no edit may change. */
    static Optional<String> text(Sightings sightings, String file) {
        return Sighting.of(file)
                .flatMap(ignored -> sightings.seen().stream()
                        .filter(seen -> editable(seen, file))
                        .findFirst()
                        .map(seen -> YamlText.of(seen.tree())));
    }

    private static boolean editable(Seen seen, String file) {
        return seen.file().equals(file)
                && seen.tree() instanceof Tree.Mapping
                && seen.tree()
                        .text("kind")
                        .filter(kind -> !kind.value().equals("Observation"))
                        .isPresent();
    }

    /** The sightings with edited texts in the place of what was seen; takes these out of the texts. */
    static Sightings changed(Sightings sightings, SortedMap<String, String> texts, Limits limits, Harvest harvest) {
        List<Seen> all = new ArrayList<>(sightings.seen());
        for (String file : List.copyOf(texts.keySet())) {
            if (Sighting.of(file).isPresent()) {
                String cluster = all.stream()
                        .filter(seen -> seen.file().equals(file))
                        .map(Seen::cluster)
                        .findFirst()
                        .orElse("");
                all.removeIf(seen -> editable(seen, file));
                String text = texts.getOrDefault(file, "");
                Sources.parse(file, text, folder -> false, limits, harvest)
                        .forEach(document -> all.add(new Seen(document.tree(), cluster)));
                texts.remove(file);
            }
        }
        return new Sightings(List.copyOf(all), sightings.problems(), sightings.notUnderstood(), sightings.kinds());
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
