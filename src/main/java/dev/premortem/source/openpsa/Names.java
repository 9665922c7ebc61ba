package dev.premortem.source.openpsa;

import dev.premortem.fact.Problem;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What names stand for. A public element is known by its name everywhere; a private one by its name in the container that defines it and below,
 * and everywhere by its path: {@code tree.component.name}.
 */
final class Names {
    private final String file;
    private final SortedMap<String, Definition> byPath = new TreeMap<>();
    private final SortedMap<String, Definition> open = new TreeMap<>();

    /**
     * An element that others refer to.
     *
     * @param path containers and name, with dots
     * @param scope the path of its container; empty for the model
     */
    record Definition(String path, String scope, Element element) {}

    Names(String file) {
        this.file = file;
    }

    /** Adds an element of a container. */
    void add(Element element, String scope, boolean hidden) throws Unreadable {
        String name = element.attribute("name");
        if (name.isEmpty()) {
            throw new Unreadable(
                    new Problem(file, element.line, "", "a " + element.name + " without a name", "name=\"…\"", ""));
        }
        Definition made = new Definition(scope.isEmpty() ? name : scope + "." + name, scope, element);
        Definition before = byPath.putIfAbsent(made.path(), made);
        if (before == null && !hidden) {
            before = open.putIfAbsent(name, made);
        }
        if (before != null) {
            throw new Unreadable(new Problem(
                    file,
                    element.line,
                    "",
                    "\"" + name + "\" is defined a second time, first at line " + before.element().line,
                    "one definition of each name",
                    "make one of them private, with role=\"private\""));
        }
    }

    /** What a name means in a container. */
    Optional<Definition> find(String name, String scope) {
        for (String at = scope; !at.isEmpty(); at = above(at)) {
            Definition found = byPath.get(at + "." + name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.ofNullable(byPath.get(name)).or(() -> Optional.ofNullable(open.get(name)));
    }

    /** How an element is called for people: by its name where that is enough. */
    String shown(Definition one) {
        String name = one.element().attribute("name");
        return one.equals(open.get(name)) ? name : one.path();
    }

    private static String above(String scope) {
        int dot = scope.lastIndexOf('.');
        return dot < 0 ? "" : scope.substring(0, dot);
    }

    /** All of them, by path. */
    Iterable<Definition> all() {
        return byPath.values();
    }
}
