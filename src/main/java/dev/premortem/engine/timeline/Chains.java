package dev.premortem.engine.timeline;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells why: the path of causes from a basic condition to a change, with the facts that stood at each gate (semantics 1.16). */
public final class Chains {
    private static final int DEEPEST = 400;

    private Chains() {}

    /**
     * One step, causes first.
     *
     * @param instant when it changed; {@link Long#MIN_VALUE} for what stood before
     */
    public record Link(
            Condition condition, long instant, boolean standing, boolean holds, String text, List<Evidence> evidence) {}

    /** The chain that ends in an entry. */
    public static List<Link> chain(Trace trace, int entry) {
        List<Integer> path = new ArrayList<>();
        for (int i = entry; i >= 0; i = trace.cause(i)) {
            path.add(i);
        }
        Collections.reverse(path);
        List<Link> links = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        path.forEach(i -> seen.add(trace.number(i)));
        for (int i : path) {
            if (!trace.holds(i)) {
                standing(trace, i, seen, links);
            }
            boolean end = i == path.getFirst() || i == path.getLast();
            if (end || telling(trace.twin(), trace.number(i))) {
                links.add(link(trace, i));
            }
        }
        return links;
    }

    /** Why a condition is lost from the start. */
    public static List<Link> standingChain(Trace trace, Condition condition) {
        List<Link> links = new ArrayList<>();
        int number = trace.twin().number(condition);
        if (number >= 0) {
            down(trace, number, Long.MIN_VALUE, new HashSet<>(), links, 0);
            Collections.reverse(links);
        }
        return links;
    }

    /** Worth a line of its own: it has evidence, or several inputs and an owner. */
    private static boolean telling(Twin twin, int number) {
        Meaning meaning = twin.meaning(number);
        return !meaning.lost().isEmpty()
                && (!meaning.evidence().isEmpty() || !meaning.mechanism().isEmpty());
    }

    private static Link link(Trace trace, int i) {
        Meaning meaning = trace.twin().meaning(trace.number(i));
        String own = trace.holds(i) ? meaning.holds() : meaning.lost();
        return new Link(
                trace.condition(i),
                trace.instant(i),
                false,
                trace.holds(i),
                trace.text(i).isEmpty() ? own : trace.text(i),
                meaning.evidence());
    }

    private static void standing(Trace trace, int entry, Set<Integer> seen, List<Link> links) {
        Twin twin = trace.twin();
        int gate = trace.number(entry);
        long at = trace.instant(entry);
        switch (twin.kind[gate]) {
            case Twin.ANY, Twin.AT_LEAST -> {
                for (int i = twin.inStart[gate]; i < twin.inStart[gate + 1]; i++) {
                    down(trace, twin.in[i], at, seen, links, 0);
                }
            }
            case Twin.FIRST -> {
                for (int i = twin.inStart[gate]; i < twin.inStart[gate + 1]; i += 2) {
                    if (trace.holdsAt(twin.in[i], at)) {
                        down(trace, twin.in[i + 1], at, seen, links, 0);
                        return;
                    }
                    down(trace, twin.in[i], at, seen, links, 0);
                }
            }
            default -> {
                // all: what fell is the cause itself; basic: nothing stands behind it
            }
        }
    }

    /** A condition that is lost at an instant and did not fall on the path: it, and what it stands on. */
    private static void down(Trace trace, int number, long at, Set<Integer> seen, List<Link> links, int depth) {
        Twin twin = trace.twin();
        if (trace.holdsAt(number, at) || !seen.add(number) || depth > DEEPEST) {
            return;
        }
        int entry = trace.entryAt(number, at);
        Meaning meaning = twin.meaning(number);
        if (telling(twin, number)
                || (twin.kind[number] == Twin.BASIC && !meaning.lost().isEmpty())) {
            String text = entry >= 0 && !trace.text(entry).isEmpty() ? trace.text(entry) : meaning.lost();
            links.add(new Link(
                    twin.condition(number),
                    entry < 0 ? Long.MIN_VALUE : trace.instant(entry),
                    entry < 0,
                    false,
                    text,
                    meaning.evidence()));
        }
        int from = twin.inStart[number];
        int to = twin.inStart[number + 1];
        if (twin.kind[number] == Twin.FIRST) {
            for (int i = from; i < to; i += 2) {
                if (trace.holdsAt(twin.in[i], at)) {
                    down(trace, twin.in[i + 1], at, seen, links, depth + 1);
                    return;
                }
                down(trace, twin.in[i], at, seen, links, depth + 1);
            }
            return;
        }
        for (int i = from; i < to; i++) {
            down(trace, twin.in[i], at, seen, links, depth + 1);
        }
    }
}
