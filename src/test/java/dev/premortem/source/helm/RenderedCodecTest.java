package dev.premortem.source.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.render.Unread;
import dev.premortem.testing.Rounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Results come out of the cache as they went in. */
final class RenderedCodecTest {
    private static Rendered result(Random random) {
        List<Tree> objects = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            objects.add(tree(random, 0));
        }
        List<Problem> problems = random.nextBoolean()
                ? List.of()
                : List.of(new Problem(text(random), random.nextInt(9), text(random), text(random), "", text(random)));
        List<Unread> unread = random.nextBoolean()
                ? List.of()
                : List.of(new Unread(
                        text(random),
                        place(random),
                        random.nextInt(9),
                        random.nextBoolean() ? Optional.empty() : Optional.of(text(random)),
                        random.nextBoolean()));
        return new Rendered(
                        objects,
                        random.nextBoolean() ? Optional.empty() : Optional.of(text(random)),
                        random.nextBoolean() ? Optional.empty() : Optional.of(text(random)),
                        problems)
                .unread(unread);
    }

    private static String text(Random random) {
        String letters = "ab\u00e9\n\u0000 \ud83d\ude00{:";
        int from = random.nextInt(6);
        return random.nextInt(9) == 0
                ? "x".repeat(random.nextInt(300))
                : letters.substring(from, from + random.nextInt(2));
    }

    private static Declared place(Random random) {
        return new Declared("f" + random.nextInt(3), 1 + random.nextInt(100_000), text(random));
    }

    private static Tree tree(Random random, int depth) {
        int kind = depth > 5 ? 0 : random.nextInt(3);
        Declared place = place(random);
        if (kind == 0) {
            Tree.Scalar.Kind[] kinds = Tree.Scalar.Kind.values();
            return new Tree.Scalar(place, kinds[random.nextInt(kinds.length)], text(random));
        }
        List<Tree> values = new ArrayList<>();
        List<Tree.Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Tree below = tree(random, depth + 1);
            values.add(below);
            entries.add(new Tree.Entry(text(random), place(random), below));
        }
        return kind == 1 ? new Tree.Sequence(place, values) : new Tree.Mapping(place, entries);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Rounds.run(500, seed -> {
            Rendered result = result(new Random(seed));
            assertEquals(Optional.of(result), RenderedCodec.read(RenderedCodec.write(result)));
        });
    }

    @Test
    void damagedBytesAreNoResultOrAnotherOneButNeverAFailure() {
        Rounds.run(500, seed -> {
            Random random = new Random(seed);
            byte[] bytes = RenderedCodec.write(result(random));
            if (random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            } else {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                assertEquals(Optional.empty(), RenderedCodec.read(bytes));
            }
            RenderedCodec.read(bytes).ifPresent(found -> assertEquals(false, found.objects() == null));
        });
    }
}
