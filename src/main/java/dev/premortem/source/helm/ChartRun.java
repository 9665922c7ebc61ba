package dev.premortem.source.helm;

import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.source.helm.RenderedText.Piece;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.text.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rendering of one job: twice as it is, then with other values to see where they come out. */
final class ChartRun {
    /** Two times that templates are told, so that whatever hangs on the time differs. */
    private static final String ONE_TIME = "2001-02-03";

    private static final String OTHER_TIME = "2012-11-13";

    /** Characters of output past which a chart is not rendered again for the places of its values. */
    private static final int MOST_TRIED = 8 << 20;

    private final Engine engine;
    private final HelmSettings settings;
    private final JobInput input;
    private final List<Problem> problems = new ArrayList<>();
    private final Allowance allowance;
    private final RenderedText texts = new RenderedText();
    private boolean lasting = true;

    ChartRun(Engine engine, HelmSettings settings, JobInput input) {
        this.engine = engine;
        this.settings = settings;
        this.input = input;
        this.allowance = new Allowance(settings.bounds().time());
    }

    /** True where the same input would come out the same another time. */
    boolean lasting() {
        return lasting;
    }

    /** Renders in a folder of ours, which is removed again. */
    Rendered in(Path folder) {
        try {
            return render(Files.createDirectory(folder));
        } catch (IOException e) {
            lasting = false;
            return Rendered.not("the chart could not be copied: " + e.getMessage());
        } finally {
            Folders.remove(folder);
        }
    }

    private Rendered render(Path folder) throws IOException {
        Path chart = Files.createDirectory(folder.resolve("chart"));
        boolean timed = Workshop.write(input.chart(), chart, ONE_TIME);
        List<Path> values = new ArrayList<>();
        for (Tree one : input.job().values()) {
            values.add(Files.writeString(
                    folder.resolve("values" + values.size() + ".yaml"),
                    Workshop.hooksShown(Workshop.at(JsonText.of(one), ONE_TIME))));
        }
        Engine.Request request = new Engine.Request(
                chart,
                input.job().release(),
                input.job().namespace().isEmpty() ? "default" : input.job().namespace(),
                settings.kubernetes(),
                values);
        Engine.Answer answer = engine.render(request, allowance);
        if (!(answer instanceof Engine.Answer.Text text)) {
            return refused(answer);
        }
        if (timed) {
            Workshop.write(input.chart(), chart, OTHER_TIME);
        }
        List<Piece> pieces = texts.first(Workshop.hooksNamed(text.text()), problems);
        List<Set<String>> made = made(pieces, engine.render(request, allowance));
        Workshop.allowAll(chart, input.chart());
        EffectiveValues effective =
                EffectiveValues.of(input.chart(), input.job().values());
        Attribution attribution = new Attribution(pieces, made);
        if (text.text().length() <= MOST_TRIED) {
            new Trials(effective, folder, file -> another(request, file)).run(attribution, keysSpared(request, timed));
        }
        return done(pieces, made, effective, attribution);
    }

    private Optional<List<Piece>> another(Engine.Request request, Path values) {
        if (allowance.over()) {
            return Optional.empty();
        }
        List<Path> files = new ArrayList<>(request.values());
        files.add(values);
        Engine.Request changed = new Engine.Request(
                request.chart(), request.release(), request.namespace(), request.kubernetes(), files);
        return engine.render(changed, allowance) instanceof Engine.Answer.Text text
                ? Optional.of(texts.again(Workshop.hooksNamed(text.text())))
                : Optional.empty();
    }

    /** Makes the chart quick to render again; false where it makes keys that it cannot do without. */
    private boolean keysSpared(Engine.Request request, boolean timed) throws IOException {
        if (!Workshop.spareKeys(input.chart(), request.chart())
                || engine.render(request, allowance) instanceof Engine.Answer.Text) {
            return true;
        }
        Workshop.write(input.chart(), request.chart(), timed ? OTHER_TIME : ONE_TIME);
        Workshop.allowAll(request.chart(), input.chart());
        return false;
    }

    private Rendered refused(Engine.Answer answer) {
        String message = switch (answer) {
            case Engine.Answer.Text ignored -> "";
            case Engine.Answer.Refused refused -> refused.message();
            case Engine.Answer.Broken broken -> {
                lasting = false;
                yield broken.message();
            }
        };
        if (!input.chart().absent().isEmpty() && lasting) {
            // what Helm says then follows from that
            return new Rendered(
                    List.of(),
                    Optional.of(engine.name()),
                    JobInput.without(input.chart()),
                    JobInput.problems(input.chart()));
        }
        Problem problem = HelmErrors.problem(
                message,
                input.chart(),
                new TemplatePlaces(input.chart()),
                input.job().place());
        String gap = lasting ? "Helm refuses the chart" : "the chart's rendering was ended";
        return new Rendered(List.of(), Optional.of(engine.name()), Optional.of(gap), List.of(problem));
    }

    private List<Set<String>> made(List<Piece> pieces, Engine.Answer second) {
        List<Piece> again =
                second instanceof Engine.Answer.Text text ? texts.again(Workshop.hooksNamed(text.text())) : List.of();
        if (again.isEmpty() && !pieces.isEmpty()) {
            lasting = false;
            return pieces.stream().map(_ -> Set.<String>of()).toList();
        }
        List<Set<String>> made = new ArrayList<>();
        List<Optional<Piece>> beside = MadeAtInstall.beside(pieces, again);
        for (int i = 0; i < pieces.size(); i++) {
            Tree tree = pieces.get(i).tree();
            made.add(beside.get(i)
                    .map(other -> MadeAtInstall.paths(tree, other.tree()))
                    .orElse(Set.of()));
        }
        return made;
    }

    private Rendered done(
            List<Piece> pieces, List<Set<String>> made, EffectiveValues effective, Attribution attribution) {
        TemplatePlaces places = new TemplatePlaces(input.chart());
        List<Tree> objects = new ArrayList<>(input.job().crds() ? Crds.of(input.chart(), problems) : List.of());
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (test(piece.tree())) {
                continue; // run by hand, never deployed
            }
            Tree placed = new Provenance(effective, attribution.origins(i), attribution.deciders(i))
                    .over(piece.tree(), places.place(piece));
            objects.add(MadeAtInstall.mask(Secrets.withoutKeys(placed), piece.tree(), made.get(i)));
        }
        List<Problem> told = new ArrayList<>(JobInput.problems(input.chart()));
        problems.forEach(problem -> told.add(new Problem(
                input.chart().origin(places.path(problem.file())),
                0,
                problem.field(),
                problem.found() + ", in what is rendered",
                problem.expected(),
                problem.hint())));
        return new Rendered(
                        List.copyOf(objects),
                        Optional.of(engine.name()),
                        JobInput.without(input.chart()),
                        List.copyOf(told))
                .unread(UnreadValues.of(input.chart(), input.job().values()));
    }

    private static boolean test(Tree tree) {
        return tree.at("metadata.annotations").filter(Tree.Mapping.class::isInstance).stream()
                .map(Tree.Mapping.class::cast)
                .flatMap(annotations -> annotations.get("helm.sh/hook").stream())
                .flatMap(hook -> hook.text().stream())
                .anyMatch(hook -> hook.value().startsWith("test"));
    }
}
