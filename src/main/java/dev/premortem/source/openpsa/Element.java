package dev.premortem.source.openpsa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An element of XML with its line. */
final class Element {
    final String name;
    final int line;
    final Map<String, String> attributes = new TreeMap<>();
    final List<Element> children = new ArrayList<>();

    Element(String name, int line) {
        this.name = name;
        this.line = line;
    }

    String attribute(String key) {
        return attributes.getOrDefault(key, "");
    }

    /** Children that say something: labels and attributes are for people. */
    List<Element> meaning() {
        return children.stream()
                .filter(child -> !child.name.equals("label") && !child.name.equals("attributes"))
                .toList();
    }
}
