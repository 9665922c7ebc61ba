package dev.premortem.predict;

import dev.premortem.engine.sweep.Cut;
import dev.premortem.engine.sweep.Trial;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who owns an outage and what decides it (semantics 1.17): the mechanism whose standing lost conditions, held up, cure it; otherwise the gate at which redundancy is missing. */
final class Attribution {
    /** Most gates that are tried as pivot for one fault set: where more fell, what they stand on is the pivot. */
    private static final int MOST_GATES = 200;

    private final Model model;
    private final Twin twin;
    private final List<Standing> standing;
    private final Trial trial;
    private final SortedMap<String, Integer> tops = new TreeMap<>();

    Attribution(Model model, Twin twin) {
        this.model = model;
        this.twin = twin;
        this.standing = standing(model);
        this.trial = new Trial(twin);
        twin.tops().forEach(top -> tops.put(top.name(), twin.number(top.condition())));
    }

    /**
     * What a mechanism says stands lost from the start.
     *
     * @param all of its families together
     */
    private record Standing(
            String mechanism, SortedMap<String, SortedSet<Condition>> families, SortedSet<Condition> all) {}

    /** Of all mechanisms, the gravest class first; made once, because each fault set asks for all of them. */
    private static List<Standing> standing(Model model) {
        List<Standing> standing = new ArrayList<>();
        model.standing().forEach((mechanism, families) -> {
            SortedSet<Condition> all = new TreeSet<>();
            families.values().forEach(all::addAll);
            standing.add(new Standing(mechanism, families, all));
        });
        standing.sort(Comparator.comparing((Standing each) -> model.has(each.mechanism())
                        ? model.mechanism(each.mechanism()).outageClass()
                        : OutageClass.F)
                .thenComparing(Standing::mechanism));
        return standing;
    }

    private record Owner(String mechanism, String pivot) {}

    /** Adds a fault set to the drafts that own it for each of the products it takes. */
    void assign(Cut cut, SortedSet<String> products, boolean passing, SortedMap<String, Draft> drafts) {
        Set<Condition> lost = new TreeSet<>(cut.faults());
        SortedSet<String> open = new TreeSet<>(products);
        SortedMap<String, Owner> owners = new TreeMap<>();
        byStanding(lost, open, owners);
        if (!open.isEmpty()) {
            byGate(lost, open, owners);
        }
        if (!cut.faults().isEmpty()) { // down from the start for a reason that no mechanism gave: nothing to tell
            open.forEach(product -> owners.put(product, byFault(cut)));
        }
        Map<Owner, SortedSet<String>> grouped = new java.util.LinkedHashMap<>();
        owners.forEach((product, owner) ->
                grouped.computeIfAbsent(owner, _ -> new TreeSet<>()).add(product));
        grouped.forEach((owner, taken) -> {
            if (model.has(owner.mechanism())) {
                Draft draft = new Draft(owner.mechanism(), owner.pivot(), Trigger.Type.FAULT, Optional.empty());
                draft = drafts.computeIfAbsent(
                        draft.key(),
                        _ -> new Draft(owner.mechanism(), owner.pivot(), Trigger.Type.FAULT, Optional.empty()));
                draft.cuts.add(new Draft.CutOf(cut, passing, taken));
                draft.products.addAll(taken);
            }
        });
    }

    private void byStanding(Set<Condition> lost, SortedSet<String> open, SortedMap<String, Owner> owners) {
        for (Standing each : standing) {
            String mechanism = each.mechanism();
            SortedMap<String, SortedSet<Condition>> families = each.families();
            SortedSet<String> cured = cured(lost, each.all(), open);
            if (cured.isEmpty()) {
                continue;
            }
            for (Map.Entry<String, SortedSet<Condition>> family : families.entrySet()) {
                for (String product : cured(lost, family.getValue(), cured)) {
                    owners.putIfAbsent(product, new Owner(mechanism, family.getKey()));
                }
            }
            for (String product : cured) {
                owners.putIfAbsent(product, new Owner(mechanism, families.firstKey()));
            }
            open.removeAll(cured);
        }
    }

    private void byGate(Set<Condition> lost, SortedSet<String> open, SortedMap<String, Owner> owners) {
        trial.run(lost, Set.of());
        int tried = 0;
        for (int number : trial.changed()) {
            if (open.isEmpty() || tried >= MOST_GATES) {
                return;
            }
            Condition gate = twin.condition(number);
            String mechanism = twin.meaning(number).mechanism();
            if (mechanism.isEmpty() || !trial.calm(number) || lost.contains(gate)) {
                continue;
            }
            tried++;
            for (String product : cured(lost, Set.of(gate), open)) {
                owners.put(product, new Owner(mechanism, Model.family(gate)));
                open.remove(product);
            }
        }
    }

    private SortedSet<String> cured(Set<Condition> lost, Set<Condition> heldUp, SortedSet<String> products) {
        trial.run(lost, heldUp);
        SortedSet<String> cured = new TreeSet<>();
        for (String product : products) {
            if (trial.holds(tops.getOrDefault(product, -1))) {
                cured.add(product);
            }
        }
        return cured;
    }

    private Owner byFault(Cut cut) {
        List<String> names =
                cut.faults().stream().map(this::standsFor).distinct().toList();
        String mechanism = switch (head(names.getFirst())) {
            case "link", "cause" -> "link-failure";
            case "site", "cluster" -> "single-site";
            default -> "single-replica";
        };
        return new Owner(mechanism, String.join("+", names));
    }

    /** A cluster that lives in one site is lost with it: one choice, one outage. */
    private String siteOf(Condition cluster) {
        var found = model.sketch().ground().clusters().get(cluster.thing().substring("cluster/".length()));
        if (found == null) {
            return cluster.plain();
        }
        boolean one = found.sites().size() == 1
                && model.sketch()
                        .ground()
                        .sites()
                        .containsKey(found.sites().getFirst().value());
        return one ? "site/" + found.sites().getFirst().value() : cluster.plain();
    }

    /** A common cause behind one thing only is that thing's loss; behind sites it is a loss of sites. */
    private String standsFor(Condition fault) {
        int number = twin.number(fault);
        if (fault.name().startsWith("cluster/")) {
            return siteOf(fault);
        }
        if (!fault.name().startsWith("cause/") || number < 0) {
            return fault.plain();
        }
        SortedSet<String> things = new TreeSet<>();
        for (int i = twin.outStart[number]; i < twin.outStart[number + 1]; i++) {
            things.add(twin.condition(twin.out[i]).thing());
        }
        boolean sites = things.stream().anyMatch(thing -> thing.startsWith("site/"));
        return things.size() == 1 || sites
                ? things.stream()
                        .filter(thing -> !sites || thing.startsWith("site/"))
                        .collect(java.util.stream.Collectors.joining("+"))
                : fault.plain();
    }

    private static String head(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }
}
