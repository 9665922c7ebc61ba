package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.Optional;

/**
 * A chart that a chart of the tree takes in and that is nowhere at hand, so that what it makes is not known.
 *
 * @param reference what asks for the release, with the name that the chart has in it
 * @param place where the chart that takes it in names it
 * @param chart its name in its repository
 * @param version as the lock file says, or else as it is asked for
 * @param repository address of its repository
 * @param values the values that it is given; an empty mapping where there are none
 */
public record AbsentChart(
        Reference reference,
        Declared place,
        String cluster,
        String namespace,
        String release,
        String chart,
        Fact<String> version,
        Fact<String> repository,
        Tree values)
        implements Thing {
    /** What it is as a release, which it would be if it were installed alone under the same name. */
    public Release alone() {
        return new Release(reference, place, cluster, namespace, release, chart, Optional.of(version), values);
    }
}
