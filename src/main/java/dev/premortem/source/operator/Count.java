package dev.premortem.source.operator;

import dev.premortem.fact.Assumed;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import java.util.List;
import java.util.Optional;

/**
 * How many pods: a field with its default, or the sum of such a field over a list.
 *
 * @param path of the field, in the object or in an item of the list
 * @param without what the operator takes where the field is missing
 * @param each path of the list; empty where there is none
 * @param times pods for each one that is counted
 */
record Count(String path, int without, String each, int times) {
    static Count of(String path, int without) {
        return new Count(path, without, "", 1);
    }

    /** The count in an object; the source is that of the default. */
    Fact<Integer> in(Tree tree, String source, Harvest harvest) {
        List<Tree> items = each.isEmpty() ? List.of() : tree.items(each);
        if (items.isEmpty()) {
            return one(tree, source, harvest).map(count -> count * times);
        }
        Fact<Integer> first = one(items.getFirst(), source, harvest);
        int sum = 0;
        for (Tree item : items) {
            sum += one(item, source, harvest).value();
        }
        // One item's number stands for itself; a sum stands where the list does.
        int all = sum * times;
        return items.size() == 1 && times == 1
                ? first
                : new Fact<>(all, items.getFirst().place());
    }

    private Fact<Integer> one(Tree tree, String source, Harvest harvest) {
        Optional<Fact<String>> text = tree.text(path);
        Optional<Integer> number = text.flatMap(found -> number(found.value()));
        if (number.isPresent()) {
            int value = number.get();
            return text.get().map(ignored -> value);
        }
        tree.at(path)
                .filter(found -> text.isPresent() || !found.entries().isEmpty())
                .ifPresent(found ->
                        harvest.problem(found.place(), Fields.describe(found), "a whole number from 0 to 100000"));
        return new Fact<>(without, new Assumed("operator.replicas", source));
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseInt(text)).filter(value -> value >= 0 && value <= 100_000);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
