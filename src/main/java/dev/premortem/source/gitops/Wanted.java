package dev.premortem.source.gitops;

import dev.premortem.fact.Declared;
import dev.premortem.source.render.ChartJob;
import java.util.List;
import java.util.Optional;

/**
 * A chart that something other than an object asks for: a release of a helmfile, or a chart that nobody else deploys.
 *
 * @param place where it is asked for
 * @param kind what asks, for people
 * @param chart chart's name
 * @param files files that are used up once it is rendered
 * @param job what to render; empty with a gap
 * @param gap why it cannot be
 */
record Wanted(
        Declared place,
        String kind,
        String chart,
        List<String> files,
        Optional<ChartJob> job,
        Optional<String> gap,
        Optional<String> cluster) {}
