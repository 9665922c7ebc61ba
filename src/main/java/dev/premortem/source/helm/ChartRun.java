package dev.premortem.source.helm;

import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.source.helm.RenderedText.Piece;
import dev.premortem.source.render.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rendering of one job. */
final class ChartRun {
    private static final String SOME_TIME = "2001-02-03";

    private final Engine engine;
    private final HelmSettings settings;
    private final JobInput input;
    private boolean lasting = true;

    ChartRun(Engine engine, HelmSettings settings, JobInput input) {
        this.engine = engine;
        this.settings = settings;
        this.input = input;
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
        Workshop.write(input.chart(), chart, SOME_TIME);
        List<Path> values = new ArrayList<>();
        for (Tree one : input.job().values()) {
            values.add(Files.writeString(
                    folder.resolve("values" + values.size() + ".yaml"), Workshop.hooksShown(JsonText.of(one))));
        }
        Engine.Request request = new Engine.Request(
                chart, input.job().release(), input.job().namespace(), settings.kubernetes(), values);
        return switch (engine.render(request)) {
            case Engine.Answer.Text text -> objects(text.text());
            case Engine.Answer.Refused refused -> refused(refused.message());
            case Engine.Answer.Broken broken -> {
                lasting = false;
                yield refused(broken.message());
            }
        };
    }

    private Rendered refused(String message) {
        Problem problem = new Problem(
                input.job().place().file(), input.job().place().line(), "", message, "a chart that renders", "");
        return new Rendered(List.of(), Optional.empty(), Optional.of("Helm refused the chart"), List.of(problem));
    }

    private Rendered objects(String text) {
        List<Problem> problems = new ArrayList<>();
        TemplatePlaces places = new TemplatePlaces(input.chart());
        List<Tree> objects = new ArrayList<>();
        for (Piece piece : RenderedText.read(Workshop.hooksNamed(text), problems)) {
            objects.add(places.place(piece));
        }
        return new Rendered(List.copyOf(objects), Optional.of(engine.name()), Optional.empty(), List.copyOf(problems));
    }
}
