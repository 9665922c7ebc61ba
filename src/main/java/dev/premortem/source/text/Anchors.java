package dev.premortem.source.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A value that is removed may be what aliases elsewhere stand for: then the first of them becomes the value, with its anchor. */
final class Anchors {
    private Anchors() {}

    /** The text in which nothing outside of a node hangs on an anchor inside of it; the node itself stays. */
    static String keep(String text, YamlNode root, YamlNode removed) {
        List<YamlNode.Alias> aliases = new ArrayList<>();
        collect(root, aliases);
        // by where the target starts: the first alias outside, in the order of the text
        Map<Integer, YamlNode.Alias> first = new TreeMap<>();
        aliases.stream()
                .filter(alias -> !within(alias, removed) && within(alias.target(), removed))
                .sorted(Comparator.comparingInt(YamlNode.Alias::start))
                .forEach(alias -> first.putIfAbsent(alias.target().start(), alias));
        List<YamlNode.Alias> moved = new ArrayList<>();
        int end = -1;
        for (YamlNode.Alias alias : first.values()) {
            if (alias.target().start() >= end) { // what is inside of another one moves with it
                moved.add(alias);
                end = alias.target().end();
            }
        }
        moved.sort(Comparator.comparingInt(YamlNode.Alias::start).reversed());
        String kept = text;
        for (YamlNode.Alias alias : moved) {
            int from = text.offsetByCodePoints(0, alias.start());
            int to = text.offsetByCodePoints(0, alias.end());
            kept = kept.substring(0, from) + value(text, alias.target(), from) + kept.substring(to);
        }
        return kept;
    }

    private static void collect(YamlNode node, List<YamlNode.Alias> aliases) {
        switch (node) {
            case YamlNode.Alias alias -> aliases.add(alias);
            case YamlNode.Mapping mapping ->
                mapping.pairs().forEach(pair -> {
                    collect(pair.key(), aliases);
                    collect(pair.value(), aliases);
                });
            case YamlNode.Sequence sequence -> sequence.values().forEach(value -> collect(value, aliases));
            case YamlNode.Scalar _ -> {}
        }
    }

    private static boolean within(YamlNode node, YamlNode outer) {
        return node.start() >= outer.start() && node.end() <= outer.end();
    }

    /** A value as it stands, its further lines as far in as they are where it goes. */
    private static String value(String text, YamlNode target, int place) {
        int from = text.offsetByCodePoints(0, target.start());
        String value =
                text.substring(from, text.offsetByCodePoints(0, target.end())).stripTrailing();
        String newline = text.contains("\r\n") ? "\r\n" : "\n";
        int deeper = indent(text, place) - indent(text, from);
        return value.lines().findFirst().orElse("")
                + value.lines()
                        .skip(1)
                        .map(line -> newline + shifted(line, deeper))
                        .collect(Collectors.joining());
    }

    private static String shifted(String line, int by) {
        if (by >= 0) {
            return line.isBlank() ? line : " ".repeat(by) + line;
        }
        int blanks = line.length() - line.stripLeading().length();
        return line.substring(Math.min(blanks, -by));
    }

    /** How far in the line of a place begins. */
    private static int indent(String text, int place) {
        int start = text.lastIndexOf('\n', place - 1) + 1;
        int end = start;
        while (end < text.length() && text.charAt(end) == ' ') {
            end++;
        }
        return end - start;
    }
}
