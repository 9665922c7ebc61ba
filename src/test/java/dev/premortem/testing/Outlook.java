package dev.premortem.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.premortem.fact.Declared;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import dev.premortem.predict.Editor;
import dev.premortem.predict.Predictor;
import dev.premortem.predict.Request;
import dev.premortem.source.Edited;
import dev.premortem.source.Edits;
import dev.premortem.source.Means;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import dev.premortem.source.render.Renderers;
import dev.premortem.source.text.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is predicted for a small estate, to be asserted in sentences. A comment {@code # OUTAGE <mechanism>} marks a line that the chain must name. */
public final class Outlook {
    /** The moment of tests that need none. */
    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static final Duration HORIZON = Duration.ofDays(90);

    private final Reading reading;
    private final Request request;
    private final Prediction prediction;

    private Outlook(Reading reading, Instant now, Duration horizon) {
        this.reading = reading;
        request = new Request(now, horizon, 2, Set.of());
        prediction = Predictor.predict(reading.estate(), reading.coverage(), request, edits -> edited(reading, edits));
    }

    /** Of one text. */
    public static Outlook of(String yaml) {
        return of(new TreeMap<>(Map.of("estate.yaml", yaml)), NOW);
    }

    /** Of several files. */
    public static Outlook of(SortedMap<String, String> texts, Instant now) {
        Reading reading = Sources.readTexts(texts);
        assertEquals(List.of(), reading.coverage().problems(), "the estate of a test reads without problems");
        return new Outlook(reading, now, HORIZON);
    }

    /** Of several files with charts among them, which may lack what they need. */
    public static Outlook of(SortedMap<String, String> texts, Renderers renderers) {
        return new Outlook(Sources.readTexts(texts, Means.PLAIN.rendering(renderers)), NOW, HORIZON);
    }

    /** Of a folder. */
    public static Outlook of(Path folder, Instant now, Duration horizon) {
        return new Outlook(Sources.read(List.of(folder), Limits.DEFAULT), now, horizon);
    }

    private static Editor.Edited edited(Reading reading, List<dev.premortem.estate.Edit> edits) {
        Edited edited = Edits.apply(reading, edits);
        return new Editor.Edited(edited.reading().estate(), edited.patch(), edited.newProblems());
    }

    /** All that was predicted. */
    public Prediction prediction() {
        return prediction;
    }

    /** What is predicted for the estate after a remedy. */
    public Outlook after(Remedy remedy) {
        return new Outlook(Edits.apply(reading, remedy.edits()).reading(), request.now(), request.horizon());
    }

    /** The first outage of a mechanism. */
    public Foreseen outage(String mechanism) {
        return prediction.outages().stream()
                .filter(outage -> outage.mechanism().equals(mechanism))
                .findFirst()
                .map(Foreseen::new)
                .orElseGet(() -> fail("expected an outage by " + mechanism + ", found " + told()));
    }

    /** The outage with a mechanism and a pivot. */
    public Foreseen outage(String mechanism, String pivot) {
        return prediction.outages().stream()
                .filter(outage ->
                        outage.mechanism().equals(mechanism) && outage.pivot().equals(pivot))
                .findFirst()
                .map(Foreseen::new)
                .orElseGet(() -> fail("expected an outage by " + mechanism + " of " + pivot + ", found " + told()));
    }

    /** Nothing is predicted by a mechanism. */
    public Outlook noOutage(String mechanism) {
        assertTrue(
                prediction.outages().stream()
                        .noneMatch(outage -> outage.mechanism().equals(mechanism)),
                () -> "expected no outage by " + mechanism + ", found " + told());
        return this;
    }

    /** No product is down by a mechanism; what is behind no product may be told. */
    public Outlook noProductDownBy(String mechanism) {
        assertTrue(
                prediction.outages().stream()
                        .noneMatch(outage -> outage.mechanism().equals(mechanism)
                                && !outage.products().isEmpty()),
                () -> "expected no product down by " + mechanism + ", found " + told());
        return this;
    }

    /** Nothing is predicted by a mechanism with this pivot. */
    public Outlook noOutage(String mechanism, String pivot) {
        assertTrue(
                prediction.outages().stream()
                        .noneMatch(outage -> outage.mechanism().equals(mechanism)
                                && outage.pivot().equals(pivot)),
                () -> "expected no outage by " + mechanism + " of " + pivot + ", found " + told());
        return this;
    }

    private String told() {
        StringBuilder told = new StringBuilder();
        prediction
                .outages()
                .forEach(outage -> told.append("\n  ")
                        .append(outage.mechanism())
                        .append(" of ")
                        .append(outage.pivot())
                        .append(": ")
                        .append(outage.title())
                        .append(' ')
                        .append(outage.products()));
        return told.isEmpty() ? "none; not run: " + prediction.coverage().notRun() : told.toString();
    }

    /** One predicted outage. */
    public final class Foreseen {
        private final Outage outage;

        private Foreseen(Outage outage) {
            this.outage = outage;
        }

        /** As it was predicted. */
        public Outage outage() {
            return outage;
        }

        /** Takes down exactly these products. */
        public Foreseen takesDown(String... products) {
            assertEquals(new TreeSet<>(List.of(products)), new TreeSet<>(outage.products()), this::toString);
            return this;
        }

        /** Starts at that instant. */
        public Foreseen startsAt(String instant) {
            assertEquals(Instant.parse(instant), outage.starts().orElse(Instant.EPOCH), this::toString);
            return this;
        }

        /** Lasts that long. */
        public Foreseen lasts(Duration duration) {
            assertEquals(duration, outage.duration(), this::toString);
            return this;
        }

        /** The chain, its title included, says this. */
        public Foreseen says(String words) {
            assertTrue(
                    toString().contains(words) || outage.chain().toString().contains(words),
                    () -> "expected \"" + words + "\" in " + this + "\n" + outage.chain());
            return this;
        }

        /** The chain names every line that the estate marks for this mechanism; there is at least one. */
        public Foreseen namesTheMarkedLines() {
            List<String> named = places();
            marked().forEach(place ->
                    assertTrue(named.contains(place), () -> "expected " + place + " in the chain " + named));
            return this;
        }

        /** The chain names one of the lines that the estate marks: those of one product, where several are down. */
        public Foreseen namesAMarkedLine() {
            List<String> named = places();
            assertTrue(
                    marked().stream().anyMatch(named::contains),
                    () -> "expected one of " + marked() + " in the chain " + named);
            return this;
        }

        private List<String> marked() {
            List<String> marked = new ArrayList<>();
            reading.texts().forEach((file, text) -> {
                List<String> lines = text.lines().toList();
                for (int i = 0; i < lines.size(); i++) {
                    if (lines.get(i).endsWith(" OUTAGE " + outage.mechanism())) {
                        marked.add(file + ":" + (i + 1));
                    }
                }
            });
            assertTrue(!marked.isEmpty(), "the estate marks no line with OUTAGE " + outage.mechanism());
            return marked;
        }

        private List<String> places() {
            return outage.chain().stream()
                    .flatMap(step -> step.evidence().stream())
                    .filter(evidence -> evidence.provenance() instanceof Declared)
                    .map(evidence -> ((Declared) evidence.provenance()).at())
                    .toList();
        }

        /** A verified remedy's title holds these words, and after it the outage is not predicted any more. */
        public Foreseen isPreventedBy(String words) {
            Remedy remedy = remedy(words);
            assertTrue(remedy.verified(), () -> "not verified: " + remedy);
            after(remedy).noOutage(outage.mechanism(), outage.pivot());
            return this;
        }

        /** The first remedy whose title holds these words. */
        public Remedy remedy(String words) {
            return outage.remedies().stream()
                    .filter(remedy -> remedy.title().contains(words))
                    .findFirst()
                    .orElseGet(() -> fail("no remedy says \"" + words + "\": " + outage.remedies()));
        }

        @Override
        public String toString() {
            return outage.mechanism() + " of " + outage.pivot() + ": " + outage.title();
        }
    }
}
