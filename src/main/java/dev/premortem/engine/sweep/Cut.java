package dev.premortem.engine.sweep;

import dev.premortem.twin.Condition;
import java.util.List;

/**
 * A minimal failing set of one product: it is down with exactly these faults, and with no part of them.
 *
 * @param faults sorted; empty where the product is down with no fault at all
 * @param alike how many sets this one stands for, itself included: the others differ only in which of several interchangeable faults they take
 */
public record Cut(List<Condition> faults, long alike) implements Comparable<Cut> {
    public Cut {
        faults = List.copyOf(faults);
    }

    /** How many faults. */
    public int order() {
        return faults.size();
    }

    @Override
    public int compareTo(Cut other) {
        int result = Integer.compare(order(), other.order());
        for (int i = 0; result == 0 && i < order(); i++) {
            result = faults.get(i).compareTo(other.faults.get(i));
        }
        return result;
    }
}
