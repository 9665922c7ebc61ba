package dev.premortem.source.gitops;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Patches as kustomize applies them: JSON 6902 operations, and strategic merges. Without schemas a list of a built-in kind is merged by the
 * key that its items share; a list of any other kind is replaced, which is what kustomize does where it knows no schema.
 */
final class Patch {
    private static final List<String> KEYS = List.of("name", "mountPath", "containerPort", "port", "topologyKey", "ip");

    private Patch() {}

    /** Which objects a patch takes. Names may be regular expressions, as in kustomize. */
    record Selector(String group, String kind, String name, String namespace, String labels, String annotations) {
        static Selector of(Tree target) {
            return new Selector(
                    text(target, "group"),
                    text(target, "kind"),
                    text(target, "name"),
                    text(target, "namespace"),
                    text(target, "labelSelector"),
                    text(target, "annotationSelector"));
        }

        /** The object that a merge patch names itself. */
        static Selector named(Tree patch) {
            return new Selector(
                    group(text(patch, "apiVersion")),
                    text(patch, "kind"),
                    Pattern.quote(text(patch, "metadata.name")),
                    "",
                    "",
                    "");
        }

        private static String text(Tree tree, String path) {
            return tree.text(path).map(Fact::value).orElse("");
        }

        private static String group(String version) {
            return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        }

        boolean takes(Manifest object) {
            return (group.isEmpty() || group.equals(group(object.text("apiVersion"))))
                    && matches(kind, object.kind())
                    && matches(name, object.name())
                    && matches(namespace, object.namespace())
                    && chosen(labels, object.tree().at("metadata.labels"))
                    && chosen(annotations, object.tree().at("metadata.annotations"));
        }

        private static boolean matches(String expression, String text) {
            if (expression.isEmpty() || expression.equals(text)) {
                return true;
            }
            try {
                return Pattern.compile(expression)
                        .matcher(new Counted(text, new int[1], 0, text.length()))
                        .matches();
            } catch (PatternSyntaxException | Counted.Exhausted _) {
                // no expression that kustomize could use either, or one that would not end
                return false;
            }
        }

        /** A label selector of equalities; one that says more takes nothing. */
        private static boolean chosen(String selector, Optional<Tree> labels) {
            if (selector.isBlank()) {
                return true;
            }
            for (String term : selector.split(",", -1)) {
                boolean not = term.contains("!=");
                String[] sides = term.trim().split("\\s*(!=|==|=)\\s*", 2);
                Optional<String> value = labels.flatMap(found -> Grafts.get(found, sides[0]))
                        .flatMap(Tree::text)
                        .map(Fact::value);
                boolean same = sides.length < 2
                        ? value.isPresent()
                        : value.filter(sides[1]::equals).isPresent();
                if (same == not) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A text that may be looked at only so often: what others wrote as a regular expression runs over it. */
    private record Counted(String text, int[] looks, int from, int to) implements CharSequence {
        static final class Exhausted extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            if (++looks[0] > 100_000) {
                throw new Exhausted();
            }
            return text.charAt(from + index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text, looks, from + start, from + end);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }

    /** The object with a strategic merge patch; empty where the patch deletes it. */
    static Optional<Tree> merge(Tree object, Tree patch) {
        if (directive(patch).equals("delete")) {
            return Optional.empty();
        }
        String version = object.text("apiVersion").map(Fact::value).orElse("");
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        boolean known = !group.contains(".") || group.endsWith(".k8s.io");
        // a patch never renames what it takes
        Tree body = patch.at("metadata.name").isPresent()
                        && object.at("metadata.name").isPresent()
                ? Grafts.put(
                        patch,
                        List.of("metadata", "name"),
                        object.at("metadata.name").get())
                : patch;
        return Optional.of(merge(object, body, known));
    }

    private static String directive(Tree patch) {
        return Grafts.get(patch, "$patch").flatMap(Tree::text).map(Fact::value).orElse("");
    }

    private static Tree merge(Tree under, Tree over, boolean known) {
        if (under instanceof Tree.Sequence old && over instanceof Tree.Sequence now && known) {
            return lists(old, now);
        }
        if (!(over instanceof Tree.Mapping) || directive(over).equals("replace")) {
            return without(over);
        }
        List<Tree.Entry> entries = new ArrayList<>(under.entries());
        for (Tree.Entry entry : over.entries()) {
            int at = Grafts.index(entries, entry.key());
            boolean gone = entry.value() instanceof Tree.Scalar scalar && scalar.kind() == Tree.Scalar.Kind.NULL;
            if (gone || directive(entry.value()).equals("delete")) {
                entries.removeIf(one -> one.key().equals(entry.key()));
            } else if (at < 0 && !entry.key().startsWith("$")) {
                entries.add(new Tree.Entry(entry.key(), entry.place(), without(entry.value())));
            } else if (at >= 0) {
                Tree merged = merge(entries.get(at).value(), entry.value(), known);
                entries.set(at, new Tree.Entry(entry.key(), entry.place(), merged));
            }
        }
        return new Tree.Mapping(under.place(), List.copyOf(entries));
    }

    private static Tree without(Tree tree) {
        return tree instanceof Tree.Mapping mapping
                ? new Tree.Mapping(
                        mapping.place(),
                        mapping.values().stream()
                                .filter(entry -> !entry.key().startsWith("$"))
                                .toList())
                : tree;
    }

    private static Tree lists(Tree.Sequence old, Tree.Sequence now) {
        Optional<String> key = KEYS.stream()
                .filter(name ->
                        now.values().stream().allMatch(item -> item.text(name).isPresent()))
                .filter(name ->
                        old.values().stream().allMatch(item -> item.text(name).isPresent()))
                .findFirst();
        if (key.isEmpty() || now.values().isEmpty()) {
            return now;
        }
        List<Tree> items = new ArrayList<>(old.values());
        List<Tree> added = new ArrayList<>();
        for (Tree item : now.values()) {
            int at = -1;
            for (int i = 0; i < items.size(); i++) {
                at = items.get(i)
                                .text(key.get())
                                .map(Fact::value)
                                .equals(item.text(key.get()).map(Fact::value))
                        ? i
                        : at;
            }
            if (directive(item).equals("delete")) {
                if (at >= 0) {
                    items.remove(at);
                }
            } else if (at >= 0) {
                items.set(at, merge(items.get(at), item, true));
            } else {
                added.add(without(item));
            }
        }
        // kustomize puts what is new before what was there
        added.addAll(items);
        return new Tree.Sequence(old.place(), List.copyOf(added));
    }

    /** The object after JSON 6902 operations; one that finds no place changes nothing. */
    static Optional<Tree> operations(Tree object, List<Tree> operations) {
        Tree after = object;
        for (Tree operation : operations) {
            String what = operation.text("op").map(Fact::value).orElse("");
            List<String> path = pointer(operation.text("path").map(Fact::value).orElse(""));
            Tree value = operation.at("value").orElse(operation);
            after = switch (what) {
                case "add" -> change(after, path, Optional.of(value), true);
                case "replace" -> change(after, path, Optional.of(value), false);
                case "remove" -> change(after, path, Optional.empty(), false);
                default -> after;
            };
        }
        return Optional.of(after);
    }

    private static List<String> pointer(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            parts.add(part.replace("~1", "/").replace("~0", "~"));
        }
        return parts.subList(Math.min(1, parts.size()), parts.size());
    }

    private static Tree change(Tree tree, List<String> path, Optional<Tree> value, boolean add) {
        if (path.isEmpty()) {
            return value.orElse(tree);
        }
        String key = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        return switch (tree) {
            case Tree.Scalar scalar -> scalar;
            case Tree.Sequence sequence -> item(sequence, key, rest, value, add);
            case Tree.Mapping mapping -> {
                List<Tree.Entry> entries = new ArrayList<>(mapping.values());
                int at = Grafts.index(entries, key);
                if (at < 0 && rest.isEmpty() && value.isPresent()) {
                    entries.add(new Tree.Entry(key, value.get().place(), value.get()));
                } else if (at >= 0 && rest.isEmpty() && value.isEmpty()) {
                    entries.remove(at);
                } else if (at >= 0) {
                    Tree below = rest.isEmpty()
                            ? value.orElse(tree)
                            : change(entries.get(at).value(), rest, value, add);
                    entries.set(at, new Tree.Entry(key, entries.get(at).place(), below));
                }
                yield new Tree.Mapping(mapping.place(), List.copyOf(entries));
            }
        };
    }

    private static Tree item(Tree.Sequence sequence, String key, List<String> rest, Optional<Tree> value, boolean add) {
        List<Tree> items = new ArrayList<>(sequence.values());
        int at = key.equals("-") ? items.size() : key.matches("[0-9]{1,6}") ? Integer.parseInt(key) : -1;
        if (at < 0 || at > items.size()) {
            return sequence;
        }
        if (!rest.isEmpty()) {
            if (at < items.size()) {
                items.set(at, change(items.get(at), rest, value, add));
            }
        } else if (value.isPresent() && add) {
            items.add(at, value.get());
        } else if (at < items.size()) {
            items.remove(at);
            value.ifPresent(found -> items.add(at, found));
        }
        return new Tree.Sequence(sequence.place(), List.copyOf(items));
    }
}
