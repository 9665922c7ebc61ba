package dev.premortem.source.text;

import java.util.Arrays;

/**
 * The path of a field, made once for all the trees of a pack: ten thousand manifests have a few shapes, and so a few hundred paths. Threads may share it; where two
 * add at once one addition may be lost, which costs an equal text and nothing else.
 */
final class FieldPath {
    /** More keys or items than this below one path are data, not shape, and not worth looking for. */
    private static final int MOST = 24;

    private static final Key[] NONE = {};

    private record Key(String name, FieldPath path) {}

    private final String text;
    private volatile Key[] keys = NONE;
    private volatile FieldPath[] items = {};

    /** A path as the text says it. */
    FieldPath(String text) {
        this.text = text;
    }

    /** As {@link dev.premortem.fact.Declared#field()} has it. */
    String text() {
        return text;
    }

    /**
     * The path of a key below this one.
     *
     * @param name one object for equal names, as from the table of a pack; another object only costs time
     */
    @SuppressWarnings("ReferenceEquality") // equal names that are two objects have two paths, with the same text
    FieldPath key(String name) {
        Key[] known = keys;
        for (Key key : known) {
            if (key.name == name) {
                return key.path;
            }
        }
        FieldPath made = new FieldPath(YamlTrees.below(text, name));
        if (known.length < MOST) {
            Key[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = new Key(name, made);
            keys = more;
        }
        return made;
    }

    /** The path of an item of the sequence here, from 0. */
    FieldPath item(int index) {
        FieldPath[] known = items;
        if (index < known.length) {
            return known[index];
        }
        FieldPath made = new FieldPath(text + "[" + index + "]");
        if (index == known.length && index < MOST) {
            FieldPath[] more = Arrays.copyOf(known, index + 1);
            more[index] = made;
            items = more;
        }
        return made;
    }
}
