package dev.premortem.source.helm;

import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.Texts;
import java.util.ArrayList;
import java.util.List;

/** Helm's output, document by document. */
final class RenderedText {
    private static final String SOURCE = "# Source: ";

    /**
     * One object as rendered.
     *
     * @param source template that made it, as Helm prints it: {@code web/templates/deployment.yaml}
     * @param lines lines of its document; the places of the tree count them from 1
     */
    record Piece(String source, List<String> lines, Tree tree) {}

    private RenderedText() {}

    /** Splits and parses. Problems name the template as Helm prints it, and the line in the document. */
    static List<Piece> read(String text, List<Problem> problems) {
        List<Piece> pieces = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        String source = "";
        for (String line : text.split("\r?\n", -1)) {
            if (line.startsWith("---") && line.substring(3).isBlank()) {
                piece(source, lines, pieces, problems);
                lines.clear();
                source = "";
            } else if (lines.isEmpty() && source.isEmpty() && line.startsWith(SOURCE)) {
                source = line.substring(SOURCE.length()).strip();
            } else {
                lines.add(line);
            }
        }
        piece(source, lines, pieces, problems);
        return pieces;
    }

    private static void piece(String source, List<String> lines, List<Piece> pieces, List<Problem> problems) {
        String text = String.join("\n", lines);
        if (text.isBlank()) {
            return;
        }
        Harvest harvest = new Harvest();
        for (Texts.Parsed parsed : Texts.read("-", text, _ -> false, Limits.DEFAULT, harvest)) {
            unroll(source, List.copyOf(lines), parsed.tree(), pieces);
        }
        harvest.problems.forEach(problem -> problems.add(new Problem(
                source, problem.line(), problem.field(), problem.found(), problem.expected(), problem.hint())));
    }

    private static void unroll(String source, List<String> lines, Tree tree, List<Piece> pieces) {
        boolean list = ChartFiles.value(tree, "kind").endsWith("List")
                && tree.at("items").filter(Tree.Sequence.class::isInstance).isPresent();
        if (list) {
            tree.items("items").forEach(item -> unroll(source, lines, item, pieces));
        } else if (tree instanceof Tree.Mapping mapping && !mapping.values().isEmpty()) {
            pieces.add(new Piece(source, lines, tree));
        }
    }
}
