package dev.premortem.predict;

import dev.premortem.engine.cuts.TwinTree;
import dev.premortem.outage.Band;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Twin;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often fault sets come and how long they stay (availability formulas: frequency of a set is the product of unavailabilities times the sum of repair rates). */
final class Rates {
    private static final double HOURS_A_YEAR = 8766;

    private final SortedMap<Condition, Fault> faults = new TreeMap<>();

    Rates(Twin twin) {
        twin.faults().forEach(fault -> faults.put(fault.condition(), fault));
    }

    private Fault fault(Condition condition) {
        Fault fault = faults.get(condition);
        if (fault == null) {
            throw new IllegalStateException("no rate for " + condition);
        }
        return fault;
    }

    /** Mean hours until it is back; what is latent does not come back by itself. */
    private static double hours(Fault fault) {
        return fault.latent().isPresent()
                ? Double.POSITIVE_INFINITY
                : Math.max(1.0 / 3600, fault.repair().value().toMillis() / 3_600_000.0);
    }

    /** Times a year that all members are lost together, in the steady state: of one alone a little less than its rate, since what is down does not fail. */
    double perYear(List<Condition> set) {
        double product = 1;
        double repairs = 0;
        for (Condition member : set) {
            Fault fault = fault(member);
            product *= TwinTree.unavailability(fault);
            repairs += 1 / hours(fault);
        }
        return product * repairs * HOURS_A_YEAR;
    }

    /** Mean length of the state in which all members are lost. */
    Duration length(List<Condition> set) {
        double repairs = 0;
        for (Condition member : set) {
            repairs += 1 / hours(fault(member));
        }
        return Duration.ofMillis(Math.round(3_600_000 / repairs));
    }

    /** True where the rate of every member is declared or observed. */
    boolean known(List<Condition> set) {
        return set.stream().allMatch(member -> fault(member).failuresPerYear().known());
    }

    /** The band of a set's rate, by how far each member's may be off. */
    Band band(List<Condition> set) {
        double low = 1;
        double high = 1;
        for (Condition member : set) {
            Fault fault = fault(member);
            Band ends = Spreads.ends(Spreads.of(fault.latent().orElse(fault.failuresPerYear())));
            low *= ends.low();
            high *= ends.high();
        }
        double typical = perYear(set);
        return new Band(typical * low, typical, typical * high);
    }

    /** A whole site, a common cause, a cluster, or several faults: rarer than the things that are counted as likely without a rate (ranking 5). */
    static boolean rare(List<Condition> set) {
        return set.size() > 1
                || set.getFirst().name().startsWith("site/")
                || set.getFirst().name().startsWith("cause/")
                || set.getFirst().name().startsWith("cluster/");
    }
}
