package dev.premortem.engine.sweep;

import dev.premortem.twin.Fault;
import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Classes of interchangeable faults. The word in {@link Fault#alike()} is a hint: two faults share a class only where exchanging them, together with the
 * gates that wrap each, maps the twin onto itself and moves neither a product nor another fault. Then every set of faults is as good as the set with the
 * first members of each class, and only those need be tried.
 */
final class Alike {
    /** A wrapped copy is a handful of gates; a larger exchange is not looked for, and the faults stay apart. */
    private static final int LARGEST_EXCHANGE = 64;

    private final Twin twin;
    private final boolean[] standing;
    private final boolean[] product;
    private final boolean[] fault;
    /** Condition of each fault. */
    private final int[] numbers;

    private final int[] classOf;
    private final int[] rank;
    private final List<Integer> sizes = new ArrayList<>();

    /**
     * @param standing conditions that are forced in every scenario
     * @param numbers condition of each fault
     */
    Alike(Twin twin, boolean[] standing, int[] numbers) {
        this.twin = twin;
        this.numbers = numbers;
        this.standing = standing;
        product = new boolean[twin.size()];
        fault = new boolean[twin.size()];
        twin.tops().forEach(top -> product[twin.number(top.condition())] = true);
        for (int number : numbers) {
            fault[number] = true;
        }
        classOf = new int[twin.faults().size()];
        rank = new int[twin.faults().size()];
        Map<String, List<Integer>> leaders = new HashMap<>(); // looked up only: their order does not matter
        for (int f = 0; f < classOf.length; f++) {
            join(f, leaders.computeIfAbsent(twin.faults().get(f).alike(), _ -> new ArrayList<>()));
        }
    }

    /** Puts a fault into the class of the first leader of the same word that it can be exchanged with, or makes it a leader. */
    private void join(int f, List<Integer> leaders) {
        if (!twin.faults().get(f).alike().isEmpty()) {
            for (int leader : leaders) {
                if (exchangeable(numbers[leader], numbers[f])) {
                    classOf[f] = classOf[leader];
                    rank[f] = sizes.get(classOf[f]);
                    sizes.set(classOf[f], rank[f] + 1);
                    return;
                }
            }
            leaders.add(f);
        }
        classOf[f] = sizes.size();
        sizes.add(1);
    }

    /** The class of a fault, by its place in {@link Twin#faults()}. */
    int classOf(int fault) {
        return classOf[fault];
    }

    /** The place of a fault in its class, from 0. */
    int rank(int fault) {
        return rank[fault];
    }

    /** True where the set takes of each class the first members: the one that stands for all its like. */
    boolean canonical(int[] faults) {
        for (int fault : faults) {
            if (rank[fault] >= taken(faults, fault)) {
                return false;
            }
        }
        return true;
    }

    /** How many sets this one stands for. */
    long sets(int[] faults) {
        long sets = 1;
        for (int fault : faults) {
            if (rank[fault] == 0) {
                sets *= choose(sizes.get(classOf[fault]), taken(faults, fault));
            }
        }
        return sets;
    }

    private int taken(int[] faults, int like) {
        int taken = 0;
        for (int fault : faults) {
            if (classOf[fault] == classOf[like]) {
                taken++;
            }
        }
        return taken;
    }

    private static long choose(long from, int taken) {
        long ways = 1;
        for (int i = 1; i <= taken; i++) {
            ways = ways * (from - taken + i) / i;
        }
        return ways;
    }

    private boolean exchangeable(int one, int two) {
        if (apart(one, two)) {
            return false;
        }
        Map<Integer, Integer> moved = new TreeMap<>();
        moved.put(one, two);
        moved.put(two, one);
        List<int[]> pairs = new ArrayList<>();
        pairs.add(new int[] {one, two});
        for (int i = 0; i < pairs.size(); i++) {
            if (pairs.size() > LARGEST_EXCHANGE || !follow(pairs.get(i), i > 0, moved, pairs)) {
                return false;
            }
        }
        return mapsOntoItself(moved);
    }

    /**
     * True where a glance shows that the two cannot be exchanged, as with most: two pods of a workload on different nodes. What the only reader of each reads besides is
     * no gate that would be moved along, since that would read one of the two itself.
     */
    private boolean apart(int one, int two) {
        int from = twin.outStart[one];
        int other = twin.outStart[two];
        int readers = twin.outStart[one + 1] - from;
        if (readers != twin.outStart[two + 1] - other) {
            return true;
        }
        if (readers != 1 || twin.out[from] == twin.out[other]) {
            return false;
        }
        int reader = twin.out[from];
        int second = twin.out[other];
        int inputs = twin.inStart[reader];
        int others = twin.inStart[second];
        if (twin.inStart[reader + 1] - inputs != 2
                || twin.inStart[second + 1] - others != 2
                || twin.cyclic[twin.component[reader]]
                || twin.cyclic[twin.component[second]]) {
            return false;
        }
        int beside = twin.in[inputs] == one ? twin.in[inputs + 1] : twin.in[inputs];
        int besideTwo = twin.in[others] == two ? twin.in[others + 1] : twin.in[others];
        return beside != besideTwo;
    }

    /** Adds the gates that read only one of the two; they have to change places too. */
    private boolean follow(int[] pair, boolean wrapper, Map<Integer, Integer> moved, List<int[]> pairs) {
        if (!sameButInputs(pair[0], pair[1]) || (wrapper && (fault[pair[0]] || fault[pair[1]]))) {
            return false;
        }
        int[] one = readersOfOnly(pair[0], pair[1]);
        int[] two = readersOfOnly(pair[1], pair[0]);
        if (one.length != two.length || one.length > LARGEST_EXCHANGE) {
            return false;
        }
        for (int i = 0; i < one.length; i++) {
            Integer already = moved.get(one[i]);
            if (already == null && !moved.containsKey(two[i])) {
                moved.put(one[i], two[i]);
                moved.put(two[i], one[i]);
                pairs.add(new int[] {one[i], two[i]});
            } else if (already == null || already != two[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean sameButInputs(int one, int two) {
        return one != two
                && twin.kind[one] == twin.kind[two]
                && twin.threshold[one] == twin.threshold[two]
                && twin.initial[one] == twin.initial[two]
                && !(standing[one] || standing[two])
                && !(product[one] || product[two]);
    }

    private int[] readersOfOnly(int read, int unread) {
        int[] others = Arrays.copyOfRange(twin.out, twin.outStart[unread], twin.outStart[unread + 1]);
        Arrays.sort(others);
        return Arrays.stream(twin.out, twin.outStart[read], twin.outStart[read + 1])
                .filter(reader -> Arrays.binarySearch(others, reader) < 0)
                .sorted()
                .toArray();
    }

    /** The proof: every gate that is moved, or reads something moved, has the inputs of the gate in whose place it comes. */
    private boolean mapsOntoItself(Map<Integer, Integer> moved) {
        TreeSet<Integer> touched = new TreeSet<>(moved.keySet());
        for (int c : moved.keySet()) {
            for (int o = twin.outStart[c]; o < twin.outStart[c + 1]; o++) {
                touched.add(twin.out[o]);
            }
        }
        for (int c : touched) {
            int[] inputs = inputs(c);
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = moved.getOrDefault(inputs[i], inputs[i]);
            }
            int[] target = inputs(moved.getOrDefault(c, c));
            if (twin.kind[c] != Twin.FIRST) {
                Arrays.sort(inputs);
                Arrays.sort(target);
            }
            if (!Arrays.equals(inputs, target)) {
                return false;
            }
        }
        return true;
    }

    private int[] inputs(int c) {
        return Arrays.copyOfRange(twin.in, twin.inStart[c], twin.inStart[c + 1]);
    }
}
