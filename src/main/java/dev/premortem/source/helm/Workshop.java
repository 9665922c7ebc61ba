package dev.premortem.source.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Copies of a chart on disk, where Helm reads them. */
final class Workshop {
    /** Hooks are left out by helm-java; under another name they are objects like all others. */
    private static final String HOOK = "helm.sh/hook";

    private static final String HOOK_OF_OURS = "helm.sh/h00k";
    private static final Pattern ACTION = Pattern.compile("\\{\\{.*?\\}\\}", Pattern.DOTALL);
    private static final Pattern NOW =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|(?<![.$\\w-])now\\b(?![\\w-])");

    private static final Pattern KEYS = Pattern.compile("\\bgen(CA|SelfSigned|Signed|PrivateKey)");

    private Workshop() {}

    /** Writes a chart into a folder, in which every template has the same time; true where some template asks for it. */
    static boolean write(ChartFiles chart, Path folder, String time) throws IOException {
        boolean timed = false;
        for (var file : chart.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling(""));
            boolean template =
                    file.getKey().startsWith("templates/") || file.getKey().contains("/templates/");
            if (!template) {
                Files.write(path, file.getValue().bytes());
                continue;
            }
            String text = file.getValue().text();
            String fixed = at(text, time);
            timed |= !fixed.equals(text);
            Files.writeString(path, hooksShown(fixed));
        }
        return timed;
    }

    /** The text with a time in place of the function that tells it. */
    static String at(String text, String time) {
        if (!text.contains("now")) {
            return text;
        }
        String call = "(toDate \"2006-01-02\" \"" + time + "\")";
        return ACTION.matcher(text)
                .replaceAll(action -> Matcher.quoteReplacement(NOW.matcher(action.group())
                        .replaceAll(found ->
                                Matcher.quoteReplacement(found.group().equals("now") ? call : found.group()))));
    }

    /** Removes the schemas of values, which other values need not keep to. */
    static void allowAll(Path folder, ChartFiles chart) throws IOException {
        for (String path : chart.files().keySet()) {
            if (path.equals("values.schema.json") || path.endsWith("/values.schema.json")) {
                Files.deleteIfExists(folder.resolve(path));
            }
        }
    }

    /** True where a template makes keys. */
    static boolean slow(ChartFiles chart) {
        return chart.files().entrySet().stream()
                .filter(file -> file.getKey().contains("templates/"))
                .anyMatch(file -> KEYS.matcher(file.getValue().text()).find());
    }

    static String hooksShown(String text) {
        return text.replace(HOOK, HOOK_OF_OURS);
    }

    static String hooksNamed(String text) {
        return text.replace(HOOK_OF_OURS, HOOK);
    }
}
