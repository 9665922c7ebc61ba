package dev.premortem.source.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.estate.Edit;
import dev.premortem.fact.Declared;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is removed may be what aliases elsewhere stand for. */
class AnchorsTest {
    private static String without(String text, String field) {
        EditedText edited =
                EditedText.of(text, List.of(new Edit.Remove(new Declared("a.yaml", 1, field))), Limits.DEFAULT.depth());
        assertEquals(List.of(), edited.failed());
        return edited.text();
    }

    @Test
    void theFirstAliasBecomesTheValue() {
        assertEquals("""
                probes:
                  readiness: &probes
                    enabled: true
                    port: &port 80
                  startup: *probes
                service: {port: *port}
                """, without("""
                probes:
                  liveness: &probes
                    enabled: true
                    port: &port 80
                  readiness: *probes
                  startup: *probes
                service: {port: *port}
                """, "probes.liveness"));
    }

    @Test
    void itStandsAsFarInAsItsNewPlace() {
        assertEquals("""
                a:
                  keep: 1
                list:
                  - deep:
                      value: &x
                        # why
                        one: 1

                        two: [1, 2]
                """, without("""
                a:
                  keep: 1
                  gone: &x
                    # why
                    one: 1

                    two: [1, 2]
                list:
                  - deep:
                      value: *x
                """, "a.gone"));
    }

    @Test
    void anAnchorInsideOfWhatGoesMovesAlone() {
        assertEquals("""
                b:
                  port: &port 80
                  other: *port
                """, without("""
                a:
                  port: &port 80
                b:
                  port: *port
                  other: *port
                """, "a"));
    }

    @Test
    void aliasesThatGoTooAndAnchorsThatStayChangeNothing() {
        assertEquals("""
                a: &x 1
                c: 2
                """, without("""
                a: &x 1
                b:
                  one: *x
                  two: &y 3
                  three: *y
                c: 2
                """, "b"));
    }
}
