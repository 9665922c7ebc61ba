package dev.premortem.source.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.fact.Tree;
import dev.premortem.testing.RandomEstates;
import dev.premortem.testing.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreePackTest {
    private static final byte[] HASH = new byte[32];

    private static List<TreePack.Part> parts(String file, String text) {
        return Texts.read(file, text, folder -> false, Limits.DEFAULT, new Harvest()).stream()
                .map(parsed -> new TreePack.Part(parsed.index(), parsed.tree()))
                .toList();
    }

    private static byte[] packed(String file, String text) {
        return TreePack.bytes(List.of(new TreePack.Kept(file, HASH, parts(file, text))));
    }

    private static void comesBack(String file, String text) {
        TreePack pack = TreePack.open(packed(file, text)).orElseThrow();
        assertEquals(parts(file, text), pack.find(file, HASH).orElseThrow(), text);
    }

    @Test
    void everyShapeComesBackAsItWas() {
        comesBack("a.yaml", "a: 1\nb: [x, {y: ~}, []]\nc: {}\nd: |\n  two\n  lines\n---\n- true\n- 0x1F\n- \"1\"\n");
        comesBack("a.yaml", "app.kubernetes.io/name: \u00e9\u4e2d\ud83d\ude00\n? long\n: \"?\"\n");
        comesBack("a.yaml", "base: &b {x: 1, y: {z: 2}}\nuse: *b\nmerged:\n  <<: *b\n  w: 3\n");
        comesBack("a.json", "{\"a\": [1, 2.50, null, true, \"x\"], \"b\": {\"c\": {}}}");
        assertEquals(5, Tree.Scalar.Kind.values().length, "the numbers of kinds in a pack: raise the version");
    }

    @Test
    void pathsThatFilesShareAreThoseOfEach() {
        StringBuilder many = new StringBuilder("wide:\n");
        for (int i = 0; i < 60; i++) {
            many.append("  k").append(i).append(": [").append("x, ".repeat(i)).append("y]\n");
        }
        List<TreePack.Kept> files = new ArrayList<>();
        for (String file : List.of("a.yaml", "b.yaml", "c.yaml")) {
            files.add(new TreePack.Kept(file, HASH, parts(file, many + "own: " + file + "\n")));
        }
        TreePack pack = TreePack.open(TreePack.bytes(files)).orElseThrow();
        for (int round = 0; round < 2; round++) {
            for (TreePack.Kept file : files) {
                assertEquals(file.parts(), pack.find(file.file(), HASH).orElseThrow());
            }
        }
    }

    @Test
    void randomEstatesComeBackAsTheyWere() {
        Rounds.run(30, seed -> RandomEstates.of(seed).forEach(TreePackTest::comesBack));
    }

    @Test
    void whatCannotComeBackExactlyIsLeftOut() {
        // fields merged from a list of mappings have paths that no shape tells
        String merges = "a: &a {x: 1}\nb: &b {y: 2}\nc:\n  <<: [*a, *b]\n";
        assertTrue(TreePack.open(packed("a.yaml", merges))
                .orElseThrow()
                .find("a.yaml", HASH)
                .isEmpty());
        // half a surrogate pair has no bytes in UTF-8
        String half = "{\"a\": \"\\ud800\"}";
        assertTrue(TreePack.open(packed("a.json", half))
                .orElseThrow()
                .find("a.json", HASH)
                .isEmpty());
    }

    @Test
    void anotherContentOrNameIsNotFound() {
        TreePack pack = TreePack.open(packed("a.yaml", "a: 1\n")).orElseThrow();
        byte[] other = new byte[32];
        other[31] = 1;
        assertTrue(pack.find("a.yaml", other).isEmpty());
        assertTrue(pack.find("b.yaml", HASH).isEmpty());
        assertEquals(1, pack.size());
        assertEquals(0, TreePack.empty().size());
    }

    @Test
    void theSameFilesGiveTheSameBytes() {
        assertArrayEquals(packed("a.yaml", "a: [b, b, c, c]\n"), packed("a.yaml", "a: [b, b, c, c]\n"));
    }

    @Test
    void whatIsCutOffOrDamagedIsNotBelieved() {
        byte[] good = packed("a.yaml", "a: [b, b, {c: d}]\ne: text\n");
        for (int length = 0; length < good.length; length++) {
            assertTrue(TreePack.open(java.util.Arrays.copyOf(good, length)).isEmpty(), "cut off at " + length);
        }
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 0x10;
            assertTrue(TreePack.open(bad).isEmpty(), "damaged at " + at);
        }
    }

    /** Also with a checksum that fits, as only a forger makes it, the worst is a tree that nobody wrote. */
    @Test
    void forgedBytesDoNoHarm() {
        byte[] good = packed("a.yaml", "a: [b, b, {c: d}]\ne: [text, {f: ~}]\n");
        List<Integer> opened = new ArrayList<>();
        Rounds.run(5_000, seed -> {
            Random random = new Random(seed);
            byte[] bad = good.clone();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                bad[TreePack.HEAD + random.nextInt(bad.length - TreePack.HEAD)] = (byte) random.nextInt();
            }
            int sum = TreePack.checksum(bad);
            for (int i = 0; i < 4; i++) {
                bad[8 + i] = (byte) (sum >> (24 - 8 * i));
            }
            TreePack.open(bad).flatMap(pack -> pack.find("a.yaml", HASH)).ifPresent(found -> opened.add(found.size()));
        });
        assertFalse(opened.isEmpty());
    }
}
