package dev.premortem.source.kustomize;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Optional;

/** Finds the item of one list that is the same thing as an item of another, as merges do: by its name, port or path, not by its place. */
final class Alignment {
    /** Keys by which Kubernetes merges lists, the most telling first. */
    private static final List<String> KEYS = List.of(
            "name", "mountPath", "devicePath", "containerPort", "port", "key", "ip", "topologyKey", "host", "uid");

    /** Items of a longer list are found by their place alone: otherwise each would be compared with each. */
    private static final int MOST_COMPARED = 2_000;

    private Alignment() {}

    /** The counterpart of item {@code index} of {@code built} among others. */
    static Optional<Tree> counterpart(List<Tree> built, int index, List<Tree> others) {
        Tree item = built.get(index);
        boolean paired = built.size() == others.size();
        if (built.size() > MOST_COMPARED) {
            return paired && same(item, others.get(index)) ? Optional.of(others.get(index)) : Optional.empty();
        }
        for (String key : KEYS) {
            Optional<String> wanted = field(item, key);
            List<Tree> found = having(others, key, wanted);
            if (wanted.isPresent()
                    && found.size() == 1
                    && having(built, key, wanted).size() == 1) {
                return Optional.of(found.getFirst());
            }
        }
        if (paired && same(item, others.get(index))) {
            return Optional.of(others.get(index));
        }
        List<Tree> equal = equal(item, others);
        if (equal.size() == 1 && alone(built, index)) {
            return Optional.of(equal.getFirst());
        }
        boolean keyed = KEYS.stream().anyMatch(key -> field(item, key).isPresent());
        return keyed || !paired || !equal.isEmpty() ? renamed(built, index, others) : Optional.of(others.get(index));
    }

    private static List<Tree> having(List<Tree> items, String key, Optional<String> value) {
        return items.stream().filter(item -> field(item, key).equals(value)).toList();
    }

    private static List<Tree> equal(Tree item, List<Tree> others) {
        return others.stream().filter(other -> same(item, other)).toList();
    }

    /** True where no other item of the list is equal: of equal ones nobody can tell which came from where. */
    static boolean alone(List<Tree> built, int index) {
        return built.size() <= MOST_COMPARED && equal(built.get(index), built).size() == 1;
    }

    private static Optional<String> field(Tree item, String key) {
        return item instanceof Tree.Mapping mapping
                ? mapping.get(key).flatMap(Tree::text).map(Fact::value)
                : Optional.empty();
    }

    /** An item that was renamed with what it names: a generated map got a hash, an object a prefix. */
    private static Optional<Tree> renamed(List<Tree> built, int index, List<Tree> others) {
        Optional<String> name = field(built.get(index), "name");
        if (name.isEmpty() || built.size() != others.size() || !(others.get(index) instanceof Tree.Mapping other)) {
            return Optional.empty();
        }
        Optional<String> old = field(other, "name");
        boolean taken = built.stream().anyMatch(item -> field(item, "name").equals(old));
        return old.filter(before -> !before.isEmpty() && !taken && name.get().contains(before))
                .map(_ -> other);
    }

    /** Kustomize folds and trims texts of several lines on its way; their words are what counts. */
    private static boolean same(String one, String other) {
        return one.equals(other)
                || (one.contains("\n")
                        && other.contains("\n")
                        && one.replaceAll("\\s+", "").equals(other.replaceAll("\\s+", "")));
    }

    /** Equal in all but the places and the order of keys. */
    static boolean same(Tree one, Tree other) {
        return switch (one) {
            case Tree.Scalar scalar ->
                other instanceof Tree.Scalar second
                        && scalar.kind() == second.kind()
                        && same(scalar.value(), second.value());
            case Tree.Sequence sequence -> {
                boolean same = other instanceof Tree.Sequence second
                        && sequence.values().size() == second.values().size();
                for (int i = 0; same && i < sequence.values().size(); i++) {
                    same = same(sequence.values().get(i), other.items().get(i));
                }
                yield same;
            }
            case Tree.Mapping mapping ->
                other instanceof Tree.Mapping second
                        && mapping.values().size() == second.values().size()
                        && mapping.values().stream()
                                .allMatch(entry -> second.get(entry.key())
                                        .filter(value -> same(entry.value(), value))
                                        .isPresent());
        };
    }
}
