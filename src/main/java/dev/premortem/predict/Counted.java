package dev.premortem.predict;

import dev.premortem.outage.Outage;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whose minutes make the sum of an estate. A folded outage is among them: a set of faults counts for a product in one outage only, so its minutes are in no
 * other one, and left out they would seem to come new when what it is folded under is cured. What tells the same loss over again is not, nor is what the
 * owner accepted, with what is folded under that.
 *
 * @param borne ids of accepted outages and of what is folded under them
 */
record Counted(Set<String> borne) {
    /** By what was accepted of an estate as it is; the same ids are left out of every state of it. */
    static Counted of(List<Outage> predicted) {
        Set<String> borne = new HashSet<>();
        predicted.stream().filter(Outage::accepted).forEach(outage -> borne.add(outage.id()));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Outage outage : predicted) {
                grown |= outage.foldedUnder().filter(borne::contains).isPresent() && borne.add(outage.id());
            }
        }
        return new Counted(Set.copyOf(borne));
    }

    /** Those that count, of all outages of one state of the estate. */
    List<Outage> among(List<Outage> outages) {
        Map<String, Outage> byId = new LinkedHashMap<>();
        outages.forEach(outage -> byId.put(outage.id(), outage));
        return outages.stream()
                .filter(outage -> !borne.contains(outage.id()))
                .filter(outage -> outage.foldedUnder()
                        .map(byId::get)
                        .filter(larger -> Ranking.retold(larger, outage))
                        .isEmpty())
                .toList();
    }
}
