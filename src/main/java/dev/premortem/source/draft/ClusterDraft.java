package dev.premortem.source.draft;

import dev.premortem.estate.Estate;
import dev.premortem.estate.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** One cluster of the draft. */
final class ClusterDraft {
    private static final int MOST_POOLS = 3;

    private final Roots root;
    private final List<String> sites;
    private final Optional<String> guessedSite;
    private final Pools pools;
    private final Surroundings around;
    private final Optional<ControlPlane> plane;
    private final boolean again;
    private final Map<String, String> bySite;

    /**
     * What a draft of a cluster starts from.
     *
     * @param sites names of sites that the draft or the tree declares, by the zone of their nodes
     * @param guessed the site that stands in where no node says its zone
     * @param again true where check reads the same files again
     */
    record Start(Estate estate, List<ControlPlane> planes, Map<String, String> sites, String guessed, boolean again) {}

    /** @param only true where it is the only cluster: then everything belongs to it */
    ClusterDraft(Roots root, boolean only, Start start) {
        this.root = root;
        Predicate<String> mine = name -> only || name.equals(root.name());
        List<Node> nodes = start.estate().all(Node.class).stream()
                .filter(node -> mine.test(node.cluster())
                        || root.path()
                                .filter(path -> node.place().file().startsWith(path + "/"))
                                .isPresent())
                .toList();
        this.pools = new Pools(nodes);
        this.around = new Surroundings(start.estate(), mine);
        this.plane = start.planes().stream()
                .filter(found -> only
                        || found.cluster().filter(root.name()::equals).isPresent()
                        || root.path()
                                .filter(path -> found.file().startsWith(path + "/"))
                                .isPresent())
                .max((one, other) -> Integer.compare(one.nodes(), other.nodes()));
        List<String> known = nodes.stream()
                .flatMap(node -> Pools.zone(node).stream())
                .flatMap(zone -> Optional.ofNullable(start.sites().get(zone)).stream())
                .distinct()
                .sorted()
                .toList();
        this.sites = known.isEmpty() ? List.of(start.guessed()) : known;
        this.guessedSite = known.isEmpty() ? Optional.of(start.guessed()) : Optional.empty();
        this.again = start.again();
        this.bySite = start.sites();
    }

    /** Every field that is known, one a line. */
    List<String> document() {
        List<String> lines = new ArrayList<>(List.of(
                "apiVersion: premortem.dev/v1",
                "kind: Cluster",
                "metadata: {name: " + Scalar.of(root.name()) + "} # guess: " + Scalar.comment(root.why()),
                "spec:"));
        fields().forEach(field -> lines.add("  " + field));
        List<Pools.Pool> all = pools.pools();
        if (!all.isEmpty()) {
            lines.add(
                    "  nodePools:" + (all.size() > MOST_POOLS ? " # and " + (all.size() - MOST_POOLS) + " more" : ""));
            all.stream()
                    .limit(MOST_POOLS)
                    .forEach(pool -> lines.add("    - " + pool.item(Optional.ofNullable(bySite.get(pool.zone())))));
        }
        return lines;
    }

    /** The same on one line, for many clusters: no remarks, no pools. */
    List<String> line() {
        List<String> fields = fields().stream()
                .filter(field -> !field.startsWith("#"))
                .map(field -> field.replaceFirst(" # guess.*$", ""))
                .toList();
        return List.of("{apiVersion: premortem.dev/v1, kind: Cluster, metadata: {name: " + Scalar.of(root.name())
                + "}, spec: {" + String.join(", ", fields) + "}} # guess: " + Scalar.comment(root.why()));
    }

    private List<String> fields() {
        List<String> fields = new ArrayList<>();
        fields.add(
                sites.size() == 1
                        ? "site: " + Scalar.of(sites.getFirst())
                                + guessedSite.map(_ -> " # guess").orElse("")
                        : "sites: " + Scalar.list(sites));
        root.path().ifPresent(path -> fields.add("path: " + Scalar.of(path)));
        root.context().ifPresent(context -> fields.add("context: " + Scalar.of(context)));
        controlPlane().ifPresent(fields::add);
        plane.map(found -> "distribution: {name: " + found.distribution()
                        + found.version()
                                .map(version -> ", version: " + Scalar.of(version))
                                .orElse("") + "}")
                .or(around::distribution)
                .ifPresent(fields::add);
        around.network(again).ifPresent(fields::add);
        around.loadBalancer().ifPresent(fields::add);
        List<String> certificates = around.certificates();
        if (!certificates.isEmpty()) {
            fields.add("certificates: " + Scalar.list(certificates.subList(0, Math.min(3, certificates.size()))));
        }
        return fields;
    }

    private Optional<String> controlPlane() {
        List<String> members = new ArrayList<>();
        pools.planes().forEach((zone, count) -> {
            String site = bySite.getOrDefault(zone, sites.getFirst());
            members.add("{site: " + Scalar.of(site) + ", nodes: " + count + "}");
        });
        if (members.isEmpty()) {
            plane.filter(found -> found.nodes() > 0)
                    .ifPresent(found ->
                            members.add("{site: " + Scalar.of(sites.getFirst()) + ", nodes: " + found.nodes() + "}"));
        }
        return members.isEmpty() ? Optional.empty() : Optional.of("controlPlane: [" + String.join(", ", members) + "]");
    }
}
