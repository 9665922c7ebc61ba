package dev.premortem.source.kustomize;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Problem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads kustomize's complaints: clause in clause, of which the last is the cause. */
final class Causes {
    private static final Pattern LOGGED = Pattern.compile("\"command failed\" err=\"(.*)\"");
    private static final Pattern MENTIONED = Pattern.compile("(?:\\.\\./|/)?(?:tree|top)/[^\\s':\"]+");
    private static final Pattern FILE = Pattern.compile("(?:in File: |from ')([^\\s']+)");
    private static final Pattern LINE = Pattern.compile("yaml: line ([0-9]+): ");
    /** Addresses in the memory of the program, which say nothing and differ at each run. */
    private static final Pattern ADDRESSES = Pattern.compile("\\s?&?\\{?0x[0-9a-f]{6,}( 0x[0-9a-f]{6,})*}?");

    private static final int LONGEST = 300;

    private Causes() {}

    /** The problem behind a complaint, at the file that it names, otherwise where the build is asked for. */
    static Problem of(String complaint, String copyFolder, Copy copy, Declared asked) {
        String text = ADDRESSES
                .matcher(message(complaint).replace(copyFolder + "/", ""))
                .replaceAll("");
        String cause = last(text);
        Optional<String> file = file(text, copy);
        Matcher line = LINE.matcher(cause);
        int at = line.find() ? Integer.parseInt(line.group(1)) : 1;
        String found = shown(cause, copy);
        boolean placed = file.isPresent();
        return new Problem(
                placed ? file.get() : asked.file(),
                placed ? at : asked.line(),
                placed ? "" : asked.field(),
                "kustomize says: " + found,
                "a kustomization that builds",
                "");
    }

    private static String message(String complaint) {
        Matcher logged = LOGGED.matcher(complaint);
        if (logged.find()) {
            return logged.group(1).replace("\\\"", "\"").replace("\\n", " ");
        }
        List<String> lines = complaint
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(String::strip)
                .toList();
        return String.join(" ", lines).replaceFirst("^[Ee]rror: ", "");
    }

    private static String last(String text) {
        String rest = text;
        // what only says how it came there
        for (String clause : List.of("recursed accumulation of path '", "couldn't make target for path '")) {
            int at = rest.lastIndexOf(clause);
            int end = at < 0 ? -1 : rest.indexOf("': ", at + clause.length());
            if (end >= 0) {
                rest = rest.substring(end + 3);
            }
        }
        while (rest.startsWith("accumulating ") && rest.contains(": ")) {
            rest = rest.substring(rest.indexOf(": ") + 2);
        }
        return rest.length() > LONGEST ? rest.substring(0, LONGEST - 3) + "..." : rest;
    }

    /** The last file that it names and that the copy holds. */
    private static Optional<String> file(String text, Copy copy) {
        Optional<String> found = Optional.empty();
        String folder = "";
        Matcher mentioned = MENTIONED.matcher(text);
        while (mentioned.find()) {
            String path = mentioned.group().replaceFirst("^(\\.\\./|/)", "");
            folder = path;
            Optional<String> named = Optional.ofNullable(copy.names().get(path))
                    .or(() -> Optional.ofNullable(copy.names().get(path + "/kustomization.yaml")));
            found = named.isPresent() ? named : found;
        }
        Matcher relative = FILE.matcher(text);
        while (relative.find()) {
            Optional<String> named = Paths.resolve(folder, relative.group(1)).map(copy.names()::get);
            found = named.isPresent() ? named : found;
        }
        return found;
    }

    private static String shown(String cause, Copy copy) {
        Matcher mentioned = MENTIONED.matcher(cause);
        return mentioned.replaceAll(found -> {
            String path = found.group().replaceFirst("^(\\.\\./|/)", "");
            return Matcher.quoteReplacement(copy.names().getOrDefault(path, path.replaceFirst("^tree/", "")));
        });
    }
}
