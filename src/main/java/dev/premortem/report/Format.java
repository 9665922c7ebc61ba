package dev.premortem.report;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A form in which results are written. */
public enum Format {
    /** For people: 80 columns. */
    TEXT,
    /** For programs: the contract. */
    JSON,
    /** For code scanning and editors: SARIF 2.1.0. */
    SARIF,
    /** For a comment on a pull request. */
    MARKDOWN,
    /** For people who did not run it: one page. */
    HTML,
    /** For CI that shows tests: JUnit XML. */
    JUNIT;

    /** What every command writes; the others are for {@code check}. */
    public static final Set<Format> EVERYWHERE = EnumSet.of(TEXT, JSON);

    /** The word on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format that a word names, in capitals or not. */
    public static Optional<Format> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** {@code text, json or sarif}. */
    public static String words(Set<Format> formats) {
        List<String> words = formats.stream().sorted().map(Format::word).toList();
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }
}
