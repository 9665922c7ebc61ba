package dev.premortem.source.declared;

import dev.premortem.estate.Observation;
import dev.premortem.estate.OwnerAssumption;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Observed;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import java.time.Instant;
import java.util.Optional;

/** What the owner assumes and what was observed. */
final class Beliefs {
    private Beliefs() {}

    static void assumptions(Fields spec, Harvest harvest) {
        spec.allow("set", "defaults", "costs");
        for (Fields item : spec.each("set")) {
            item.allow("of", "fact", "value", "because");
            Optional<Fact<String>> of = required(item, "of", "a reference such as link/primary");
            Optional<Fact<String>> fact = required(item, "fact", "the name of a fact");
            Optional<Fact<String>> value = required(item, "value", "a value");
            if (of.isPresent() && fact.isPresent() && value.isPresent()) {
                harvest.overrides.add(new OwnerAssumption(
                        new Reference(of.get().value()),
                        fact.get().value(),
                        value.get(),
                        item.text("because").map(Fact::value).orElse(""),
                        item.place()));
            }
        }
        spec.below("defaults").ifPresent(defaults -> flatten("", defaults.tree(), harvest));
        spec.each("costs").forEach(cost -> cost.allow("remedy", "cost"));
    }

    /** {@code link: {repair: 4h}} and {@code link.repair: 4h} mean the same. */
    private static void flatten(String prefix, Tree defaults, Harvest harvest) {
        for (Tree.Entry entry : defaults.entries()) {
            String id = prefix + entry.key();
            if (entry.value() instanceof Tree.Mapping) {
                flatten(id + ".", entry.value(), harvest);
            } else {
                entry.value()
                        .text()
                        .ifPresentOrElse(
                                value -> harvest.defaults.put(id, value),
                                () -> harvest.problem(
                                        entry.value().place(), Fields.describe(entry.value()), "a single value"));
            }
        }
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
