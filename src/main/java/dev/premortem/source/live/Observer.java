package dev.premortem.source.live;

import dev.premortem.fact.Tree;
import java.util.List;

/** Looks at what runs, beside the files that were read. */
@FunctionalInterface
public interface Observer {
    /**
     * What is seen.
     *
     * @param declared the documents of {@code premortem.dev/v1} in the files, which say how clusters are called
     */
    Sightings observe(List<Tree> declared);

    /** Looks at nothing. */
    Observer BLIND = declared -> Sightings.NONE;

    /** Looks at nothing. */
    static Observer blind() {
        return BLIND;
    }
}
