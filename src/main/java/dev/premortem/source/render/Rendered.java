package dev.premortem.source.render;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Optional;

/**
 * What came of a rendering.
 *
 * @param objects the objects; each value's place is the line that set it: of a values file, a patch, an overlay, or else of the template or base
 * @param by program and version that rendered, {@code helm 3.21.0 (helm-java 0.0.21)}; empty where none did
 * @param unread values that nothing of the chart reads; none where that is not known
 * @param gap why it was not rendered, or not whole, for the coverage; empty where it was
 * @param absent charts that it takes in and that are nowhere at hand
 */
public record Rendered(
        List<Tree> objects,
        Optional<String> by,
        Optional<String> gap,
        List<Problem> problems,
        List<Unread> unread,
        List<AbsentDependency> absent) {
    /** Begins the field path of a place that no edit can change. */
    public static final String MADE = Declared.MADE;

    /** What is no chart, or whose values nobody judged. */
    public Rendered(List<Tree> objects, Optional<String> by, Optional<String> gap, List<Problem> problems) {
        this(objects, by, gap, problems, List.of(), List.of());
    }

    /** The same with values that nothing reads. */
    public Rendered unread(List<Unread> values) {
        return new Rendered(objects, by, gap, problems, values, absent);
    }

    /** The same with charts that it takes in and that are nowhere at hand. */
    public Rendered absent(List<AbsentDependency> charts) {
        return new Rendered(objects, by, gap, problems, unread, charts);
    }

    /** Nothing, and why. */
    public static Rendered not(String gap) {
        return new Rendered(List.of(), Optional.empty(), Optional.of(gap), List.of());
    }

    /** True where it was rendered. */
    public boolean done() {
        return gap.isEmpty();
    }
}
