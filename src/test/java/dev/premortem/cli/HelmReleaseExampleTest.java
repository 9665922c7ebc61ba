package dev.premortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example with a chart of its own, from the release to the patch of its values, as a new user meets it. */
final class HelmReleaseExampleTest {
    private static final String EXAMPLE = "examples/helm-release";
    private static final Pattern DEADLOCK =
            Pattern.compile("\"id\" : \"([a-z0-9]+)\",\\s+\"mechanism\" : \"webhook-deadlock\"");

    @Test
    void theOutageNamesTheLineOfTheReleaseAndThePatchEditsIt() {
        Ran check = Ran.run("check", EXAMPLE, "--no-cache", "--format", "json");
        assertEquals(1, check.code(), check.err());
        assertTrue(check.out().contains("helm-java"), "the renderer is named");
        assertTrue(check.out().contains("\"notUnderstood\" : [ ]"), check.out());
        Matcher deadlock = DEADLOCK.matcher(check.out());
        assertTrue(deadlock.find(), check.out());
        Ran fix = Ran.run("fix", deadlock.group(1), "--in", EXAMPLE, "--no-cache");
        assertEquals(0, fix.code(), fix.err());
        assertTrue(fix.out().contains("+++ b/clusters/main/policy/release.yaml"), fix.out());
        assertTrue(fix.out().contains("-      failurePolicy: Fail # OUTAGE webhook-deadlock"), fix.out());
        assertTrue(fix.out().contains("+      failurePolicy: Ignore"), fix.out());
    }

    @Test
    void theFixedOneIsWell() {
        Ran check = Ran.run("check", EXAMPLE + "-fixed", "--no-cache", "--format", "json", "--fail-on", "medium");
        assertEquals(0, check.code(), check.out());
        assertFalse(check.out().contains("webhook-deadlock"), check.out());
    }

    @Test
    void withoutRenderingTheReleaseIsUnknown() {
        Ran check = Ran.run("check", EXAMPLE, "--no-cache", "--no-render");
        assertTrue(check.out().contains("rendered 0 of 1 release; 1 not: rendering is off"), check.out());
        assertFalse(check.out().contains("All well"), check.out());
    }
}
