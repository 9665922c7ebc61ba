package dev.premortem.cli;

import dev.premortem.source.live.Contexts;
import dev.premortem.source.live.LiveClusters;
import dev.premortem.source.live.Observer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that reads running clusters. */
final class ClusterOptions {
    @Option(
            names = "--live",
            paramLabel = "CONTEXT",
            arity = "1..*",
            split = ",",
            description =
                    "read these clusters too, by context of the kubeconfig; in-cluster inside of a pod. Only reads;"
                            + " deploy/rbac.yaml has the rights that it needs")
    private List<String> contexts = new ArrayList<>();

    /** The files to read: those given; none where a cluster stands alone; the folder one stands in where nothing is said. */
    List<Path> roots(List<Path> given, Surroundings around) {
        List<Path> roots = new ArrayList<>(given);
        List<String> names = contexts.isEmpty() ? List.of() : names(around);
        // --live takes several contexts, and a path behind it is a path all the same.
        for (String word : List.copyOf(contexts)) {
            if (!names.contains(word) && contexts.size() > 1 && Files.exists(Path.of(word))) {
                contexts.remove(word);
                roots.add(Path.of(word));
            }
        }
        return roots.isEmpty() && contexts.isEmpty() ? List.of(Path.of(".")) : roots;
    }

    private static List<String> names(Surroundings around) {
        try {
            return contexts(around).names();
        } catch (Contexts.Unusable unusable) {
            throw new WrongUsage(String.valueOf(unusable.getMessage()));
        }
    }

    /** What looks at the clusters; empty where none is asked for. */
    Optional<Observer> observer(Surroundings around) {
        if (contexts.isEmpty()) {
            return Optional.empty();
        }
        Contexts known = contexts(around);
        try {
            for (String context : contexts) {
                known.require(context);
            }
        } catch (Contexts.Unusable unusable) {
            throw new WrongUsage("--live " + unusable.getMessage());
        }
        return Optional.of(
                new LiveClusters(known, contexts, around.clock().instant().truncatedTo(ChronoUnit.SECONDS)));
    }

    /** What a command to paste needs to look at the same clusters. */
    String arguments() {
        return contexts.isEmpty() ? "" : " --live " + String.join(",", contexts);
    }

    private static Contexts contexts(Surroundings around) {
        List<Path> files = new ArrayList<>();
        String named = around.variable("KUBECONFIG");
        String home = around.variable("HOME").isEmpty() ? around.variable("USERPROFILE") : around.variable("HOME");
        if (!named.isEmpty()) {
            for (String file : named.split(java.io.File.pathSeparator, -1)) {
                if (!file.isBlank()) {
                    files.add(Path.of(file));
                }
            }
        } else if (!home.isEmpty()) {
            files.add(Path.of(home, ".kube", "config"));
        }
        return new Contexts(new Contexts.Surroundings(
                List.copyOf(files),
                around.variable("KUBERNETES_SERVICE_HOST"),
                around.variable("KUBERNETES_SERVICE_PORT")));
    }
}
