package dev.premortem.model;

import dev.premortem.catalogue.Images;
import dev.premortem.estate.CertificateOrder;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Fact;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Two more causes that no document declares and copies share: the release that goes to all clusters alike, so that a bad one takes all of them, and the
 * issuer that renews all certificates. Counted where minutes are asked for, told as no outage: both come by a change or a date, which have outages of
 * their own.
 */
final class SharedChanges {
    private static final String RELEASE = "cause/release:";
    private static final String ISSUER = "cause/issuer:";

    private final Sketch sketch;
    private final List<Condition> drawn = new ArrayList<>();

    SharedChanges(Sketch sketch) {
        this.sketch = sketch;
    }

    /** True for a cause that is only drawn where minutes are asked for. */
    static boolean isOne(Reference reference) {
        return reference.text().startsWith(RELEASE) || reference.text().startsWith(ISSUER);
    }

    /** Draws them, and names them. */
    List<Condition> draw() {
        if (sketch.number(Catalogue.RELEASE_FAILURES).value() > 0) {
            releases();
        }
        if (sketch.number(Catalogue.ISSUER_FAILURES).value() > 0) {
            issuers();
        }
        return drawn;
    }

    /** The same component from the same image in several clusters. */
    private void releases() {
        SortedMap<String, List<Workload>> alike = new TreeMap<>();
        for (Workload workload : sketch.placement().workloads().values()) {
            workload.containers().stream()
                    .limit(1)
                    .flatMap(container -> Images.parse(container.image().value()).stream())
                    .forEach(image -> alike.computeIfAbsent(
                                    workload.namespace() + "/" + workload.name() + " " + image.repository(),
                                    _ -> new ArrayList<>())
                            .add(workload));
        }
        for (List<Workload> copies : alike.values()) {
            if (copies.stream().map(Workload::cluster).distinct().count() < 2) {
                continue;
            }
            Workload first = copies.getFirst();
            Condition cause = cause(
                    RELEASE + first.namespace() + "/" + first.name(),
                    "a bad release of " + first.namespace() + "/" + first.name() + " is in all clusters",
                    first.containers().getFirst().image());
            sketch.ground()
                    .causeFault(
                            cause,
                            () -> sketch.number(Catalogue.RELEASE_FAILURES),
                            () -> sketch.duration(Catalogue.RELEASE_REPAIR));
            copies.forEach(copy -> sketch.placement().require(copy, cause));
        }
    }

    /** One issuer behind several certificates of names that products are reached by. */
    private void issuers() {
        SortedMap<String, List<CertificateOrder>> byIssuer = new TreeMap<>();
        for (CertificateOrder order : sketch.estate().all(CertificateOrder.class)) {
            byIssuer.computeIfAbsent(order.issuer().value(), _ -> new ArrayList<>())
                    .add(order);
        }
        byIssuer.forEach((issuer, orders) -> {
            List<String> hosts = orders.stream()
                    .flatMap(order -> order.names().stream())
                    .map(Fact::value)
                    .filter(host -> sketch.front().productsByHost().containsKey(host))
                    .distinct()
                    .sorted()
                    .toList();
            if (orders.size() < 2 || hosts.isEmpty()) {
                return;
            }
            Condition cause = cause(
                    ISSUER + issuer,
                    "the issuer " + issuer + " renews nothing until certificates end",
                    orders.getFirst().issuer());
            sketch.ground()
                    .causeFault(
                            cause,
                            () -> sketch.number(Catalogue.ISSUER_FAILURES),
                            () -> sketch.duration(Catalogue.ISSUER_REPAIR));
            hosts.forEach(host -> sketch.twin().require(sketch.front().host(host), cause));
        });
    }

    private Condition cause(String name, String strikes, Fact<String> evidence) {
        Condition cause = Condition.of(name);
        sketch.twin().basic(cause, true, Meaning.of("", name + " is over", strikes, Evidence.of(evidence)));
        drawn.add(cause);
        return cause;
    }
}
