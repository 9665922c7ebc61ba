package dev.premortem.engine.cuts;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Puts the nodes of a module in a line so that what a node says has a short way to the gates that read it. What crosses a place of the line is what a diagram has to
 * remember there, so short ways make small diagrams: on the public trees a fifth to a twentieth of what the best depth-first order takes, and the larger the module the
 * more it gains. That diagrams follow the placement of the circuit is known from F. A. Aloul, I. L. Markov, K. A. Sakallah, FORCE: a fast and easy-to-implement
 * variable-ordering heuristic, 2003; here nodes are exchanged by simulated annealing (S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, 1983), which finds shorter lines
 * than the centres of gravity of FORCE do. From a fixed seed, so the same module always gets the same line.
 */
final class Placement {
    /** Of the first temperature the share of the line that a worsening move may cost, and the last temperature. */
    private static final double FIRST_SHARE = 0.2;

    private static final double LAST = 0.3;

    /** How many temperatures wide a move is at most. */
    private static final int REACH = 8;

    /** Moves at one temperature. */
    private static final int STRIDE = 1024;

    private final Part part;
    /** The nodes of each net, a node and the gates that read it, from a place on. */
    private final int[] netStarts;

    private final int[] pins;
    /** The nets of each node, from a place on. */
    private final int[] ofStarts;

    private final int[] of;
    private final int[] positions;
    private final int[] line;
    /** Where each net begins and ends in the line. */
    private final int[] leasts;

    private final int[] mosts;
    /** The nets that a move changes, and where they would begin and end. */
    private final int[] changed;

    private final int[] newLeasts;
    private final int[] newMosts;
    private int changes;
    /** Nets that are marked have the latest number. */
    private final long[] stamps;

    private long stamp;
    private long state = 0x9E3779B97F4A7C15L;

    private Placement(Part part, int... walk) {
        this.part = part;
        int size = part.size();
        int[] readers = new int[size];
        for (int gate = 0; gate < size; gate++) {
            for (int edge : part.inputs(gate)) {
                readers[edge >> 1]++;
            }
        }
        netStarts = new int[size + 1];
        for (int node = 0; node < size; node++) {
            netStarts[node + 1] = netStarts[node] + (readers[node] > 0 ? readers[node] + 1 : 0);
        }
        pins = new int[netStarts[size]];
        int[] filled = netStarts.clone();
        for (int node = 0; node < size; node++) {
            if (readers[node] > 0) {
                pins[filled[node]++] = node;
            }
        }
        for (int gate = 0; gate < size; gate++) {
            for (int edge : part.inputs(gate)) {
                pins[filled[edge >> 1]++] = gate;
            }
        }
        ofStarts = new int[size + 1];
        for (int pin : pins) {
            ofStarts[pin + 1]++;
        }
        for (int node = 0; node < size; node++) {
            ofStarts[node + 1] += ofStarts[node];
        }
        of = new int[pins.length];
        filled = ofStarts.clone();
        for (int net = 0; net < size; net++) {
            for (int at = netStarts[net]; at < netStarts[net + 1]; at++) {
                of[filled[pins[at]]++] = net;
            }
        }
        line = walk.clone();
        positions = new int[size];
        for (int at = 0; at < size; at++) {
            positions[line[at]] = at;
        }
        leasts = new int[size];
        mosts = new int[size];
        for (int net = 0; net < size; net++) {
            leasts[net] = size;
            for (int at = netStarts[net]; at < netStarts[net + 1]; at++) {
                leasts[net] = Math.min(leasts[net], positions[pins[at]]);
                mosts[net] = Math.max(mosts[net], positions[pins[at]]);
            }
        }
        changed = new int[2 * size];
        newLeasts = new int[2 * size];
        newMosts = new int[2 * size];
        stamps = new long[size];
    }

    /** A line after so many moves, each of which takes about as long as a step of a diagram. */
    static Placement of(Part part, long moves) {
        Placement made = new Placement(part, part.walk(Ordering.MOST_SHARED.of(part)));
        if (part.size() > 2) {
            made.anneal(moves);
        }
        return made;
    }

    private void anneal(long moves) {
        int size = line.length;
        double first = Math.max(1, size * FIRST_SHARE);
        double cooling = Math.pow(LAST / first, STRIDE / (double) Math.max(STRIDE, moves));
        double temperature = first;
        int reach = 2;
        for (long move = 0; move < moves; move++) {
            if (move % STRIDE == 0) {
                temperature *= cooling;
                reach = (int) Math.max(2, Math.min(size / 4.0, temperature * REACH));
            }
            int one = below(size);
            int other = one + below(2 * reach + 1) - reach;
            if (other >= 0 && other < size && other != one) {
                exchange(one, other, temperature);
            }
        }
    }

    private void exchange(int one, int other, double temperature) {
        int left = line[one];
        int right = line[other];
        positions[left] = other;
        positions[right] = one;
        changes = 0;
        // A net that has both nodes reaches as far as before.
        mark(right);
        int worse = moved(left, one);
        mark(left);
        worse += moved(right, other);
        if (worse <= 0 || below(1 << 30) < Math.exp(-worse / temperature) * (1 << 30)) {
            line[one] = right;
            line[other] = left;
            for (int at = 0; at < changes; at++) {
                leasts[changed[at]] = newLeasts[at];
                mosts[changed[at]] = newMosts[at];
            }
        } else {
            positions[left] = one;
            positions[right] = other;
        }
    }

    private void mark(int node) {
        stamp++;
        for (int at = ofStarts[node]; at < ofStarts[node + 1]; at++) {
            stamps[of[at]] = stamp;
        }
    }

    /** By how much the unmarked nets of a node get longer that has moved from a position; the new ends are noted. */
    private int moved(int node, int from) {
        int to = positions[node];
        int longer = 0;
        for (int at = ofStarts[node]; at < ofStarts[node + 1]; at++) {
            int net = of[at];
            if (stamps[net] == stamp) {
                continue;
            }
            int least = Math.min(leasts[net], to);
            int most = Math.max(mosts[net], to);
            if (leasts[net] == from && to > from || mosts[net] == from && to < from) {
                least = to;
                most = to;
                for (int pin = netStarts[net]; pin < netStarts[net + 1]; pin++) {
                    int position = positions[pins[pin]];
                    least = Math.min(least, position);
                    most = Math.max(most, position);
                }
            }
            longer += most - least - mosts[net] + leasts[net];
            changed[changes] = net;
            newLeasts[changes] = least;
            newMosts[changes++] = most;
        }
        return longer;
    }

    /** A number from zero to below a bound: SplitMix64. */
    private int below(int bound) {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return (int) ((mixed >>> 32) * bound >>> 32);
    }

    /** The nodes, inputs first: variables as they stand in the line or the other way round, and each gate as soon as its inputs are there. */
    int[] walk(boolean backwards) {
        int[] open = new int[part.size()];
        for (int gate = 0; gate < open.length; gate++) {
            open[gate] = part.inputs(gate).length;
        }
        Comparator<Integer> byPlace = Comparator.comparingInt(node -> positions[node]);
        int[] variables = IntStream.range(0, part.size())
                .filter(part::variable)
                .boxed()
                .sorted(backwards ? byPlace.reversed() : byPlace)
                .mapToInt(Integer::intValue)
                .toArray();
        int[] walk = new int[part.size()];
        int count = 0;
        int done = 0;
        for (int variable : variables) {
            walk[count++] = variable;
            for (; done < count; done++) {
                int node = walk[done];
                // The first pin of a net is what is read, the others are its readers.
                for (int at = netStarts[node] + 1; at < netStarts[node + 1]; at++) {
                    if (--open[pins[at]] == 0) {
                        walk[count++] = pins[at];
                    }
                }
            }
        }
        return Arrays.copyOf(walk, count);
    }
}
