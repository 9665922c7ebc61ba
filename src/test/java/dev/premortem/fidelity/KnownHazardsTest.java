package dev.premortem.fidelity;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.cli.Ran;
import dev.premortem.fidelity.KnownHazards.Figure;
import dev.premortem.fidelity.KnownHazards.Scored;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Holds the level that was reached on the estates with known hazards. It may rise, and then the figures here rise with it. */
class KnownHazardsTest {
    private static final Path ESTATES = Path.of("..", "shared", "estates");
    private static final double SURE = 99;
    private static final double ALL = 92;
    private static final double FALSE_ALARMS = 0;

    @Test
    void findsWhatCarefulReadersFoundAndIsQuietAboutTheRest() {
        if (!Files.exists(ESTATES.resolve("known-hazards.csv"))) {
            Assumptions.abort("no ../shared/estates/known-hazards.csv here: nothing to score");
        }
        KnownHazards hazards = KnownHazards.score(ESTATES, KnownHazardsTest::check);
        assertAll(
                () -> atLeast(SURE, hazards.sure(), "hazards marked sure", hazards),
                () -> atLeast(ALL, hazards.all(), "hazards", hazards),
                () -> assertTrue(
                        hazards.falseAlarms().percent() <= FALSE_ALARMS,
                        () -> "false alarms: " + ids(hazards.scored(), Scored::falseAlarm)));
    }

    private static void atLeast(double percent, Figure figure, String what, KnownHazards hazards) {
        assertTrue(
                figure.percent() >= percent,
                () -> "%s: %d of %d recalled, expected %.0f %%; missed: %s"
                        .formatted(
                                what,
                                figure.found(),
                                figure.of(),
                                percent,
                                ids(hazards.scored(), one -> one.row().hazard() && !one.recalled())));
    }

    private static List<String> ids(List<Scored> scored, java.util.function.Predicate<Scored> which) {
        return scored.stream().filter(which).map(one -> one.row().id()).toList();
    }

    private static String check(Path tree) {
        Ran ran = Ran.run(
                "check", tree.toString(), "--now", "2026-11-24T00:00:00Z", "--format", "json", "--fail-on", "none");
        assertTrue(ran.code() == 0, () -> tree + ": " + ran.err());
        return ran.out();
    }
}
