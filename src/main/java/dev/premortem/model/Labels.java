package dev.premortem.model;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Label selectors as Kubernetes evaluates them: all {@code matchLabels} and all {@code matchExpressions} must hold. */
public final class Labels {
    private Labels() {}

    /** True where the selector is missing or selects the labels; an empty one selects all. */
    public static boolean select(Optional<Tree> selector, Map<String, String> labels) {
        return selector.map(found -> select(found, labels)).orElse(true);
    }

    /** True where the selector selects the labels. */
    public static boolean select(Tree selector, Map<String, String> labels) {
        return of(selector).test(labels);
    }

    /** What a selector selects, looked up once for many labels. */
    public static Predicate<Map<String, String>> of(Tree selector) {
        List<Tree.Entry> wanted = selector.entries("matchLabels");
        List<Tree> expressions = selector.items("matchExpressions");
        return labels -> {
            for (Tree.Entry entry : wanted) {
                if (!(entry.value() instanceof Tree.Scalar scalar) || !holds(scalar, labels.get(entry.key()))) {
                    return false;
                }
            }
            return expressions.isEmpty() || expressions.stream().allMatch(expression -> holds(expression, labels));
        };
    }

    /** Without a step between, because each selector is held against each pod of its namespace. */
    private static boolean holds(Tree.Scalar wanted, @Nullable String label) {
        return label != null && wanted.kind() != Tree.Scalar.Kind.NULL && label.equals(wanted.value());
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
