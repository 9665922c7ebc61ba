package dev.premortem.source.gitops;

import dev.premortem.estate.Thing;
import dev.premortem.fact.Problem;
import dev.premortem.outage.Coverage;
import dev.premortem.source.render.Rendered;
import java.util.List;
import java.util.SortedSet;

/**
 * What a deployment makes of a tree.
 *
 * @param manifests what is deployed, and what no deployment tool decides about
 * @param leftOut what is not rendered and what is not deployed, each with the reason
 * @param used files whose content stands in the manifests in another form
 * @param releases what became of each release that has to be rendered
 * @param things what charts tell besides their objects: values that none reads, charts that are not at hand
 * @param builders programs that built kustomizations
 */
public record Deployed(
        List<Manifest> manifests,
        List<Problem> problems,
        List<Coverage.NotUnderstood> leftOut,
        SortedSet<String> used,
        List<Rendered> releases,
        List<Thing> things,
        SortedSet<String> builders) {}
