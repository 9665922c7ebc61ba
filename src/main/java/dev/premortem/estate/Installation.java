package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Optional;

/**
 * A component as one environment installs it, known from its values: one of several sisters.
 *
 * @param reference {@code <environment>/<name>} below {@code installation}
 * @param place where the environment asks for it
 * @param environment cluster or environment that it goes to
 * @param family what its sisters share: the chart and the name of the release
 * @param name what people call it
 * @param version version of the chart, where it is said
 * @param layers values in the order in which they count, later ones over earlier ones; the defaults of a chart in the tree come first
 * @param own the layer that no sister reads
 * @param whole false where a layer could not be read, so that what is missing may be set there
 */
public record Installation(
        Reference reference,
        Declared place,
        String environment,
        String family,
        String name,
        Optional<Fact<String>> version,
        List<Tree> layers,
        Optional<Tree> own,
        boolean whole)
        implements Thing {
    /** The value that counts at a path of keys; empty where no layer sets it or the last one takes it away. */
    public Optional<Tree> at(List<String> path) {
        for (int i = layers.size() - 1; i >= 0; i--) {
            Optional<Tree> found = below(layers.get(i), path);
            if (found.isPresent()) {
                return found.filter(
                        tree -> !(tree instanceof Tree.Scalar scalar) || scalar.kind() != Tree.Scalar.Kind.NULL);
            }
        }
        return Optional.empty();
    }

    /** The value at a path of keys, which may hold dots. */
    public static Optional<Tree> below(Tree tree, List<String> path) {
        Tree here = tree;
        for (String key : path) {
            if (!(here instanceof Tree.Mapping mapping)) {
                return Optional.empty();
            }
            Optional<Tree> next = mapping.get(key);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            here = next.get();
        }
        return Optional.of(here);
    }
}
