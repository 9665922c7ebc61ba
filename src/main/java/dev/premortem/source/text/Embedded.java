package dev.premortem.source.text;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import java.util.Optional;

/** YAML inside of a string of YAML, such as Argo CD's {@code helm.values}. */
public final class Embedded {
    private Embedded() {}

    /** The tree of a string; its lines count on from the line below the string's own, as in a block scalar. */
    public static Optional<Tree> read(Tree text, Harvest harvest) {
        Optional<String> found = text.text().map(dev.premortem.fact.Fact::value);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Declared place = text.place();
        try {
            Optional<YamlNode> root = YamlParser.parse(found.get(), Limits.DEFAULT.depth());
            return root.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new YamlTrees(
                                    place.file(),
                                    place.line() + 1,
                                    Limits.DEFAULT.of(found.get().length()),
                                    harvest.problems::add)
                            .tree(root.get(), place.field() + "|"));
        } catch (YamlParser.Malformed e) {
            harvest.problems.add(new Problem(
                    place.file(), place.line() + 1 + e.line(), place.field(), e.found(), "YAML in this text", ""));
            return Optional.empty();
        }
    }
}
