package dev.premortem.source;

import dev.premortem.estate.Reference;
import dev.premortem.fact.Tree;
import dev.premortem.source.gitops.Manifest;
import java.util.Optional;

/**
 * One parsed document: a YAML document, an item of a {@code List}, a JSON value, or the whole text of a zone or PEM file.
 *
 * @param file relative to the tree that was given
 * @param index its place among the documents of its file, from 0; items of one {@code List} share it
 * @param reference name of the object, where it is one
 * @param cluster cluster it is deployed to, where its deployment says so
 * @param chart what came of the chart that it asks for, where one was asked for
 */
public record Document(
        String file,
        int index,
        Tree tree,
        Optional<Reference> reference,
        Optional<String> cluster,
        Optional<Manifest.Chart> chart) {
    Document(String file, int index, Tree tree) {
        this(file, index, tree, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same with the reference of its object. */
    Document named(Tree read, Optional<Reference> found) {
        return new Document(file, index, read, found, cluster, chart);
    }

    /** What tells it from every other document of its tree: the reference, or the file and the place in it. */
    public String identity() {
        return reference.map(Reference::text).orElseGet(() -> file + "#" + index);
    }
}
