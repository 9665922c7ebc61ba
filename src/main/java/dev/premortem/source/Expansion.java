package dev.premortem.source;

import dev.premortem.fact.Problem;
import dev.premortem.outage.Coverage;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.Renderers;
import java.util.List;

/** From the documents of a tree to those that its deployment makes of them: what is rendered, what is left out, to which cluster it goes. */
final class Expansion {
    private Expansion() {}

    /**
     * The result.
     *
     * @param documents to be assembled
     * @param notUnderstood what is not rendered and what is not deployed, each with the reason
     */
    record Expanded(List<Document> documents, List<Problem> problems, List<Coverage.NotUnderstood> notUnderstood) {}

    /** Expands documents as parsed. */
    static Expanded expand(List<Document> documents, FileTree files, Renderers renderers) {
        return new Expanded(documents, List.of(), List.of());
    }
}
