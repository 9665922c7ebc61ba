package dev.premortem.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.engine.cuts.Budget;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Fact;
import dev.premortem.outage.Cuts;
import dev.premortem.testing.Rounds;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import dev.premortem.twin.TwinBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where a diagram would be too large: the sets of a bounded order answer, say so, and their bound holds the exact answer. */
final class CutFallbackTest {
    private static final CutStudy.Wish ALL = new CutStudy.Wish(Optional.empty(), OptionalDouble.empty(), 100);
    private static final String GIVEN_UP = "No diagram of all orders (";

    /** Less than any redundant product takes. */
    private static final Budget TINY = new Budget(8, 8);

    /** An estate of sites, nodes in them, workloads of one to three replicas, some of which hold a volume that lies on a node, and what they need of each other. */
    private static final class Made {
        private static final Assumed ORIGIN = new Assumed("test", "made up for the test");

        private final TwinBuilder builder = new TwinBuilder();
        private final Random random;
        private final int sites;
        private final int nodes;

        Made(long seed, int sites, int nodes) {
            this.random = new Random(seed);
            this.sites = sites;
            this.nodes = nodes;
            for (int site = 0; site < sites; site++) {
                fault("site/" + site, 0.2, 4, "");
                for (int node = 0; node < nodes; node++) {
                    String name = node(site, node);
                    fault(name + "#itself", 1, 8, "");
                    gate(name, new Gate.All(conditions("site/" + site, name + "#itself")));
                }
            }
        }

        Twin twin(int workloads, int products, int needed) {
            for (int workload = 0; workload < workloads; workload++) {
                workload(workload);
            }
            for (int product = 0; product < products; product++) {
                List<Condition> needs = random.ints(needed, 0, workloads)
                        .distinct()
                        .mapToObj(workload -> new Condition("workload/" + workload))
                        .toList();
                builder.top(new Top(gate("product/" + product, new Gate.All(needs)), "p" + product, 1));
            }
            return builder.compile(Twin.Form.SETTLED);
        }

        private void workload(int number) {
            List<Condition> replicas = new ArrayList<>();
            int count = 1 + random.nextInt(3);
            for (int replica = 0; replica < count; replica++) {
                String pod = "pod/" + number + "-" + replica;
                fault(pod + "#itself", 2, 1, "workload-" + number);
                String on = node(random.nextInt(sites), random.nextInt(nodes));
                List<Condition> stands = new ArrayList<>(conditions(pod + "#itself", on));
                if (random.nextInt(4) == 0) {
                    String volume = "volume/" + number + "-" + replica;
                    fault(volume, 0.1, 24, "");
                    stands.add(new Condition(volume));
                }
                replicas.add(gate(pod, new Gate.All(stands)));
            }
            List<Condition> needs = new ArrayList<>();
            needs.add(gate("workload/" + number + "#running", new Gate.Any(replicas)));
            for (int need = random.nextInt(3); need > 0 && number > 0; need--) {
                needs.add(new Condition("workload/" + random.nextInt(number)));
            }
            gate("workload/" + number, new Gate.All(needs.stream().distinct().toList()));
        }

        private static String node(int site, int node) {
            return "node/" + site + "-" + node;
        }

        private static List<Condition> conditions(String one, String other) {
            return List.of(new Condition(one), new Condition(other));
        }

        private void fault(String name, double perYear, int hours, String alike) {
            Condition condition = builder.basic(new Condition(name), true, meaning(name));
            builder.fault(new Fault(
                    condition, new Fact<>(perYear, ORIGIN), new Fact<>(Duration.ofHours(hours), ORIGIN), alike));
        }

        private Condition gate(String name, Gate gate) {
            return builder.gate(new Condition(name), gate, meaning(name));
        }

        private static Meaning meaning(String name) {
            return Meaning.of("", name + " holds", name + " is lost");
        }
    }

    @Test
    void aLargeEstateIsAnsweredByABoundedOrderWhichSaysSo() {
        Twin twin = new Made(1, 10, 20).twin(2_000, 1, 400);
        Budget budget = new Budget(20_000, 200_000);
        Cuts cuts = assertTimeout(
                Duration.ofMinutes(3), () -> CutStudy.of(twin, budget).cuts(Optional.of("p0"), ALL));
        assertTrue(
                cuts.remarks().getFirst().startsWith(GIVEN_UP), cuts.remarks().toString());
        assertEquals(Optional.of(BoundedCuts.HIGHEST), cuts.order());
        assertEquals(Optional.empty(), cuts.count(), "nobody knows how many sets there are of all orders");
        assertTrue(cuts.truncated());
        assertTrue(cuts.probability().exact().isEmpty());
        assertTrue(cuts.byOrder().keySet().stream().allMatch(order -> order <= BoundedCuts.HIGHEST));
        assertTrue(cuts.probability().leftOut().orElseThrow() > 0);
        Cuts again = CutStudy.of(twin, budget).cuts(Optional.of("p0"), ALL);
        assertEquals(cuts, again, "steps are counted, not seconds: the same answer on every machine");
    }

    @Test
    void theBoundHoldsTheExactAnswerOfASmallerEstateOfTheSameShape() {
        int[] given = new int[1];
        Rounds.run(40, seed -> {
            Twin twin = new Made(seed, 3, 3).twin(12, 3, 3);
            for (String product : IntStream.range(0, 3).mapToObj(i -> "p" + i).toList()) {
                Cuts exact = CutStudy.of(twin).cuts(Optional.of(product), ALL);
                Cuts bounded = CutStudy.of(twin, TINY).cuts(Optional.of(product), ALL);
                if (bounded.remarks().stream().anyMatch(remark -> remark.startsWith(GIVEN_UP))) {
                    encloses(bounded, exact);
                    given[0]++;
                }
            }
        });
        assertTrue(given[0] >= 40, "the fallback was taken " + given[0] + " times");
    }

    private static void encloses(Cuts bounded, Cuts exact) {
        double truth = exact.probability().exact().orElseThrow();
        double leftOut = bounded.probability().leftOut().orElseThrow();
        double likeliest = bounded.sets().stream()
                .mapToDouble(set -> set.probability().orElseThrow())
                .max()
                .orElse(0);
        assertTrue(likeliest <= truth + 1e-12, likeliest + " is more than " + truth);
        double most = bounded.probability().minCutUpperBound().orElseThrow() + leftOut;
        assertTrue(truth <= most + 1e-12, truth + " is more than " + most);
        double minutes = exact.exposure().orElseThrow().minutesPerYear().typical();
        double high = bounded.exposure().orElseThrow().minutesPerYear().high();
        assertTrue(minutes <= high * (1 + 1e-9), minutes + " is more than " + high);
        bounded.byOrder()
                .forEach((order, count) -> assertEquals(exact.byOrder().get(order), count, "sets of order " + order));
    }
}
