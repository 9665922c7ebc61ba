package dev.premortem.source.declared;

import dev.premortem.estate.Observation;
import dev.premortem.estate.OwnerAssumption;
import dev.premortem.estate.Reference;
import dev.premortem.estate.RemedyCost;
import dev.premortem.fact.Assumption;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Observed;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Near;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the owner assumes and what was observed. */
final class Beliefs {
    private static final List<String> SETTABLE =
            List.of("mtbf", "mttr", OwnerAssumption.FAILURES, OwnerAssumption.REPAIR, OwnerAssumption.FAILOVER);

    private Beliefs() {}

    static void assumptions(Fields spec, Harvest harvest) {
        spec.allow("set", "defaults", "costs");
        for (Fields item : spec.each("set")) {
            item.allow("of", "fact", "value", "because");
            Optional<Fact<String>> of = required(item, "of", "a reference such as link/primary");
            Optional<Fact<String>> fact = required(item, "fact", "the name of a fact");
            if (item.get("value").isEmpty()) {
                item.lacks("value", "a value");
            }
            if (of.isPresent() && fact.isPresent() && item.get("value").isPresent()) {
                set(of.get(), fact.get(), item, harvest);
            }
        }
        spec.below("defaults").ifPresent(defaults -> flatten("", defaults.tree(), harvest));
        for (Fields item : spec.each("costs")) {
            item.allow("remedy", "cost");
            Optional<Fact<String>> remedy =
                    required(item, "remedy", "the id of an outage, or a remedy's title with * for anything");
            Optional<Fact<Double>> cost = item.number("cost");
            if (item.get("cost").isEmpty()) {
                item.lacks("cost", "a number such as 3");
            }
            if (remedy.isPresent() && cost.isPresent()) {
                harvest.costs.add(
                        new RemedyCost(remedy.get().value(), cost.get().value(), item.place()));
            }
        }
    }

    private static void set(Fact<String> of, Fact<String> fact, Fields item, Harvest harvest) {
        Tree value = item.get("value").orElse(item.tree());
        Optional<Fact<String>> read;
        String name = fact.value();
        switch (name) {
            case "mtbf" -> {
                name = OwnerAssumption.FAILURES;
                read = Figures.duration(value, harvest)
                        .flatMap(mtbf -> Figures.rate(mtbf, harvest))
                        .map(rate -> rate.map(String::valueOf));
            }
            case OwnerAssumption.FAILURES, OwnerAssumption.FAILOVER ->
                read = Figures.number(value, harvest).map(number -> number.map(String::valueOf));
            case "mttr", OwnerAssumption.REPAIR -> {
                name = OwnerAssumption.REPAIR;
                read = Figures.duration(value, harvest).map(length -> length.map(String::valueOf));
            }
            default -> {
                harvest.problem(
                        fact.provenance() instanceof Declared place ? place : item.place(),
                        "nothing reads \"" + name + "\" of one thing",
                        "one of " + String.join(", ", SETTABLE),
                        Near.nearest(name, SETTABLE)
                                .map(near -> "it is called " + near)
                                .orElse(""));
                return;
            }
        }
        String known = name;
        read.ifPresent(text -> harvest.overrides.add(new OwnerAssumption(
                new Reference(of.value()),
                known,
                text,
                item.text("because").map(Fact::value).orElse(""),
                item.place())));
    }

    /** {@code link: {repair: 4h}} and {@code link.repair: 4h} mean the same. */
    private static void flatten(String prefix, Tree defaults, Harvest harvest) {
        for (Tree.Entry entry : defaults.entries()) {
            String id = prefix + entry.key();
            Optional<Assumption<?>> known = Catalogue.find(id);
            if (known.isPresent()) {
                Optional<Fact<String>> figure = known.get().value() instanceof Duration
                        ? Figures.duration(entry.value(), harvest).map(length -> length.map(String::valueOf))
                        : Figures.number(entry.value(), harvest).map(number -> number.map(String::valueOf));
                figure.ifPresent(value -> harvest.defaults.put(id, value));
            } else if (entry.value() instanceof Tree.Mapping) {
                flatten(id + ".", entry.value(), harvest);
            } else {
                unknown(id, entry, harvest);
            }
        }
    }

    /** Only what the catalogue has can be replaced: a default that nobody reads would be believed. */
    private static void unknown(String id, Tree.Entry entry, Harvest harvest) {
        List<String> ids = Catalogue.all().stream().map(Assumption::id).toList();
        String hint = Near.nearest(id, ids).map(near -> "it is called " + near).orElse("");
        harvest.problem(entry.place(), "no default is called " + id, "one of " + String.join(", ", ids), hint);
    }

    static void observation(Fields spec, Harvest harvest) {
        spec.allow("of", "fact", "value", "at", "by", "validFor");
        Optional<Fact<String>> of = required(spec, "of", "a reference such as link/primary");
        Optional<Fact<String>> fact = required(spec, "fact", "the name of a fact such as restarts");
        Optional<Tree> value = spec.get("value");
        if (value.isEmpty()) {
            spec.lacks("value", "what was observed");
        }
        Optional<Fact<Instant>> at = spec.instant("at");
        if (spec.get("at").isEmpty()) {
            spec.lacks("at", "an instant such as 2026-02-01T00:00:00Z");
        }
        Optional<Fact<java.time.Duration>> validFor = spec.duration("validFor");
        if (of.isPresent() && fact.isPresent() && value.isPresent() && at.isPresent()) {
            String by = spec.text("by").map(Fact::value).orElse("not said");
            harvest.observations.add(new Observation(
                    new Reference(of.get().value()),
                    fact.get().value(),
                    value.get(),
                    new Observed(at.get().value(), by, value.get().place()),
                    validFor.map(Fact::value)));
        }
    }

    private static Optional<Fact<String>> required(Fields fields, String key, String expected) {
        Optional<Fact<String>> found = fields.text(key);
        if (fields.get(key).isEmpty()) {
            fields.lacks(key, expected);
        }
        return found;
    }
}
