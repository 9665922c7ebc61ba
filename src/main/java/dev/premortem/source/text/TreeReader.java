package dev.premortem.source.text;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads trees from the bytes that {@link TreeWriter} wrote. Bytes that nobody wrote are noticed, not believed. */
final class TreeReader {
    /** Bytes that mean nothing. */
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged() {
            super("the bytes of a pack mean nothing", null, false, false);
        }
    }

    /** Deeper than any tree that is read. */
    private static final int MOST_DEPTH = 1_000;

    private final byte[] bytes;
    private final int end;
    private final String[] table;
    private final FieldPath root;
    private String file = "";
    private int at;
    private int line = 1;

    /** @param root the path of a whole document, with all that readers of the same pack found below it */
    TreeReader(byte[] bytes, int from, int end, String[] table, FieldPath root) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.table = table;
        this.root = root;
    }

    /** Four bytes, of which the caller knows that they are there. */
    int int4() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | (bytes[at++] & 0xFF);
        }
        return value;
    }

    private int varint() throws Damaged {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (at >= end) {
                throw new Damaged();
            }
            byte next = bytes[at++];
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new Damaged();
    }

    /** A number of things of at least one byte each, which therefore must fit. */
    int count() throws Damaged {
        int count = varint();
        if (count < 0 || count > end - at) {
            throw new Damaged();
        }
        return count;
    }

    /** Passes over some bytes; where they start. */
    int skip(int length) throws Damaged {
        if (length > end - at) {
            throw new Damaged();
        }
        int start = at;
        at += length;
        return start;
    }

    String text(int length) throws Damaged {
        return new String(bytes, skip(length), length, StandardCharsets.UTF_8);
    }

    /** A text: from the table by its odd number, or inline after its even length. */
    private String string() throws Damaged {
        int head = varint();
        int value = head >>> 1;
        if ((head & 1) == 0) {
            return text(value);
        }
        if (value >= table.length) {
            throw new Damaged();
        }
        return table[value];
    }

    /** The documents of a file. */
    List<TreePack.Part> parts(String name) throws Damaged {
        file = name;
        TreePack.Part[] parts = new TreePack.Part[count()];
        for (int i = 0; i < parts.length; i++) {
            int index = varint();
            if (index < 0) {
                throw new Damaged();
            }
            String path = string();
            parts[i] = new TreePack.Part(index, tree(path.isEmpty() ? root : new FieldPath(path), 0));
        }
        if (at != end) {
            throw new Damaged();
        }
        return List.of(parts);
    }

    /** Goes to the line of the next place. */
    private void line() throws Damaged {
        int delta = varint();
        line += (delta >>> 1) ^ -(delta & 1);
        if (line < 1) {
            throw new Damaged();
        }
    }

    private Tree tree(FieldPath path, int depth) throws Damaged {
        return tree(new Declared(file, line, path.text()), path, depth);
    }

    /** A value whose key stands at a place; on the same line they share it. */
    private Tree tree(Declared near, FieldPath path, int depth) throws Damaged {
        if (depth > MOST_DEPTH) {
            throw new Damaged();
        }
        int tag = varint();
        int before = near.line();
        line();
        Declared place = line == before ? near : new Declared(file, line, path.text());
        if (tag >= 0 && tag < TreeWriter.KINDS.size()) {
            return new Tree.Scalar(place, TreeWriter.KINDS.get(tag), string());
        }
        return switch (tag) {
            case TreeWriter.SEQUENCE -> sequence(place, path, depth);
            case TreeWriter.MAPPING -> mapping(place, path, depth);
            default -> throw new Damaged();
        };
    }

    private Tree sequence(Declared place, FieldPath path, int depth) throws Damaged {
        Tree[] items = new Tree[count()];
        for (int i = 0; i < items.length; i++) {
            items[i] = tree(path.item(i), depth + 1);
        }
        return new Tree.Sequence(place, List.of(items));
    }

    private Tree mapping(Declared place, FieldPath path, int depth) throws Damaged {
        Tree.Entry[] entries = new Tree.Entry[count()];
        for (int i = 0; i < entries.length; i++) {
            String key = string();
            FieldPath below = path.key(key);
            line();
            Declared keyPlace = new Declared(file, line, below.text());
            entries[i] = new Tree.Entry(key, keyPlace, tree(keyPlace, below, depth + 1));
        }
        return new Tree.Mapping(place, List.of(entries));
    }
}
