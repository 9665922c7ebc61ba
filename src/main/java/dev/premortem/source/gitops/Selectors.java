package dev.premortem.source.gitops;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Optional;

/** Which of the parameters that a generator found are taken: labels as Kubernetes selects them, over the parameters' own names. */
final class Selectors {
    private Selectors() {}

    /** True where there is no selector, or it takes these. */
    static boolean takes(Optional<Tree> selector, Tree parameters) {
        if (selector.isEmpty()) {
            return true;
        }
        boolean labels = selector.get().entries("matchLabels").stream()
                .allMatch(label -> value(parameters, label.key())
                        .equals(label.value().text().map(Fact::value)));
        return labels
                && selector.get().items("matchExpressions").stream()
                        .allMatch(expression -> holds(expression, parameters));
    }

    private static boolean holds(Tree expression, Tree parameters) {
        Optional<String> value =
                value(parameters, expression.text("key").map(Fact::value).orElse(""));
        List<String> values = expression.items("values").stream()
                .flatMap(item -> item.text().stream())
                .map(Fact::value)
                .toList();
        return switch (expression.text("operator").map(Fact::value).orElse("")) {
            case "In" -> value.filter(values::contains).isPresent();
            case "NotIn" -> value.filter(values::contains).isEmpty();
            case "Exists" -> value.isPresent();
            case "DoesNotExist" -> value.isEmpty();
            default -> true; // refused by the API server: what it would take is not known
        };
    }

    private static Optional<String> value(Tree parameters, String key) {
        return Grafts.get(parameters, key)
                .or(() -> parameters.at(key))
                .flatMap(Tree::text)
                .map(Fact::value);
    }
}
