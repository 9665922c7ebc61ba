package dev.premortem.estate;

import dev.premortem.fact.Declared;
import java.util.List;
import java.util.Optional;

/**
 * Values of a release that nothing of its chart reads, told from all templates of the chart.
 *
 * @param reference what asks for the release, with the release's name
 * @param place the first of them
 * @param chart name of the chart
 */
public record UnreadValues(
        Reference reference, Declared place, String namespace, String release, String chart, List<Value> values)
        implements Thing {
    /**
     * One key, which stands for all below it.
     *
     * @param path keys that lead to it, with dots between them
     * @param instead what the chart reads and is meant by all appearances; empty where that is not clear
     * @param empty true where it is false, nought or nothing
     */
    public record Value(String path, Declared place, Optional<String> instead, boolean empty) {}
}
