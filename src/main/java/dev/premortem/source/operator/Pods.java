package dev.premortem.source.operator;

import dev.premortem.fact.Tree;
import java.util.List;
import java.util.function.Predicate;

/**
 * One set of pods that an operator makes of an object, with the Services in front of it. Texts may hold {@code {name}}, {@code {label:key}}, the path of
 * a field such as {@code {spec.cluster.name}}, and {@code {item.name}} for each item that is counted.
 *
 * @param name of the set; empty where only Services are made
 * @param kind as what it behaves: {@code StatefulSet} where the operator keeps the names of its pods, {@code Deployment}
 * @param plain true where an object of that kind and name stands in the cluster, false where the operator makes pods by itself
 * @param storage path of what asks for volumes; empty where there is none
 * @param twice true where it keeps nothing, so that another copy does no harm
 * @param labels of its pods, {@code key=value}
 * @param services names of the Services that lead to it
 * @param needs names of Services that it needs
 * @param there whether an object asks for it
 */
record Pods(
        String name,
        String kind,
        boolean plain,
        Count count,
        String storage,
        boolean twice,
        List<String> labels,
        List<String> services,
        List<String> needs,
        Predicate<Tree> there) {
    private static Pods of(String name, String kind, boolean plain) {
        return new Pods(
                name,
                kind,
                plain,
                Count.of("spec.replicas", 1),
                "",
                false,
                List.of(),
                List.of(),
                List.of(),
                tree -> true);
    }

    /** A StatefulSet. */
    static Pods stateful(String name) {
        return of(name, "StatefulSet", true);
    }

    /** Pods with names that the operator keeps, without a StatefulSet. */
    static Pods named(String name) {
        return of(name, "StatefulSet", false);
    }

    /** No pods, only names in front of those that something else makes. */
    static Pods names() {
        return of("", "", false);
    }

    /** A Deployment. */
    static Pods deployment(String name) {
        return of(name, "Deployment", true);
    }

    /** A Deployment that keeps nothing. */
    static Pods stateless(String name) {
        Pods pods = deployment(name);
        return new Pods(name, pods.kind, true, pods.count, "", true, List.of(), List.of(), List.of(), pods.there);
    }

    /** The field that says how many, and what is taken where it is missing. */
    Pods count(String path, int without) {
        return counted(Count.of(path, without));
    }

    /** A field of each item of a list. */
    Pods sum(String list, String path, int without) {
        return counted(new Count(path, without, list, 1));
    }

    Pods counted(Count counted) {
        return new Pods(name, kind, plain, counted, storage, twice, labels, services, needs, there);
    }

    /** What asks for volumes. */
    Pods storage(String path) {
        return new Pods(name, kind, plain, count, path, twice, labels, services, needs, there);
    }

    Pods labels(String... keysAndValues) {
        return new Pods(name, kind, plain, count, storage, twice, List.of(keysAndValues), services, needs, there);
    }

    Pods services(String... names) {
        return new Pods(name, kind, plain, count, storage, twice, labels, List.of(names), needs, there);
    }

    Pods needs(String... names) {
        return new Pods(name, kind, plain, count, storage, twice, labels, services, List.of(names), there);
    }

    /** Made only where a field is there and not {@code false}. */
    Pods where(String path) {
        return when(tree -> tree.at(path)
                .filter(found ->
                        found.text().map(text -> !text.value().equals("false")).orElse(true))
                .isPresent());
    }

    Pods when(Predicate<Tree> asked) {
        return new Pods(name, kind, plain, count, storage, twice, labels, services, needs, asked);
    }
}
