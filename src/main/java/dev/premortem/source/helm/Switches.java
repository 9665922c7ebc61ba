package dev.premortem.source.helm;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which dependencies of a chart its values switch off, as Helm decides it: the first path of the condition that holds a Boolean, or else the
 * tags, of which one that is true is enough (https://helm.sh/docs/topics/charts/#tags-and-condition-fields-in-dependencies, read 2026-11-26).
 */
final class Switches {
    private final EffectiveValues values;

    Switches(EffectiveValues values) {
        this.values = values;
    }

    /** True where something may leave a dependency out. */
    static boolean any(Tree dependency) {
        return !ChartFiles.value(dependency, "condition").isEmpty()
                || !dependency.items("tags").isEmpty();
    }

    /**
     * True where the values leave a dependency out.
     *
     * @param keys keys that lead to the values of the chart that names it
     */
    boolean off(Tree dependency, List<String> keys) {
        Optional<Boolean> condition = Stream.of(
                        ChartFiles.value(dependency, "condition").split("\\s*,\\s*", -1))
                .filter(path -> !path.isBlank())
                .flatMap(path -> {
                    List<String> whole = new ArrayList<>(keys);
                    whole.addAll(List.of(path.strip().split("\\.", -1)));
                    return bool(whole).stream();
                })
                .findFirst();
        if (condition.isPresent()) {
            return !condition.get();
        }
        // tags are those of the outermost chart, for all charts in it
        List<Boolean> tags = dependency.items("tags").stream()
                .flatMap(tag -> tag.text().map(Fact::value).stream())
                .flatMap(tag -> bool(List.of("tags", tag)).stream())
                .toList();
        return !tags.isEmpty() && !tags.contains(true);
    }

    private Optional<Boolean> bool(List<String> path) {
        return values.at(path)
                .filter(Tree.Scalar.class::isInstance)
                .map(Tree.Scalar.class::cast)
                .filter(value -> value.kind() == Tree.Scalar.Kind.BOOLEAN)
                .map(Tree.Scalar::isTrue);
    }
}
