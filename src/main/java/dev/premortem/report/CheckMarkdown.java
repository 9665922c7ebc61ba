package dev.premortem.report;

import dev.premortem.outage.Coverage;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Step;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code check} as a comment on a pull request: the verdict, a table of at most ten outages, each folded with its chain and its patch, then what was not read.
 * Forges refuse comments beyond 65,536 characters, so what is last and least is left out first, and said to be.
 */
final class CheckMarkdown {
    /** No comment is longer, in characters. */
    static final int BUDGET = 60_000;

    /** By this a later run finds the comment that it replaces. */
    static final String MARKER = "<!-- premortem: check -->";

    private static final int MOST = 10;
    private static final int CELL = 160;
    private static final int LINE = 600;
    private static final int PATCH = 6_000;
    private static final int STEPS = 30;
    private static final int FACTS = 8;
    private static final int KINDS = 40;
    private static final int GAPS = 60;
    /** Kept free for the coverage, which comes last and is never left out whole. */
    private static final int TAIL = 12_000;

    private final Prediction prediction;
    private final View view;
    private final Findings findings;
    private final Sentences say;
    private final Places places;
    private final StringBuilder out = new StringBuilder();

    CheckMarkdown(Prediction prediction, View view) {
        this.prediction = prediction;
        this.view = view;
        this.findings = Findings.of(prediction, view.baseline(), true);
        this.say = new Sentences(prediction.now());
        this.places = new Places(view.prefix());
    }

    String render() {
        List<Outage> firsts =
                findings.groups().stream().limit(MOST).map(List::getFirst).toList();
        Verdict verdict = new Verdict(prediction, view.baseline(), findings, "below");
        out.append(MARKER)
                .append("\n### Premortem\n\n**")
                .append(Marks.text(verdict.sentence()))
                .append("**\n\n");
        verdict.unrated().ifPresent(this::paragraph);
        verdict.unrendered().ifPresent(this::paragraph);
        String tail = tail();
        table(firsts);
        List<Outage> untold = new ArrayList<>();
        for (Outage outage : firsts) {
            String whole = details(outage, PATCH);
            String lean = details(outage, 0);
            if (!fits(whole, tail) && !fits(lean, tail)) {
                untold.add(outage);
            } else {
                out.append(fits(whole, tail) ? whole : lean);
            }
        }
        if (!untold.isEmpty()) {
            paragraph("Too long for one comment: " + Words.of(untold.size(), "outage")
                    + " of the table without details; premortem explain ID has them.");
        }
        List<String> others = others();
        String folded = String.join("", others);
        if (fits(folded, tail)) {
            out.append(folded);
        } else {
            others.stream().filter(part -> fits(part, tail)).forEach(out::append);
        }
        return out.append(tail).toString();
    }

    private boolean fits(String part, String tail) {
        return out.length() + part.length() + tail.length() + LINE < BUDGET;
    }

    private void paragraph(String text) {
        out.append(Marks.text(text)).append("\n\n");
    }

    private void table(List<Outage> firsts) {
        if (firsts.isEmpty()) {
            return;
        }
        out.append("| severity | outage | when | lasts | fix |\n| --- | --- | --- | --- | --- |\n");
        for (Outage outage : firsts) {
            String fix = FixText.best(outage)
                    .map(remedy -> remedy.title() + (remedy.verified() ? " (proven)" : ""))
                    .orElse("none known to the model");
            out.append("| ").append(outage.severity().word()).append(" | ");
            out.append(cell(outage.title())).append(" `").append(outage.id()).append("` | ");
            out.append(cell(say.when(outage))).append(" | ");
            out.append(cell(say.lasts(outage))).append(" | ");
            out.append(cell(fix)).append(" |\n");
        }
        out.append('\n');
    }

    /** A short text; of one that marks make much longer still less. */
    private static String cell(String text) {
        String marked = Marks.text(cut(text, CELL));
        return marked.length() <= 2 * CELL ? marked : Marks.text(cut(text, CELL / 5));
    }

    private static String cut(String text, int most) {
        return Words.length(text) <= most ? text : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** One outage folded; a longer patch than this is left to {@code premortem fix}. */
    private String details(Outage outage, int patch) {
        StringBuilder part = new StringBuilder("<details>\n<summary><b>")
                .append(outage.severity())
                .append("</b> ")
                .append(Marks.html(cut(outage.title(), LINE)))
                .append(" <code>")
                .append(outage.id())
                .append("</code></summary>\n\n");
        item(part, "when", say.when(outage));
        item(part, "lasts", say.lasts(outage));
        say.costs(outage).ifPresent(costs -> item(part, "costs", costs));
        if (!outage.chain().isEmpty()) {
            part.append("- **why**\n");
            outage.chain().stream().limit(STEPS).forEach(step -> step(part, step));
        }
        if (!outage.lives().isEmpty()) {
            item(part, "lives", Words.few(outage.lives(), 6));
        }
        fix(part, outage, patch);
        if (!outage.assumptions().isEmpty()) {
            item(
                    part,
                    "assumes",
                    Words.few(
                            outage.assumptions().stream()
                                    .map(fact -> fact.id() + " " + fact.value())
                                    .distinct()
                                    .toList(),
                            4));
        }
        String growth = view.baseline().grown().get(outage.id());
        if (growth != null) {
            item(part, "grew", "since the baseline: " + growth);
        }
        part.append("- **accept** ").append(Marks.code(say.acceptance(outage))).append('\n');
        return part.append("- **more** ")
                .append(Marks.code("premortem explain " + outage.id() + view.arguments()))
                .append("\n\n</details>\n\n")
                .toString();
    }

    private static void item(StringBuilder part, String name, String text) {
        part.append("- **")
                .append(name)
                .append("** ")
                .append(Marks.text(cut(text, LINE)))
                .append('\n');
    }

    private void step(StringBuilder part, Step step) {
        List<Evidence> evidence = step.evidence();
        String place = evidence.isEmpty() ? "" : places.of(evidence.getFirst().provenance());
        part.append("  1. ").append(Marks.text(cut(step.text(), LINE)));
        if (!place.isEmpty()) {
            part.append(' ').append(Marks.code(cut(place, LINE)));
        }
        part.append('\n');
        Set<String> shown = new LinkedHashSet<>(Set.of(place));
        for (Evidence more : evidence) {
            String other = places.of(more.provenance());
            if (shown.add(other) && shown.size() <= FACTS) {
                part.append("     - ").append(Marks.text(cut(more.text(), LINE)));
                part.append(' ').append(Marks.code(cut(other, LINE))).append('\n');
            }
        }
    }

    private void fix(StringBuilder part, Outage outage, int most) {
        if (FixText.best(outage).isEmpty()) {
            item(part, "fix", "none known to the model");
            return;
        }
        Remedy remedy = FixText.best(outage).get();
        String where = remedy.edits().stream()
                .flatMap(edit -> places.of(edit).stream())
                .findFirst()
                .map(place -> " " + Marks.code(cut(place, LINE)))
                .orElse("");
        part.append("- **fix** ").append(Marks.text(cut(remedy.title(), LINE))).append(where);
        part.append(" (").append(Marks.text(cut(Sentences.proof(remedy), LINE))).append(")\n");
        for (String step : remedy.patch().isEmpty() ? remedy.steps() : List.<String>of()) {
            part.append("  1. ").append(Marks.text(cut(step, LINE))).append('\n');
        }
        if (remedy.patch().isEmpty()) {
            return;
        }
        if (remedy.patch().length() <= most) {
            part.append('\n').append(Marks.fenced("diff", remedy.patch())).append('\n');
        } else {
            part.append("  - the patch: ")
                    .append(Marks.code("premortem fix " + outage.id() + view.arguments()))
                    .append('\n');
        }
    }

    /** The outages that the table does not have, each in a line below what they are. */
    private List<String> others() {
        List<String> parts = new ArrayList<>();
        List<Outage> more = new ArrayList<>();
        findings.groups().stream().limit(MOST).forEach(group -> more.addAll(group.subList(1, group.size())));
        findings.groups().stream().skip(MOST).forEach(more::addAll);
        folded(parts, "more", more);
        folded(parts, "chosen, not judged", findings.chosen());
        folded(parts, "resting on a guess", findings.possible());
        folded(parts, "accepted, known or part of another", findings.aside());
        return parts;
    }

    private void folded(List<String> parts, String name, List<Outage> outages) {
        if (outages.isEmpty()) {
            return;
        }
        StringBuilder part = new StringBuilder("<details>\n<summary>")
                .append(Words.count(outages.size()))
                .append(' ')
                .append(name)
                .append("</summary>\n\n");
        for (Outage outage : outages) {
            String aside = Findings.aside(outage, prediction, view.baseline());
            part.append("- `")
                    .append(outage.id())
                    .append("` ")
                    .append(outage.severity().word())
                    .append(": ");
            part.append(cell(outage.title()));
            part.append(aside.isEmpty() ? "" : " (" + cell(aside) + ")").append('\n');
        }
        parts.add(part.append("\n</details>\n\n").toString());
    }

    /** What was read, what was not, and of which kinds. */
    private String tail() {
        Coverage coverage = prediction.coverage();
        CoverageWords words = new CoverageWords(prediction);
        StringBuilder part = new StringBuilder("<details>\n<summary>")
                .append(Marks.html(words.read("", "")))
                .append("</summary>\n\n");
        words.rendered()
                .ifPresent(text -> part.append(Marks.text(cut(text, LINE))).append("\n\n"));
        words.notRun()
                .ifPresent(text -> part.append(Marks.text(cut(text, 2 * LINE))).append("\n\n"));
        part.append(Marks.text(words.share())).append(".\n\n");
        List<Coverage.Kind> kinds = words.kinds();
        if (!kinds.isEmpty()) {
            part.append("| kind | read | understood | aside |\n| --- | ---: | ---: | ---: |\n");
        }
        int left =
                listed(part, kinds.stream().limit(KINDS).map(CheckMarkdown::row).toList(), TAIL / 2);
        int unsaid = kinds.size() - Math.min(KINDS, kinds.size()) + left;
        part.append(unsaid > 0 ? "\nand " + Words.of(unsaid, "kind") + " more\n" : "")
                .append('\n');
        List<String> gaps = new ArrayList<>();
        coverage.problems().forEach(problem -> gaps.add("- " + Marks.text(cut(problem.text(), LINE)) + "\n"));
        coverage.gaps()
                .forEach(gap -> gaps.add("- " + cell(gap.kind() + ": " + gap.reason()) + " "
                        + Marks.code(cut(places.at(gap.file(), gap.line()), CELL)) + "\n"));
        int untold = listed(part, gaps.subList(0, Math.min(GAPS, gaps.size())), TAIL);
        int more = gaps.size() - Math.min(GAPS, gaps.size()) + untold;
        part.append(more > 0 ? "- and " + Words.count(more) + " more: premortem check --coverage\n" : "");
        return part.append("\n</details>\n").toString();
    }

    private static String row(Coverage.Kind kind) {
        return "| " + cell(kind.kind()) + " | " + kind.read() + " | " + kind.understood() + " | " + kind.aside()
                + " |\n";
    }

    /** Appends lines while there is room; how many were left. */
    private static int listed(StringBuilder part, List<String> lines, int room) {
        int done = 0;
        while (done < lines.size() && part.length() + lines.get(done).length() <= room) {
            part.append(lines.get(done++));
        }
        return lines.size() - done;
    }
}
