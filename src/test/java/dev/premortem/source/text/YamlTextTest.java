package dev.premortem.source.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written is read as the same tree. */
final class YamlTextTest {
    private static final Declared NOWHERE = new Declared("", 1, "");
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "no",
            "017",
            "1e3",
            " b ",
            "x: y",
            "# c",
            "- d",
            "it's",
            "\"q\"",
            "a\nb\n",
            "tab\there",
            "nginx:1.29",
            "{{ x }}",
            "é€😀",
            "\u0007",
            "null",
            "12:30",
            "@x",
            "back\\slash",
            "---",
            "a/b.c",
            "\u00a0x",
            "&a",
            "*b",
            "!t");

    private static Tree random(Random random, int depth) {
        int kind = depth > 3 ? random.nextInt(2) : random.nextInt(4);
        List<Tree> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0 && kind > 1; i--) {
            items.add(random(random, depth + 1));
        }
        return switch (kind) {
            case 0 -> new Tree.Scalar(NOWHERE, Tree.Scalar.Kind.STRING, TEXTS.get(random.nextInt(TEXTS.size())));
            case 1 ->
                random.nextBoolean()
                        ? new Tree.Scalar(
                                NOWHERE, Tree.Scalar.Kind.INTEGER, Integer.toString(random.nextInt(2000) - 1000))
                        : random.nextBoolean()
                                ? new Tree.Scalar(NOWHERE, Tree.Scalar.Kind.BOOLEAN, "true")
                                : new Tree.Scalar(NOWHERE, Tree.Scalar.Kind.NULL, "");
            case 2 -> new Tree.Sequence(NOWHERE, items);
            default -> {
                List<Tree.Entry> entries = new ArrayList<>();
                for (int i = 0; i < items.size(); i++) {
                    entries.add(new Tree.Entry(
                            i + TEXTS.get(random.nextInt(TEXTS.size())).replace("\n", " "), NOWHERE, items.get(i)));
                }
                yield new Tree.Mapping(NOWHERE, entries);
            }
        };
    }

    /** Without places. */
    private static String plain(Tree tree) {
        return switch (tree) {
            case Tree.Scalar scalar -> scalar.kind() + ":" + scalar.value();
            case Tree.Sequence sequence ->
                sequence.values().stream().map(YamlTextTest::plain).toList().toString();
            case Tree.Mapping mapping ->
                mapping.values().stream()
                        .map(entry -> entry.key() + "=" + plain(entry.value()))
                        .toList()
                        .toString();
        };
    }

    @Test
    void anyTreeIsReadAsItWasWritten() {
        for (long seed = 1; seed <= 500; seed++) {
            Tree.Mapping tree = new Tree.Mapping(
                    NOWHERE,
                    List.of(
                            new Tree.Entry(
                                    "apiVersion", NOWHERE, new Tree.Scalar(NOWHERE, Tree.Scalar.Kind.STRING, "v1")),
                            new Tree.Entry("spec", NOWHERE, random(new Random(seed), 0))));
            String text = YamlText.of(tree);
            Harvest harvest = new Harvest();
            List<Texts.Parsed> parsed = Texts.read("observed x", text, folder -> false, Limits.DEFAULT, harvest);
            assertEquals(1, parsed.size(), "seed " + seed + "\n" + text + harvest.problems);
            assertEquals(plain(tree), plain(parsed.getFirst().tree()), "seed " + seed + "\n" + text);
        }
    }
}
