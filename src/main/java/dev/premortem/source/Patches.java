package dev.premortem.source;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Writes changed files as one unified diff that {@code git apply} and {@code patch -p1} take. */
final class Patches {
    /** Marks a last line without a line end, so that it differs from the same line with one. Cannot stand in a text that was read. */
    private static final String OPEN = "\u0000";

    private static final int CONTEXT = 3;

    private Patches() {}

    static String of(SortedMap<String, String> before, SortedMap<String, String> changed) {
        StringBuilder out = new StringBuilder();
        changed.forEach((file, text) -> {
            List<String> old = before.containsKey(file) ? lines(before.getOrDefault(file, "")) : List.of();
            String from = before.containsKey(file) ? GitNames.quoted("a/" + file) : "/dev/null";
            List<String> hunks = UnifiedDiffUtils.generateUnifiedDiff(
                    from, GitNames.quoted("b/" + file), old, DiffUtils.diff(old, lines(text)), CONTEXT);
            for (String hunk : hunks) {
                // The library counts an empty side from line 1, diff and git from line 0.
                String line =
                        hunk.startsWith("@@ ") ? hunk.replace("-1,0 ", "-0,0 ").replace("+1,0 ", "+0,0 ") : hunk;
                boolean open = line.endsWith(OPEN);
                out.append(open ? line.substring(0, line.length() - 1) : line).append('\n');
                if (open) {
                    out.append("\\ No newline at end of file\n");
                }
            }
        });
        return out.toString();
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            lines.add(end < 0 ? text.substring(at) + OPEN : text.substring(at, end));
            at = end < 0 ? text.length() : end + 1;
        }
        return lines;
    }
}
