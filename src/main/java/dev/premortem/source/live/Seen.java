package dev.premortem.source.live;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Sighting;
import dev.premortem.fact.Tree;
import java.util.List;

/**
 * One document that no file holds: an object of a running cluster, a certificate that it serves, or something that was observed.
 *
 * @param tree its places name a {@link Sighting} where others name a file
 * @param cluster name of the cluster that it belongs to, empty for what belongs to none
 */
public record Seen(Tree tree, String cluster) {
    /** Name of the pseudo file. */
    public String file() {
        return tree.place().file();
    }

    /** An observation, as a document of ours says it. */
    public static Seen observation(String cluster, Sighting where, String of, String fact, Tree value, String by) {
        Declared place = where.place("");
        Tree.Mapping spec = mapping(
                where,
                "spec",
                List.of(
                        entry(where, "spec.of", "of", of),
                        entry(where, "spec.fact", "fact", fact),
                        new Tree.Entry("value", where.place("spec.value"), value),
                        entry(where, "spec.at", "at", where.at().toString()),
                        entry(where, "spec.by", "by", by)));
        return new Seen(
                new Tree.Mapping(
                        place,
                        List.of(
                                entry(where, "apiVersion", "apiVersion", "premortem.dev/v1"),
                                entry(where, "kind", "kind", "Observation"),
                                new Tree.Entry("spec", place, spec))),
                cluster);
    }

    /** A text at a field of a sighting. */
    public static Tree text(Sighting where, String field, String value) {
        return new Tree.Scalar(where.place(field), Tree.Scalar.Kind.STRING, value);
    }

    static Tree.Entry entry(Sighting where, String field, String key, String value) {
        return new Tree.Entry(key, where.place(field), text(where, field, value));
    }

    static Tree.Mapping mapping(Sighting where, String field, List<Tree.Entry> entries) {
        return new Tree.Mapping(where.place(field), List.copyOf(entries));
    }
}
