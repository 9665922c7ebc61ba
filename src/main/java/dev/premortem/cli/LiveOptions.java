package dev.premortem.cli;

import dev.premortem.fact.Problem;
import dev.premortem.fact.Sighting;
import dev.premortem.fact.Tree;
import dev.premortem.source.declared.DeclaredKinds;
import dev.premortem.source.live.Observer;
import dev.premortem.source.live.Seen;
import dev.premortem.source.live.Sightings;
import dev.premortem.source.prometheus.Prometheus;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that look at what runs: clusters and Prometheus. Without them no connection is opened. */
final class LiveOptions {
    @Mixin
    private ClusterOptions clusters = new ClusterOptions();

    @Option(
            names = "--prometheus",
            paramLabel = "URL",
            description = "read restarts, certificate dates and probe history from this server (a token in"
                    + " PREMORTEM_PROMETHEUS_TOKEN)")
    @Nullable
    private String prometheus;

    /** The files to read: those given; none where a cluster stands alone; the folder one stands in where nothing is said. */
    List<Path> roots(List<Path> given, Surroundings around) {
        return clusters.roots(given, around);
    }

    /** The same for a command that reads one tree. */
    List<Path> roots(@Nullable Path given, Surroundings around) {
        return roots(given == null ? List.of() : List.of(given), around);
    }

    /** What looks at all that is asked for, once. */
    Observer observer(Surroundings around, Choices choices) {
        List<Observer> all = new ArrayList<>();
        clusters.observer(around).ifPresent(all::add);
        if (prometheus != null) {
            all.add(prometheus(prometheus, around, choices));
        }
        return all.isEmpty() ? Observer.blind() : new Once(all);
    }

    private static Observer prometheus(String url, Surroundings around, Choices choices) {
        try {
            return Prometheus.at(
                    url,
                    around.variable("PREMORTEM_PROMETHEUS_TOKEN"),
                    choices.now(around).truncatedTo(ChronoUnit.SECONDS));
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsage("--prometheus: " + wrong.getMessage());
        }
    }

    /** What a command to paste needs to look at the same; never what an address holds as credentials. */
    String arguments() {
        return clusters.arguments()
                + Optional.ofNullable(prometheus)
                        .map(url -> " --prometheus " + Prometheus.shown(url))
                        .orElse("");
    }

    /** True for a problem of something that runs: no path stands before its name. */
    static boolean seen(Problem problem) {
        return problem.file().startsWith("cluster ")
                || problem.file().contains("://")
                || Sighting.of(problem.file()).isPresent();
    }

    /** Looks once and remembers: a command that reads several trees sees the same clusters beside each. */
    private static final class Once implements Observer {
        private final List<Observer> all;
        private Optional<Sightings> seen = Optional.empty();

        Once(List<Observer> all) {
            this.all = List.copyOf(all);
        }

        @Override
        public Sightings observe(List<Tree> declared) {
            if (seen.isEmpty()) {
                Sightings together = Sightings.NONE;
                for (Observer observer : all) {
                    // Who comes later knows the clusters that were seen as if they were declared.
                    List<Tree> known = new ArrayList<>(declared);
                    together.seen().stream()
                            .map(Seen::tree)
                            .filter(DeclaredKinds::is)
                            .forEach(known::add);
                    together = together.and(observer.observe(known));
                }
                seen = Optional.of(together);
            }
            return seen.get();
        }
    }
}
