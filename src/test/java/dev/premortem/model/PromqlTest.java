package dev.premortem.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PromqlTest {
    private static Promql.Comparison read(String text) {
        return Promql.read(text).orElseThrow(() -> new AssertionError("not read: " + text));
    }

    @Test
    void whatIsLeftIsReadInAnyUnit() {
        for (String text : List.of(
                "cert_end - time() < 21 * 24 * 3600",
                "(cert_end - time()) < (21 * 24 * 3600)",
                "(cert_end{a=\"b\"} - time()) / 86400 < 21",
                "(cert_end - time()) / 60 / 60 / 24 <= 21",
                "avg by (namespace, name) (\n  cert_end - time())\n  < 1814400",
                "min(cert_end - time()) by (name) < 1.8144e6",
                "min by(host) (cert_end) - time() < 1814400 # three weeks")) {
            Promql.Comparison comparison = read(text);
            assertTrue(comparison.left(), text);
            assertEquals("cert_end", comparison.metric(), text);
            assertEquals(21 * 86400, comparison.seconds(), 1e-3, text);
        }
    }

    @Test
    void whatHasPassedIsReadToo() {
        Promql.Comparison comparison = read("time() - max(last_run{cronjob=~\"back.*\"}) > 26 * 3600");
        assertEquals(26 * 3600, comparison.seconds(), 1e-6);
        assertTrue(comparison.all());
        assertTrue(comparison.labels().getFirst().fits("backup"));
        assertTrue(!comparison.left());
        assertTrue(!read("max(time() - last_run) > 5").all());
        assertTrue(read("min(time() - last_run) > 5").all());
    }

    @Test
    void theNumberIsFoundInTheText() {
        String text = "(cert_end - time()) / 86400 < 21";
        Promql.Comparison comparison = read(text);
        assertEquals("21", text.substring(comparison.from()));
        assertEquals(86400, comparison.scale(), 1e-6);
    }

    @Test
    void anythingElseIsLeftAlone() {
        for (String text : List.of(
                "",
                "up == 0",
                "rate(errors[5m]) > 1",
                "absent(cert_end)",
                "cert_end - time() > 5",
                "cert_end - other - time() < 5",
                "cert_end - time() < 5 and up == 1",
                "cert_end - time() < 5 or vector(1)",
                "cert_end - time() + 3600 < 5",
                "sum(cert_end - time()) < 5",
                "cert_end < 5",
                "time() - cert_end < 5",
                "cert_end - time() < bool 5",
                "cert_end offset 5m - time() < 5",
                "(cert_end - time() < 5",
                "cert_end{a=b} - time() < 5",
                "cert_end{a=\"b\" - time() < 5",
                "((((((((((((((((((((((((((((((((((((((((((((((((1))))))))")) {
            assertTrue(Promql.read(text).isEmpty(), text);
        }
    }

    @Test
    void noTextMakesItFail() {
        Random random = new Random(7);
        String[] parts = {
            "cert_end",
            "time()",
            "(",
            ")",
            "<",
            ">",
            "-",
            "*",
            "/",
            "{",
            "}",
            "[5m]",
            "1",
            "by",
            "min",
            ",",
            "a=\"b\"",
            " "
        };
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(14); j >= 0; j--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            Promql.read(text.toString()); // seed 7; nothing is thrown
        }
    }
}
