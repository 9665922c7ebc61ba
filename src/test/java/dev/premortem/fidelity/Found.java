package dev.premortem.fidelity;

import dev.premortem.fact.Tree;
import dev.premortem.source.text.JsonItems;
import dev.premortem.source.text.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An outage of {@code check --format json}, as far as fidelity is judged by it.
 *
 * @param shown true where the text of a first run shows it
 * @param places lines of its instances and of the evidence of its chain
 */
record Found(
        String id, String mechanism, String severity, String title, boolean shown, boolean folded, List<Place> places) {
    private static final int SHOWN = 10;
    private static final int SHOWN_CHOSEN = 3;

    /** A line of a file. */
    record Place(String file, int line) {}

    /** The outages of a document, in its order. */
    static List<Found> of(String json) {
        Tree document;
        try {
            document = JsonItems.value(
                    new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), Limits.DEFAULT, _ -> true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Found> found = new ArrayList<>();
        int judged = 0;
        int chosen = 0;
        for (Tree outage : items(document, "outages")) {
            boolean folded = outage.text("foldedUnder").isPresent();
            boolean open = !folded && !text(outage, "accepted").equals("true");
            boolean ours = !text(outage, "class").equals("F");
            boolean sure = !ours || !text(outage, "confidence").equals("possible");
            boolean shown = open && sure && (ours ? judged < SHOWN : chosen < SHOWN_CHOSEN);
            judged += shown && ours ? 1 : 0;
            chosen += shown && !ours ? 1 : 0;
            found.add(new Found(
                    text(outage, "id"),
                    text(outage, "mechanism"),
                    text(outage, "severity"),
                    text(outage, "title"),
                    shown,
                    folded,
                    places(outage)));
        }
        return found;
    }

    private static List<Place> places(Tree outage) {
        List<Place> places = new ArrayList<>();
        items(outage, "instances").forEach(instance -> add(places, instance));
        for (Tree step : items(outage, "chain")) {
            items(step, "evidence").forEach(evidence -> add(places, evidence));
        }
        return places;
    }

    private static void add(List<Place> places, Tree fact) {
        String line = text(fact, "line");
        if (!line.isEmpty()) {
            places.add(new Place(text(fact, "file"), Integer.parseInt(line)));
        }
    }

    private static List<Tree> items(Tree tree, String field) {
        return tree.at(field).orElse(tree) instanceof Tree.Sequence sequence ? sequence.items() : List.of();
    }

    private static String text(Tree tree, String field) {
        return tree.text(field).map(fact -> fact.value()).orElse("");
    }

    /** True at high or above. */
    boolean high() {
        return severity.equals("high") || severity.equals("critical");
    }

    /** True for evidence in a file within three lines of one. */
    boolean near(String file, int line) {
        return places.stream().anyMatch(place -> place.file().equals(file) && Math.abs(place.line() - line) <= 3);
    }
}
