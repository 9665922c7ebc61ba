package dev.premortem.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class VisibleTest {
    @Test
    void whatMovesTheCursorIsASign() {
        assertEquals("a␛[2J␇b", Visible.line("a\u001b[2J\u0007b"));
        assertEquals("a␊b␍c", Visible.line("a\nb\rc"));
        assertEquals("a\nb\tc", Visible.of("a\nb\tc"));
        assertEquals("␡<009b>31m", Visible.line("\u007f\u009b31m"));
    }

    @Test
    void whatTurnsTheDirectionOfReadingIsTold() {
        assertEquals("a<202e>b<2066>c", Visible.line("a\u202eb\u2066c"));
        assertEquals("<d800>x", Visible.line("\ud800x"));
    }

    @Test
    void ordinaryTextStays() {
        String text = "Zürich → 東京 \ud83d\ude00";
        assertSame(text, Visible.line(text));
    }
}
