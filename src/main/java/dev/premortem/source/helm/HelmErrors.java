package dev.premortem.source.helm;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Problem;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the text of Helm's errors to a problem with a line of the tree. */
final class HelmErrors {
    private static final List<Pattern> PLACES = List.of(
            Pattern.compile("template: ([^\\s:]+):([0-9]+)"),
            Pattern.compile("parse error at \\(([^\\s:)]+):([0-9]+)"),
            Pattern.compile("YAML parse error on ([^\\s:]+):(?:.*?line ([0-9]+))?", Pattern.DOTALL),
            Pattern.compile("\\(([^\\s:()]+/templates/[^\\s:()]+):([0-9]+)"),
            Pattern.compile("(?m)^\\s*([^\\s:()]+/templates/[^\\s:()]+):([0-9]+)"));
    private static final Pattern EXECUTING =
            Pattern.compile("(?:executing \"[^\"]*\" at <[^\\n]*?>: |execution error at \\([^)\\n]*\\): )");
    private static final int MOST = 400;

    private HelmErrors() {}

    /** The problem that an error of a chart tells. */
    static Problem problem(String message, ChartFiles chart, TemplatePlaces places, Declared job) {
        String text = ours(Workshop.hooksNamed(message)).strip();
        for (Pattern pattern : PLACES) {
            // Errors nest; the innermost place is named last.
            Matcher found = pattern.matcher(text);
            String file = "";
            int line = 0;
            while (found.find()) {
                file = found.group(1);
                line = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
            }
            if (!file.isEmpty()) {
                boolean output = text.startsWith("YAML parse error") || text.contains(" YAML parse error on ");
                String origin = chart.origin(places.path(file));
                String what = output ? "renders to no YAML: " + cause(text) : cause(text);
                return new Problem(origin, output ? 0 : line, "", what, "a template that renders", hint(text));
            }
        }
        return new Problem(
                job.file(),
                job.line(),
                job.field(),
                "Helm refuses the chart: " + cause(text),
                "a chart that renders",
                hint(text));
    }

    /** Without the names of temporary folders. */
    private static String ours(String message) {
        return message.replaceAll("\\S*premortem-helm[^\\s/\\\\]*[/\\\\]\\S*", "the chart");
    }

    private static String cause(String text) {
        Matcher executing = EXECUTING.matcher(text);
        int from = 0;
        while (executing.find()) {
            from = executing.end();
        }
        String cause = text.substring(from)
                .replace("Use --debug flag to render out invalid YAML", "")
                .replaceAll("\\s+", " ")
                .strip();
        return cause.length() > MOST ? cause.substring(0, MOST - 3) + "..." : cause;
    }

    private static String hint(String text) {
        if (text.contains("nil pointer evaluating")) {
            return "a value above it is not set";
        }
        return text.contains("requires kubeVersion") ? "another Kubernetes version is meant" : "";
    }
}
