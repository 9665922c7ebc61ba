package dev.premortem.source.helm;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.Rendered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** The values that a chart is rendered with, the user's over the chart's own, each with the line that set it. */
final class EffectiveValues {
    private static final int MOST_LEAVES = 4000;

    /**
     * A single value.
     *
     * @param number its place among all of them, by which it is marked
     * @param path keys and {@code [index]} that lead to it
     * @param set whether the user set it, and not the chart
     */
    record Leaf(int number, List<String> path, Tree.Scalar scalar, boolean set) {}

    private final Tree tree;
    private final Set<Declared> set = new TreeSet<>();
    private final List<Leaf> leaves = new ArrayList<>();
    private int numbers;

    private EffectiveValues(Tree tree, List<Tree> users) {
        this.tree = tree;
        for (Tree user : users) {
            user.scalars().forEach(scalar -> set.add(scalar.place()));
        }
        leaves(tree, new ArrayList<>());
    }

    /** The values of a chart with those of a user over them. */
    static EffectiveValues of(ChartFiles chart, List<Tree> users) {
        Tree merged = defaults(chart);
        for (Tree user : users) {
            merged = over(merged, user);
        }
        return new EffectiveValues(merged, users);
    }

    /** The values of a chart and of those in it, without a user's. */
    static Tree defaults(ChartFiles chart) {
        return defaults(chart, 0);
    }

    /** The values of the charts in a chart, without its own. */
    static Tree ofInner(ChartFiles chart) {
        return defaults(chart, 1);
    }

    private static Tree defaults(ChartFiles chart, int from) {
        Tree merged = new Tree.Mapping(new Declared(chart.root(), 1, Rendered.MADE), List.of());
        SortedMap<String, ChartFiles.Part> parts = chart.parts();
        List<ChartFiles.Part> inward = new ArrayList<>(parts.values());
        // A chart's values win over those of the charts in it, so the deepest come first.
        inward.removeIf(part -> depth(part) < from);
        inward.sort(java.util.Comparator.comparingInt(part -> -depth(part)));
        for (ChartFiles.Part part : inward) {
            Optional<Tree> own = chart.tree(part.folder() + "values.yaml").filter(Tree.Mapping.class::isInstance);
            if (own.isPresent()) {
                Tree here = own.get();
                List<String> keys =
                        depth(part) == 0 ? List.of() : List.of(part.valuesPath().split("\n", -1));
                for (String key : keys.reversed()) {
                    here = new Tree.Mapping(here.place(), List.of(new Tree.Entry(key, here.place(), here)));
                }
                merged = over(merged, here);
            }
        }
        return merged;
    }

    private static int depth(ChartFiles.Part part) {
        return part.valuesPath().isEmpty() ? 0 : part.valuesPath().split("\n", -1).length;
    }

    /** Mappings are merged, all else is replaced; a null takes a key away. */
    static Tree over(Tree below, Tree above) {
        if (!(below instanceof Tree.Mapping first) || !(above instanceof Tree.Mapping second)) {
            return above;
        }
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        first.values().forEach(entry -> entries.put(entry.key(), entry));
        for (Tree.Entry entry : second.values()) {
            Tree.Entry old = entries.get(entry.key());
            boolean nothing = entry.value() instanceof Tree.Scalar scalar && scalar.kind() == Tree.Scalar.Kind.NULL;
            if (nothing) {
                entries.remove(entry.key());
            } else if (old == null) {
                entries.put(entry.key(), entry);
            } else {
                entries.put(entry.key(), new Tree.Entry(entry.key(), entry.place(), over(old.value(), entry.value())));
            }
        }
        return new Tree.Mapping(second.place(), List.copyOf(entries.values()));
    }

    private void leaves(Tree node, List<String> path) {
        switch (node) {
            case Tree.Scalar scalar -> {
                if (leaves.size() < MOST_LEAVES) {
                    leaves.add(new Leaf(leaves.size(), List.copyOf(path), scalar, set.contains(scalar.place())));
                }
            }
            case Tree.Sequence sequence -> {
                for (int i = 0; i < sequence.values().size(); i++) {
                    path.add("[" + i + "]");
                    leaves(sequence.values().get(i), path);
                    path.removeLast();
                }
            }
            case Tree.Mapping mapping -> {
                for (Tree.Entry entry : mapping.values()) {
                    path.add(entry.key());
                    leaves(entry.value(), path);
                    path.removeLast();
                }
            }
        }
    }

    /** All single values, in order. */
    List<Leaf> leaves() {
        return leaves;
    }

    /** The value at a path; empty where there is none. */
    Optional<Tree> at(List<String> path) {
        Tree here = tree;
        for (String step : path) {
            Optional<Tree> next = switch (here) {
                case Tree.Scalar ignored -> Optional.empty();
                case Tree.Mapping mapping -> mapping.get(step);
                case Tree.Sequence sequence -> {
                    String digits = step.startsWith("[") ? step.substring(1, step.length() - 1) : "";
                    int index = digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : Integer.MAX_VALUE;
                    yield index < sequence.values().size()
                            ? Optional.of(sequence.values().get(index))
                            : Optional.empty();
                }
            };
            if (next.isEmpty()) {
                return Optional.empty();
            }
            here = next.get();
        }
        return Optional.of(here);
    }

    /** Only those values that have another one in {@code others}, by their number; a list that holds one is whole. */
    Optional<Tree> with(SortedMap<Integer, Tree.Scalar> others) {
        numbers = 0;
        return with(tree, others);
    }

    private Optional<Tree> with(Tree node, SortedMap<Integer, Tree.Scalar> others) {
        return switch (node) {
            case Tree.Scalar ignored -> Optional.ofNullable(others.get(numbers++));
            case Tree.Sequence sequence -> {
                List<Tree> items = new ArrayList<>();
                boolean any = false;
                for (Tree item : sequence.values()) {
                    int from = numbers;
                    Optional<Tree> changed = whole(item, others);
                    any |= !others.subMap(from, Math.max(from, numbers)).isEmpty();
                    items.add(changed.orElse(item));
                }
                yield any ? Optional.of(new Tree.Sequence(sequence.place(), items)) : Optional.empty();
            }
            case Tree.Mapping mapping -> {
                List<Tree.Entry> entries = new ArrayList<>();
                for (Tree.Entry entry : mapping.values()) {
                    with(entry.value(), others)
                            .ifPresent(value -> entries.add(new Tree.Entry(entry.key(), entry.place(), value)));
                }
                yield entries.isEmpty() ? Optional.empty() : Optional.of(new Tree.Mapping(mapping.place(), entries));
            }
        };
    }

    /** A value inside of a list: with what is not changed. */
    private Optional<Tree> whole(Tree node, SortedMap<Integer, Tree.Scalar> others) {
        return switch (node) {
            case Tree.Scalar scalar -> {
                Tree.Scalar other = others.get(numbers++);
                yield Optional.of(other == null ? scalar : other);
            }
            case Tree.Sequence sequence -> {
                List<Tree> items = new ArrayList<>();
                for (Tree item : sequence.values()) {
                    items.add(whole(item, others).orElse(item));
                }
                yield Optional.of(new Tree.Sequence(sequence.place(), items));
            }
            case Tree.Mapping mapping -> {
                List<Tree.Entry> entries = new ArrayList<>();
                for (Tree.Entry entry : mapping.values()) {
                    entries.add(new Tree.Entry(
                            entry.key(),
                            entry.place(),
                            whole(entry.value(), others).orElse(entry.value())));
                }
                yield Optional.of(new Tree.Mapping(mapping.place(), entries));
            }
        };
    }
}
