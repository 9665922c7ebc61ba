package dev.premortem.source.helm;

import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.ListItems;
import dev.premortem.source.text.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Helm's output, document by document. Renderings of one chart are much alike: a document that the first of them had is parsed once. */
final class RenderedText {
    private static final String SOURCE = "# Source: ";

    /**
     * One object as rendered.
     *
     * @param source template that made it, as Helm prints it: {@code web/templates/deployment.yaml}
     * @param lines lines of its document; the places of the tree count them from 1
     */
    record Piece(String source, List<String> lines, Tree tree) {}

    private final Map<Text, List<Piece>> known = new HashMap<>();

    private record Text(String source, String text) {}

    /** Splits and parses the first rendering, and keeps it. Problems name the template as Helm prints it, and the line in the document. */
    List<Piece> first(String text, List<Problem> problems) {
        return read(text, problems, true);
    }

    /** Splits and parses another rendering; documents that the first one had are the very same. */
    List<Piece> again(String text) {
        return read(text, new ArrayList<>(), false);
    }

    private List<Piece> read(String text, List<Problem> problems, boolean keep) {
        List<Piece> pieces = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        String source = "";
        for (String line : text.split("\r?\n", -1)) {
            if (line.startsWith("---") && line.substring(3).isBlank()) {
                pieces.addAll(piece(source, lines, problems, keep));
                lines.clear();
                source = "";
            } else if (lines.isEmpty() && source.isEmpty() && line.startsWith(SOURCE)) {
                source = line.substring(SOURCE.length()).strip();
            } else {
                lines.add(line);
            }
        }
        pieces.addAll(piece(source, lines, problems, keep));
        return pieces;
    }

    private List<Piece> piece(String source, List<String> lines, List<Problem> problems, boolean keep) {
        Text text = new Text(source, String.join("\n", lines));
        if (text.text().isBlank()) {
            return List.of();
        }
        List<Piece> before = known.get(text);
        if (before != null) {
            return before;
        }
        List<Piece> pieces = new ArrayList<>();
        Harvest harvest = new Harvest();
        for (Texts.Parsed parsed : Texts.read("-", text.text(), _ -> false, Limits.DEFAULT, harvest)) {
            unroll(source, List.copyOf(lines), parsed.tree(), pieces);
        }
        harvest.problems.forEach(problem -> problems.add(new Problem(
                source, problem.line(), problem.field(), problem.found(), problem.expected(), problem.hint())));
        if (keep && harvest.problems.isEmpty()) {
            known.put(text, pieces);
        }
        return pieces;
    }

    private static void unroll(String source, List<String> lines, Tree tree, List<Piece> pieces) {
        if (ListItems.list(tree)) {
            ListItems.of(tree).forEach(item -> unroll(source, lines, item, pieces));
        } else if (tree instanceof Tree.Mapping mapping && !mapping.values().isEmpty()) {
            pieces.add(new Piece(source, lines, tree));
        }
    }
}
