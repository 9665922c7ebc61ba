package dev.premortem.source.helm;

import java.nio.file.Path;
import java.util.List;

/** A program that renders charts. Not for several threads at once. */
interface Engine extends AutoCloseable {
    /**
     * What to render.
     *
     * @param chart folder of the chart, ours
     * @param values files of values, later ones win
     */
    record Request(Path chart, String release, String namespace, String kubernetes, List<Path> values) {}

    /** What came of it. */
    sealed interface Answer {
        /** The documents, each with a {@code # Source:} line. */
        record Text(String text) implements Answer {}

        /** Helm refused; the same chart is refused each time. */
        record Refused(String message) implements Answer {}

        /** The program was ended or died; another time it may work. */
        record Broken(String message) implements Answer {}
    }

    /** Renders, as long as the allowance lasts. */
    Answer render(Request request, Allowance allowance);

    /** Program and version. */
    String name();

    @Override
    void close();
}
