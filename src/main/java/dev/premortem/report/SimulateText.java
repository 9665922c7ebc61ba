package dev.premortem.report;

import dev.premortem.outage.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code simulate} for people: every change in order, then how long each product was down and what set that. */
final class SimulateText {
    private static final int BAR = 48;
    private static final Pattern CHANGED = Pattern.compile(" is (deleted|created|changed)$");

    private final Simulation simulation;
    private final View view;
    private final Sheet sheet;

    SimulateText(Simulation simulation, View view) {
        this.simulation = simulation;
        this.view = view;
        this.sheet = new Sheet(view.colour());
    }

    String render() {
        if (!view.quiet()) {
            Simulation.Event previous = new Simulation.Event(Duration.ZERO, "", true, "", "");
            for (Simulation.Event event : simulation.events()) {
                event(event, event.at().equals(previous.at()) && event.cause().equals(previous.cause()));
                previous = event;
            }
            sheet.blank();
        }
        Map<List<Simulation.Down>, List<Simulation.ProductDown>> alike = new LinkedHashMap<>();
        simulation.products().stream()
                .filter(product -> !product.down().isEmpty())
                .forEach(product -> alike.computeIfAbsent(product.down(), stretches -> new ArrayList<>())
                        .add(product));
        alike.values().forEach(this::products);
        if (alike.isEmpty()) {
            sheet.paragraph(
                    "No product goes down within " + Words.duration(simulation.length()) + ".", Sheet.Tint.GOOD);
        }
        if (!simulation.remarks().isEmpty()) {
            sheet.blank();
            simulation.remarks().forEach(sheet::paragraph);
        }
        return sheet.text();
    }

    /** A cause is told once for all that it causes at the same instant. */
    private void event(Simulation.Event event, boolean told) {
        String clock = Words.clock(event.at());
        String word = word(event);
        Sheet.Tint tint =
                word.equals("DOWN") ? Sheet.Tint.CRITICAL : word.equals("up") ? Sheet.Tint.GOOD : Sheet.Tint.NONE;
        String start = " " + clock + " ".repeat(Math.max(2, 10 - clock.length()));
        int indent = Words.length(start) + 8;
        String because = event.cause().isEmpty() || told ? "" : " (" + event.cause() + ")";
        String text = event.text().isEmpty() ? event.condition() : event.text();
        List<String> lines = Words.wrap(text + because, Sheet.WIDTH - indent);
        sheet.ready(Visible.line(start) + sheet.tinted(word, tint) + " ".repeat(8 - word.length()) + lines.getFirst());
        lines.stream().skip(1).forEach(line -> sheet.line(" ".repeat(indent) + line));
    }

    private static String word(Simulation.Event event) {
        if (event.condition().isEmpty()
                || event.cause().isEmpty() && CHANGED.matcher(event.text()).find()) {
            return "change";
        }
        if (event.condition().startsWith("product/")) {
            return event.holds() ? "up" : "DOWN";
        }
        if (event.condition().endsWith("#pending")) {
            return event.holds() ? "waits" : "runs";
        }
        return event.holds() ? "holds" : "lost";
    }

    /** Products that are down at the same times. */
    private void products(List<Simulation.ProductDown> products) {
        Simulation.ProductDown product = products.getFirst();
        List<String> names =
                products.stream().map(Simulation.ProductDown::product).toList();
        String setBy = product.down().getLast().setBy();
        sheet.paragraph(
                Words.few(names, 6) + ": down for " + Words.duration(product.downFor()) + ", set by " + setBy,
                Sheet.Tint.HIGH);
        sheet.line("  ▕" + bar(product) + "▏ " + Words.duration(simulation.length()));
        for (Simulation.Down down : product.down()) {
            boolean open = down.until().compareTo(simulation.length()) >= 0;
            sheet.line("    " + Words.clock(down.from()) + " to "
                    + (open ? "the end, still down" : Words.clock(down.until())));
        }
    }

    private String bar(Simulation.ProductDown product) {
        StringBuilder bar = new StringBuilder();
        for (int i = 0; i < BAR; i++) {
            Duration from = simulation.length().multipliedBy(i).dividedBy(BAR);
            Duration until = simulation.length().multipliedBy(i + 1L).dividedBy(BAR);
            boolean down = product.down().stream()
                    .anyMatch(stretch -> stretch.from().compareTo(until) < 0
                            && stretch.until().compareTo(from) > 0);
            bar.append(down ? '█' : '░');
        }
        return bar.toString();
    }
}
