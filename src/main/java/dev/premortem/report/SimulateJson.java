package dev.premortem.report;

import dev.premortem.outage.Simulation;
import java.util.Optional;

/** {@code simulate} for programs. Names are a contract. */
final class SimulateJson {
    private SimulateJson() {}

    static String render(Simulation simulation) {
        return Json.document(json -> {
            json.number("schemaVersion", 1);
            json.text("now", simulation.now());
            json.text("for", simulation.length());
            json.objects("events", simulation.events(), event -> {
                json.text("at", event.at());
                json.text("condition", event.condition());
                json.flag("holds", event.holds());
                json.text("cause", Optional.of(event.cause()).filter(cause -> !cause.isEmpty()));
                json.text("text", event.text());
            });
            json.objects("products", simulation.products(), product -> {
                json.text("product", product.product());
                json.objects("down", product.down(), down -> {
                    json.text("from", down.from());
                    json.text("until", down.until());
                    json.text("setBy", down.setBy());
                });
                json.text("downFor", product.downFor());
            });
            json.strings("remarks", simulation.remarks());
        });
    }
}
