package dev.premortem.source;

import dev.premortem.source.render.Renderers;
import dev.premortem.source.text.Limits;
import java.util.function.Predicate;

/**
 * With what a tree is read.
 *
 * @param limits past which a file counts as hostile
 * @param renderers programs that render charts and kustomizations
 * @param cache what an earlier run kept
 * @param ignored names of files, as in the reading, that are not looked at
 */
public record Means(Limits limits, Renderers renderers, TreeCache cache, Predicate<String> ignored) {
    /** Nothing is rendered, kept or ignored. */
    public static final Means PLAIN = new Means(Limits.DEFAULT, Renderers.none(), TreeCache.none(), _ -> false);

    /** The same with other limits. */
    public Means within(Limits other) {
        return new Means(other, renderers, cache, ignored);
    }

    /** The same with programs that render. */
    public Means rendering(Renderers programs) {
        return new Means(limits, programs, cache, ignored);
    }

    /** The same with what an earlier run kept. */
    public Means remembering(TreeCache kept) {
        return new Means(limits, renderers, kept, ignored);
    }

    /** The same without some files. */
    public Means without(Predicate<String> files) {
        return new Means(limits, renderers, cache, files);
    }
}
