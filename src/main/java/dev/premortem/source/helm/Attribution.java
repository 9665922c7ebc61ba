package dev.premortem.source.helm;

import dev.premortem.fact.Tree;
import dev.premortem.source.helm.EffectiveValues.Leaf;
import dev.premortem.source.helm.RenderedText.Piece;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which value each rendered field comes from, learnt from renderings with other values. */
final class Attribution {
    /**
     * Where a field comes from.
     *
     * @param whole whether the field is the value, and not a text with the value in it
     */
    record Origin(Leaf leaf, boolean whole) {}

    private static final Comparator<Mark> BEST = Comparator.<Mark>comparingInt(
                    mark -> mark.leaf().set() ? 0 : 1)
            .thenComparingInt(mark -> -mark.leaf().scalar().value().length())
            .thenComparingInt(mark -> mark.leaf().number());

    private final List<Piece> pieces;
    private final List<Set<String>> made;
    private final List<SortedMap<String, Origin>> origins = new ArrayList<>();
    private final List<SortedMap<String, Leaf>> deciders = new ArrayList<>();
    private final Set<Integer> seen = new TreeSet<>();

    /** @param made paths of each piece that differ at every rendering */
    Attribution(List<Piece> pieces, List<Set<String>> made) {
        this.pieces = pieces;
        this.made = made;
        pieces.forEach(_ -> {
            origins.add(new TreeMap<>());
            deciders.add(new TreeMap<>());
        });
    }

    /** Origin of each field of a piece, by its path. */
    SortedMap<String, Origin> origins(int piece) {
        return origins.get(piece);
    }

    /** For fields of a piece that are there, or as they are, because of a value that is not in them. */
    SortedMap<String, Leaf> deciders(int piece) {
        return deciders.get(piece);
    }

    /** True where a leaf was found in some field. */
    boolean seen(Leaf leaf) {
        return seen.contains(leaf.number());
    }

    /** Learns from a rendering with marks; true where no object is missing in it. */
    boolean learn(List<Piece> others, List<Mark> marks) {
        return each(others, (piece, base, other) -> {
            if (base instanceof Tree.Scalar was && other instanceof Tree.Scalar is) {
                origin(was, is, marks).ifPresent(origin -> {
                    origins.get(piece).merge(was.place().field(), origin, Attribution::better);
                    seen.add(origin.leaf().number());
                });
            }
        });
    }

    /** A field that is a value belongs to it; of several in one text, one that the user set counts. */
    private static Origin better(Origin old, Origin now) {
        if (old.whole() != now.whole()) {
            return old.whole() ? old : now;
        }
        return !old.leaf().set() && now.leaf().set() ? now : old;
    }

    private static Optional<Origin> origin(Tree.Scalar was, Tree.Scalar is, List<Mark> marks) {
        List<Mark> inside = marks.stream()
                .filter(mark -> is.value().contains(mark.core()))
                .sorted(BEST)
                .toList();
        for (Mark mark : inside) {
            if (is.value().equals(mark.full().value())
                    && was.value().equals(mark.leaf().scalar().value())) {
                return Optional.of(new Origin(mark.leaf(), true));
            }
        }
        String undone = is.value();
        for (Mark mark : inside) {
            undone = mark.undone(undone);
        }
        boolean proven = undone.equals(was.value());
        return inside.stream()
                .filter(mark -> proven || mark.sure())
                .findFirst()
                .map(mark -> new Origin(mark.leaf(), false));
    }

    /** Learns from a rendering in which one value is another: a boolean turned round, or a value that no field shows. */
    void learn(List<Piece> others, Leaf leaf, Tree.Scalar other) {
        each(others, (piece, base, now) -> {
            String path = base.place().field();
            boolean whole = base instanceof Tree.Scalar was
                    && now instanceof Tree.Scalar is
                    && was.value().equals(leaf.scalar().value())
                    && is.value().equals(other.value());
            if (whole) {
                origins.get(piece).putIfAbsent(path, new Origin(leaf, true));
            } else if (!path.isEmpty()) {
                deciders.get(piece).putIfAbsent(path, leaf);
            }
        });
    }

    /** What is done with two values that differ; where the second is missing, the first stands for it. */
    private interface Difference {
        void found(int piece, Tree base, Tree other);
    }

    private boolean each(List<Piece> others, Difference difference) {
        List<Optional<Piece>> beside = MadeAtInstall.beside(pieces, others);
        for (int i = 0; i < beside.size(); i++) {
            int piece = i;
            beside.get(i)
                    .ifPresent(other -> differ(pieces.get(piece).tree(), other.tree(), (base, now) -> {
                        if (!made.get(piece).contains(base.place().field())) {
                            difference.found(piece, base, now);
                        }
                    }));
        }
        return beside.stream().allMatch(Optional::isPresent);
    }

    private interface Pair {
        void found(Tree base, Tree other);
    }

    @SuppressWarnings("ReferenceEquality") // documents that stayed the same were parsed once
    private static void differ(Tree base, Tree other, Pair pair) {
        if (base == other) {
            return;
        }
        if (base instanceof Tree.Mapping first && other instanceof Tree.Mapping second) {
            for (Tree.Entry entry : first.values()) {
                second.get(entry.key())
                        .ifPresentOrElse(
                                found -> differ(entry.value(), found, pair),
                                () -> pair.found(entry.value(), entry.value()));
            }
        } else if (base instanceof Tree.Sequence first && other instanceof Tree.Sequence second) {
            items(first.values(), second.values(), pair);
        } else if (!(base instanceof Tree.Scalar first
                && other instanceof Tree.Scalar second
                && first.kind() == second.kind()
                && first.value().equals(second.value()))) {
            pair.found(base, other);
        }
    }

    /** Items in order where there are as many; else by their names, or from both ends. */
    private static void items(List<Tree> bases, List<Tree> others, Pair pair) {
        if (bases.size() == others.size()) {
            for (int i = 0; i < bases.size(); i++) {
                differ(bases.get(i), others.get(i), pair);
            }
            return;
        }
        List<Tree> left = new ArrayList<>(others);
        for (Tree base : bases) {
            Optional<Tree> like =
                    left.stream().filter(other -> alike(base, other)).findFirst();
            like.ifPresent(left::remove);
            like.ifPresentOrElse(other -> differ(base, other, pair), () -> pair.found(base, base));
        }
    }

    private static boolean alike(Tree one, Tree other) {
        if (one instanceof Tree.Scalar first && other instanceof Tree.Scalar second) {
            return first.value().equals(second.value());
        }
        String name = ChartFiles.value(one, "name");
        return !name.isEmpty() && name.equals(ChartFiles.value(other, "name"));
    }
}
