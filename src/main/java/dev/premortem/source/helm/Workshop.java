package dev.premortem.source.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
    /** Strings, which stay, and words that are no fields. */
    private static final Pattern WORD =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`|(?<![.$\\w-])[a-zA-Z]\\w*(?![\\w-])");

    private static final String PAIR = "dict \"Cert\" \"none\" \"Key\" \"none\"";
    /** Functions that make keys, which takes them long, and calls that take the same arguments and give the same fields. */
    private static final Map<String, String> KEYS = Map.of(
            "genCA", PAIR,
            "genCAWithKey", PAIR,
            "genSelfSignedCert", PAIR,
            "genSelfSignedCertWithKey", PAIR,
            "genSignedCert", PAIR,
            "genSignedCertWithKey", PAIR,
            "genPrivateKey", "printf \"none %s\"");

    private static final Pattern KIND = Pattern.compile("[\"`]([A-Z][A-Za-z0-9]{1,62})[\"`]");
    private static final int MOST_KINDS = 200;

    private Workshop() {}

    /** Writes a chart into a folder, in which every template has the same time; true where some template asks for it. */
    static boolean write(ChartFiles chart, Path folder, String time) throws IOException {
        boolean timed = false;
        for (var file : chart.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling(""));
            if (!template(file.getKey())) {
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
        return text.contains("now") ? replaced(text, Map.of("now", "(toDate \"2006-01-02\" \"" + time + "\")")) : text;
    }

    private static String replaced(String text, Map<String, String> calls) {
        return ACTION.matcher(text)
                .replaceAll(action -> Matcher.quoteReplacement(WORD.matcher(action.group())
                        .replaceAll(
                                found -> Matcher.quoteReplacement(calls.getOrDefault(found.group(), found.group())))));
    }

    /** Writes the templates anew so that they make no keys; true where some did. */
    static boolean spareKeys(ChartFiles chart, Path folder) throws IOException {
        boolean changed = false;
        for (String path : chart.files().keySet()) {
            if (template(path)) {
                Path file = folder.resolve(path);
                String text = Files.readString(file);
                String spared = text.contains("gen") ? replaced(text, KEYS) : text;
                if (!spared.equals(text)) {
                    Files.writeString(file, spared);
                    changed = true;
                }
            }
        }
        return changed;
    }

    private static boolean template(String path) {
        return path.startsWith("templates/") || path.contains("/templates/");
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

    static String hooksShown(String text) {
        return text.replace(HOOK, HOOK_OF_OURS);
    }

    static String hooksNamed(String text) {
        return text.replace(HOOK_OF_OURS, HOOK);
    }
}
