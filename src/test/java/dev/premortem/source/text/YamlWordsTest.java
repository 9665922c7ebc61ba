package dev.premortem.source.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Broken texts through the parser itself, so that a new version of it with other messages fails here. */
class YamlWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "a: b: c; second",
                "a: 1\\n b: 2; second",
                "a:\\n  - b: 1\\n  c: 2; fits neither",
                "a: \"x\" y; fits neither",
                "a: 1\\nfoo\\nb: 2; no key",
                "a: [1, 2\\nb: 3; not closed",
                "a: {b: 1; not closed",
                "a: \"x; inside of a quoted",
                "a: @foo; begins with @",
                "a: %foo; begins with %",
                "a:\\n\\tb: 2; a tab",
            })
    void saysWhatIsWrongInWordsOfAWriter(String text, String words) {
        String yaml = text.replace("\\n", "\n").replace("\\t", "\t") + "\n";
        YamlParser.Malformed broken = assertThrows(YamlParser.Malformed.class, () -> YamlParser.parse(yaml, 100));
        String found = broken.found();
        assertTrue(found.contains(words), found);
        assertFalse(found.contains("<"), found);
    }

    @Test
    void keepsAMessageThatItDoesNotKnow() {
        assertEquals(new YamlWords.Said("something new", "YAML"), YamlWords.of("something new"));
    }
}
