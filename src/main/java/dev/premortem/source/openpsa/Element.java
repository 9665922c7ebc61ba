package dev.premortem.source.openpsa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An element of XML with its line. */
final class Element {
    final String name;
    final int line;
    /** Both are shared and empty until something is added: most elements have no children, and there may be millions. */
    private Map<String, String> attributes = Map.of();

    private List<Element> children = List.of();

    Element(String name, int line) {
        this.name = name;
        this.line = line;
    }

    void add(String key, String value) {
        if (attributes.isEmpty()) {
            attributes = new TreeMap<>();
        }
        attributes.put(key, value);
    }

    void add(Element child) {
        if (children.isEmpty()) {
            children = new ArrayList<>(4);
        }
        children.add(child);
    }

    List<Element> children() {
        return children;
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
