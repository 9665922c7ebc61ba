package dev.premortem.report;

import dev.premortem.fact.Problem;
import dev.premortem.outage.Coverage;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Prediction;
import dev.premortem.predict.Predictor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * {@code check} as SARIF 2.1.0, for code scanning and editors: a rule for each mechanism, a result for each outage, folded and accepted ones suppressed, and
 * what was not understood as notifications. Limits are those that GitHub documents (docs.github.com, "SARIF results exceed one or more limits").
 */
final class Sarif {
    /** No run may have more results. */
    static final int MOST_RESULTS = 25_000;

    static final String SOURCE_ROOT = "%SRCROOT%";

    private static final String TAXONOMY = "outage-classes";

    private final Prediction prediction;
    private final View view;
    private final Basis basis;
    private final List<String> mechanisms = Predictor.mechanisms();
    private final List<Outage> told;

    private Sarif(Prediction prediction, View view, Basis basis, int most) {
        this.prediction = prediction;
        this.view = view;
        this.basis = basis;
        this.told = prediction
                .outages()
                .subList(0, Math.min(most, prediction.outages().size()));
    }

    static String render(Prediction prediction, View view, Basis basis) {
        return render(prediction, view, basis, MOST_RESULTS);
    }

    static String render(Prediction prediction, View view, Basis basis, int most) {
        Sarif sarif = new Sarif(prediction, view, basis, most);
        return Json.document(json -> {
            json.text("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.text("version", "2.1.0");
            json.objects("runs", List.of(sarif), run -> run.run(json));
        });
    }

    private void run(Json json) throws IOException {
        json.object("tool", tool -> tool.object("driver", this::driver));
        json.objects("taxonomies", List.of(TAXONOMY), name -> taxonomy(json, name));
        json.objects("invocations", List.of(true), successful -> {
            json.flag("executionSuccessful", successful);
            json.array("toolExecutionNotifications", List.of(this), here -> here.notifications(json));
        });
        json.object(
                "originalUriBaseIds",
                ids -> ids.object(
                        SOURCE_ROOT,
                        root -> message(
                                root,
                                "description",
                                "The root of the repository, or of the tree where it is in none.")));
        json.text("columnKind", "unicodeCodePoints");
        SarifResult results = new SarifResult(json, prediction, view.baseline(), basis);
        json.objects("results", told, outage -> results.write(outage, mechanisms.indexOf(outage.mechanism())));
        json.object("properties", this::properties);
    }

    static void message(Json json, String name, String text) throws IOException {
        json.object(name, part -> part.text("text", Visible.of(text)));
    }

    private void driver(Json json) throws IOException {
        json.text("name", "Premortem");
        json.text("semanticVersion", basis.version());
        message(json, "shortDescription", "Finds the outages that wait in a Kubernetes estate before they happen.");
        json.objects("supportedTaxonomies", List.of(TAXONOMY), name -> {
            json.text("name", name);
            json.number("index", 0);
        });
        json.objects("rules", mechanisms, id -> rule(json, MechanismPage.of(id)));
        json.objects("notifications", List.of(Note.values()), note -> {
            json.text("id", note.id());
            message(json, "shortDescription", note.meaning);
            json.object("defaultConfiguration", part -> part.text("level", note.level));
        });
    }

    private static void rule(Json json, MechanismPage page) throws IOException {
        json.text("id", page.id());
        StringBuilder name = new StringBuilder();
        for (String word : page.id().split("-", 0)) {
            name.append(word.substring(0, 1).toUpperCase(java.util.Locale.ROOT)).append(word.substring(1));
        }
        json.text("name", name);
        message(json, "shortDescription", page.summary());
        message(json, "fullDescription", page.description());
        json.object("help", help -> {
            help.text("text", page.text());
            if (!page.markdown().isEmpty()) {
                help.text("markdown", page.markdown());
            }
        });
        json.object("properties", part -> part.strings("tags", List.of("availability", "kubernetes")));
    }

    private static void taxonomy(Json json, String name) throws IOException {
        json.text("name", name);
        message(json, "shortDescription", "The kind of cause of an outage.");
        json.flag("isComprehensive", true);
        json.objects("taxa", List.of(OutageClass.values()), one -> {
            json.text("id", one.name());
            message(
                    json,
                    "shortDescription",
                    switch (one) {
                        case A -> "A contradiction, a dead setting, a broken promise.";
                        case B -> "A date.";
                        case C -> "A budget, churn.";
                        case D -> "The next change.";
                        case E -> "What nothing exercises.";
                        case F -> "What was chosen.";
                    });
        });
    }

    /** The sorts of notifications. */
    private enum Note {
        COVERAGE("note", "How much of what was read was understood."),
        NOT_UNDERSTOOD("note", "What was read and not understood."),
        NOT_RENDERED("note", "Releases that were not rendered: what they make is unknown, not fine."),
        NOT_RUN("note", "A mechanism that lacks a fact."),
        PROBLEM("warning", "What could not be read, or is wrong in it."),
        LEFT_OUT("warning", "Outages beyond the limit of one file.");

        private final String level;
        private final String meaning;

        Note(String level, String meaning) {
            this.level = level;
            this.meaning = meaning;
        }

        private String id() {
            return Words.lower(this).replace('_', '-');
        }
    }

    /** The parts of a notification beside its text. */
    private record Where(List<Coverage.NotUnderstood> places, Optional<String> mechanism) {
        private static final Where NOWHERE = new Where(List.of(), Optional.empty());
    }

    private void notifications(Json json) throws IOException {
        Coverage coverage = prediction.coverage();
        CoverageWords words = new CoverageWords(prediction);
        note(json, Note.COVERAGE, words.read("", "") + " In all " + words.share() + ".", Where.NOWHERE);
        for (Problem problem : coverage.problems()) {
            Coverage.NotUnderstood place = new Coverage.NotUnderstood(problem.file(), problem.line(), "", "");
            note(json, Note.PROBLEM, problem.text(), new Where(List.of(place), Optional.empty()));
        }
        for (Coverage.Rendering.Gap gap : coverage.rendering().gaps()) {
            note(
                    json,
                    Note.NOT_RENDERED,
                    Words.of(gap.releases(), "release") + " not rendered: " + gap.reason() + ".",
                    Where.NOWHERE);
        }
        for (var gaps : CoverageWords.byReason(coverage.gaps()).entrySet()) {
            note(
                    json,
                    Note.NOT_UNDERSTOOD,
                    gaps.getKey() + " (" + Words.count(gaps.getValue().size()) + ")",
                    new Where(gaps.getValue(), Optional.empty()));
        }
        for (Coverage.NotRun idle : coverage.notRun()) {
            note(
                    json,
                    Note.NOT_RUN,
                    idle.mechanism() + " did not run: " + idle.lacks() + ".",
                    new Where(List.of(), Optional.of(idle.mechanism())));
        }
        int left = prediction.outages().size() - told.size();
        if (left > 0) {
            note(
                    json,
                    Note.LEFT_OUT,
                    Words.of(left, "outage") + " beyond the first " + Words.count(told.size())
                            + " not written; --format json has all.",
                    Where.NOWHERE);
        }
    }

    private void note(Json json, Note note, String text, Where where) throws IOException {
        json.object(part -> {
            part.object("descriptor", descriptor -> {
                descriptor.text("id", note.id());
                descriptor.number("index", List.of(Note.values()).indexOf(note));
            });
            part.text("level", note.level);
            message(part, "message", text);
            if (where.mechanism().isPresent()) {
                String id = where.mechanism().get();
                part.object("associatedRule", rule -> {
                    rule.text("id", id);
                    if (mechanisms.contains(id)) {
                        rule.number("index", mechanisms.indexOf(id));
                    }
                });
            }
            List<Coverage.NotUnderstood> files = where.places().stream()
                    .filter(place -> basis.names().uri(place.file()).isPresent())
                    .toList();
            if (!files.isEmpty()) {
                part.objects(
                        "locations",
                        files,
                        place -> SarifResult.physical(
                                part, basis.names().uri(place.file()).orElseThrow(), place.line()));
            }
        });
    }

    private void properties(Json json) throws IOException {
        json.text("now", prediction.now());
        json.text("horizon", prediction.horizon());
        json.object("estate", counts -> CheckJson.estate(counts, prediction.estate()));
        Coverage coverage = prediction.coverage();
        json.object("coverage", part -> {
            part.number("read", coverage.objects());
            part.number("files", coverage.files());
            part.number("share", coverage.share());
            part.number("notUnderstood", coverage.gaps().size());
            part.number("aside", coverage.asides().size());
            part.number("problems", coverage.problems().size());
            part.number("releases", coverage.rendering().releases());
            part.number("rendered", coverage.rendering().rendered());
            CheckJson.kinds(part, coverage);
        });
        json.number("outages", prediction.outages().size());
        json.number(
                "withoutPlace",
                told.stream()
                        .filter(outage ->
                                SarifResult.primary(outage, basis.names()).isEmpty())
                        .count());
        if (basis.compared()) {
            json.strings("gone", view.baseline().gone());
        }
    }
}
