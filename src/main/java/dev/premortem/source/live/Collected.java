package dev.premortem.source.live;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Sighting;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Coverage;
import dev.premortem.source.text.JsonItems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What comes together of one cluster while its lists are read. */
final class Collected {
    private final String cluster;
    private final Instant now;
    private final List<Seen> seen = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Coverage.NotUnderstood> leftOut = new ArrayList<>();
    private final TreeSet<String> kinds = new TreeSet<>();
    private final List<Tree> nodes = new ArrayList<>();
    private final Pods pods;
    private final Warnings warnings;

    Collected(String cluster, Instant now) {
        this.cluster = cluster;
        this.now = now;
        this.pods = new Pods(cluster, now);
        this.warnings = new Warnings(cluster, now);
    }

    /** Takes the answer to one list. */
    void take(LiveKind kind, String version, Answer<Listing.All> answer) {
        switch (answer) {
            case Answer.Got<Listing.All>(Listing.All all) -> {
                all.items().forEach(item -> item(kind, version, item));
                if (all.whole()) {
                    kinds.add(kind.kind());
                } else {
                    leftOut(kind, "more than " + all.items().size() + " of them; the rest was not read");
                }
            }
            case Answer.Refused<Listing.All>(int status) -> refused(kind, status);
            case Answer.Failed<Listing.All>(String why) ->
                problems.add(new Problem(
                        "cluster " + cluster,
                        0,
                        kind.plural(),
                        why,
                        "a list of " + kind.plural(),
                        "a second try helps; what is missing counts as absent, not as fine"));
        }
    }

    private void refused(LiveKind kind, int status) {
        switch (status) {
            case 403 ->
                leftOut(
                        kind,
                        "may not be read: the verb list on " + resource(kind) + " is not granted"
                                + " (deploy/rbac.yaml has all that is needed)");
            case 404 -> {
                // The group is there, the kind is not: there are none.
            }
            case 401 ->
                problems.add(new Problem(
                        "cluster " + cluster,
                        0,
                        kind.plural(),
                        "the credentials are not accepted (401)",
                        "a context that can log in",
                        "the token has ended; log in again"));
            default -> leftOut(kind, "the API server answered " + status + " to the list of " + resource(kind));
        }
    }

    private static String resource(LiveKind kind) {
        return kind.group().isEmpty() ? kind.plural() : kind.plural() + "." + kind.group();
    }

    private void leftOut(LiveKind kind, String reason) {
        leftOut.add(new Coverage.NotUnderstood(new Sighting(now, cluster).file(), 1, kind.kind(), reason));
    }

    private void item(LiveKind kind, String version, Tree item) {
        if (!(item instanceof Tree.Mapping mapping)) {
            return;
        }
        switch (kind.kind()) {
            case "Event" -> warnings.add(item);
            case "Pod" -> {
                if (!pods.add(item)) {
                    object(kind, version, mapping);
                }
            }
            case "ConfigMap" -> {
                // One in every namespace, with the cluster's own authority: no setting of anything.
                if (item.text("metadata.name")
                        .filter(name -> name.value().equals("kube-root-ca.crt"))
                        .isEmpty()) {
                    object(kind, version, mapping);
                }
            }
            case "Secret" -> {
                if (item.entries("data").stream().anyMatch(entry -> entry.key().equals("tls.crt"))) {
                    object(kind, version, mapping);
                }
            }
            case "Service" -> {
                object(kind, version, mapping);
                address(item);
            }
            case "Node" -> {
                nodes.add(item);
                object(kind, version, mapping);
            }
            case "Certificate" -> {
                object(kind, version, mapping);
                issued(item);
            }
            default -> object(kind, version, mapping);
        }
    }

    private void object(LiveKind kind, String version, Tree.Mapping item) {
        Optional<String> name = item.text("metadata.name").map(Fact::value);
        if (name.isEmpty()) {
            return;
        }
        String namespace = item.text("metadata.namespace")
                .map(found -> found.value() + "/")
                .orElse("");
        Sighting where = new Sighting(now, cluster + "/" + namespace + kind.kind() + "/" + name.get());
        List<Tree.Entry> entries = new ArrayList<>();
        entries.add(Seen.entry(where, "apiVersion", "apiVersion", kind.apiVersion(version)));
        entries.add(Seen.entry(where, "kind", "kind", kind.kind()));
        ((Tree.Mapping) JsonItems.in(where.file(), item))
                .values().stream()
                        .filter(entry -> !entry.key().equals("apiVersion")
                                && !entry.key().equals("kind"))
                        .forEach(entries::add);
        seen.add(new Seen(Seen.mapping(where, "", entries), cluster));
    }

    /** The address that a load balancer has, which a chart's Service in a file does not know. */
    private void address(Tree service) {
        Optional<Tree> first =
                service.items("status.loadBalancer.ingress").stream().findFirst();
        Optional<Fact<String>> address = first.flatMap(found -> found.text("ip").or(() -> found.text("hostname")));
        Optional<String> namespace = service.text("metadata.namespace").map(Fact::value);
        Optional<String> name = service.text("metadata.name").map(Fact::value);
        if (address.isPresent() && namespace.isPresent() && name.isPresent()) {
            String reference = cluster + "/" + namespace.get() + "/Service/" + name.get();
            Sighting where = new Sighting(now, reference);
            seen.add(Seen.observation(
                    cluster,
                    where,
                    reference,
                    "address",
                    Seen.text(
                            where, "status.loadBalancer.ingress", address.get().value()),
                    "cluster " + cluster));
        }
    }

    /** What cert-manager says of a certificate that it issued: seen also where Secrets may not be read. */
    private void issued(Tree order) {
        Optional<String> namespace = order.text("metadata.namespace").map(Fact::value);
        Optional<String> name = order.text("metadata.name").map(Fact::value);
        if (namespace.isEmpty() || name.isEmpty()) {
            return;
        }
        String reference = cluster + "/" + namespace.get() + "/Certificate/" + name.get();
        Sighting where = new Sighting(now, reference);
        for (String field : List.of("notAfter", "renewalTime")) {
            order.text("status." + field)
                    .ifPresent(at -> seen.add(Seen.observation(
                            cluster,
                            where,
                            reference,
                            field,
                            Seen.text(where, "status." + field, at.value()),
                            "cert-manager in cluster " + cluster)));
        }
    }

    /** Certificates that the cluster serves, by the role that they play. */
    void certificate(String role, String pem) {
        Sighting where = new Sighting(now, cluster + "/" + role);
        seen.add(new Seen(Seen.text(where, "", pem), cluster));
    }

    Nodes nodes(Names names) {
        return new Nodes(cluster, now, nodes, names);
    }

    void problem(String found, String expected, String hint) {
        problems.add(new Problem("cluster " + cluster, 0, "", found, expected, hint));
    }

    void see(List<Seen> more) {
        seen.addAll(more);
    }

    Sightings sightings() {
        seen.addAll(pods.observations());
        seen.addAll(warnings.observations());
        TreeMap<String, java.util.SortedSet<String>> complete = new TreeMap<>();
        complete.put(cluster, kinds);
        return new Sightings(List.copyOf(seen), List.copyOf(problems), List.copyOf(leftOut), complete);
    }
}
