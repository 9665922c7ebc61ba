package dev.premortem.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A unified diff as lines to take out and text to put in their place. */
final class PatchLines {
    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+\\d+(?:,(\\d+))? @@.*");

    private final String[] lines;
    private final List<Change> changes = new ArrayList<>();
    private int at;

    /** The changes of one file that is there, from its top down. */
    record Change(String file, List<Replacement> replacements) {}

    /**
     * Whole lines that go and what comes.
     *
     * @param line from 1, of the old text
     * @param removed how many lines go; 0 where something only comes before the line
     * @param text with its line ends, empty where something only goes
     */
    record Replacement(int line, int removed, String text) {}

    private PatchLines(String patch) {
        this.lines = patch.split("\n", -1);
    }

    /** Empty where it cannot be said in whole lines of files that are there: a new file, a last line without an end, a name that git quotes. */
    static Optional<List<Change>> of(String patch) {
        PatchLines parsing = new PatchLines(patch);
        return parsing.read() && !parsing.changes.isEmpty()
                ? Optional.of(List.copyOf(parsing.changes))
                : Optional.empty();
    }

    private boolean read() {
        while (at < lines.length && !lines[at].isEmpty()) {
            if (!lines[at].startsWith("--- a/") || at + 1 >= lines.length || !lines[at + 1].startsWith("+++ b/")) {
                return false;
            }
            List<Replacement> replacements = new ArrayList<>();
            changes.add(new Change(lines[at].substring("--- a/".length()), replacements));
            at += 2;
            while (at < lines.length && lines[at].startsWith("@@ ")) {
                if (!hunk(replacements)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean hunk(List<Replacement> replacements) {
        Matcher head = HUNK.matcher(lines[at++]);
        if (!head.matches()) {
            return false;
        }
        int old = count(head.group(2));
        int fresh = count(head.group(3));
        // a side without lines is counted from the line before it
        int line = Integer.parseInt(head.group(1)) + (old == 0 ? 1 : 0);
        int removed = 0;
        StringBuilder text = new StringBuilder();
        while (old > 0 || fresh > 0) {
            String here = at < lines.length ? lines[at++] : "";
            char kind = here.isEmpty() ? '?' : here.charAt(0);
            if (kind == ' ') {
                line = flush(replacements, line, removed, text) + 1;
                removed = 0;
                old--;
                fresh--;
            } else if (kind == '-') {
                removed++;
                old--;
            } else if (kind == '+') {
                text.append(here, 1, here.length()).append('\n');
                fresh--;
            } else {
                return false;
            }
        }
        flush(replacements, line, removed, text);
        return at >= lines.length || !lines[at].startsWith("\\");
    }

    /** The line after what was flushed. */
    private static int flush(List<Replacement> replacements, int line, int removed, StringBuilder text) {
        if (removed > 0 || !text.isEmpty()) {
            replacements.add(new Replacement(line, removed, text.toString()));
            text.setLength(0);
        }
        return line + removed;
    }

    private static int count(@org.jspecify.annotations.Nullable String number) {
        return number == null ? 1 : Integer.parseInt(number);
    }
}
