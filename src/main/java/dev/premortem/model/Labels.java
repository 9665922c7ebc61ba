package dev.premortem.model;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Label selectors as Kubernetes evaluates them: all {@code matchLabels} and all {@code matchExpressions} must hold. */
public final class Labels {
    private Labels() {}

    /** True where the selector is missing or selects the labels; an empty one selects all. */
    public static boolean select(Optional<Tree> selector, Map<String, String> labels) {
        return selector.map(found -> select(found, labels)).orElse(true);
    }

    /** True where the selector selects the labels. */
    public static boolean select(Tree selector, Map<String, String> labels) {
        for (Tree.Entry entry : selector.entries("matchLabels")) {
            boolean equal = entry.value()
                    .text()
                    .map(Fact::value)
                    .filter(value -> value.equals(labels.get(entry.key())))
                    .isPresent();
            if (!equal) {
                return false;
            }
        }
        return selector.items("matchExpressions").stream().allMatch(expression -> holds(expression, labels));
    }

    private static boolean holds(Tree expression, Map<String, String> labels) {
        String key = expression.text("key").map(Fact::value).orElse("");
        List<String> values = expression.items("values").stream()
                .flatMap(item -> item.text().map(Fact::value).stream())
                .toList();
        return switch (expression.text("operator").map(Fact::value).orElse("")) {
            case "In" -> labels.containsKey(key) && values.contains(labels.get(key));
            case "NotIn" -> !values.contains(labels.getOrDefault(key, "\0"));
            case "Exists" -> labels.containsKey(key);
            case "DoesNotExist" -> !labels.containsKey(key);
            default -> false;
        };
    }
}
