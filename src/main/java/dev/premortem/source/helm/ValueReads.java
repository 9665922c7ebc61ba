package dev.premortem.source.helm;

import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a chart and the charts in it could read of their values. A field path that goes on is a step; where it ends, all below may be read. What is not
 * surely a path of fields counts as a read of everything.
 */
final class ValueReads {
    private static final String FIELD = "\\.[\\p{L}_][\\p{L}\\p{N}_]*";
    private static final Pattern READ = Pattern.compile(
            "(?:\\b(index|get|hasKey)\\s+)?[$\\w.]*\\.Values\\b((?:" + FIELD + ")*)((?:\\s+\"[^\"\\n]*\")*)");
    private static final Pattern LITERAL = Pattern.compile("\"([^\"\\n]*)\"");
    private static final Pattern ACTION = Pattern.compile("\\{\\{.*?\\}\\}", Pattern.DOTALL);
    /** The values by their name as a text, or the whole context as text. */
    private static final Pattern WHOLE = Pattern.compile(
            "(?:\\b(?:index|get|pick|pluck|dig|omit|list|set|unset|hasKey|range)\\b[^{}]*|=\\s*)[\"`]Values[\"`]"
                    + "|\\.Subcharts\\b|\\bAsMap\\b|\\bto(?:Pretty|Raw)?(?:Yaml|Json|Toml)\\s+\\$(?![\\w.])");

    /** Such a name in a dictionary; what stands there came from a path that ends, or is none of the values. */
    private static final Pattern DICTIONARY = Pattern.compile("\\bdict\\b[^{}]*[\"`]Values[\"`]", Pattern.DOTALL);

    private static final Pattern NAME = Pattern.compile("[\"`]Values[\"`]");

    /** The values under their own name, as named templates get them beside something else: what reads those there is found by that name. */
    private static final Pattern PASSED_ON = Pattern.compile("[\"`]Values[\"`]\\s+[$\\w.]*\\.Values(?![\\w.])");

    private static final Pattern COMMENT = Pattern.compile("\\{\\{-?\\s*/\\*.*?\\*/\\s*-?\\}\\}", Pattern.DOTALL);
    private static final Pattern NAMED = Pattern.compile("\\{\\{-?\\s*(?:define|block)\\b");
    private static final Pattern NO_TEMPLATE = Pattern.compile(
            "(?:.*/)?(?:values[^/]*\\.ya?ml|values\\.schema\\.json|Chart\\.(?:yaml|lock)|[^/]*\\.md(?:\\.gotmpl)?)");

    /** Each path with a line end behind every key; the empty one stands for all values. */
    private final NavigableSet<String> ends = new TreeSet<>();

    private final NavigableSet<String> parts = new TreeSet<>();

    private ValueReads() {}

    /** What is read; {@code values} are those of the user and the chart, whose texts may be templates too. */
    static ValueReads of(ChartFiles chart, List<Tree> values) {
        ValueReads reads = new ValueReads();
        List<ChartFiles.Part> parts = List.copyOf(chart.parts().values());
        parts.forEach(part -> reads.parts.add(prefix(part)));
        if (!chart.absent().isEmpty()) {
            reads.ends.add("");
        }
        List<String> everywhere = new ArrayList<>();
        for (Tree tree : values) {
            tree.scalars()
                    .map(Tree.Scalar::value)
                    .filter(text -> text.contains("{{"))
                    .forEach(everywhere::add);
        }
        for (ChartFiles.Part part : parts) {
            reads.dependencies(chart, part);
            chart.files().forEach((path, content) -> {
                String below = path.startsWith(part.folder())
                        ? path.substring(part.folder().length())
                        : "charts/";
                if (below.startsWith("charts/") || NO_TEMPLATE.matcher(below).matches()) {
                    return;
                }
                String text = PASSED_ON
                        .matcher(COMMENT.matcher(content.text()).replaceAll(""))
                        .replaceAll("");
                // a named template reads the values of whatever chart includes it
                if (NAMED.matcher(text).find()) {
                    everywhere.add(text);
                } else {
                    reads.scan(text, prefix(part));
                }
            });
        }
        for (String text : everywhere.stream().distinct().toList()) {
            parts.forEach(part -> reads.scan(text, prefix(part)));
        }
        return reads;
    }

    private static String prefix(ChartFiles.Part part) {
        return part.valuesPath().isEmpty() ? "" : part.valuesPath() + "\n";
    }

    private void dependencies(ChartFiles chart, ChartFiles.Part part) {
        List<Tree> named = new ArrayList<>(chart.dependencies(part.folder()));
        if (part.folder().isEmpty()) {
            named.addAll(chart.off());
            for (String key : List.of("name", "alias")) {
                chart.off().forEach(dependency -> ends.add(ChartFiles.value(dependency, key) + "\n"));
            }
        }
        for (Tree dependency : named) {
            if (dependency.at("import-values").isPresent()) {
                ends.add("");
            }
            for (String condition : ChartFiles.value(dependency, "condition").split("[,\\s]+", -1)) {
                if (!condition.isEmpty()) {
                    ends.add(prefix(part) + condition.replace('.', '\n') + "\n");
                }
            }
        }
    }

    private void scan(String text, String prefix) {
        Matcher action = ACTION.matcher(text);
        while (action.find()) {
            boolean named = NAME.matcher(action.group()).find();
            if (WHOLE.matcher(action.group()).find()
                    || (named && !DICTIONARY.matcher(action.group()).find())) {
                ends.add(prefix);
            }
        }
        Matcher read = READ.matcher(text);
        while (read.find()) {
            StringBuilder path = new StringBuilder(prefix);
            if (!read.group(2).isEmpty()) {
                path.append(read.group(2).substring(1).replace('.', '\n')).append('\n');
            }
            if (read.group(1) != null) {
                Matcher literal = LITERAL.matcher(read.group(3));
                boolean more = read.group(1).equals("index");
                for (boolean next = literal.find(); next; next = more && literal.find()) {
                    path.append(literal.group(1)).append('\n');
                }
            }
            ends.add(path.toString());
        }
    }

    /** True where a value at a path, or anything around it, may be read as a whole. */
    boolean whole(String path) {
        for (int end = 0; end >= 0; end = path.indexOf('\n', end) + 1) {
            if (ends.contains(path.substring(0, end))) {
                return true;
            }
            if (end == path.length()) {
                return false;
            }
        }
        return false;
    }

    /** True where something below a path may be read. */
    boolean below(String path) {
        return starts(ends, path) || starts(parts, path);
    }

    private static boolean starts(NavigableSet<String> all, String path) {
        String next = all.ceiling(path);
        return next != null && next.startsWith(path);
    }

    /** Every path that is read, and those that lead to them. */
    NavigableSet<String> paths() {
        NavigableSet<String> all = new TreeSet<>();
        for (String end : ends) {
            for (int at = end.indexOf('\n'); at >= 0; at = end.indexOf('\n', at + 1)) {
                all.add(end.substring(0, at + 1));
            }
        }
        return all;
    }
}
