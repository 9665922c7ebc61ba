package dev.premortem.source.text;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes trees to bytes: texts that occur twice once, lines as differences. */
final class TreeWriter {
    /** Kinds of scalars by the number that stands for them; a new one goes to the end, before {@link #SEQUENCE}. */
    static final List<Tree.Scalar.Kind> KINDS = List.of(
            Tree.Scalar.Kind.STRING,
            Tree.Scalar.Kind.INTEGER,
            Tree.Scalar.Kind.NUMBER,
            Tree.Scalar.Kind.BOOLEAN,
            Tree.Scalar.Kind.NULL);

    static final int SEQUENCE = 5;
    static final int MAPPING = 6;

    /** Bytes of a SHA-256. */
    static final int HASH = 32;

    private final Map<String, Integer> numbers = new HashMap<>();
    private byte[] bytes = new byte[1 << 16];
    private int at;
    private int line;

    byte[] write(List<TreePack.Kept> files) {
        at = TreePack.HEAD;
        table(files);
        byte[] table = Arrays.copyOf(bytes, at);
        at = 0;
        files.forEach(this::file);
        byte[] bodies = Arrays.copyOf(bytes, at);
        at = 0;
        raw(table);
        varint(files.size());
        raw(bodies);
        byte[] all = Arrays.copyOf(bytes, at);
        int4(all, 0, TreePack.MAGIC);
        int4(all, 4, TreePack.VERSION);
        int4(all, 8, TreePack.checksum(all));
        return all;
    }

    private static void int4(byte[] into, int at, int value) {
        for (int i = 0; i < 4; i++) {
            into[at + i] = (byte) (value >> (24 - 8 * i));
        }
    }

    /** Texts that occur more than once, in the order in which they are met. */
    private void table(List<TreePack.Kept> files) {
        List<String> repeated = new ArrayList<>();
        for (TreePack.Kept file : files) {
            file.parts().forEach(part -> collect(part.tree(), repeated));
        }
        varint(repeated.size());
        repeated.forEach(this::sized);
    }

    private void collect(Tree tree, List<String> repeated) {
        switch (tree) {
            case Tree.Scalar scalar -> meet(scalar.value(), repeated);
            case Tree.Sequence sequence -> sequence.values().forEach(item -> collect(item, repeated));
            case Tree.Mapping mapping ->
                mapping.values().forEach(entry -> {
                    meet(entry.key(), repeated);
                    collect(entry.value(), repeated);
                });
        }
    }

    private void meet(String text, List<String> repeated) {
        Integer before = numbers.putIfAbsent(text, -1);
        if (before != null && before < 0 && exact(text)) {
            numbers.put(text, repeated.size());
            repeated.add(text);
        }
    }

    /** True where the text has bytes in UTF-8; half a surrogate pair, as an escape may make one, has none. */
    private static boolean exact(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);
            }
        }
        return true;
    }

    private void file(TreePack.Kept file) {
        int start = at;
        sized(file.file());
        raw(Arrays.copyOf(file.hash(), HASH));
        byte[] head = Arrays.copyOfRange(bytes, start, at);
        at = start;
        boolean kept = exact(file.file());
        line = 1;
        varint(file.parts().size());
        for (TreePack.Part part : file.parts()) {
            String path = part.tree().place().field();
            varint(part.index());
            string(path);
            kept = kept && exact(path) && tree(part.tree(), file.file(), path);
        }
        byte[] body = Arrays.copyOfRange(bytes, start, at);
        at = start;
        // A file that cannot be kept is named all the same, so that nobody tries again.
        raw(head);
        varint(kept ? body.length : 0);
        raw(kept ? body : new byte[0]);
    }

    /** Writes a tree; false where its places are not those that its shape tells, as after a merge of several mappings. */
    private boolean tree(Tree tree, String file, String path) {
        varint(
                switch (tree) {
                    case Tree.Scalar scalar -> KINDS.indexOf(scalar.kind());
                    case Tree.Sequence ignored -> SEQUENCE;
                    case Tree.Mapping ignored -> MAPPING;
                });
        if (!place(tree.place(), file, path)) {
            return false;
        }
        return switch (tree) {
            case Tree.Scalar scalar -> string(scalar.value());
            case Tree.Sequence sequence -> {
                varint(sequence.values().size());
                boolean kept = true;
                for (int i = 0; kept && i < sequence.values().size(); i++) {
                    kept = tree(sequence.values().get(i), file, path + "[" + i + "]");
                }
                yield kept;
            }
            case Tree.Mapping mapping -> {
                varint(mapping.values().size());
                boolean kept = true;
                for (Tree.Entry entry : mapping.values()) {
                    String below = YamlTrees.below(path, entry.key());
                    kept = kept
                            && string(entry.key())
                            && place(entry.place(), file, below)
                            && tree(entry.value(), file, below);
                }
                yield kept;
            }
        };
    }

    private boolean place(Declared place, String file, String path) {
        int delta = place.line() - line;
        varint((delta << 1) ^ (delta >> 31));
        line = place.line();
        return place.file().equals(file) && place.field().equals(path);
    }

    private boolean string(String text) {
        int number = numbers.getOrDefault(text, -1);
        if (number >= 0) {
            varint(number << 1 | 1);
            return true;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length << 1);
        raw(utf8);
        return exact(text);
    }

    private void sized(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        raw(utf8);
    }

    private void varint(int value) {
        room(5);
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[at++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
    }

    private void raw(byte[] from) {
        room(from.length);
        System.arraycopy(from, 0, bytes, at, from.length);
        at += from.length;
    }

    private void room(int length) {
        if (bytes.length - at < length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + length));
        }
    }
}
