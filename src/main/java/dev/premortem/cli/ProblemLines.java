package dev.premortem.cli;

import dev.premortem.fact.Problem;
import dev.premortem.report.Visible;
import dev.premortem.source.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Problems as lines for stderr: of those alike the first few and how many more there are. JSON has all of them. */
final class ProblemLines {
    private static final int MOST = 40;
    /** So many of one sort in a file are told, and so many files that wait to be rendered. */
    private static final int MOST_ALIKE = 3;

    /** Stands for all files that wait to be rendered: they say the same each. */
    private static final String TEMPLATES = "";

    private ProblemLines() {}

    static List<String> of(List<Problem> problems, String prefix) {
        List<String> lines = new ArrayList<>();
        SortedMap<String, SortedMap<String, Integer>> alike = new TreeMap<>();
        int told = 0;
        for (Problem problem : problems) {
            String file = Texts.ofTemplate(problem) ? TEMPLATES : problem.file();
            int count = alike.computeIfAbsent(file, _ -> new TreeMap<>())
                    .merge(file.equals(TEMPLATES) ? "" : problem.expected(), 1, Integer::sum);
            if (count <= MOST_ALIKE && ++told <= MOST) {
                lines.add(line(problem, prefix));
            }
        }
        if (told > MOST) {
            lines.add("and " + (told - MOST) + " more problems (--format json has all)");
        }
        alike.forEach((file, sorts) -> sorts.values().stream()
                .filter(count -> count > MOST_ALIKE)
                .forEach(count -> lines.add(more(count - MOST_ALIKE, file, prefix))));
        return lines;
    }

    private static String more(int count, String file, String prefix) {
        return "and " + count + " like these in "
                + (file.equals(TEMPLATES)
                        ? "files that some tool renders first: premortem check - takes what it makes"
                        : Visible.line(prefix + file));
    }

    private static String line(Problem problem, String prefix) {
        return Visible.line((LiveOptions.seen(problem) ? "" : prefix)
                + problem.text().replaceAll("\\R\\s*Maybe ", "; maybe ").replaceAll("\\R\\s*", " "));
    }
}
