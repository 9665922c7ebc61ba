package dev.premortem.source.helm;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a template in the order in which they come out, with those of the named templates that it includes put where they are included. */
final class TemplateLines {
    private static final Pattern BLOCK = Pattern.compile("\\{\\{-?\\s*(if|range|with|define|block|end)\\b");
    private static final Pattern DEFINE = Pattern.compile("\\{\\{-?\\s*(?:define|block)\\s+\"([^\"]+)\"");
    private static final Pattern INCLUDE = Pattern.compile("\\b(?:include|template)\\s+\"([^\"]+)\"");
    private static final Pattern INDENT = Pattern.compile("\\bn?indent\\s+\\(?(?:int\\s+)?([0-9]{1,3})");
    private static final Pattern ACTION = Pattern.compile("\\{\\{.*?\\}\\}");
    private static final int MOST_DEPTH = 8;
    private static final int MOST_LINES = 20_000;

    /**
     * One line.
     *
     * @param indent column at which it comes out
     * @param literals what stands outside of actions, in order; a line without actions has one
     */
    record Line(String file, int number, int indent, List<String> literals) {
        boolean fixed() {
            return literals.size() == 1;
        }

        /** How surely a rendered line comes from this one; 0 where it cannot. */
        int fit(String content) {
            if (fixed()) {
                return literals.getFirst().equals(content) ? 40 + Math.min(40, content.length()) : 0;
            }
            int at = 0;
            int length = 0;
            for (int i = 0; i < literals.size(); i++) {
                String literal = literals.get(i);
                boolean last = i == literals.size() - 1;
                int found = i == 0
                        ? (content.startsWith(literal) ? 0 : -1)
                        : last ? content.length() - literal.length() : content.indexOf(literal, at);
                if (found < at || (last && !content.endsWith(literal))) {
                    return 0;
                }
                at = found + literal.length();
                length += literal.strip().length();
            }
            return length == 0 ? 0 : 10 + Math.min(30, length);
        }
    }

    private record Body(String file, int from, int to) {}

    private final SortedMap<String, List<String>> texts = new TreeMap<>();
    private final SortedMap<String, Body> named = new TreeMap<>();
    private final SortedMap<String, List<Line>> known = new TreeMap<>();

    TemplateLines(ChartFiles chart) {
        chart.files().forEach((path, content) -> {
            if (path.startsWith("templates/") || path.contains("/templates/")) {
                List<String> lines = List.of(content.text().split("\r?\n", -1));
                texts.put(path, lines);
                bodies(path, lines);
            }
        });
    }

    private void bodies(String path, List<String> lines) {
        List<String> open = new ArrayList<>();
        List<Integer> from = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher block = BLOCK.matcher(lines.get(i));
            while (block.find()) {
                if (!block.group(1).equals("end")) {
                    Matcher define = DEFINE.matcher(lines.get(i));
                    open.add(define.find(block.start()) && define.start() == block.start() ? define.group(1) : "");
                    from.add(i);
                } else if (!open.isEmpty()) {
                    String name = open.removeLast();
                    int start = from.removeLast();
                    if (!name.isEmpty()) {
                        named.put(name, new Body(path, start, i));
                    }
                }
            }
        }
    }

    /** The lines of a template; empty where there is no such file. */
    List<Line> of(String path) {
        return known.computeIfAbsent(path, this::flat);
    }

    private List<Line> flat(String path) {
        List<String> lines = texts.getOrDefault(path, List.of());
        List<Line> out = new ArrayList<>();
        Set<Integer> inside = new LinkedHashSet<>();
        named.values().stream().filter(body -> body.file().equals(path)).forEach(body -> {
            for (int i = body.from(); i <= body.to(); i++) {
                inside.add(i);
            }
        });
        for (int i = 0; i < lines.size(); i++) {
            if (!inside.contains(i)) {
                line(path, i, lines.get(i), 0, new ArrayList<>(), out);
            }
        }
        return out;
    }

    private void line(String path, int index, String text, int shift, List<String> within, List<Line> out) {
        if (out.size() >= MOST_LINES) {
            return;
        }
        String content = text.strip();
        int indent = text.length() - text.stripLeading().length();
        out.add(new Line(path, index + 1, indent + shift, literals(content)));
        if (within.size() >= MOST_DEPTH) {
            return;
        }
        Matcher include = INCLUDE.matcher(text);
        while (include.find()) {
            String name = include.group(1);
            Optional<Body> body = Optional.ofNullable(named.get(name));
            if (body.isPresent() && !within.contains(name)) {
                Matcher moved = INDENT.matcher(text);
                int by = moved.find(include.end()) ? Integer.parseInt(moved.group(1)) : 0;
                within.add(name);
                List<String> lines = texts.getOrDefault(body.get().file(), List.of());
                for (int i = body.get().from(); i <= body.get().to(); i++) {
                    line(body.get().file(), i, lines.get(i), by + (by > 0 ? 0 : shift), within, out);
                }
                within.removeLast();
            }
        }
    }

    private static List<String> literals(String content) {
        if (!content.contains("{{")) {
            return List.of(content);
        }
        return List.of(ACTION.split(content + "\u0000", -1)).stream()
                .map(part -> part.replace("\u0000", ""))
                .toList();
    }
}
