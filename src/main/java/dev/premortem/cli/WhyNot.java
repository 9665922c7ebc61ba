package dev.premortem.cli;

import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Simulation;
import dev.premortem.predict.Simulator;
import dev.premortem.source.Reading;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says why losing a condition is no outage: it is one under another name, nothing needs it, or a mechanism lacks a fact. */
final class WhyNot {
    private final Estates estates;
    private final Scope scope;
    private final Instant now;

    WhyNot(Estates estates, Scope scope, Instant now) {
        this.estates = estates;
        this.scope = scope;
        this.now = now;
    }

    String tell(String condition, List<Path> roots) {
        Reading reading = estates.read(roots);
        Prediction prediction = estates.predict(reading, scope);
        List<Outage> found = prediction.outages().stream()
                .filter(outage -> concerns(outage, condition))
                .toList();
        StringBuilder out = new StringBuilder();
        found.forEach(outage -> out.append(outage.id())
                .append("  ")
                .append(outage.title())
                .append(outage.foldedUnder().map(id -> " (part of " + id + ")").orElse(""))
                .append('\n'));
        if (found.stream().noneMatch(outage -> outage.trigger().faults().equals(List.of(condition)))) {
            out.append(alone(condition, reading)).append('\n');
        }
        prediction
                .coverage()
                .notRun()
                .forEach(idle -> out.append("not run: ")
                        .append(idle.mechanism())
                        .append(" (")
                        .append(idle.lacks())
                        .append(")\n"));
        return out.toString();
    }

    private static boolean concerns(Outage outage, String condition) {
        return outage.pivot().equals(condition)
                || outage.trigger().faults().contains(condition)
                || outage.alsoBy().stream().anyMatch(trigger -> trigger.faults().contains(condition));
    }

    private String alone(String condition, Reading reading) {
        try {
            Simulation lost = Simulator.simulate(
                    reading.estate(),
                    now,
                    Duration.ofDays(2),
                    List.of(new Simulator.Fail(condition, Optional.empty())),
                    List.of());
            List<String> down = lost.products().stream()
                    .filter(product -> !product.down().isEmpty())
                    .map(Simulation.ProductDown::product)
                    .toList();
            return down.isEmpty()
                    ? "Losing " + condition
                            + " alone takes no product down: nothing needs it, or something else carries it."
                    : "Losing " + condition + " takes " + String.join(", ", down)
                            + " down; no mechanism counts it as a cause of its own.";
        } catch (IllegalArgumentException unknown) {
            throw new WrongUsage(String.valueOf(unknown.getMessage()));
        }
    }
}
