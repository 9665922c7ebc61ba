package dev.premortem.fidelity;

import dev.premortem.fidelity.KnownHazards.Figure;
import dev.premortem.fidelity.KnownHazards.Scored;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The text of {@code docs/fidelity.md}: misses first, then false alarms, then everything, then the noise. */
final class Page {
    private static final Path REASONS = Path.of("docs/fidelity/reasons.csv");

    private final KnownHazards hazards;
    private final Map<String, Double> seconds;
    private final Map<String, String> reasons = new TreeMap<>();
    private final StringBuilder out = new StringBuilder();

    Page(KnownHazards hazards, Map<String, Double> seconds) {
        this.hazards = hazards;
        this.seconds = seconds;
        Csv.read(REASONS).forEach(row -> reasons.put(row.getOrDefault("id", ""), row.getOrDefault("reason", "")));
    }

    String text() {
        head();
        misses();
        falseAlarms();
        mechanisms();
        table();
        noise();
        return out.toString();
    }

    private void head() {
        line("# Fidelity");
        line("");
        line(
                "Written by `scripts/fidelity ../shared/estates`, which runs `check` over each tree of that folder and scores its list of known"
                        + " hazards. Every figure here is that command's; the reasons stand in `docs/fidelity/reasons.csv`, what was judged by"
                        + " hand in `docs/fidelity/noise-high.csv`. The list is kept beside the project and not in it: without the folder the command"
                        + " and `KnownHazardsTest` have nothing to score.");
        line("");
        line(
                "A hazard is recalled when an outage of its mechanism, folded or not, has evidence in the hazard's file within three lines of"
                        + " the line that the list names. A fine case is a false alarm when such an outage is at high or above.");
        line("");
        line("| | found | of | share | aim |");
        line("| --- | ---: | ---: | ---: | --- |");
        figure("hazards that are marked sure", hazards.sure(), "at least 90 %");
        figure("all hazards", hazards.all(), "at least 75 %");
        figure("fine cases told at high or above", hazards.falseAlarms(), "at most 5 %");
        line("");
    }

    private void figure(String name, Figure figure, String aim) {
        line("| " + name + " | " + figure.found() + " | " + figure.of() + " | " + "%.0f %%".formatted(figure.percent())
                + " | " + aim + " |");
    }

    private void misses() {
        line("## Misses");
        line("");
        List<Scored> misses = hazards.scored().stream()
                .filter(one -> one.row().hazard() && !one.recalled())
                .toList();
        if (misses.isEmpty()) {
            line("None.");
        } else {
            line("| id | mechanism | sure | tree | why |");
            line("| --- | --- | --- | --- | --- |");
            misses.forEach(one -> line("| " + one.row().id() + " | " + KnownHazards.name(one.row()) + " | " + sure(one)
                    + " | " + one.row().tree() + " | " + reason(one) + " |"));
        }
        line("");
    }

    private void falseAlarms() {
        line("## False alarms");
        line("");
        List<Scored> alarms =
                hazards.scored().stream().filter(Scored::falseAlarm).toList();
        if (alarms.isEmpty()) {
            line("None of the fine cases is told at high or above.");
        } else {
            line("| id | mechanism | tree | outage | why |");
            line("| --- | --- | --- | --- | --- |");
            alarms.forEach(one -> line("| " + one.row().id() + " | " + KnownHazards.name(one.row()) + " | "
                    + one.row().tree() + " | " + told(one) + " | " + reason(one) + " |"));
        }
        line("");
    }

    private void mechanisms() {
        line("## By mechanism");
        line("");
        line("| mechanism | recalled | of |");
        line("| --- | ---: | ---: |");
        hazards.byMechanism()
                .forEach((name, figure) -> line("| " + name + " | " + figure.found() + " | " + figure.of() + " |"));
        line("");
    }

    private void table() {
        line("## All cases");
        line("");
        line("| id | tree | mechanism | list | sure | result | outages |");
        line("| --- | --- | --- | --- | --- | --- | --- |");
        hazards.scored()
                .forEach(one -> line("| " + one.row().id() + " | " + one.row().tree() + " | "
                        + KnownHazards.name(one.row()) + " | " + (one.row().hazard() ? "hazard" : "fine") + " | "
                        + sure(one) + " | " + result(one) + " | " + told(one) + " |"));
        line("");
        line("Seconds of each run, start of the program and rendering included:");
        line("");
        seconds.forEach((tree, took) -> line("- " + tree + ": " + "%.1f".formatted(took)));
        line("");
    }

    private void noise() {
        line("## Noise");
        line("");
        line(
                "Repositories without a list, fetched at the commit named; `scripts/fidelity --noise FOLDER` runs `check` over each folder"
                        + " `owner+name` twice and adds the rows. Counted is what the text of a first run shows. None of their data is kept here.");
        line("");
        List<Map<String, String>> rows = Noise.repositories();
        List<Map<String, String>> judged = Noise.findings();
        long right = judged.stream().filter(row -> verdict(row).equals("right")).count();
        long wrong = judged.stream().filter(row -> verdict(row).equals("wrong")).count();
        line("- repositories: " + rows.size());
        line("- median of findings at medium or above: " + median(rows) + " (aim: at most 6)");
        long mended =
                judged.stream().filter(row -> verdict(row).equals("mended")).count();
        line("- findings at high or above as it is now: " + (judged.size() - mended) + ", judged right " + right
                + ", wrong " + wrong + precision(right, wrong));
        line("- with the " + mended + " that were wrong when they were met, are told below and were mended since: "
                + precision(right, wrong + mended).replaceFirst("^, ", ""));
        line("- new on a second run: "
                + rows.stream().mapToInt(row -> number(row, "new")).sum() + " (aim: 0)");
        line("");
        misjudged(judged);
        line("| repository | commit | critical | high | medium | new on a second run | seconds |");
        line("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        rows.forEach(row -> line("| " + String.join(" | ", row.values()) + " |"));
        line("");
        line("| repository | outage | mechanism | severity | place | verdict | reason |");
        line("| --- | --- | --- | --- | --- | --- | --- |");
        judged.forEach(row -> line("| " + String.join(" | ", row.values()) + " |"));
    }

    private static String precision(long right, long wrong) {
        return right + wrong == 0 ? "" : ", precision %.2f (aim: 0.85)".formatted(right / (double) (right + wrong));
    }

    private void misjudged(List<Map<String, String>> judged) {
        List<Map<String, String>> wrong = judged.stream()
                .filter(row -> List.of("wrong", "mended").contains(verdict(row)))
                .toList();
        if (wrong.isEmpty()) {
            return;
        }
        line("Misjudged:");
        line("");
        wrong.forEach(
                row -> line("- " + row.getOrDefault("repository", "") + " " + row.getOrDefault("outage", "") + " ("
                        + row.getOrDefault("mechanism", "") + ", " + row.getOrDefault("severity", "") + "): "
                        + row.getOrDefault("reason", "")));
        line("");
    }

    private static String median(List<Map<String, String>> rows) {
        int[] counts = rows.stream()
                .mapToInt(row -> number(row, "critical") + number(row, "high") + number(row, "medium"))
                .sorted()
                .toArray();
        int half = counts.length / 2;
        return counts.length == 0
                ? "unknown"
                : counts.length % 2 == 1
                        ? Integer.toString(counts[half])
                        : "%.1f".formatted((counts[half - 1] + counts[half]) / 2.0);
    }

    private static int number(Map<String, String> row, String column) {
        String text = row.getOrDefault(column, "");
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static String verdict(Map<String, String> row) {
        return row.getOrDefault("verdict", "");
    }

    private String reason(Scored one) {
        return reasons.getOrDefault(one.row().id(), "not looked at yet");
    }

    private static String sure(Scored one) {
        return one.row().sure() ? "yes" : "no";
    }

    private static String result(Scored one) {
        if (one.row().hazard()) {
            return one.recalled() ? "recalled" : "**missed**";
        }
        return one.falseAlarm() ? "**false alarm**" : "quiet";
    }

    private static String told(Scored one) {
        return String.join(
                ", ",
                one.by().stream()
                        .limit(3)
                        .map(outage -> outage.id() + " " + outage.severity() + (outage.folded() ? " (folded)" : ""))
                        .toList());
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
