package dev.premortem.predict;

import dev.premortem.fact.Assumed;
import dev.premortem.fact.Assumption;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Fact;
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

    /** Times a year that all members are lost together. */
    double perYear(List<Condition> set) {
        if (set.size() == 1) {
            return fault(set.getFirst()).failuresPerYear().value();
        }
        double product = 1;
        double repairs = 0;
        for (Condition member : set) {
            Fault fault = fault(member);
            product *= fault.latent()
                    .map(Fact::value)
                    .orElseGet(() -> fault.failuresPerYear().value() * hours(fault) / HOURS_A_YEAR);
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

    /** The band of a set's rate: the catalogue's where assumed, half to double where declared (a declared rate is a mean of few events). */
    Band band(List<Condition> set) {
        double low = 1;
        double high = 1;
        for (Condition member : set) {
            Fact<Double> rate = fault(member).failuresPerYear();
            low *= rate.provenance() instanceof Assumed assumed ? ends(assumed.id())[0] : 0.5;
            high *= rate.provenance() instanceof Assumed assumed ? ends(assumed.id())[1] : 2;
        }
        double typical = perYear(set);
        return new Band(typical * Math.min(1, low), typical, typical * Math.max(1, high));
    }

    /** The ends of an assumption's band as parts of its typical value, for everything that is worked out from it. */
    static double[] ends(String id) {
        for (Assumption<?> assumption : Catalogue.all()) {
            if (assumption.id().equals(id)) {
                double low = number(assumption.low());
                double typical = number(assumption.value());
                double high = number(assumption.high());
                return low > 0 && typical > 0 && high > 0
                        ? new double[] {low / typical, high / typical}
                        : new double[] {1, 1};
            }
        }
        return new double[] {1, 1};
    }

    /** A figure of the catalogue; a duration in hours; zero for what is neither. */
    private static double number(Object value) {
        return switch (value) {
            case Double number -> number;
            case Duration length -> length.toMillis() / 3_600_000.0;
            default -> 0;
        };
    }

    /** A whole site, a common cause, a cluster, or several faults: rarer than the things that are counted as likely without a rate (ranking 5). */
    static boolean rare(List<Condition> set) {
        return set.size() > 1
                || set.getFirst().name().startsWith("site/")
                || set.getFirst().name().startsWith("cause/")
                || set.getFirst().name().startsWith("cluster/");
    }
}
