package dev.premortem.report;

import dev.premortem.fact.Declared;
import dev.premortem.outage.AcceptedRisk;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Step;
import dev.premortem.twin.Evidence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One outage as a result of SARIF: at the line that its best remedy edits, with its chain step by step. */
final class SarifResult {
    /** So many locations beside the first are kept by GitHub. */
    private static final int MOST_RELATED = 100;
    /** So many steps of a flow are kept by GitHub. */
    private static final int MOST_STEPS = 1_000;

    private static final double MINUTES_OF_A_YEAR = 525_600;

    private final Json json;
    private final Prediction prediction;
    private final Known known;
    private final Basis basis;
    private final SourceNames names;

    SarifResult(Json json, Prediction prediction, Known known, Basis basis) {
        this.json = json;
        this.prediction = prediction;
        this.known = known;
        this.basis = basis;
        this.names = basis.names();
    }

    /** The fields of one result, inside an object that is open. */
    void write(Outage outage, int rule) throws IOException {
        Optional<Declared> primary = primary(outage, names);
        Map<Declared, String> related = related(outage, primary);
        json.text("ruleId", outage.mechanism());
        if (rule >= 0) {
            json.number("ruleIndex", rule);
        }
        json.text("level", level(outage));
        json.object("message", part -> part.text("text", message(outage, List.copyOf(related.keySet()))));
        json.objects("locations", List.of(outage), one -> {
            if (primary.isPresent()) {
                physical(json, primary.get());
            }
            json.objects("logicalLocations", List.of(one.pivot()), pivot -> {
                json.text("fullyQualifiedName", Visible.line(pivot));
                json.text("kind", "resource");
            });
        });
        related(related);
        flow(outage);
        json.object("partialFingerprints", prints -> {
            prints.text("premortem/v1", outage.id());
            // the one that GitHub asks for; of the id, so that a line that moves makes no new alert
            prints.text("primaryLocationLineHash", hash(outage.id()) + ":1");
        });
        fixes(outage);
        outage.minutesPerYear().filter(minutes -> outage.rateKnown()).ifPresent(minutes -> rank(minutes.typical()));
        suppressions(outage);
        if (basis.compared()) {
            boolean grown = known.grown().containsKey(outage.id());
            json.text("baselineState", grown ? "updated" : known.ids().contains(outage.id()) ? "unchanged" : "new");
        }
        json.objects("taxa", List.of(outage.outageClass()), one -> {
            json.text("id", one.name());
            json.number("index", List.of(OutageClass.values()).indexOf(one));
            json.object("toolComponent", part -> part.number("index", 0));
        });
        json.object("properties", part -> properties(part, outage));
    }

    /** What was chosen, what rests on a guess and what is part of another is never more than a note: the text does not judge these either. */
    static String level(Outage outage) {
        if (outage.outageClass() == OutageClass.F
                || outage.confidence() == Confidence.POSSIBLE
                || outage.foldedUnder().isPresent()) {
            return "note";
        }
        return switch (outage.severity()) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }

    /** Where the best remedy edits; else where the outage waits; else the first fact of its chain; empty where no file says anything of it. */
    static Optional<Declared> primary(Outage outage, SourceNames names) {
        List<Declared> places = new ArrayList<>();
        FixText.best(outage).stream()
                .flatMap(remedy -> remedy.edits().stream())
                .forEach(edit -> edit.where().ifPresent(places::add));
        outage.instances().stream().map(Instance::place).forEach(places::add);
        outage.chain().stream()
                .flatMap(step -> step.evidence().stream())
                .forEach(evidence -> names.place(evidence.provenance()).ifPresent(places::add));
        return places.stream().filter(place -> names.place(place).isPresent()).findFirst();
    }

    private Map<Declared, String> related(Outage outage, Optional<Declared> primary) {
        Map<Declared, String> related = new LinkedHashMap<>();
        for (Step step : outage.chain()) {
            for (Evidence evidence : step.evidence()) {
                names.place(evidence.provenance()).ifPresent(place -> related.putIfAbsent(place, evidence.text()));
            }
        }
        for (Instance instance : outage.instances()) {
            names.place(instance.place()).ifPresent(place -> related.putIfAbsent(place, instance.of()));
        }
        primary.ifPresent(related::remove);
        Map<Declared, String> first = new LinkedHashMap<>();
        related.entrySet().stream().limit(MOST_RELATED).forEach(one -> first.put(one.getKey(), one.getValue()));
        return first;
    }

    private void related(Map<Declared, String> related) throws IOException {
        if (related.isEmpty()) {
            return;
        }
        List<Declared> places = List.copyOf(related.keySet());
        json.objects("relatedLocations", places, place -> {
            json.number("id", 1L + places.indexOf(place));
            physical(json, place);
            Sarif.message(json, "message", related.getOrDefault(place, ""));
        });
    }

    private void physical(Json part, Declared place) throws IOException {
        physical(part, names.uri(place.file()).orElseThrow(), place.line());
    }

    /** A whole line: columns are not known, and none is made up. Line 0 is the whole file. */
    static void physical(Json json, String uri, int line) throws IOException {
        json.object("physicalLocation", physical -> {
            physical.object("artifactLocation", artifact -> {
                artifact.text("uri", uri);
                artifact.text("uriBaseId", Sarif.SOURCE_ROOT);
            });
            if (line > 0) {
                physical.object("region", region -> region.number("startLine", line));
            }
        });
    }

    /** The sentence first: where there is little room nothing else is shown. */
    private String message(Outage outage, List<Declared> related) {
        Sentences say = new Sentences(prediction.now());
        StringBuilder out = new StringBuilder(plain(outage.title())).append('.');
        out.append("\nWhen: ").append(plain(say.when(outage))).append('.');
        out.append("\nLasts: ").append(plain(say.lasts(outage))).append('.');
        say.costs(outage)
                .ifPresent(costs -> out.append("\nCosts: ").append(plain(costs)).append('.'));
        String arrow = "\nWhy: ";
        for (Step step : outage.chain()) {
            out.append(arrow).append(plain(step.text()));
            step.evidence().stream()
                    .flatMap(evidence -> names.place(evidence.provenance()).stream())
                    .findFirst()
                    .filter(related::contains)
                    .ifPresent(place -> out.append(" [")
                            .append(plain(place.at()))
                            .append("](")
                            .append(1 + related.indexOf(place))
                            .append(')'));
            arrow = " → ";
        }
        out.append(outage.chain().isEmpty() ? "" : ".");
        FixText.best(outage)
                .ifPresent(remedy -> out.append("\nFix: ")
                        .append(plain(remedy.title()))
                        .append(" (")
                        .append(plain(Sentences.proof(remedy)))
                        .append(")."));
        return out.append("\nMore: premortem explain ").append(outage.id()).toString();
    }

    /** Brackets would begin a link. */
    private static String plain(String text) {
        return Visible.line(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]");
    }

    /** One place of a flow. */
    private record Stop(Declared place, String text, Step step, int depth) {}

    /** Steps that no file tells are said at the next place, the last of them at the one before: a place is never made up. */
    private List<Stop> stops(Outage outage) {
        List<Stop> stops = new ArrayList<>();
        StringBuilder waiting = new StringBuilder();
        for (Step step : outage.chain()) {
            waiting.append(waiting.isEmpty() ? "" : " → ").append(step.text());
            boolean first = true;
            for (Evidence evidence : step.evidence()) {
                Optional<Declared> place = names.place(evidence.provenance());
                if (place.isPresent()) {
                    String text = first ? waiting.toString() : evidence.text();
                    stops.add(new Stop(place.get(), text, step, first ? 0 : 1));
                    first = false;
                }
            }
            if (!first) {
                waiting.setLength(0);
            }
        }
        if (!waiting.isEmpty() && !stops.isEmpty()) {
            int last = stops.size() - 1;
            while (stops.get(last).depth() > 0) {
                last--;
            }
            Stop stop = stops.get(last);
            stops.set(last, new Stop(stop.place(), stop.text() + " → " + waiting, stop.step(), 0));
        }
        return stops.subList(0, Math.min(MOST_STEPS, stops.size()));
    }

    private void flow(Outage outage) throws IOException {
        List<Stop> stops = stops(outage);
        if (stops.isEmpty()) {
            return;
        }
        json.objects("codeFlows", List.of(stops), flow -> {
            Sarif.message(json, "message", "The chain of causes, from the trigger to what is down.");
            json.objects("threadFlows", List.of(flow), thread -> json.objects("locations", thread, this::stop));
        });
    }

    private void stop(Stop stop) throws IOException {
        json.object("location", location -> {
            physical(location, stop.place());
            json.objects("logicalLocations", List.of(stop.step().condition()), condition -> {
                json.text("fullyQualifiedName", Visible.line(condition));
                json.text("kind", "resource");
            });
            Sarif.message(location, "message", stop.text());
        });
        json.number("nestingLevel", stop.depth());
        if (stop.step().at().isPresent()) {
            json.text("executionTimeUtc", prediction.now().plus(stop.step().at().get()));
        }
    }

    private void fixes(Outage outage) throws IOException {
        Optional<Remedy> best = FixText.best(outage).filter(Remedy::verified);
        Optional<List<PatchLines.Change>> changes =
                best.filter(remedy -> !remedy.patch().isEmpty()).flatMap(remedy -> PatchLines.of(remedy.patch()));
        if (best.isEmpty()
                || changes.isEmpty()
                || changes.get().stream()
                        .anyMatch(change -> names.uri(change.file()).isEmpty())) {
            return;
        }
        json.objects("fixes", List.of(best.get()), remedy -> {
            Sarif.message(json, "description", remedy.title() + " (" + Sentences.proof(remedy) + ")");
            json.objects("artifactChanges", changes.get(), change -> {
                json.object("artifactLocation", artifact -> {
                    artifact.text("uri", names.uri(change.file()).orElseThrow());
                    artifact.text("uriBaseId", Sarif.SOURCE_ROOT);
                });
                json.objects("replacements", change.replacements(), this::replacement);
            });
        });
    }

    private void replacement(PatchLines.Replacement replacement) throws IOException {
        json.object("deletedRegion", region -> {
            region.number("startLine", replacement.line());
            region.number("startColumn", 1);
            region.number("endLine", (long) replacement.line() + replacement.removed());
            region.number("endColumn", 1);
        });
        if (!replacement.text().isEmpty()) {
            json.object("insertedContent", content -> content.text("text", replacement.text()));
        }
    }

    /** From 0 to 100: minutes a year on a scale of powers, on which a whole year is 100. */
    private void rank(double minutes) {
        double rank = 100 * Math.log1p(Math.max(0, minutes)) / Math.log1p(MINUTES_OF_A_YEAR);
        try {
            json.number("rank", Math.min(100, Math.round(rank * 10) / 10.0));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void suppressions(Outage outage) throws IOException {
        List<String> justifications = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        if (outage.accepted()) {
            List<AcceptedRisk> risks = prediction.acceptances().stream()
                    .filter(risk -> risk.state() == AcceptedRisk.State.HOLDS
                            && risk.outages().contains(outage.id()))
                    .toList();
            for (AcceptedRisk risk : risks) {
                kinds.add(risk.place().file().endsWith(".premortem.yaml") ? "external" : "inSource");
                justifications.add("accepted until " + risk.until() + ": " + risk.reason());
            }
            if (risks.isEmpty()) {
                kinds.add("external");
                justifications.add("accepted");
            }
        }
        outage.foldedUnder().ifPresent(other -> {
            kinds.add("external");
            justifications.add("part of " + other + ", which is told");
        });
        if (kinds.isEmpty()) {
            return;
        }
        List<Integer> each =
                java.util.stream.IntStream.range(0, kinds.size()).boxed().toList();
        json.objects("suppressions", each, i -> {
            json.text("kind", kinds.get(i));
            json.text("status", "accepted");
            json.text("justification", Visible.line(justifications.get(i)));
        });
    }

    private static void properties(Json json, Outage outage) throws IOException {
        json.text("id", outage.id());
        json.text("severity", outage.severity().word());
        json.text("confidence", outage.confidence().word());
        json.text("trigger", outage.trigger().type().word());
        json.strings("products", outage.products());
        json.text("starts", outage.starts());
        json.text("duration", outage.duration());
        json.text("durationSetBy", outage.durationSetBy());
        json.band("expectedMinutesPerYear", outage.minutesPerYear());
        json.flag("accepted", outage.accepted());
        json.text("foldedUnder", outage.foldedUnder());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
