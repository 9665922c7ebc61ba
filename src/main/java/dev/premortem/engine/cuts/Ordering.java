package dev.premortem.engine.cuts;

import java.util.Arrays;
import java.util.Comparator;

/**
 * In which order the variables of a module come: depth first from its root, where the rules differ in the input that a
 * gate walks to first. No rule wins everywhere, so several are tried.
 */
enum Ordering {
    /**
     * What carries most of the top's weight first, where each gate hands its weight on to its inputs in equal shares:
     * S. Minato, N. Ishiura, S. Yajima, Shared binary decision diagram with attributed edges, 1990.
     */
    HEAVIEST,
    /** The largest input first. */
    LARGEST,
    /** What is mentioned most, then the smallest input first. */
    MOST_SHARED,
    /** As the tree was written, what is defined deepest first. */
    WRITTEN,
    /** The flattest input first. */
    FLATTEST,
    /** The smallest input first. */
    SMALLEST;

    Part.Preference of(Part part) {
        Comparator<Integer> first = new Measures(part).comparator(this).thenComparingInt(edge -> edge);
        return inputs -> {
            Integer[] sorted = Arrays.stream(inputs).boxed().toArray(Integer[]::new);
            Arrays.sort(sorted, first);
            return Arrays.stream(sorted).mapToInt(Integer::intValue).toArray();
        };
    }

    /** What the rules look at, of each node of a module. */
    private static final class Measures {
        /** The size of the tree below, were nothing shared. */
        private final double[] sizes;

        private final int[] depths;
        private final int[] mentions;
        private final double[] weights;

        Measures(Part part) {
            sizes = new double[part.size()];
            depths = new int[part.size()];
            mentions = new int[part.size()];
            weights = new double[part.size()];
            for (int node = 0; node < part.size(); node++) {
                if (part.variable(node)) {
                    sizes[node] = 1;
                    continue;
                }
                for (int edge : part.inputs(node)) {
                    sizes[node] += sizes[edge >> 1];
                    depths[node] = Math.max(depths[node], depths[edge >> 1] + 1);
                    mentions[edge >> 1]++;
                }
            }
            weights[part.root()] = 1;
            for (int node = part.root(); node >= 0; node--) {
                int[] inputs = part.inputs(node);
                for (int edge : inputs) {
                    weights[edge >> 1] += weights[node] / inputs.length;
                }
            }
        }

        Comparator<Integer> comparator(Ordering rule) {
            return switch (rule) {
                case HEAVIEST -> Comparator.comparingDouble(edge -> -weights[edge >> 1]);
                case LARGEST -> Comparator.comparingDouble(edge -> -sizes[edge >> 1]);
                case MOST_SHARED ->
                    Comparator.comparingInt((Integer edge) -> -mentions[edge >> 1])
                            .thenComparingDouble(edge -> sizes[edge >> 1]);
                case WRITTEN -> Comparator.comparingInt(edge -> edge);
                case FLATTEST -> Comparator.comparingInt(edge -> depths[edge >> 1]);
                case SMALLEST -> Comparator.comparingDouble(edge -> sizes[edge >> 1]);
            };
        }
    }
}
