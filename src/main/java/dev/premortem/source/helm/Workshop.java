package dev.premortem.source.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
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

    private static final Pattern KIND = Pattern.compile("[\"`]([A-Z][A-Za-z0-9]{1,62})[\"`]");
    private static final int MOST_KINDS = 200;

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

    /** Kinds that templates look up, by what they spell out. */
    static Set<String> lookedUp(ChartFiles chart) {
        Set<String> kinds = new TreeSet<>();
        chart.files().forEach((path, content) -> {
            if (path.contains("templates/") && content.text().contains("lookup")) {
                Matcher kind = KIND.matcher(content.text());
                while (kind.find() && kinds.size() < MOST_KINDS) {
                    kinds.add(kind.group(1));
                }
            }
        });
        return kinds;
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
