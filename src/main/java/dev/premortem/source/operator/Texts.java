package dev.premortem.source.operator;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.Optional;

/** Fills the fields of an object into the texts of a table. */
final class Texts {
    private Texts() {}

    /** The text with every {@code {…}} filled; empty where a field is missing. */
    static Optional<String> fill(String text, KubernetesObject object, Optional<Tree> item) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            Optional<String> value = value(text.substring(open + 1, close), object, item);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            out.append(text, from, open).append(value.get());
            from = close + 1;
        }
        return Optional.of(out.append(text, from, text.length()).toString());
    }

    private static Optional<String> value(String field, KubernetesObject object, Optional<Tree> item) {
        if (field.equals("name")) {
            return Optional.of(object.name());
        }
        if (field.startsWith("label:")) {
            return Optional.ofNullable(object.labels().get(field.substring("label:".length())));
        }
        return field.startsWith("item.")
                ? item.flatMap(found -> found.text(field.substring("item.".length())))
                        .map(Fact::value)
                : object.tree().text(field).map(Fact::value);
    }
}
