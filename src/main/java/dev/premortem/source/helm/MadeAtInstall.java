package dev.premortem.source.helm;

import dev.premortem.estate.MadeCertificate;
import dev.premortem.fact.Tree;
import dev.premortem.source.helm.RenderedText.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds what two renderings of the same chart with the same values do not agree on. */
final class MadeAtInstall {
    private MadeAtInstall() {}

    /** The pieces of one list, each beside its like in the other: the next one from the same template and of the same kind. */
    static List<Optional<Piece>> beside(List<Piece> pieces, List<Piece> others) {
        List<Piece> left = new ArrayList<>(others);
        List<Optional<Piece>> found = new ArrayList<>();
        for (Piece piece : pieces) {
            Optional<Piece> like = left.stream()
                    .filter(other -> other.source().equals(piece.source())
                            && ChartFiles.value(other.tree(), "kind").equals(ChartFiles.value(piece.tree(), "kind")))
                    .findFirst();
            like.ifPresent(left::remove);
            found.add(like);
        }
        return found;
    }

    /** Field paths of the values that differ. */
    static Set<String> paths(Tree one, Tree other) {
        Set<String> paths = new TreeSet<>();
        differ(one, other, paths);
        return paths;
    }

    private static void differ(Tree one, Tree other, Set<String> paths) {
        if (one instanceof Tree.Mapping first && other instanceof Tree.Mapping second) {
            for (Tree.Entry entry : first.values()) {
                Optional<Tree> there = second.get(entry.key());
                there.ifPresentOrElse(
                        found -> differ(entry.value(), found, paths),
                        () -> paths.add(entry.value().place().field()));
            }
        } else if (one instanceof Tree.Sequence first && other instanceof Tree.Sequence second) {
            for (int i = 0; i < first.values().size(); i++) {
                Tree item = first.values().get(i);
                if (i < second.values().size()) {
                    differ(item, second.values().get(i), paths);
                } else {
                    paths.add(item.place().field());
                }
            }
        } else if (!(one instanceof Tree.Scalar first
                && other instanceof Tree.Scalar second
                && first.kind() == second.kind()
                && first.value().equals(second.value()))) {
            paths.add(one.place().field());
        }
    }

    /** The tree with a constant text in place of each value whose like in {@code raw} is at one of the paths. */
    static Tree mask(Tree tree, Tree raw, Set<String> paths) {
        if (paths.isEmpty()) {
            return tree;
        }
        if (paths.contains(raw.place().field())) {
            return new Tree.Scalar(tree.place(), Tree.Scalar.Kind.STRING, MadeCertificate.MADE);
        }
        return switch (tree) {
            case Tree.Scalar scalar -> scalar;
            case Tree.Sequence sequence -> {
                List<Tree> items = new ArrayList<>();
                for (int i = 0; i < sequence.values().size(); i++) {
                    items.add(mask(sequence.values().get(i), raw.items().get(i), paths));
                }
                yield new Tree.Sequence(sequence.place(), List.copyOf(items));
            }
            case Tree.Mapping mapping -> {
                List<Tree.Entry> entries = new ArrayList<>();
                for (int i = 0; i < mapping.values().size(); i++) {
                    Tree.Entry entry = mapping.values().get(i);
                    Tree value = mask(entry.value(), raw.entries().get(i).value(), paths);
                    entries.add(new Tree.Entry(entry.key(), entry.place(), value));
                }
                yield new Tree.Mapping(mapping.place(), List.copyOf(entries));
            }
        };
    }
}
