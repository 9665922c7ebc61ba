package dev.premortem.engine.sweep;

import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A gate, or a cyclic component in which changes may cancel, at which faults can work together. A signature is the set of places, among those that the
 * site reads, that a scenario changes; faults of equal signature cannot be told apart here.
 */
final class Site {
    /** Marks a component. */
    private static final int NO_GATE = -1;

    private final Twin twin;
    private final boolean[] base;
    private final int gate;
    final boolean mixed;
    /** Conditions read; behind them, as places of their own, the {@link #own} conditions that a fault may force. */
    final int[] reads;

    final int[] own;
    /** How many of what it reads hold without faults. */
    private final int standing;

    /** Single faults by what they change here. */
    final Map<BitSet, List<Integer>> singles = new LinkedHashMap<>();

    final Map<Integer, BitSet> ofSingle = new LinkedHashMap<>();
    /** Pairs of faults that change here what the two singles do not explain. */
    final Map<Long, BitSet> ofPair = new LinkedHashMap<>();

    private Site(Lanes lanes, int gate, boolean mixed, int[] reads, int[] own) {
        this.twin = lanes.twin;
        this.base = lanes.base;
        this.gate = gate;
        this.mixed = mixed;
        this.reads = reads;
        this.own = own;
        this.standing = holding(new BitSet());
    }

    static Site gate(Lanes lanes, int c, boolean mixed) {
        int from = lanes.twin.inStart[c];
        int[] reads = new int[lanes.twin.inStart[c + 1] - from];
        System.arraycopy(lanes.twin.in, from, reads, 0, reads.length);
        return new Site(lanes, c, mixed, reads, new int[] {c});
    }

    static Site component(Lanes lanes, int component) {
        Twin twin = lanes.twin;
        int from = twin.componentStart[component];
        int until = twin.componentStart[component + 1];
        int[] reads = Arrays.stream(twin.in, twin.inStart[from], twin.inStart[until])
                .filter(input -> input < from || input >= until)
                .distinct()
                .sorted()
                .toArray();
        int[] own = IntStream.range(from, until).toArray();
        return new Site(lanes, NO_GATE, true, reads, own);
    }

    /** Every lane in which something that the site reads is changed or one of its own is a fault. */
    long touched(Lanes lanes, int word) {
        long touched = 0;
        for (int read : reads) {
            touched |= lanes.changed(read, word);
        }
        for (int member : own) {
            touched |= lanes.faulted(member, word);
        }
        if (!mixed) {
            // Only what is absorbed can work together with something else: nothing rises here, so what is lost stays
            // lost.
            touched &= ~lanes.changed(gate, word);
        }
        return touched;
    }

    /** The signature of one lane. */
    BitSet signature(Lanes lanes, int lane) {
        BitSet signature = new BitSet();
        int word = lane >> 6;
        for (int i = 0; i < reads.length; i++) {
            if ((lanes.changed(reads[i], word) >>> lane & 1) != 0) {
                signature.set(i);
            }
        }
        for (int i = 0; i < own.length; i++) {
            if ((lanes.faulted(own[i], word) >>> lane & 1) != 0) {
                signature.set(reads.length + i);
            }
        }
        return signature;
    }

    void single(int fault, BitSet signature) {
        singles.computeIfAbsent(signature, _ -> new ArrayList<>()).add(fault);
        ofSingle.put(fault, signature);
    }

    /** True where the two singles explain what the pair changes. */
    boolean explains(int[] pair, BitSet signature) {
        return signature.equals(union(changes(pair[0]), changes(pair[1])));
    }

    void pair(int[] pair, BitSet signature) {
        ofPair.put(Key.of(pair), signature);
    }

    /** What one fault changes here. */
    BitSet changes(int fault) {
        return ofSingle.getOrDefault(fault, new BitSet());
    }

    /** What two faults change here. */
    BitSet changes(int one, int two) {
        BitSet known = ofPair.get(Key.of(one, two));
        return known == null ? union(changes(one), changes(two)) : known;
    }

    /** True where two faults with these signatures may do together what neither explains: the output is not "changed if one of them changes it". */
    boolean interact(BitSet one, BitSet two) {
        return gate == NO_GATE || flips(union(one, two)) != (flips(one) || flips(two));
    }

    /**
     * True where three faults may do together what no two of them explain, given what each part of the three changes.
     *
     * @param changes of a, b, c, ab, ac, bc and abc, in this order
     */
    boolean interact(BitSet[] changes) {
        if (gate == NO_GATE) {
            return true;
        }
        boolean[] out = new boolean[6];
        for (int i = 0; i < out.length; i++) {
            out[i] = flips(changes[i]);
        }
        return flips(changes[6]) != expected(out);
    }

    /**
     * What three faults change where no third-order interaction is at work: where one has no part in it, what the other two change; where two do the same,
     * what one of them changes with the third; else what any two change. These are what makes the lowest place at which expectation fails one that all
     * three touch, each in its own way.
     */
    static boolean expected(boolean[] of) {
        boolean a = of[0];
        boolean b = of[1];
        boolean c = of[2];
        boolean ab = of[3];
        boolean ac = of[4];
        boolean bc = of[5];
        if (!c && ac == a && bc == b) {
            return ab;
        }
        if (!b && ab == a && bc == c) {
            return ac;
        }
        if (!a && ab == b && ac == c) {
            return bc;
        }
        if (a == b && a == ab && ac == bc) {
            return ac;
        }
        if (a == c && a == ac && ab == bc) {
            return ab;
        }
        if (b == c && b == bc && ab == ac) {
            return ab;
        }
        return ab || ac || bc;
    }

    /** Places that three faults change together, by the same expectation. */
    BitSet expected(BitSet[] changes) {
        BitSet all = new BitSet();
        boolean[] of = new boolean[6];
        for (int place = 0; place < reads.length + own.length; place++) {
            for (int i = 0; i < of.length; i++) {
                of[i] = changes[i].get(place);
            }
            // A forced condition stays forced, whatever else is lost.
            all.set(place, place < reads.length ? expected(of) : of[0] || of[1] || of[2]);
        }
        return all;
    }

    /**
     * False where faults cannot work together: where things only fall, {@code all} is lost with the first of them, and the others not while enough is left.
     *
     * @param rises whether one of them makes something rise that the site reads
     * @param changes at most so many places change
     */
    boolean mayInteract(boolean rises, int changes) {
        if (gate == NO_GATE || rises || twin.kind[gate] == Twin.FIRST || twin.kind[gate] == Twin.NOT) {
            return true;
        }
        return twin.kind[gate] != Twin.ALL
                && standing - changes < (twin.kind[gate] == Twin.AT_LEAST ? twin.threshold[gate] : 1);
    }

    /** True where something that the site reads rises. */
    boolean rises(BitSet changed) {
        for (int place = changed.nextSetBit(0); place >= 0 && place < reads.length; ) {
            if (!base[reads[place]]) {
                return true;
            }
            place = changed.nextSetBit(place + 1);
        }
        return false;
    }

    static BitSet union(BitSet one, BitSet two) {
        BitSet union = (BitSet) one.clone();
        union.or(two);
        return union;
    }

    private boolean flips(BitSet changed) {
        return output(changed) != base[gate];
    }

    private boolean output(BitSet changed) {
        if (changed.get(reads.length)) {
            return false;
        }
        return switch (twin.kind[gate]) {
            case Twin.ALL -> holding(changed) == reads.length;
            case Twin.ANY -> holding(changed) > 0;
            case Twin.AT_LEAST -> holding(changed) >= twin.threshold[gate];
            case Twin.FIRST -> first(changed);
            case Twin.NOT -> !holds(0, changed);
            default -> throw new IllegalStateException("no gate of kind " + twin.kind[gate]);
        };
    }

    private boolean holds(int place, BitSet changed) {
        return base[reads[place]] != changed.get(place);
    }

    private int holding(BitSet changed) {
        int count = 0;
        for (int i = 0; i < reads.length; i++) {
            if (holds(i, changed)) {
                count++;
            }
        }
        return count;
    }

    private boolean first(BitSet changed) {
        for (int i = 0; i < reads.length; i += 2) {
            if (holds(i, changed)) {
                return holds(i + 1, changed);
            }
        }
        return false;
    }
}
