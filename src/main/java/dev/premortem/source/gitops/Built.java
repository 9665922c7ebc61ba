package dev.premortem.source.gitops;

import dev.premortem.fact.Declared;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What a folder or a kustomization makes.
 *
 * @param used files that it was made of
 * @param made files behind each key of what a generator makes, by kind and name ({@code ConfigMap/values}) and then by key
 * @param gaps what could not be followed
 */
record Built(
        List<Manifest> objects,
        SortedSet<String> used,
        SortedMap<String, SortedMap<String, String>> made,
        List<Gap> gaps) {
    /** Something that was not read or not applied. */
    record Gap(Declared place, String kind, String reason) {}
}
