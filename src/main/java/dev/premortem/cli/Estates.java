package dev.premortem.cli;

import dev.premortem.estate.Edit;
import dev.premortem.fact.Problem;
import dev.premortem.kept.KeptPrediction;
import dev.premortem.outage.AcceptedRisk;
import dev.premortem.outage.Advice;
import dev.premortem.outage.NextFact;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import dev.premortem.predict.Adviser;
import dev.premortem.predict.Editor;
import dev.premortem.predict.NextFacts;
import dev.premortem.predict.OutsideAcceptance;
import dev.premortem.predict.Predictor;
import dev.premortem.predict.Request;
import dev.premortem.report.Visible;
import dev.premortem.source.Contents;
import dev.premortem.source.Edited;
import dev.premortem.source.Edits;
import dev.premortem.source.Listing;
import dev.premortem.source.Means;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.live.Observer;
import dev.premortem.source.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Reads estates for commands, tells problems on stderr, and predicts with remedies tried on the text. */
final class Estates {
    private final Surroundings around;
    private String prefix = "";
    private final Choices choices;
    private final Observer observer;
    private final ContentCache answers;
    private List<OutsideAcceptance> accepted = List.of();

    Estates(Surroundings around, Choices choices) {
        this(around, choices, Observer.blind());
    }

    /** @param observer looks at what runs, beside the files */
    Estates(Surroundings around, Choices choices, Observer observer) {
        this.around = around;
        this.choices = choices;
        this.observer = observer;
        this.answers = CacheFolder.answers(around, !choices.noCache);
        choices.validate();
    }

    /** Reads; what could not be read is told on stderr, and nothing at all is wrong usage. */
    Reading read(List<Path> paths) {
        return read(paths, _ -> false);
    }

    /** The same without some files. */
    Reading read(List<Path> paths, Predicate<String> without) {
        there(paths);
        Settings settings = Settings.of(paths);
        Means means = means(settings, without);
        return read(
                paths,
                settings,
                () -> paths.stream().anyMatch(Estates::isStdin)
                        ? Sources.readTexts(new TreeMap<>(Map.of("-", stdin())), means)
                        : Sources.read(paths, means));
    }

    private static void there(List<Path> paths) {
        for (Path path : paths) {
            if (!isStdin(path) && !Files.exists(path)) {
                throw new WrongUsage("no such file or folder: " + path);
            }
        }
        if (paths.size() > 1 && paths.stream().anyMatch(Estates::isStdin)) {
            throw new WrongUsage("\"-\" reads stdin and stands alone; expected - or paths");
        }
    }

    private Reading read(List<Path> paths, Settings settings, Supplier<Reading> source) {
        Reading reading;
        try (Progress _ = progress("reading")) {
            reading = source.get();
        }
        tell(paths, settings, reading.coverage().problems());
        boolean onlyProblems = reading.coverage().objects() == 0
                && !reading.coverage().problems().isEmpty();
        if (reading.nothingRead() || onlyProblems) {
            throw new WrongUsage("nothing that could be read in "
                    + shown(paths)
                    + "; expected Kubernetes manifests, premortem.dev/v1 documents, zone files or certificates");
        }
        return settings.problems().isEmpty() ? reading : with(reading, settings.problems());
    }

    /** Tells what reading found, and remembers what else the settings say. */
    private void tell(List<Path> paths, Settings settings, List<Problem> found) {
        prefix = prefix(paths);
        tell(settings.problems(), "");
        accepted = settings.accepted();
        tell(found, prefix);
    }

    /** What is wrong in the settings counts as a gap of the reading. */
    private static Reading with(Reading reading, List<Problem> more) {
        List<Problem> problems = new ArrayList<>(more);
        problems.addAll(reading.coverage().problems());
        return new Reading(
                reading.estate(),
                reading.coverage().with(problems),
                reading.documents(),
                reading.texts(),
                reading.nothingRead(),
                reading.parsing());
    }

    private Means means(Settings settings, Predicate<String> without) {
        return Means.PLAIN
                .rendering(choices.render.renderers(around, CacheFolder.rendered(around, !choices.noCache)))
                .remembering(CacheFolder.trees(around, !choices.noCache))
                .without(settings.ignored().or(without))
                .looking(observer);
    }

    private static boolean isStdin(Path path) {
        return path.toString().equals("-");
    }

    private String stdin() {
        try {
            return new String(around.in().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new WrongUsage("cannot read stdin: " + e.getMessage());
        }
    }

    Progress progress(String doing) {
        return Progress.start(doing, around.errTerminal() && !choices.quiet, around.err());
    }

    /** What stands before a file's name so that it is relative to where the user stands. */
    static String prefix(List<Path> paths) {
        if (paths.size() != 1 || isStdin(paths.getFirst())) {
            return "";
        }
        Path path = paths.getFirst().normalize();
        Path folder = Files.isDirectory(path) ? path : path.getParent();
        return folder == null || folder.toString().isEmpty()
                ? ""
                : folder.toString().replace('\\', '/') + "/";
    }

    /** What a message calls the roots. */
    static String shown(List<Path> roots) {
        return roots.isEmpty()
                ? "the clusters that were asked for"
                : roots.getFirst().toString();
    }

    private void tell(List<Problem> problems, String prefix) {
        ProblemLines.of(problems, prefix).forEach(around.err()::println);
    }

    /** Predicts for some files, or takes what an earlier run of the same input kept. */
    Prediction predict(List<Path> paths, Scope scope) {
        there(paths);
        boolean files = paths.stream().noneMatch(Estates::isStdin);
        if (!files || observer.looks() || choices.render.fetches() || answers.keepsNothing()) {
            return predict(read(paths), scope);
        }
        Settings settings = Settings.of(paths);
        Answers known = new Answers(
                answers, asked(paths, scope, settings), around.clock().instant(), Optional.ofNullable(choices.now));
        Means means = means(settings, _ -> false);
        Listing listing;
        Answers.Found found;
        try (Progress _ = progress("reading")) {
            listing = Listing.of(paths, means, true);
            found = known.find(listing);
        }
        if (found.answer().isPresent()) {
            return told(paths, settings, found.answer().get());
        }
        Contents contents = found.contents().orElseGet(() -> listing.contents(true));
        Reading reading = read(paths, settings, () -> Sources.read(contents, means));
        Prediction prediction = predict(reading, scope);
        if (means.renderers().settled() && !SecretFiles.patched(reading, prediction)) {
            known.keep(
                    found.name(),
                    new KeptPrediction(prediction, reading.coverage().problems().size()));
        }
        return prediction;
    }

    /** All that decides an answer but for the files and the moment. */
    private ContentCache.Key asked(List<Path> paths, Scope scope, Settings settings) {
        ContentCache.Key key = new ContentCache.Key("asked")
                .with(around.program().orElse(""))
                .with(scope.horizon.toString())
                .with(String.valueOf(scope.order))
                .with(mechanisms(scope).toString())
                .with(String.valueOf(scope.noAccept));
        choices.render.tell(key, around);
        try {
            for (Path path : paths) {
                key.with(path.toString()).with(path.toRealPath().toString());
            }
            for (Path file : settings.files()) {
                key.with(file.toString()).with(Files.readAllBytes(file));
            }
        } catch (IOException unreadable) {
            key.with("unreadable"); // which is told where it is read
        }
        return key;
    }

    /** Tells on stderr what was told when an answer was made. */
    private Prediction told(List<Path> paths, Settings settings, KeptPrediction kept) {
        List<Problem> problems = kept.prediction().coverage().problems();
        List<Problem> before = problems.subList(0, kept.read());
        tell(paths, settings, before.subList(settings.problems().size(), before.size()));
        told(kept.prediction(), before);
        if (around.errTerminal() && !choices.quiet) {
            around.err()
                    .println("nothing changed since " + kept.prediction().now().truncatedTo(ChronoUnit.SECONDS)
                            + ": the answer of then holds (--no-cache predicts anew)");
        }
        return kept.prediction();
    }

    /** Predicts, trying every remedy on the files that were read. */
    Prediction predict(Reading reading, Scope scope) {
        Request request = request(scope);
        try (Progress _ = progress("predicting")) {
            Prediction prediction =
                    Predictor.predict(reading.estate(), reading.coverage(), request, edits -> edited(reading, edits));
            told(prediction, reading.coverage().problems());
            return prediction;
        }
    }

    private void told(Prediction prediction, List<Problem> before) {
        tell(
                prediction.coverage().problems().stream()
                        .filter(problem -> !before.contains(problem))
                        .toList(),
                prefix);
        stale(prediction.acceptances());
    }

    /** Picks the remedies that save most, trying them together. */
    Advice advise(Reading reading, Scope scope, double budget) {
        Request request = request(scope);
        try (Progress _ = progress("comparing remedies")) {
            return Adviser.advise(
                    reading.estate(), reading.coverage(), request, edits -> edited(reading, edits), budget);
        }
    }

    /** Which assumption would move the minutes most. */
    List<NextFact> facts(Reading reading, Scope scope) {
        Request request = request(scope);
        try (Progress _ = progress("trying assumptions")) {
            return NextFacts.of(reading.estate(), request);
        }
    }

    private Request request(Scope scope) {
        TreeSet<String> mechanisms = mechanisms(scope);
        if (scope.order < 1 || scope.order > 3) {
            throw new WrongUsage("--order is " + scope.order + "; expected 1, 2 or 3");
        }
        return new Request(
                choices.now(around),
                scope.horizon,
                scope.order,
                mechanisms,
                !scope.noAccept,
                accepted,
                Threads.ofTheMachine());
    }

    private void stale(List<AcceptedRisk> acceptances) {
        List<String> stale = acceptances.stream()
                .filter(risk -> risk.state() == AcceptedRisk.State.STALE)
                .map(risk -> risk.name() + " (" + (risk.place().file().endsWith(Settings.NAME) ? "" : prefix)
                        + risk.place().at() + ")")
                .toList();
        if (!stale.isEmpty()) {
            around.err()
                    .println(Visible.line("accepted, but not found any more: "
                            + String.join(", ", stale.subList(0, Math.min(10, stale.size())))
                            + (stale.size() > 10 ? " and " + (stale.size() - 10) + " more" : "")
                            + "; remove what is mended"));
        }
    }

    /** Those to run; empty for all. */
    static TreeSet<String> mechanisms(Scope scope) {
        List<String> known = Predictor.mechanisms();
        List<String> named = new ArrayList<>(scope.mechanisms);
        named.addAll(scope.notMechanisms);
        for (String mechanism : named) {
            if (!known.contains(mechanism)) {
                throw new WrongUsage("no mechanism is called " + mechanism + RootCommand.near(mechanism, known)
                        + " (premortem explain lists them)");
            }
        }
        TreeSet<String> chosen = new TreeSet<>(scope.mechanisms);
        if (!scope.notMechanisms.isEmpty()) {
            chosen.addAll(scope.mechanisms.isEmpty() ? known : List.of());
            chosen.removeAll(scope.notMechanisms);
            if (chosen.isEmpty()) {
                throw new WrongUsage("no mechanism is left to run; expected --not-mechanism to leave one");
            }
        }
        return chosen;
    }

    private static Editor.Edited edited(Reading reading, List<Edit> edits) {
        Edited edited = Edits.apply(reading, edits);
        return new Editor.Edited(edited.reading().estate(), edited.patch(), edited.newProblems());
    }

    /** The outage with this id. */
    static Outage find(Prediction prediction, String id, String path) {
        return prediction.outages().stream()
                .filter(outage -> outage.id().equals(id))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> ids =
                            prediction.outages().stream().map(Outage::id).toList();
                    String some = ids.isEmpty()
                            ? "; none waits there"
                            : "; there are " + String.join(", ", ids.subList(0, Math.min(5, ids.size())));
                    String near = RootCommand.near(id, ids);
                    return new WrongUsage("no outage " + id + " in " + path + (near.isEmpty() ? some : near));
                });
    }
}
