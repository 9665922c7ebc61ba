package dev.premortem.source.text;

import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;

/**
 * The objects that a list of the Kubernetes API holds. The API server leaves kind and version out of the items of a typed list ({@code DeploymentList}),
 * and kubectl applies them as what the list's own kind says; in a plain {@code List} each item says it itself.
 */
public final class ListItems {
    private static final String LIST = "List";

    private ListItems() {}

    /** True for a list: a kind that ends so, with a sequence of items. */
    public static boolean list(Tree tree) {
        return tree.text("kind").filter(kind -> kind.value().endsWith(LIST)).isPresent()
                && tree.at("items").filter(Tree.Sequence.class::isInstance).isPresent();
    }

    /** The items of a list, each with the kind and version that it has by itself or by the list. */
    public static List<Tree> of(Tree list) {
        return list.items("items").stream().map(item -> typed(list, item)).toList();
    }

    private static Tree typed(Tree list, Tree item) {
        boolean plain =
                list.text("kind").filter(kind -> kind.value().equals(LIST)).isPresent();
        if (plain || !(item instanceof Tree.Mapping mapping)) {
            return item;
        }
        List<Tree.Entry> entries = new ArrayList<>(mapping.values());
        for (Tree.Entry entry : list.entries()) {
            boolean ofType = entry.key().equals("kind") || entry.key().equals("apiVersion");
            if (ofType && item.at(entry.key()).isEmpty() && entry.value() instanceof Tree.Scalar said) {
                String value = entry.key().equals("kind")
                        ? said.value().substring(0, said.value().length() - LIST.length())
                        : said.value();
                entries.add(new Tree.Entry(
                        entry.key(), entry.place(), new Tree.Scalar(said.place(), Tree.Scalar.Kind.STRING, value)));
            }
        }
        return new Tree.Mapping(mapping.place(), List.copyOf(entries));
    }
}
