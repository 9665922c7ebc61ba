package dev.premortem.engine.cuts;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Fault trees from a seed, made as those of plants are: systems of redundant trains, trains of components and of support systems that several trains share and that need each other
 * in layers, common causes, cross-ties, subtrees that share nothing, and at times a gate that asks for what has not failed.
 */
final class StructuredTrees {
    private final Random random;
    private final Shape shape;
    private final FaultTree.Builder builder = FaultTree.builder();
    private final List<Integer> events = new ArrayList<>();
    private final List<Integer> supports = new ArrayList<>();

    /**
     * How a tree is made.
     *
     * @param events at most so many; past that, events come again
     * @param supports shared systems, each of which may need those before it
     * @param systems below the top
     * @param trains of each system at most
     * @param depth how deep subtrees nest
     * @param coherent whether no gate asks for what has not failed
     */
    record Shape(int events, int supports, int systems, int trains, int depth, boolean coherent) {
        /** Few enough events to try all sets. */
        static Shape small(Random random) {
            return new Shape(
                    4 + random.nextInt(9),
                    random.nextInt(4),
                    1 + random.nextInt(3),
                    1 + random.nextInt(4),
                    1 + random.nextInt(2),
                    random.nextBoolean());
        }

        /** Some dozens of events: too many to try all sets, few enough for every road. */
        static Shape middle(Random random) {
            return new Shape(
                    20 + random.nextInt(40),
                    1 + random.nextInt(5),
                    2 + random.nextInt(3),
                    2 + random.nextInt(3),
                    1 + random.nextInt(2),
                    true);
        }

        /** As large as those that no tool counts. */
        static Shape large(Random random) {
            return new Shape(
                    200 + random.nextInt(1_300),
                    10 + random.nextInt(60),
                    3 + random.nextInt(12),
                    2 + random.nextInt(4),
                    2 + random.nextInt(3),
                    random.nextInt(4) > 0);
        }
    }

    private StructuredTrees(Shape shape, Random random) {
        this.shape = shape;
        this.random = random;
    }

    static FaultTree of(Shape shape, Random random) {
        return new StructuredTrees(shape, random).tree();
    }

    private FaultTree tree() {
        for (int support = 0; support < shape.supports(); support++) {
            supports.add(support());
        }
        int[] systems = new int[shape.systems()];
        for (int system = 0; system < systems.length; system++) {
            systems[system] = system();
        }
        // Sequences: some systems down together.
        List<Integer> sequences = new ArrayList<>();
        for (int sequence = 0; sequence < shape.systems(); sequence++) {
            int one = systems[random.nextInt(systems.length)];
            int other = systems[random.nextInt(systems.length)];
            sequences.add(random.nextInt(3) == 0 ? one : builder.and(one, other, event()));
        }
        return builder.build(random.nextInt(4) == 0 ? builder.and(systems) : builder.or(numbers(sequences)));
    }

    /** A layer of what trains share: its own parts, and one or two ways to be fed. */
    private int support() {
        List<Integer> inputs = new ArrayList<>(List.of(component(1)));
        if (!supports.isEmpty()) {
            int one = needed();
            inputs.add(random.nextBoolean() ? one : builder.and(one, needed(), event()));
        }
        return builder.or(numbers(inputs));
    }

    private int needed() {
        return supports.get(supports.size() - 1 - random.nextInt(Math.min(8, supports.size())));
    }

    private int system() {
        int common = event();
        int[] trains = new int[1 + random.nextInt(shape.trains())];
        for (int train = 0; train < trains.length; train++) {
            List<Integer> inputs = new ArrayList<>(List.of(component(shape.depth())));
            for (int need = random.nextInt(3); need > 0 && !supports.isEmpty(); need--) {
                inputs.add(supports.get(random.nextInt(supports.size())));
            }
            if (random.nextInt(3) == 0) {
                inputs.add(common);
            }
            trains[train] = builder.or(numbers(inputs));
        }
        int all = random.nextInt(3) == 0
                ? builder.atLeast(1 + random.nextInt(trains.length), trains)
                : builder.and(trains);
        return random.nextInt(3) == 0 ? builder.or(all, common) : all;
    }

    private int component(int depth) {
        int[] parts = new int[1 + random.nextInt(4)];
        for (int part = 0; part < parts.length; part++) {
            parts[part] = depth > 1 && random.nextInt(3) == 0 ? component(depth - 1) : event();
        }
        if (!shape.coherent() && random.nextInt(6) == 0) {
            return odd(parts);
        }
        return switch (random.nextInt(5)) {
            case 0 -> builder.and(parts);
            case 1 -> builder.atLeast(1 + random.nextInt(parts.length), parts);
            default -> builder.or(parts);
        };
    }

    /** What a maintenance that excludes another is written as, or a switch. */
    private int odd(int... parts) {
        return switch (random.nextInt(4)) {
            case 0 -> builder.xor(parts);
            case 1 -> builder.and(parts[0], builder.not(event()));
            case 2 -> builder.choice(event(), parts[0], parts[parts.length - 1]);
            default -> builder.or(parts[0], builder.nor(parts));
        };
    }

    private int event() {
        boolean again = events.size() >= shape.events() || !events.isEmpty() && random.nextInt(8) == 0;
        if (again) {
            return events.get(random.nextInt(events.size()));
        }
        int made = builder.event("e" + events.size(), Math.pow(10, -1 - 3 * random.nextDouble()));
        events.add(made);
        return made;
    }

    private static int[] numbers(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
