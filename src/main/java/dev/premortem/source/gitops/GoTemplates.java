package dev.premortem.source.gitops;

import dev.premortem.estate.Reference;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.render.Renderers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Texts with Go templates in them, for each of several sets of parameters. ApplicationSets have the functions of Sprig, as charts do, so Helm says what
 * they come to: the texts are put into a chart that exists nowhere but here.
 */
final class GoTemplates {
    private static final String FOLDER = "premortem-texts";
    /** What only ApplicationSets have: argo-cd applicationset/utils/utils.go, normalize and slugify (read 2026-11-26). */
    private static final Pattern NORMALIZE = Pattern.compile("\\b(normalize|slugify)\\b");

    private static final String HELPERS = """
            {{- define "premortem.normalize" }}{{ regexReplaceAll "[^-a-z0-9.]" (lower (toString .)) "-" | trimAll "-." | trunc 253 }}{{ end }}
            """;

    private final Renderers renderers;

    GoTemplates(Renderers renderers) {
        this.renderers = renderers;
    }

    /**
     * Fills texts.
     *
     * @param of whose texts they are
     * @param rows the parameters that a text finds in its dot
     * @return the texts of each row; empty for a row for which Helm refuses one of them, or where it is not there
     */
    List<Optional<List<String>>> fill(Manifest of, List<String> texts, List<Tree> rows) {
        SortedMap<String, String> files = chart(texts);
        List<Optional<List<String>>> all = filled(files, List.of(job(of, rows)), rows.size());
        if (all.stream().allMatch(Optional::isPresent)) {
            return all;
        }
        // one that is refused takes all with it
        return filled(files, rows.stream().map(row -> job(of, List.of(row))).toList(), 1);
    }

    private static SortedMap<String, String> chart(List<String> texts) {
        StringBuilder template = new StringBuilder(HELPERS);
        for (int text = 0; text < texts.size(); text++) {
            template.append("{{- define \"premortem.text")
                    .append(text)
                    .append("\" }}")
                    .append(NORMALIZE.matcher(texts.get(text)).replaceAll("include \"premortem.normalize\""))
                    .append("{{ end }}\n");
        }
        template.append("{{- range $row := .Values.rows }}\n---\napiVersion: premortem.dev/v1\nkind: Texts\n")
                .append("metadata: {name: texts}\ntexts:\n");
        for (int text = 0; text < texts.size(); text++) {
            template.append("  - {{ include \"premortem.text").append(text).append("\" $row | toJson }}\n");
        }
        template.append("{{- end }}\n");
        SortedMap<String, String> files = new TreeMap<>();
        files.put(FOLDER + "/Chart.yaml", "apiVersion: v2\nname: texts\nversion: 0.0.0\n");
        files.put(FOLDER + "/templates/texts.yaml", template.toString());
        return files;
    }

    private static ChartJob job(Manifest of, List<Tree> rows) {
        Tree values = Grafts.put(
                Grafts.mapping(of.tree().place()),
                List.of("rows"),
                new Tree.Sequence(of.tree().place(), List.copyOf(rows)));
        return new ChartJob(
                new Reference(of.namespace() + "/ApplicationSet/" + of.name()),
                of.tree().place(),
                new ChartSource.Folder(FOLDER),
                "texts",
                "default",
                List.of(values),
                false);
    }

    private List<Optional<List<String>>> filled(SortedMap<String, String> files, List<ChartJob> jobs, int rows) {
        List<Optional<List<String>>> filled = new ArrayList<>();
        for (Rendered rendered : renderers.charts(FileTree.EMPTY.with(files), jobs)) {
            boolean done = rendered.done() && rendered.objects().size() == rows;
            for (int row = 0; row < rows; row++) {
                filled.add(
                        done
                                ? Optional.of(rendered.objects().get(row).items("texts").stream()
                                        .map(text ->
                                                text.text().map(Fact::value).orElse(""))
                                        .toList())
                                : Optional.empty());
            }
        }
        return filled;
    }
}
