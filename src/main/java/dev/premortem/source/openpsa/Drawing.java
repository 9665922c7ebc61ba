package dev.premortem.source.openpsa;

import java.util.List;
import java.util.OptionalDouble;

/** What distributions count with. */
sealed interface Drawing permits Means, Deviates.Point {
    /** The value of a distribution, given its arguments. */
    double value(Element of, List<Double> values);

    /** Where a choice between parts is made, from 0 to 1; empty where all of them count by their length. */
    OptionalDouble part(Element of);

    /** Whether values are drawn. */
    boolean sampled();
}
