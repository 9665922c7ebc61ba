package dev.premortem.source.text;

import java.util.List;
import java.util.Optional;

/**
 * A value in a document, found by its field path, with what holds it.
 *
 * @param holder the mapping or sequence that it stands in; itself for the root
 * @param index place of it in its holder; -1 for the root
 */
record Located(YamlNode node, YamlNode holder, int index) {
    /** Finds a value by the path that {@link YamlTrees} gave it. */
    static Optional<Located> find(YamlNode root, String path) {
        return path.isEmpty() ? Optional.of(new Located(root, root, -1)) : find(root, "", path);
    }

    private static Optional<Located> find(YamlNode node, String here, String path) {
        return switch (node) {
            case YamlNode.Scalar ignored -> Optional.empty();
            case YamlNode.Alias alias -> find(alias.target(), here, path);
            case YamlNode.Sequence sequence -> {
                for (int i = 0; i < sequence.values().size(); i++) {
                    Optional<Located> found =
                            step(sequence, i, sequence.values().get(i), here + "[" + i + "]", path);
                    if (found.isPresent()) {
                        yield found;
                    }
                }
                yield Optional.empty();
            }
            case YamlNode.Mapping mapping -> pair(mapping, here, path);
        };
    }

    private static Optional<Located> pair(YamlNode.Mapping mapping, String here, String path) {
        List<YamlNode.Pair> pairs = mapping.pairs();
        // From the end: of duplicate keys the last one counts.
        for (int i = pairs.size() - 1; i >= 0; i--) {
            YamlNode.Pair pair = pairs.get(i);
            Optional<Located> found = merge(pair)
                    ? Optional.empty()
                    : step(mapping, i, pair.value(), YamlTrees.below(here, key(pair)), path);
            if (found.isPresent()) {
                return found;
            }
        }
        return pairs.stream()
                .filter(Located::merge)
                .flatMap(pair -> sources(pair.value()).stream())
                .flatMap(source -> find(source, here, path).stream())
                .findFirst();
    }

    private static List<YamlNode> sources(YamlNode merged) {
        return merged instanceof YamlNode.Sequence sequence ? sequence.values() : List.of(merged);
    }

    private static boolean merge(YamlNode.Pair pair) {
        return pair.key() instanceof YamlNode.Scalar scalar
                && scalar.plain()
                && scalar.value().equals("<<");
    }

    static String key(YamlNode.Pair pair) {
        try {
            return YamlTrees.key(pair.key());
        } catch (YamlParser.Malformed e) {
            // A key that is no text has no path; no edit can name it.
            return "";
        }
    }

    private static Optional<Located> step(YamlNode holder, int index, YamlNode value, String at, String path) {
        if (path.equals(at)) {
            return Optional.of(new Located(value, holder, index));
        }
        boolean below = path.startsWith(at) && (path.charAt(at.length()) == '.' || path.charAt(at.length()) == '[');
        return below ? find(value, at, path) : Optional.empty();
    }
}
