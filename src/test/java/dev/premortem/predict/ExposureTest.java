package dev.premortem.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.outage.Band;
import dev.premortem.testing.Outlook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Minutes a year against sums by hand. */
final class ExposureTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void eachTriggerLastsAsLongAsItsOwnRepair() {
        Outlook outlook = Outlook.of(Path.of("examples/single-site"), NOW, Duration.ofDays(400));
        double cluster = timesOfAYear(0.5, 1) * 60;
        double site = timesOfAYear(0.03, 8) * 8 * 60;
        double power = timesOfAYear(0.05, 4) * 4 * 60;
        double heavy = 2; // shop-at and partner-api
        assertEquals(heavy * (cluster + site + power), minutes(outlook, "single-site", "fra/auth/Service/auth"), 1e-6);
        assertEquals(
                (heavy + 0.1) * (cluster + site + power), // catalogue counts a tenth
                minutes(outlook, "single-site", "site/vienna"),
                1e-6);
    }

    /** What is down does not fail. */
    private static double timesOfAYear(double rate, double hours) {
        return rate / (1 + rate * hours / 8_766);
    }

    private static double minutes(Outlook outlook, String mechanism, String pivot) {
        return outlook.prediction().outages().stream()
                .filter(outage ->
                        outage.mechanism().equals(mechanism) && outage.pivot().equals(pivot))
                .findFirst()
                .flatMap(outage -> outage.minutesPerYear())
                .map(Band::typical)
                .orElse(-1.0);
    }
}
