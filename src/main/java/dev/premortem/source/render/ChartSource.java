package dev.premortem.source.render;

/** Where a chart is. */
public sealed interface ChartSource {
    /** A folder of the tree that holds a {@code Chart.yaml}; empty for the root. */
    record Folder(String path) implements ChartSource {}

    /** A packed chart of the tree. */
    record Archive(String file) implements ChartSource {}

    /**
     * A chart elsewhere, which is only had with {@code --fetch} or from the cache.
     *
     * @param repository {@code https://…} of an index, or {@code oci://…} without the chart's name
     * @param version an exact version or a range; a range is never fetched
     */
    record Remote(String repository, String chart, String version) implements ChartSource {}

    /**
     * A chart that is known by its name alone.
     *
     * @param why what stands against having it
     */
    record Named(String chart, String why) implements ChartSource {}
}
