package dev.premortem.source.helm;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import dev.premortem.source.helm.RenderedText.Piece;
import dev.premortem.source.render.Rendered;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds for each value of a rendered object the line of the template that it came from, by what the lines have in common. A value whose own
 * line is not found has the line of the value around it.
 */
final class TemplatePlaces {
    private static final int OTHER_INDENT = 25;

    private final ChartFiles chart;
    private final TemplateLines templates;
    private final SortedMap<String, ChartFiles.Part> parts;

    TemplatePlaces(ChartFiles chart) {
        this.chart = chart;
        this.templates = new TemplateLines(chart);
        this.parts = chart.parts();
    }

    /** The path below the chart's folder of a template that Helm names. */
    String path(String source) {
        int at = source.lastIndexOf("/templates/");
        if (at < 0) {
            at = source.lastIndexOf("/crds/");
        }
        if (at < 0) {
            return source.substring(source.indexOf('/') + 1);
        }
        ChartFiles.Part part = parts.get(source.substring(0, at));
        return part == null ? source.substring(source.indexOf('/') + 1) : part.folder() + source.substring(at + 1);
    }

    /** The piece's tree with places of its template. */
    Tree place(Piece piece) {
        String path = path(piece.source());
        List<TemplateLines.Line> lines = templates.of(path);
        int[] found = new Alignment(lines, piece.lines()).found();
        Declared whole = new Declared(chart.origin(path), first(lines, found), Rendered.MADE);
        return placed(piece.tree(), whole, new Placing(lines, found));
    }

    private record Placing(List<TemplateLines.Line> lines, int[] found) {}

    private static int first(List<TemplateLines.Line> lines, int[] found) {
        for (int at : found) {
            if (at >= 0) {
                return lines.get(at).number();
            }
        }
        return 1;
    }

    private Declared at(Declared place, Declared around, Placing placing) {
        int index = place.line() - 1;
        int at = index < placing.found().length ? placing.found()[index] : -1;
        String field = made(place.field());
        if (at < 0 || place.field().isEmpty()) {
            return new Declared(around.file(), around.line(), field);
        }
        TemplateLines.Line line = placing.lines().get(at);
        return new Declared(chart.origin(line.file()), line.number(), field);
    }

    /** The field path of a value that no edit can change. */
    static String made(String field) {
        return field.isEmpty() || field.startsWith("[") ? Rendered.MADE + field : Rendered.MADE + "." + field;
    }

    private Tree placed(Tree tree, Declared around, Placing placing) {
        Declared here = at(tree.place(), around, placing);
        return switch (tree) {
            case Tree.Scalar scalar -> new Tree.Scalar(here, scalar.kind(), scalar.value());
            case Tree.Sequence sequence ->
                new Tree.Sequence(
                        here,
                        sequence.values().stream()
                                .map(item -> placed(item, here, placing))
                                .toList());
            case Tree.Mapping mapping -> {
                List<Tree.Entry> entries = new ArrayList<>();
                for (Tree.Entry entry : mapping.values()) {
                    Declared key = at(entry.place(), here, placing);
                    entries.add(new Tree.Entry(entry.key(), key, placed(entry.value(), key, placing)));
                }
                yield new Tree.Mapping(here, List.copyOf(entries));
            }
        };
    }

    /** Which template line each rendered line comes from. */
    private static final class Alignment {
        private final List<TemplateLines.Line> lines;
        private final List<String> rendered;
        private final SortedMap<String, List<Integer>> fixed = new TreeMap<>();
        private final List<Integer> open = new ArrayList<>();

        Alignment(List<TemplateLines.Line> lines, List<String> rendered) {
            this.lines = lines;
            this.rendered = rendered;
            for (int i = 0; i < lines.size(); i++) {
                TemplateLines.Line line = lines.get(i);
                if (line.fixed()) {
                    fixed.computeIfAbsent(line.literals().getFirst(), _ -> new ArrayList<>())
                            .add(i);
                } else if (line.literals().stream().anyMatch(literal -> !literal.isBlank())) {
                    open.add(i);
                }
            }
        }

        /** For each rendered line the index of a template line, or -1. */
        int[] found() {
            int[] segment = segment();
            int[] found = new int[rendered.size()];
            int cursor = segment[0];
            for (int i = 0; i < found.length; i++) {
                found[i] = best(rendered.get(i), cursor, segment);
                cursor = found[i] < 0 ? cursor : found[i] + 1;
            }
            return found;
        }

        private int best(String line, int cursor, int[] segment) {
            String content = line.strip();
            if (content.isEmpty()) {
                return -1;
            }
            int indent = line.length() - line.stripLeading().length();
            int best = -1;
            int most = 0;
            for (List<Integer> candidates : List.of(fixed.getOrDefault(content, List.of()), open)) {
                for (int at : candidates) {
                    if (at < segment[0] || at >= segment[1]) {
                        continue;
                    }
                    int fit = lines.get(at).fit(content);
                    int way = at >= cursor ? Math.min(20, (at - cursor) / 4) : 15 + Math.min(20, (cursor - at) / 8);
                    int value = fit == 0 ? 0 : 60 + fit - way - (lines.get(at).indent() == indent ? 0 : OTHER_INDENT);
                    if (value > most) {
                        most = value;
                        best = at;
                    }
                }
            }
            return best;
        }

        /** From and to of the part of the template between two {@code ---} that has most of the lines. */
        private int[] segment() {
            int[] best = {0, lines.size()};
            int most = -1;
            int from = 0;
            for (int i = 0; i <= lines.size(); i++) {
                boolean end = i == lines.size()
                        || (lines.get(i).fixed()
                                && lines.get(i).literals().getFirst().equals("---"));
                if (end) {
                    int score = score(from, i);
                    if (score > most) {
                        most = score;
                        best = new int[] {from, i};
                    }
                    from = i + 1;
                }
            }
            return best;
        }

        private int score(int from, int to) {
            int score = 0;
            for (String line : rendered) {
                String content = line.strip();
                boolean there = fixed.getOrDefault(content, List.of()).stream().anyMatch(at -> at >= from && at < to)
                        || open.stream()
                                .anyMatch(at ->
                                        at >= from && at < to && lines.get(at).fit(content) > 0);
                score += !there ? 0 : content.startsWith("kind:") || content.startsWith("name:") ? 20 : 1;
            }
            return score;
        }
    }
}
