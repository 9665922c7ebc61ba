package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The same object in another file: of a base and its copy, or of two ways to deploy one program, one counts and the other is this.
 *
 * @param of the object
 * @param tree the object as it stands here
 */
public record Alternative(Reference reference, Declared place, Reference of, Tree tree) implements Thing {
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([0-9]{1,4})]");

    /** An object that stands in a file whose copy elsewhere counts. */
    public static Alternative of(KubernetesObject object) {
        Declared place = object.tree().place();
        return new Alternative(
                new Reference(object.reference() + "@" + place.at()), place, object.reference(), object.tree());
    }

    /** The value at the path of a field, {@code spec.containers[0].image}; empty where it is missing or a key holds dots. */
    public static Optional<Tree> at(Tree tree, String field) {
        Tree here = tree;
        Matcher step = STEP.matcher(field);
        while (step.find()) {
            Optional<Tree> next = step.group(1) == null
                    ? item(here, Integer.parseInt(step.group(2)))
                    : here instanceof Tree.Mapping mapping ? mapping.get(step.group(1)) : Optional.empty();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            here = next.get();
        }
        return Optional.of(here);
    }

    private static Optional<Tree> item(Tree tree, int index) {
        return index < tree.items().size() ? Optional.of(tree.items().get(index)) : Optional.empty();
    }
}
