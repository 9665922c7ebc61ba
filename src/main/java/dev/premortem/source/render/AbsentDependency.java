package dev.premortem.source.render;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.Optional;

/**
 * A chart that the chart of a job takes in, that nobody put beside it and that Helm would not leave out.
 *
 * @param key keys that lead to its values, with dots between them: its alias or its name, behind those of the charts around it
 * @param place where the chart that takes it in names it
 * @param chart its name in its repository
 * @param version as the lock file says, or else as it is asked for; empty where nothing names one
 * @param repository as it is written; empty where there is none
 * @param values what it would be given, without its own defaults, those for all charts ({@code global}) among them
 */
public record AbsentDependency(
        String key,
        Declared place,
        String chart,
        Optional<Fact<String>> version,
        Optional<Fact<String>> repository,
        Tree values) {}
