package dev.premortem.source.kustomize;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Tells which objects a patch is for. Where a selector is not understood it counts as matching: then a value is held uneditable at worst. */
final class Target {
    private static final Pattern SIMPLE = Pattern.compile("([^=!,() ]+)={1,2}([^=!,() ]*)");
    private static final int LONGEST_PATTERN = 256;

    private Target() {}

    /**
     * An object under all its names.
     *
     * @param built the object as it came out
     * @param source the object in its file, which may be called otherwise
     */
    record Names(Tree built, Optional<Tree> source) {
        /** True for its present or its first name. */
        boolean called(String name) {
            return all("metadata.name").anyMatch(name::equals);
        }

        private Stream<String> all(String field) {
            return Stream.concat(source.stream(), Stream.of(built))
                    .flatMap(tree -> tree.text(field).stream())
                    .map(Fact::value);
        }
    }

    /** True where a patch that merges carries the object's kind and name. */
    static boolean same(Tree patch, Names object) {
        boolean kind = patch.text("kind")
                .map(Fact::value)
                .equals(object.built().text("kind").map(Fact::value));
        return kind
                && patch.text("metadata.name")
                        .filter(name -> object.called(name.value()))
                        .isPresent();
    }

    /** True where a selector may be for the object. */
    static boolean matches(Tree selector, Names object) {
        String version = object.built().text("apiVersion").map(Fact::value).orElse("");
        int slash = version.indexOf('/');
        return matches(selector, "group", Stream.of(slash < 0 ? "" : version.substring(0, slash)))
                && matches(selector, "version", Stream.of(version.substring(slash + 1)))
                && matches(selector, "kind", object.all("kind"))
                && matches(selector, "name", object.all("metadata.name"))
                && matches(
                        selector,
                        "namespace",
                        Stream.concat(object.all("metadata.namespace"), Stream.of("default", "")))
                && pairs(selector, "labelSelector", "labels", object)
                && pairs(selector, "annotationSelector", "annotations", object);
    }

    private static boolean matches(Tree selector, String key, Stream<String> values) {
        Optional<String> wanted = selector.text(key).map(Fact::value).filter(text -> !text.isEmpty());
        if (wanted.isEmpty() || wanted.get().length() > LONGEST_PATTERN) {
            return true;
        }
        boolean plain = wanted.get().chars().noneMatch(c -> "*+?{(|[\\^$.".indexOf(c) >= 0);
        if (plain) {
            return values.anyMatch(wanted.get()::equals);
        }
        // Go's patterns take no time to speak of, Java's may: a choice of words and one open end are enough for nearly
        // all.
        if (Pattern.compile("[*+{]").matcher(wanted.get()).results().count() > 3) {
            return true;
        }
        try {
            Pattern pattern = Pattern.compile(wanted.get());
            return values.filter(value -> value.length() <= LONGEST_PATTERN)
                    .anyMatch(value -> pattern.matcher(value).matches());
        } catch (PatternSyntaxException e) {
            return true;
        }
    }

    private static boolean pairs(Tree selector, String key, String field, Names object) {
        Optional<String> wanted = selector.text(key).map(Fact::value);
        if (wanted.isEmpty()) {
            return true;
        }
        List<Tree> forms = Stream.concat(object.source().stream(), Stream.of(object.built()))
                .toList();
        return Stream.of(wanted.get().split(",", -1))
                .map(String::strip)
                .map(SIMPLE::matcher)
                .allMatch(simple -> !simple.matches()
                        || forms.stream().anyMatch(tree -> has(tree, field, simple.group(1), simple.group(2))));
    }

    private static boolean has(Tree tree, String field, String key, String value) {
        return tree.entries("metadata." + field).stream()
                .anyMatch(entry -> entry.key().equals(key)
                        && entry.value()
                                .text()
                                .filter(text -> text.value().equals(value))
                                .isPresent());
    }
}
