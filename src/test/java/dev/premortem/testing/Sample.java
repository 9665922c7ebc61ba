package dev.premortem.testing;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import dev.premortem.twin.TwinBuilder;
import java.util.List;
import java.util.SortedMap;

/**
 * A small twin as plain tables, so that a judge can read it without the engine's arrays.
 *
 * @param basics basic conditions and whether they hold at the start
 * @param gates derived conditions
 * @param faults what may be lost, basic or derived
 * @param tops products, some of them perhaps on the same condition
 */
public record Sample(
        SortedMap<Condition, Boolean> basics, SortedMap<Condition, Gate> gates, List<Fault> faults, List<Top> tops) {
    /** The same as a builder, for tests that add processes. */
    public TwinBuilder builder() {
        TwinBuilder builder = new TwinBuilder();
        basics.forEach((condition, holds) -> builder.basic(condition, holds, meaning(condition)));
        gates.forEach((condition, gate) -> builder.gate(condition, gate, meaning(condition)));
        faults.forEach(builder::fault);
        tops.forEach(builder::top);
        return builder;
    }

    /** The same, compiled. */
    public Twin twin(Twin.Form form) {
        return builder().compile(form);
    }

    private static Meaning meaning(Condition condition) {
        return Meaning.of("", condition + " holds", condition + " is lost");
    }
}
