package dev.premortem.model;

import dev.premortem.estate.Link;
import dev.premortem.estate.OwnerAssumption;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Fact;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Meaning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stands against two links between the same sites and is in no file: something that both share without anybody knowing it (a duct, a building's
 * entry, a configuration), and a failover that nobody has tried. Both outweigh two independent failures by far, so they count where minutes are asked
 * for; no outage is told of them, because nobody declared them.
 *
 * <p>The chance of a shared cause is the beta factor: the part of the failures of the more reliable link that strikes all of them (K. N. Fleming, A
 * reliability model for common mode failures in redundant safety systems, 1975). Links that share a declared cause or provider have theirs already.
 */
final class Unseen {
    private static final String UNDECLARED = "cause/undeclared:";

    private final Sketch sketch;
    private final List<Condition> drawn = new ArrayList<>();

    Unseen(Sketch sketch) {
        this.sketch = sketch;
    }

    /** True for a cause that is only drawn where minutes are asked for. */
    static boolean isOne(Reference reference) {
        return reference.text().startsWith(UNDECLARED);
    }

    /** Draws them, and names them. */
    List<Condition> draw() {
        SortedMap<String, List<Link>> between = new TreeMap<>();
        for (Link link : sketch.ground().links().values()) {
            between.computeIfAbsent(ends(link), _ -> new ArrayList<>()).add(link);
        }
        between.values().stream().filter(links -> links.size() > 1).forEach(links -> {
            shared(links);
            standby(links);
        });
        return drawn;
    }

    /** The sites that a link joins, in one order. */
    static String ends(Link link) {
        String a = link.from().value();
        String b = link.to().value();
        return a.compareTo(b) < 0 ? a + " " + b : b + " " + a;
    }

    /** One cause behind all links between two sites. */
    private void shared(List<Link> links) {
        if (declaredBehindAll(links)) {
            return;
        }
        Optional<Fault> rarest = links.stream()
                .map(link -> Condition.of(link.reference().text(), "itself"))
                .flatMap(link -> sketch.twin().fault(link).stream())
                .min(Comparator.comparingDouble(fault -> fault.failuresPerYear().value()));
        if (sketch.number(Catalogue.LINK_COMMON_CAUSE).value() <= 0 || rarest.isEmpty()) {
            return;
        }
        List<String> names = links.stream().map(Link::name).toList();
        Condition cause = Condition.of(UNDECLARED + String.join("+", names));
        Fact<Double> beta = sketch.number(Catalogue.LINK_COMMON_CAUSE);
        sketch.twin()
                .basic(
                        cause,
                        true,
                        Meaning.of(
                                "",
                                cause + " is over",
                                "something strikes that the links " + String.join(" and ", names)
                                        + " share and nobody declared",
                                new Evidence("links between the same sites", beta.provenance())));
        sketch.ground()
                .causeFault(
                        cause,
                        () -> beta.map(
                                part -> part * rarest.get().failuresPerYear().value()),
                        rarest.get()::repair);
        drawn.add(cause);
        links.forEach(link -> sketch.twin().require(sketch.ground().link(link.name()), cause));
    }

    private static boolean declaredBehindAll(List<Link> links) {
        Set<String> common = new HashSet<>(causes(links.getFirst()));
        links.forEach(link -> common.retainAll(causes(link)));
        return !common.isEmpty();
    }

    /** Names of what a link declares to fail with: its provider, and its causes. */
    static Set<String> causes(Link link) {
        Set<String> names = new HashSet<>();
        link.provider().ifPresent(provider -> names.add(provider.value()));
        link.causes().forEach(cause -> names.add(cause.value()));
        return names;
    }

    /** Links that carry nothing while a preferred one is up. */
    private void standby(List<Link> links) {
        int preferred =
                links.stream().mapToInt(link -> link.preference().value()).min().orElse(0);
        for (Link link : links) {
            boolean waits = link.preference().value() > preferred;
            if (!waits) {
                continue;
            }
            Fact<Double> chance = sketch.figures()
                    .number(link.reference(), OwnerAssumption.FAILOVER)
                    .orElseGet(() -> sketch.number(
                            link.probe().isPresent() ? Catalogue.LINK_FAILOVER_PROBED : Catalogue.LINK_FAILOVER));
            if (chance.value() > 0) {
                Condition works = sketch.ground().failover(link.name());
                sketch.twin()
                        .basic(
                                works,
                                true,
                                Meaning.of(
                                        "",
                                        "traffic that moves to " + link.reference() + " gets through",
                                        link.reference() + " does not take over, and nobody knew",
                                        Evidence.of(
                                                "preference "
                                                        + link.preference().value(),
                                                link.preference())));
                sketch.twin().fault(Fault.latent(works, chance));
                drawn.add(works);
            }
        }
    }
}
