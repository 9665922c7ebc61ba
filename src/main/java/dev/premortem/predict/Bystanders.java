package dev.premortem.predict;

import dev.premortem.engine.sweep.Cut;
import dev.premortem.engine.sweep.Trial;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Twin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What else is down, and what one would expect to be down and is not: people believe a model that knows what survives. */
final class Bystanders {
    private static final int MOST = 12;

    private Bystanders() {}

    /** Workloads, hosted services and routes that are lost when the last product has fallen and were not at the start. */
    static List<String> services(Model model, Run run) {
        Set<String> services = new TreeSet<>();
        long at = run.falls().getLast().down().from();
        for (int i = 0; i < run.trace().size() && run.trace().instant(i) <= at; i++) {
            Condition condition = run.trace().condition(i);
            if (run.trace().holds(i)) {
                services.remove(condition.name());
            } else if (condition.aspect().isEmpty() && isService(condition)) {
                services.add(condition.name());
            }
        }
        return List.copyOf(services);
    }

    /** Products, hosted services and workloads that the faults can reach and that hold all the same. */
    static List<String> lives(Model model, Draft.CutOf of) {
        Twin twin = of.passing() ? model.atOnce() : model.settled();
        Cut cut = of.cut();
        Trial trial = of.passing() ? model.passing() : model.resting();
        trial.run(Set.copyOf(cut.faults()), Set.of());
        BitSet reached = reached(twin, cut);
        List<String> lives = new ArrayList<>();
        List<Set<String>> found = List.of(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
            Condition condition = twin.condition(i);
            if (!trial.holds(i) || !condition.aspect().isEmpty()) {
                continue;
            }
            if (condition.name().startsWith("product/")) {
                found.get(0).add(condition.name());
            } else if (condition.name().startsWith("hosted-service/")) {
                found.get(1).add(condition.name());
            } else if (isWorkload(condition)) {
                found.get(2).add(condition.name());
            }
        }
        found.forEach(names -> names.stream().limit(MOST - lives.size()).forEach(lives::add));
        return lives;
    }

    private static BitSet reached(Twin twin, Cut cut) {
        BitSet reached = new BitSet(twin.size());
        Deque<Integer> queue = new ArrayDeque<>();
        cut.faults().forEach(fault -> queue.add(twin.number(fault)));
        while (!queue.isEmpty()) {
            int here = queue.poll();
            for (int i = twin.outStart[here]; i < twin.outStart[here + 1]; i++) {
                if (!reached.get(twin.out[i])) {
                    reached.set(twin.out[i]);
                    queue.add(twin.out[i]);
                }
            }
        }
        return reached;
    }

    private static boolean isService(Condition condition) {
        return condition.name().startsWith("hosted-service/") || isWorkload(condition);
    }

    /** {@code cluster/namespace/Kind/name}: kinds begin with a capital. */
    private static boolean isWorkload(Condition condition) {
        String name = condition.name();
        int namespace = name.indexOf('/');
        int kind = name.indexOf('/', namespace + 1) + 1;
        int slash = kind > 0 ? name.indexOf('/', kind) : -1;
        if (namespace < 0 || slash <= kind || slash == name.length() - 1 || name.indexOf('/', slash + 1) >= 0) {
            return false;
        }
        return Character.isUpperCase(name.charAt(kind))
                && !(name.startsWith("Service", kind) && slash == kind + "Service".length())
                && !name.startsWith("Ingress", kind)
                && !name.startsWith("Route", slash - "Route".length());
    }
}
