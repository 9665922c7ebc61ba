package dev.premortem.source.helm;

import dev.premortem.fact.Tree;
import dev.premortem.source.helm.EffectiveValues.Leaf;
import dev.premortem.source.helm.RenderedText.Piece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Renders a chart with other values. All values are marked at once; where Helm refuses that or an object is gone, halves of
 * them are, and so on. Values that decide
 * what there is are then changed one at a time: those that the user set.
 */
final class Trials {
    /** Renderings of a release beyond the first two, at most. */
    private static final int MOST = 28;

    private static final int MOST_SINGLE = 12;
    private static final int MOST_SINGLE_SLOW = 3;

    private final EffectiveValues values;
    private final Path folder;
    private final Another another;
    private int left = MOST;

    /** Renders the chart once more with a file of values over its own; empty where Helm refuses that or the time is up. */
    interface Another {
        /** The pieces of that rendering. */
        Optional<List<Piece>> with(Path values);
    }

    /** @param folder where files of values may be written */
    Trials(EffectiveValues values, Path folder, Another another) {
        this.values = values;
        this.folder = folder;
        this.another = another;
    }

    /** Renders and learns. Charts that make keys at each rendering are not {@code quick}. */
    void run(Attribution attribution, boolean quick) throws IOException {
        List<Mark> marks = values.leaves().stream()
                .sorted(Comparator.comparing((Leaf leaf) -> !leaf.set()))
                .flatMap(leaf -> Mark.of(leaf).stream())
                .toList();
        batch(marks.stream().filter(mark -> !mark.daring()).toList(), attribution);
        batch(marks.stream().filter(Mark::daring).toList(), attribution);
        int singles = quick ? MOST_SINGLE : MOST_SINGLE_SLOW;
        for (Leaf leaf : values.leaves()) {
            Optional<Tree.Scalar> other = other(leaf);
            if (leaf.set() && !attribution.seen(leaf) && other.isPresent() && singles > 0) {
                singles--;
                SortedMap<Integer, Tree.Scalar> one = new TreeMap<>();
                one.put(leaf.number(), other.get());
                Optional<List<Piece>> rendered = render(one);
                if (rendered.isPresent()) {
                    attribution.learn(rendered.get(), leaf, other.get());
                }
            }
        }
    }

    private static Optional<Tree.Scalar> other(Leaf leaf) {
        Tree.Scalar scalar = leaf.scalar();
        return scalar.kind() == Tree.Scalar.Kind.BOOLEAN
                ? Optional.of(new Tree.Scalar(scalar.place(), scalar.kind(), scalar.isTrue() ? "false" : "true"))
                : Mark.of(leaf).map(Mark::full);
    }

    private void batch(List<Mark> marks, Attribution attribution) throws IOException {
        Deque<List<Mark>> open = new ArrayDeque<>();
        open.add(marks);
        while (!open.isEmpty()) {
            List<Mark> batch = open.removeFirst();
            if (batch.isEmpty() || left <= MOST_SINGLE) {
                continue;
            }
            SortedMap<Integer, Tree.Scalar> others = new TreeMap<>();
            batch.forEach(mark -> others.put(mark.leaf().number(), mark.full()));
            Optional<List<Piece>> rendered = render(others);
            boolean all = rendered.isPresent() && attribution.learn(rendered.get(), batch);
            if (!all && batch.size() > 1) {
                open.add(batch.subList(0, batch.size() / 2));
                open.add(batch.subList(batch.size() / 2, batch.size()));
            }
        }
    }

    /** The pieces with some values changed; empty where Helm refuses them or there were enough trials. */
    private Optional<List<Piece>> render(SortedMap<Integer, Tree.Scalar> others) throws IOException {
        Optional<Tree> changed = values.with(others);
        if (left == 0 || changed.isEmpty()) {
            return Optional.empty();
        }
        left--;
        return another.with(
                Files.writeString(folder.resolve("trial.yaml"), Workshop.hooksShown(JsonText.of(changed.get()))));
    }
}
