package dev.premortem.source;

import dev.premortem.estate.Thing;
import dev.premortem.fact.Problem;
import dev.premortem.outage.Coverage;
import dev.premortem.source.declared.Clusters;
import dev.premortem.source.declared.DeclaredKinds;
import dev.premortem.source.gitops.Deployed;
import dev.premortem.source.gitops.Deployment;
import dev.premortem.source.gitops.Manifest;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.Renderers;
import dev.premortem.source.text.Harvest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** From the documents of a tree to those that its deployment makes of them: what is rendered, what is left out, to which cluster it goes. */
final class Expansion {
    private Expansion() {}

    /**
     * The result.
     *
     * @param documents to be assembled
     * @param notUnderstood what is not rendered and what is not deployed, each with the reason
     * @param used files whose content stands in the documents in another form, templates too
     * @param things what charts tell besides their objects
     * @param rendering what became of releases that have to be rendered
     */
    record Expanded(
            List<Document> documents,
            List<Problem> problems,
            List<Coverage.NotUnderstood> notUnderstood,
            SortedSet<String> used,
            List<Thing> things,
            Coverage.Rendering rendering) {
        /** Documents as they stand, of a reading whose charts were rendered before. */
        static Expanded of(List<Document> documents, Coverage.Rendering rendering) {
            return new Expanded(documents, List.of(), List.of(), new TreeSet<>(), List.of(), rendering);
        }
    }

    /** Expands documents as parsed. */
    static Expanded expand(List<Document> documents, FileTree files, Renderers renderers) {
        List<Manifest> manifests = documents.stream()
                .map(document -> Manifest.parsed(document.file(), document.index(), document.tree()))
                .toList();
        Deployed deployed = Deployment.of(manifests, files, renderers, owners(documents));
        List<Document> expanded = deployed.manifests().stream()
                .map(manifest -> new Document(
                        manifest.file(),
                        manifest.index(),
                        manifest.tree(),
                        Optional.empty(),
                        manifest.cluster(),
                        manifest.chart()))
                .toList();
        return new Expanded(
                expanded,
                deployed.problems(),
                deployed.leftOut(),
                deployed.used(),
                deployed.things(),
                Understood.rendering(deployed.releases(), deployed.builders()));
    }

    /** The declared cluster of a file. What is wrong with the declarations is said when they are assembled. */
    private static Function<String, Optional<String>> owners(List<Document> documents) {
        List<Clusters.Found> clusters = new ArrayList<>();
        Clusters reader = new Clusters(new Harvest());
        for (Document document : documents) {
            boolean cluster = DeclaredKinds.is(document.tree())
                    && document.tree()
                            .text("kind")
                            .filter(kind -> kind.value().equals("Cluster"))
                            .isPresent();
            if (cluster) {
                reader.read(document.tree()).ifPresent(clusters::add);
            }
        }
        if (clusters.isEmpty()) {
            return _ -> Optional.empty();
        }
        TreeSet<String> files = new TreeSet<>();
        documents.forEach(document -> files.add(document.file()));
        return new Ownership(clusters, files)::of;
    }
}
