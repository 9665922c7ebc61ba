package dev.premortem.source.text;

/** What a YAML parser complains about, in the words of somebody who wrote the file. */
final class YamlWords {
    private YamlWords() {}

    /** What was found at the line and what belongs there. */
    record Said(String found, String expected) {}

    /** The words for a parser's message; one that is not known here is kept as it is. */
    static Said of(String message) {
        if (message.startsWith("mapping values are not allowed here")) {
            return new Said(
                    "a second \": \" where one value belongs, or a line that is indented too far",
                    "quotes around a value with \": \" in it, or the key in line with its neighbours");
        }
        if (message.startsWith("expected <block end>")) {
            return new Said(
                    "this line fits neither the list nor the keys that it stands in",
                    "the indentation of its neighbours, and nothing after a closing quote");
        }
        if (message.startsWith("could not find expected ':'")) {
            return new Said("a line that is no key with a value", "\"key: value\"");
        }
        if (message.startsWith("expected ',' or ")) {
            char close = message.charAt("expected ',' or '".length());
            return new Said("the bracket that was opened before is not closed", "a comma, or the closing " + close);
        }
        if (message.startsWith("found unexpected end of stream")) {
            return new Said("the file ends inside of a quoted text", "the closing quote");
        }
        if (message.contains("that cannot start any token")) {
            return message.contains("\\t")
                    ? new Said("a tab before a value or as indentation", "spaces")
                    : new Said("a value that begins with " + quoted(message), "quotes around the value");
        }
        if (message.startsWith("expected '<document start>'")) {
            return new Said("text after the end of the document", "one mapping, or \"---\" between two documents");
        }
        return new Said(message, "YAML");
    }

    private static String quoted(String message) {
        int open = message.indexOf('\'');
        int close = message.indexOf('\'', open + 1);
        return open < 0 || close < 0 ? "a character that YAML keeps for itself" : message.substring(open + 1, close);
    }
}
