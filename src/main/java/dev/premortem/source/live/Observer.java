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

    /** False for what looks at nothing, so that the files decide alone. */
    default boolean looks() {
        return true;
    }

    /** Looks at nothing. */
    static Observer blind() {
        return new Observer() {
            @Override
            public Sightings observe(List<Tree> declared) {
                return Sightings.NONE;
            }

            @Override
            public boolean looks() {
                return false;
            }
        };
    }
}
