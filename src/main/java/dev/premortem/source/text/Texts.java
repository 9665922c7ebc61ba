package dev.premortem.source.text;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** From the text of a file to its documents, by content. */
public final class Texts {
    /** Begins what is said of a key that a mapping has more than once. */
    public static final String TWICE = "stands twice in one mapping";

    /** Names of templates of Jinja, ERB, Go, Terraform and others, whose marks may be any. */
    private static final Pattern FOREIGN = Pattern.compile("\\.(j2|jinja2?|erb|gotmpl|tmpl|tpl|ejs|mustache|hbs)$");

    /** Folders and files that a generator names. */
    private static final Pattern NAMED = Pattern.compile("\\{\\{.*}}");

    private static final Pattern MARKS = Pattern.compile("\\{\\{|\\{%|<%");

    /** Comments that are code of ytt. */
    private static final Pattern YTT = Pattern.compile("(?m)(^|\\s)#@(overlay/| ?load\\(\"@ytt:| data\\.values)");

    private static final String TEMPLATE = "it is a template; render it first";

    /**
     * One parsed document.
     *
     * @param index its place among the documents of the file, from 0
     * @param tree a mapping; for a zone file or PEM file one string with the whole text
     */
    public record Parsed(int index, Tree tree) {}

    private static final Pattern ZONE =
            Pattern.compile("\\$(ORIGIN|TTL)\\s.*|\\S*\\s+([0-9]+[smhdwSMHDW]?\\s+)?(IN\\s+)?([0-9]+\\s+)?SOA\\s.*");
    private static final Set<String> YAML = Set.of("yaml", "yml");
    private static final Pattern CERTIFICATE = Pattern.compile("(?m)^-----BEGIN (TRUSTED )?CERTIFICATE-----");

    private Texts() {}

    /** True for a problem of a file that another tool renders first: a template stands in place of what was expected. */
    public static boolean ofTemplate(Problem problem) {
        return problem.hint().equals(TEMPLATE) || problem.found().contains("{{");
    }

    /** Reads a file; {@code chart} says whether a folder holds a Chart.yaml. */
    public static List<Parsed> read(String file, String text, Predicate<String> chart, Limits limits, Harvest harvest) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(java.util.Locale.ROOT);
        boolean yaml = YAML.contains(ending) || file.equals("-");
        if (!yaml && !ending.equals("json")) {
            if (pemEnding(ending) && text.contains("PRIVATE KEY-----") && !text.contains("-----BEGIN CERTIFICATE")) {
                harvest.aside(new Declared(file, 1, ""), "", "a private key, which is not kept");
                return List.of();
            }
            if (CERTIFICATE.matcher(text).find() || (pemEnding(ending) && !manifest(text))) {
                return List.of(whole(file, text));
            }
            if (ending.equals("zone") || zone(text)) {
                return List.of(whole(file, text));
            }
            if (!manifest(text)) {
                return List.of();
            }
        }
        boolean named = NAMED.matcher(file).find() && MARKS.matcher(text).find();
        if (named || FOREIGN.matcher(file).find()) {
            harvest.leftOut(new Declared(file, 1, ""), "template", "a template of another tool; render it first");
            return List.of();
        }
        if (text.contains("#@") && YTT.matcher(text).find()) {
            harvest.leftOut(new Declared(file, 1, ""), "template", "a template of ytt; render it first");
            return List.of();
        }
        Optional<String> above = chartAbove(file, chart);
        if (above.isPresent() && template(file, above.get()) && text.contains("{{")) {
            harvest.leftOut(new Declared(file, 1, ""), "template", "template, not YAML");
            return List.of();
        }
        return new Reader(file, above.isPresent(), limits, harvest).all(text);
    }

    /** Reads a text as YAML, whatever its file is called: the lock file of a chart. */
    public static List<Parsed> yaml(String file, String text) {
        return new Reader(file, false, Limits.DEFAULT, new Harvest()).all(text);
    }

    /** True where the first line that says anything is one of a zone file. */
    private static boolean zone(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(";"))
                .findFirst()
                .filter(line -> line.length() < 500 && ZONE.matcher(line).matches())
                .isPresent();
    }

    private static boolean pemEnding(String ending) {
        return List.of("pem", "crt", "cer", "der").contains(ending);
    }

    private static Parsed whole(String file, String text) {
        return new Parsed(0, new Tree.Scalar(new Declared(file, 1, ""), Tree.Scalar.Kind.STRING, text));
    }

    /** True for a file of another name that starts as a manifest does. */
    private static boolean manifest(String text) {
        return text.lines()
                        .map(String::stripTrailing)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .findFirst()
                        .filter(line -> line.equals("---")
                                || line.startsWith("apiVersion:")
                                || line.startsWith("kind:")
                                || line.startsWith("{"))
                        .isPresent()
                && text.contains("apiVersion");
    }

    private static Optional<String> chartAbove(String file, Predicate<String> chart) {
        String folder = file;
        while (folder.contains("/")) {
            folder = folder.substring(0, folder.lastIndexOf('/'));
            if (chart.test(folder)) {
                return Optional.of(folder);
            }
        }
        return chart.test("") ? Optional.of("") : Optional.empty();
    }

    private static boolean template(String file, String chart) {
        return file.startsWith(chart.isEmpty() ? "templates/" : chart + "/templates/");
    }

    /** True where the first character that says anything opens an object or an array. */
    private static boolean json(String text) {
        int at = 0;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length()
                && (text.charAt(at) == '{' || text.charAt(at) == '[')
                && !text.startsWith("{{", at) // a template
                && !text.startsWith("{%", at);
    }

    /** What reads one file. */
    private record Reader(String file, boolean chart, Limits limits, Harvest harvest) {
        List<Parsed> all(String text) {
            List<Parsed> parsed = new ArrayList<>();
            int index = 0;
            for (Chunk chunk : Chunk.split(text)) {
                if (chunk.stray()) {
                    harvest.problem(
                            new Declared(file, chunk.firstLine(), ""),
                            "stands after \"...\", which ends a document; Kubernetes does not read it",
                            "\"---\" before a document");
                } else if (Texts.json(chunk.text())) {
                    json(chunk, index, parsed);
                } else {
                    yaml(chunk, index, parsed);
                }
                index = Math.max(
                        index + 1, parsed.isEmpty() ? 0 : parsed.getLast().index() + 1);
            }
            return parsed;
        }

        /** JSON; where it is none it may be YAML that starts with a brace. */
        private void json(Chunk chunk, int index, List<Parsed> parsed) {
            List<Problem> problems = new ArrayList<>();
            List<Tree> trees = new ArrayList<>();
            try {
                JsonTrees.read(file, chunk.firstLine(), chunk.text(), limits, problems::add, trees::add);
            } catch (YamlParser.Malformed e) {
                if (e.expected().equals("JSON") && flow(chunk, index, parsed)) {
                    return;
                }
                String rest = trees.isEmpty() ? "" : "; what follows is not read";
                problems.add(new Problem(file, chunk.firstLine() + e.line(), "", e.found() + rest, e.expected(), ""));
            }
            harvest.problems.addAll(problems);
            for (Tree tree : trees) {
                parsed.add(new Parsed(index++, tree));
            }
        }

        private boolean flow(Chunk chunk, int index, List<Parsed> parsed) {
            List<Problem> problems = new ArrayList<>();
            try {
                Optional<Tree> tree = tree(chunk, problems);
                tree.ifPresent(found -> parsed.add(new Parsed(index, found)));
                harvest.problems.addAll(problems);
                return tree.isPresent();
            } catch (YamlParser.Malformed neither) {
                return false; // then what is wrong with it as JSON is told
            }
        }

        private Optional<Tree> tree(Chunk chunk, List<Problem> problems) throws YamlParser.Malformed {
            Optional<YamlNode> root = YamlParser.parse(chunk.text(), limits.depth());
            if (root.isEmpty()) {
                return Optional.empty();
            }
            Limits bounds = limits.of(chunk.text().length());
            return Optional.of(new YamlTrees(file, chunk.firstLine(), bounds, problems::add).tree(root.get()));
        }

        private void yaml(Chunk chunk, int index, List<Parsed> parsed) {
            try {
                tree(chunk, harvest.problems).ifPresent(tree -> parsed.add(new Parsed(index, tree)));
            } catch (YamlParser.Malformed e) {
                if (chunk.text().contains("{{") && chart) {
                    harvest.leftOut(new Declared(file, chunk.firstLine(), ""), "template", "template, not YAML");
                } else {
                    String hint = chunk.text().contains("{{") ? TEMPLATE : "";
                    int line = Math.min(chunk.firstLine() + e.line(), chunk.lastLine());
                    harvest.problems.add(new Problem(file, line, "", e.found(), e.expected(), hint));
                }
            }
        }
    }
}
