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

    static String hooksShown(String text) {
        return text.replace(HOOK, HOOK_OF_OURS);
    }

    static String hooksNamed(String text) {
        return text.replace(HOOK_OF_OURS, HOOK);
    }
}
