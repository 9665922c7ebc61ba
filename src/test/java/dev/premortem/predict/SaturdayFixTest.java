package dev.premortem.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Simulation;
import dev.premortem.source.Changes;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import dev.premortem.source.text.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaturdayFixTest {
    private static final Instant FRIDAY = Instant.parse("2022-03-04T18:00:00Z");

    private static Simulation after(String change) {
        Reading before = read("saturday");
        return Simulator.simulate(
                before.estate(),
                FRIDAY,
                Duration.ofDays(1),
                List.of(),
                List.of(Changes.between(before, read(change), FRIDAY)));
    }

    private static Reading read(String example) {
        return Sources.read(List.of(Path.of("examples").resolve(example)), Limits.DEFAULT);
    }

    /** Position of the first event after another one whose text holds these words. */
    private static int then(Simulation simulation, int from, String words) {
        for (int i = from; i < simulation.events().size(); i++) {
            if (simulation.events().get(i).text().contains(words)) {
                return i;
            }
        }
        throw new AssertionError("no \"" + words + "\" after event " + from + " of " + simulation.events());
    }

    @Test
    void theHurriedChangeGoesAsItReallyWent() {
        Simulation simulation = after("saturday-fix");
        int here = then(simulation, 0, "prod/ingress/Service/traefik is deleted");
        here = then(simulation, here, "a new load balancer is being made");
        here = then(simulation, here, "still names the old address");
        here = then(simulation, here, "the pod is pending until a node has started");
        here = then(simulation, here, "a new node takes the pod");
        here = then(simulation, here, "a person corrects the record");
        then(simulation, here, "every cache has the new answer");
    }

    @Test
    void theTtlSetsTheEndAndTheAddressKeptWouldEndItSoon() {
        Simulation simulation = after("saturday-fix");
        assertEquals(3, simulation.products().size());
        for (Simulation.ProductDown product : simulation.products()) {
            assertEquals(Duration.ofSeconds(5250), product.downFor(), product::toString);
            assertEquals("zone/example.com#ttl:*.k8s2", product.down().getLast().setBy());
        }
        assertTrue(
                simulation.remarks().toString().contains("address kept: 3 min instead of 88 min"),
                simulation.remarks()::toString);
    }

    @Test
    void theSameChangeInPlaceTakesNothingDown() {
        Simulation simulation = after("saturday-fix-in-place");
        assertTrue(
                simulation.products().stream()
                        .allMatch(product -> product.downFor().isZero()),
                simulation.products()::toString);
        then(simulation, 0, "the pod is pending until a node has started");
    }

    @Test
    void twoRunsAreEqual() {
        assertEquals(after("saturday-fix"), after("saturday-fix"));
    }
}
