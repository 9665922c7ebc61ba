package dev.premortem.bench;

import dev.premortem.fact.Assumed;
import dev.premortem.fact.Fact;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.Top;
import dev.premortem.twin.TwinBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A made-up estate as gates: sites joined by a primary and a backup link, clusters of nodes in them, workloads of one to three replicas on random nodes,
 * {@code dependencies} needs each, nine of ten within the workload's domain and one on the platform that all share, and a product for every ten workloads.
 */
final class EstateTwin {
    private static final Assumed ORIGIN = new Assumed("bench", "made up for the benchmark");

    /** Workloads that need each other and the platform, and nothing else: a few teams. */
    private static final int DOMAIN = 200;

    private static final int PLATFORM = 20;

    private final TwinBuilder builder = new TwinBuilder();
    private final Random random = new Random(1);
    private final int workloads;
    private final int dependencies;
    private final int sites;
    private final int clusters;
    private final int nodes;

    private EstateTwin(int workloads, int dependencies) {
        this.workloads = workloads;
        this.dependencies = dependencies;
        clusters = Math.max(2, workloads / 500);
        sites = Math.max(2, clusters / 2);
        nodes = Math.max(6, workloads / (10 * clusters));
    }

    static TwinBuilder of(int workloads, int dependencies) {
        EstateTwin twin = new EstateTwin(workloads, dependencies);
        twin.ground();
        for (int w = 0; w < workloads; w++) {
            twin.workload(w);
        }
        twin.products();
        return twin.builder;
    }

    private void ground() {
        for (int s = 0; s < sites; s++) {
            fault("site/" + s, "");
            fault("link/" + s + "-primary", "");
            fault("link/" + s + "-backup", "");
            gate(
                    "path/" + s,
                    new Gate.First(List.of(
                            choice("link/" + s + "-primary", "link/" + s + "-primary"),
                            choice("link/" + s + "-backup", "link/" + s + "-backup"))));
        }
        for (int c = 0; c < clusters; c++) {
            List<Condition> control = new ArrayList<>();
            for (int m = 0; m < 3; m++) {
                fault("control/" + c + "-" + m, "control-" + c);
                control.add(new Condition("control/" + c + "-" + m));
            }
            gate("quorum/" + c, new Gate.AtLeast(2, control));
            gate("cluster/" + c, all("site/" + site(c), "quorum/" + c));
            for (int n = 0; n < nodes; n++) {
                fault("node/" + c + "-" + n + "#itself", "");
                gate("node/" + c + "-" + n, all("node/" + c + "-" + n + "#itself", "cluster/" + c));
            }
        }
    }

    private int site(int cluster) {
        return cluster % sites;
    }

    private int cluster(int workload) {
        return workload / DOMAIN % clusters;
    }

    private void workload(int w) {
        List<Condition> replicas = new ArrayList<>();
        for (int r = 1 + random.nextInt(3); r > 0; r--) {
            String pod = "pod/" + w + "-" + r;
            // A third of the workloads has a second cluster.
            int cluster = w % 3 == 0 && r % 2 == 0 ? cluster(w + DOMAIN) : cluster(w);
            fault(pod + "#itself", "workload-" + w);
            replicas.add(gate(pod, all(pod + "#itself", "node/" + cluster + "-" + random.nextInt(nodes))));
        }
        Condition running = gate("workload/" + w + "#running", new Gate.Any(replicas));
        List<Condition> needs = new ArrayList<>(List.of(running));
        int domain = w - w % DOMAIN;
        for (int d = 0; d < dependencies && w > 0; d++) {
            // Some are needed by many, most by none.
            boolean platform = w > DOMAIN && random.nextInt(10) == 0;
            int pick = random.nextInt(platform ? PLATFORM : w - domain + 1);
            int other = (platform ? 0 : domain) + pick - pick % 7;
            if (other == w) {
                continue;
            }
            needs.add(new Condition("workload/" + other));
            if (site(cluster(other)) != site(cluster(w))) {
                needs.add(new Condition("path/" + site(cluster(w))));
            }
        }
        gate("workload/" + w, new Gate.All(needs.stream().distinct().toList()));
    }

    private void products() {
        for (int p = 0; p < workloads / 10; p++) {
            List<Condition> needs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                needs.add(new Condition("workload/" + random.nextInt(workloads)));
            }
            Condition product =
                    gate("product/" + p, new Gate.All(needs.stream().distinct().toList()));
            builder.top(new Top(product, "p" + p, 1));
        }
    }

    private void fault(String name, String alike) {
        Condition condition = builder.basic(new Condition(name), true, meaning(name));
        builder.fault(new Fault(condition, new Fact<>(1.0, ORIGIN), new Fact<>(Duration.ofHours(1), ORIGIN), alike));
    }

    private Condition gate(String name, Gate gate) {
        return builder.gate(new Condition(name), gate, meaning(name));
    }

    private static Gate all(String one, String two) {
        return new Gate.All(List.of(new Condition(one), new Condition(two)));
    }

    private static Gate.Choice choice(String when, String then) {
        return new Gate.Choice(new Condition(when), new Condition(then));
    }

    private static Meaning meaning(String name) {
        return Meaning.of("", name + " holds", name + " is lost");
    }
}
