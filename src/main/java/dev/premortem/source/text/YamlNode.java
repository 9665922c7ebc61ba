package dev.premortem.source.text;

import java.util.List;

/** A YAML value with the stretch of text it stands in; aliases are not expanded. Offsets count code points in the parsed text, lines from 0. */
sealed interface YamlNode {
    int start();

    int end();

    int line();

    /** A scalar; {@code plain} where it is neither quoted nor a block, {@code text} where a tag makes it a string. */
    record Scalar(int start, int end, int line, String value, boolean plain, boolean block) implements YamlNode {}

    record Sequence(int start, int end, int line, List<YamlNode> values, boolean flow) implements YamlNode {}

    record Mapping(int start, int end, int line, List<Pair> pairs, boolean flow) implements YamlNode {}

    /** A use of an anchor. */
    record Alias(int start, int end, int line, YamlNode target) implements YamlNode {}

    record Pair(YamlNode key, YamlNode value) {}
}
