package dev.premortem.source.chart;

import dev.premortem.fact.Tree;
import dev.premortem.source.render.ChartJob;
import java.util.ArrayList;
import java.util.List;

/**
 * What app-template makes of its values, from version 2 on, without the chart: its values are the objects in another order, and nothing else decides. A place is
 * the line of the values that asked for it; what rests on it is as sure as the published layout ({@link dev.premortem.fact.Declared#laid}).
 */
public final class AppTemplate {
    /** The chart's name. */
    public static final String CHART = "app-template";

    private AppTemplate() {}

    /** The objects of a release; none where its values are of another layout. */
    public static List<Tree> objects(ChartJob job, Tree values) {
        LaidRelease release = new LaidRelease(job.place(), job.release(), job.namespace(), values);
        boolean laid = release.enabled("controllers").stream()
                .anyMatch(entry -> !entry.value().entries("containers").isEmpty());
        if (!laid) {
            return List.of();
        }
        List<Tree> objects = new ArrayList<>(new LaidPods(release).objects());
        objects.addAll(new LaidDoors(release).objects());
        return objects;
    }
}
