package dev.premortem.source.render;

import java.util.List;

/** The programs that render. Each gives one result for each job, in the order of the jobs, and never throws for bad input. */
public interface Renderers {
    /** Renders charts, several at a time. */
    List<Rendered> charts(FileTree files, List<ChartJob> jobs);

    /** Builds kustomizations, several at a time. */
    List<Rendered> overlays(FileTree files, List<OverlayJob> jobs);

    /**
     * True where every result so far would be given again for the same jobs: none was cut short by time, memory or a program that did not start.
     */
    default boolean settled() {
        return true;
    }

    /** Renders nothing and says so. */
    static Renderers none() {
        return new Renderers() {
            @Override
            public List<Rendered> charts(FileTree files, List<ChartJob> jobs) {
                return jobs.stream().map(_ -> Rendered.not("is not rendered")).toList();
            }

            @Override
            public List<Rendered> overlays(FileTree files, List<OverlayJob> jobs) {
                return jobs.stream().map(_ -> Rendered.not("is not rendered")).toList();
            }
        };
    }
}
