package dev.premortem.source.render;

import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.util.List;

/**
 * A release to be rendered.
 *
 * @param of what asks for it: a HelmRelease, an Application, a release of a helmfile, or the chart's own folder
 * @param place where it is asked for
 * @param release its name
 * @param values the user's values, later ones win; their places are where rendered fields point
 * @param crds whether {@code crds/} is wanted too
 */
public record ChartJob(
        Reference of,
        Declared place,
        ChartSource source,
        String release,
        String namespace,
        List<Tree> values,
        boolean crds) {}
