package dev.premortem.source;

import dev.premortem.source.live.Observer;
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
 * @param observer looks at what runs, beside the files
 */
public record Means(Limits limits, Renderers renderers, TreeCache cache, Predicate<String> ignored, Observer observer) {
    /** Nothing is rendered, kept or ignored, and only files are looked at. */
    public static final Means PLAIN =
            new Means(Limits.DEFAULT, Renderers.none(), TreeCache.none(), _ -> false, Observer.blind());

    /** The same with other limits. */
    public Means within(Limits other) {
        return new Means(other, renderers, cache, ignored, observer);
    }

    /** The same with programs that render. */
    public Means rendering(Renderers programs) {
        return new Means(limits, programs, cache, ignored, observer);
    }

    /** The same with what an earlier run kept. */
    public Means remembering(TreeCache kept) {
        return new Means(limits, renderers, kept, ignored, observer);
    }

    /** The same without some files. */
    public Means without(Predicate<String> files) {
        return new Means(limits, renderers, cache, files, observer);
    }

    /** The same with a look at what runs. */
    public Means looking(Observer eyes) {
        return new Means(limits, renderers, cache, ignored, eyes);
    }
}
