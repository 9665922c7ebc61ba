package dev.premortem.source.declared;

import dev.premortem.estate.Link;
import dev.premortem.estate.Site;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.declared.DeclaredKinds.Named;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import java.util.List;
import java.util.Optional;

/** Sites and the links between them. */
final class Places {
    /** The smallest MTU of IPv4 (RFC 791). */
    private static final int LEAST_MTU = 68;

    private Places() {}

    static void site(Named named, Fields spec, Harvest harvest) {
        spec.allow("zone", "nodes", "parent", "provider", "causes", "failure");
        named.name()
                .ifPresent(name -> harvest.things.add(new Site(
                        name,
                        named.place(),
                        spec.text("zone"),
                        nodes(spec),
                        spec.text("parent"),
                        spec.text("provider"),
                        spec.texts("causes"),
                        Figures.failure(spec, harvest))));
    }

    private static java.util.Map<String, String> nodes(Fields spec) {
        return spec.below("nodes")
                .filter(nodes -> nodes.get("matchLabels").isPresent())
                .map(nodes -> nodes.plainMap("matchLabels"))
                .orElseGet(() -> spec.plainMap("nodes"));
    }

    static void link(Named named, Fields spec, Harvest harvest) {
        spec.allow(
                "between",
                "mtu",
                "preference",
                "provider",
                "causes",
                "pmtud",
                "mssClamp",
                "probe",
                "convergence",
                "oversize",
                "capacity",
                "latency",
                "failure");
        List<Fact<String>> ends = spec.texts("between");
        if (ends.size() != 2) {
            if (spec.get("between").isEmpty()) {
                spec.lacks("between", "a list of two sites");
            } else {
                harvest.problem(
                        spec.get("between").orElse(spec.tree()).place(), ends.size() + " sites", "a list of two sites");
            }
        }
        if (ends.size() == 2 && ends.get(0).value().equals(ends.get(1).value())) {
            harvest.problem(
                    spec.get("between").orElse(spec.tree()).place(),
                    "\"" + ends.get(0).value() + "\" twice",
                    "two different sites");
            return;
        }
        Optional<Fact<Integer>> mtu = spec.integer("mtu", LEAST_MTU);
        if (spec.get("mtu").isEmpty()) {
            spec.lacks("mtu", "the largest IP packet in bytes, such as 1500");
        }
        spec.below("probe").ifPresent(probe -> probe.allow("from", "to"));
        Optional<Fact<Integer>> preference = spec.integer("preference", 0);
        Optional<Fact<Link.Pmtud>> pmtud = spec.choice("pmtud", Link.Pmtud.class);
        Optional<Fact<Link.Oversize>> oversize = spec.choice("oversize", Link.Oversize.class);
        if (named.name().isEmpty() || mtu.isEmpty() || ends.size() != 2) {
            return;
        }
        harvest.things.add(new Link(
                named.name().get(),
                named.place(),
                ends.get(0),
                ends.get(1),
                mtu.get(),
                preference.orElseGet(() -> assumed(100, "link.preference", "every link without a preference is equal")),
                spec.text("provider"),
                spec.texts("causes"),
                pmtud.orElseGet(
                        () -> assumed(Link.Pmtud.UNKNOWN, "link.pmtud", "whether ICMP comes back was not declared")),
                spec.integer("mssClamp", 1),
                spec.get("probe").map(Tree::place),
                spec.duration("convergence"),
                oversize.orElseGet(() ->
                        assumed(Link.Oversize.UNKNOWN, "link.oversize", "what the narrow hop does was not declared")),
                Figures.failure(spec, harvest)));
    }

    static <T> Fact<T> assumed(T value, String id, String source) {
        return new Fact<>(value, new Assumed(id, source));
    }
}
