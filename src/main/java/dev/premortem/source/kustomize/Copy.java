package dev.premortem.source.kustomize;

import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;

/**
 * All that a build is given: the files that a kustomization reaches and nothing else, as they will lie in a folder of ours.
 *
 * @param files text by path in the copy; the wrapping kustomization is {@link #TOP}
 * @param names file of the tree by path in the copy
 * @param kustomizations what was kept of each kustomization, by path in the copy, with the user's places; outer ones after those they
 *     build on
 * @param less true where something elsewhere was left out, so that what builds on it may not build
 */
record Copy(
        SortedMap<String, String> files,
        SortedMap<String, String> names,
        SequencedMap<String, Tree.Mapping> kustomizations,
        List<Problem> problems,
        boolean less) {
    /** Folder in which the build is called. */
    static final String TOP_FOLDER = "top";

    /** The kustomization around all others, which asks for origins. */
    static final String TOP = TOP_FOLDER + "/kustomization.yaml";

    /** The path in the copy of what the build calls by a path relative to the wrapping kustomization. */
    static Optional<String> path(String fromTop) {
        return Paths.resolve(TOP_FOLDER, fromTop);
    }

    /** The file of the tree behind a path relative to the wrapping kustomization. */
    Optional<String> file(String fromTop) {
        return path(fromTop).flatMap(path -> Optional.ofNullable(names.get(path)));
    }
}
