package dev.premortem.source.text;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The typed fields of one mapping. What is not as expected becomes a problem that names file, line, field and what was expected. */
public final class Fields {
    private final Tree tree;
    private final Harvest harvest;

    private Fields(Tree tree, Harvest harvest) {
        this.tree = tree;
        this.harvest = harvest;
    }

    /** The fields of a tree; none where it is no mapping, which is a problem unless it is null. */
    public static Fields of(Tree tree, Harvest harvest) {
        if (!(tree instanceof Tree.Mapping) && !isNull(tree)) {
            harvest.problem(tree.place(), describe(tree), "a mapping");
        }
        return new Fields(tree, harvest);
    }

    /** The mapping they stand in. */
    public Tree tree() {
        return tree;
    }

    /** Where the mapping stands. */
    public Declared place() {
        return tree.place();
    }

    /** The value of a key; empty where it is missing or null. */
    public Optional<Tree> get(String key) {
        return tree instanceof Tree.Mapping mapping
                ? mapping.get(key).filter(value -> !isNull(value))
                : Optional.empty();
    }

    private static boolean isNull(Tree tree) {
        return tree instanceof Tree.Scalar scalar && scalar.kind() == Tree.Scalar.Kind.NULL;
    }

    /** What stands there, for a problem. */
    public static String describe(Tree tree) {
        return switch (tree) {
            case Tree.Scalar scalar when scalar.kind() == Tree.Scalar.Kind.NULL -> "nothing";
            case Tree.Scalar scalar -> "\"" + shorten(scalar.value()) + "\"";
            case Tree.Sequence ignored -> "a list";
            case Tree.Mapping ignored -> "a mapping";
        };
    }

    private static String shorten(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > 60 ? line.substring(0, 57) + "..." : line;
    }

    private <T> Optional<Fact<T>> scalar(String key, String expected, Function<String, Optional<T>> parse) {
        Optional<Tree> found = get(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> value = found.get().text().map(Fact::value).flatMap(parse);
        if (value.isEmpty()) {
            harvest.problem(found.get().place(), describe(found.get()), expected);
        }
        return value.map(parsed -> new Fact<>(parsed, found.get().place()));
    }

    /** A text, or a number or boolean as its text. */
    public Optional<Fact<String>> text(String key) {
        return scalar(key, "a text", Optional::of);
    }

    /** A whole number of at least {@code least}. */
    public Optional<Fact<Integer>> integer(String key, int least) {
        return scalar(key, "a whole number of at least " + least, text -> {
            try {
                return Optional.of(Integer.parseInt(text)).filter(value -> value >= least);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /** A number of at least 0. */
    public Optional<Fact<Double>> number(String key) {
        return scalar(key, "a number of at least 0", text -> {
            try {
                return Optional.of(Double.parseDouble(text)).filter(value -> value >= 0);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /** True or false. */
    public Optional<Fact<Boolean>> flag(String key) {
        return scalar(
                key,
                "true or false",
                text -> text.equals("true") || text.equals("false")
                        ? Optional.of(text.equals("true"))
                        : Optional.empty());
    }

    /** A duration. */
    public Optional<Fact<Duration>> duration(String key) {
        return scalar(key, "a duration such as 90s, 5m, 4h, 30d or PT1H30M", Values::duration);
    }

    /** An instant. */
    public Optional<Fact<Instant>> instant(String key) {
        return scalar(key, "an instant such as 2026-02-01T00:00:00Z", Values::instant);
    }

    /** A quantity in thousandths: CPU. */
    public Optional<Fact<Long>> thousandths(String key) {
        return scalar(key, "a quantity such as 500m or 2", Values::thousandths);
    }

    /** A quantity in whole units: memory. */
    public Optional<Fact<Long>> whole(String key) {
        return scalar(key, "a quantity such as 128Mi or 2G", Values::whole);
    }

    /** One of a few words, in lower case. */
    public <E extends Enum<E>> Optional<Fact<E>> choice(String key, Class<E> words) {
        StringBuilder expected = new StringBuilder();
        for (E word : words.getEnumConstants()) {
            expected.append(expected.isEmpty() ? "" : ", ").append(lower(word));
        }
        return scalar(key, "one of " + expected, text -> {
            for (E word : words.getEnumConstants()) {
                if (lower(word).equalsIgnoreCase(text)) {
                    return Optional.of(word);
                }
            }
            return Optional.empty();
        });
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** One of a few words as text. */
    public Optional<Fact<String>> word(String key, String... words) {
        return scalar(
                key,
                "one of " + String.join(", ", words),
                text -> Optional.of(text).filter(List.of(words)::contains));
    }

    /** A list of texts; a single text counts as a list of one. */
    public List<Fact<String>> texts(String key) {
        return parsed(key, "a text", Optional::of);
    }

    /** A list of instants. */
    public List<Fact<Instant>> instants(String key) {
        return parsed(key, "an instant such as 2026-02-01T00:00:00Z", Values::instant);
    }

    private <T> List<Fact<T>> parsed(String key, String expected, Function<String, Optional<T>> parse) {
        List<Fact<T>> values = new ArrayList<>();
        for (Tree item : list(key)) {
            Optional<T> value = item.text().map(Fact::value).flatMap(parse);
            if (value.isEmpty()) {
                harvest.problem(item.place(), describe(item), expected);
            }
            value.ifPresent(text -> values.add(new Fact<>(text, item.place())));
        }
        return List.copyOf(values);
    }

    /** The items at a key; a single value counts as a list of one. */
    public List<Tree> list(String key) {
        return get(key).map(value -> value instanceof Tree.Sequence sequence ? sequence.values() : List.of(value))
                .orElse(List.of());
    }

    /** The mapping at a key, where there is one. */
    public Optional<Fields> below(String key) {
        return get(key).map(value -> of(value, harvest));
    }

    /** The mappings of the list at a key. */
    public List<Fields> each(String key) {
        Optional<Tree> found = get(key);
        if (found.isPresent() && !(found.get() instanceof Tree.Sequence)) {
            harvest.problem(found.get().place(), describe(found.get()), "a list of mappings");
            return List.of();
        }
        return found.map(Tree::items).orElse(List.of()).stream()
                .map(item -> of(item, harvest))
                .toList();
    }

    /** Keys with texts, in the file's order. */
    public Map<String, Fact<String>> textMap(String key) {
        Map<String, Fact<String>> map = new LinkedHashMap<>();
        below(key)
                .ifPresent(fields -> fields.tree()
                        .entries()
                        .forEach(entry -> entry.value().text().ifPresent(text -> map.put(entry.key(), text))));
        return map;
    }

    /** The same without places. */
    public Map<String, String> plainMap(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        textMap(key).forEach((name, fact) -> map.put(name, fact.value()));
        return map;
    }

    /** Notes a missing field. */
    public void lacks(String key, String expected) {
        Declared place = tree.place();
        harvest.problem(
                new Declared(place.file(), place.line(), YamlTrees.below(place.field(), key)), "is missing", expected);
    }

    /** Notes every key that is not among the known ones, with the nearest known name as a hint. */
    public void allow(String... known) {
        for (Tree.Entry entry : tree.entries()) {
            if (!List.of(known).contains(entry.key())) {
                String hint = Near.nearest(entry.key(), List.of(known))
                        .map(name -> "you meant " + name)
                        .orElse("");
                harvest.problem(
                        entry.place(), "no such field; it is ignored", "one of " + String.join(", ", known), hint);
            }
        }
    }
}
