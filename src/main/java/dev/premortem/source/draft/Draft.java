package dev.premortem.source.draft;

import dev.premortem.estate.Certificate;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Estate;
import dev.premortem.estate.Node;
import dev.premortem.estate.Product;
import dev.premortem.estate.Release;
import dev.premortem.estate.Site;
import dev.premortem.estate.Workload;
import dev.premortem.estate.Zone;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Sighting;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A first file of declared kinds, of at most forty lines, from what can be read: clusters, sites, zones and products that nothing declares yet.
 * What is not certain is marked as a guess. It holds names, versions and sizes only.
 */
public final class Draft {
    private static final int MOST_LINES = 40;
    private static final int MOST_SITES = 4;
    private static final int MOST_LINED = 2;
    private static final int MOST_CLUSTERS = 8;
    private static final int MOST_ZONES = 2;
    private static final int MOST_PRODUCTS = 8;
    private static final List<String> HEADING = List.of(
            "# yaml-language-server: $schema=https://premortem.dev/schemas/premortem.dev-v1.schema.json",
            "# Made by premortem init from what it could read. Next: correct what is marked as a guess, delete what is",
            "# wrong, add the links between sites (kind: Link) and what runs outside of clusters (kind: HostedService),",
            "# then: premortem check .");

    private final Estate estate;
    private final List<Tree> documents;
    private final boolean again;
    private final Map<String, String> sites = new TreeMap<>();
    private final Page page = new Page(MOST_LINES, HEADING);
    private final List<String> made = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    private Draft(Estate estate, List<Tree> documents, boolean again) {
        this.estate = estate;
        this.documents = documents;
        this.again = again;
    }

    /**
     * Drafts what an estate lacks.
     *
     * @param documents all documents of the tree, also those that are no objects; none for an estate that was read elsewhere
     * @param again true where check reads the same files again, so that what they say need not be said twice
     */
    public static Draft of(Estate estate, List<Tree> documents, boolean again) {
        Draft draft = new Draft(estate, documents, again);
        draft.clusters();
        draft.zones();
        draft.products();
        draft.certificates();
        return draft;
    }

    /** The file; empty where everything that can be read is declared already. */
    public String text() {
        return page.documents() == 0
                ? ""
                : page.text(left.isEmpty() ? "" : "Left out for length: " + String.join(", ", left) + ".");
    }

    /** What was written, in words: {@code 2 clusters}, {@code 5 products}. */
    public List<String> made() {
        return List.copyOf(made);
    }

    private void count(int written, int all, String what) {
        if (written > 0) {
            made.add(written + " " + what + (written == 1 ? "" : "s"));
        }
        if (all > written) {
            left.add((all - written) + " " + what + (all - written == 1 ? "" : "s"));
        }
    }

    private List<Roots> roots(List<ControlPlane> planes) {
        TreeSet<String> declared = new TreeSet<>();
        List<Roots> derived = new ArrayList<>();
        List<Roots> found = Roots.of(documents);
        for (Cluster cluster : estate.all(Cluster.class)) {
            boolean seen = Sighting.is(cluster.place());
            if (cluster.declared() && !seen) {
                declared.add(cluster.name());
                cluster.context().ifPresent(context -> declared.add(Scalar.name(context.value())));
            } else if (seen || !cluster.name().equals("default")) {
                derived.add(found.stream()
                        .filter(root -> root.name().equals(cluster.name()))
                        .findFirst()
                        .orElse(new Roots(
                                cluster.name(),
                                Optional.empty(),
                                cluster.context().map(Fact::value),
                                seen
                                        ? "seen in the cluster of context "
                                                + cluster.context()
                                                        .map(Fact::value)
                                                        .orElse(cluster.name())
                                        : "derived from what is deployed to it")));
            }
        }
        if (again && !declared.isEmpty()) {
            return List.of(); // the owner has said which clusters there are
        }
        List<Roots> roots = derived.isEmpty() ? found : derived;
        if (roots.isEmpty() && !estate.objects().isEmpty()) {
            String name = planes.stream()
                    .flatMap(plane -> plane.cluster().stream())
                    .map(Scalar::name)
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("main");
            roots = List.of(new Roots(name, Optional.empty(), Optional.empty(), "all of this is one cluster"));
        }
        return roots.stream().filter(root -> !declared.contains(root.name())).toList();
    }

    private void clusters() {
        List<ControlPlane> planes = ControlPlane.of(documents);
        List<Roots> roots = roots(planes);
        String guessed = sites(!roots.isEmpty());
        ClusterDraft.Start start = new ClusterDraft.Start(estate, planes, sites, guessed, again);
        int written = 0;
        for (Roots root : roots.subList(0, Math.min(MOST_CLUSTERS, roots.size()))) {
            ClusterDraft draft = new ClusterDraft(root, roots.size() == 1, start);
            boolean added = (roots.size() <= MOST_LINED && page.add(draft.document())) || page.add(draft.line());
            written += added ? 1 : 0;
        }
        count(written, roots.size(), "cluster");
    }

    /** Declares the zones of nodes; where no node has one, the name of the site that stands in. */
    private String sites(boolean needed) {
        List<Site> declared = estate.all(Site.class).stream()
                .filter(site -> !Sighting.is(site.place()))
                .toList();
        declared.forEach(site -> sites.put(site.zone().map(Fact::value).orElse(site.name()), site.name()));
        TreeSet<String> zones = new TreeSet<>();
        estate.all(Node.class).forEach(node -> Pools.zone(node).ifPresent(zones::add));
        zones.removeAll(sites.keySet());
        int written = 0;
        for (String zone : zones) {
            String name = Scalar.name(zone);
            boolean room = written < MOST_SITES && !name.isEmpty() && !sites.containsValue(name);
            if (room && page.add(List.of(document("Site", name, "zone: " + Scalar.of(zone))))) {
                sites.put(zone, name);
                written++;
            }
        }
        count(written, zones.size(), "site");
        if (!sites.isEmpty() || !needed) {
            return sites.isEmpty()
                    ? ""
                    : String.valueOf(sites.values().iterator().next());
        }
        page.add(
                List.of(document("Site", "site-1", "") + " # guess: everything stands in one place; give it its name"));
        count(1, 1, "site");
        return "site-1";
    }

    private static String document(String kind, String name, String spec) {
        return "{apiVersion: premortem.dev/v1, kind: " + kind + ", metadata: {name: " + Scalar.of(name) + "}, spec: {"
                + spec + "}}";
    }

    private void zones() {
        boolean automatic = Stream.concat(
                        estate.all(Workload.class).stream().map(Workload::name),
                        estate.all(Release.class).stream().map(Release::chart))
                .anyMatch(name -> name.startsWith("external-dns"));
        List<Zone> files = estate.all(Zone.class).stream()
                .filter(zone ->
                        zone.managedBy().isEmpty() && !zone.place().file().endsWith(".yaml"))
                .filter(zone -> !Scalar.name(zone.origin()).isEmpty())
                .toList();
        int written = 0;
        for (Zone zone : files) {
            String spec =
                    "file: " + Scalar.of(zone.place().file()) + ", managedBy: " + (automatic ? "external-dns" : "hand");
            boolean room = again && written < MOST_ZONES;
            written += room && page.add(List.of(document("DnsZone", zone.origin(), spec) + " # guess: who writes it"))
                    ? 1
                    : 0;
        }
        count(written, again ? files.size() : 0, "zone");
    }

    /** Which files tell when what is served ends: whoever reads the draft sees whether they are the ones. */
    private void certificates() {
        List<Certificate> served = estate.all(Certificate.class).stream()
                .filter(found -> again && !found.authority() && found.secret().isEmpty())
                .filter(found -> found.cluster().isEmpty() && !found.names().isEmpty())
                .filter(found -> !Sighting.is(found.place()))
                .toList();
        if (!served.isEmpty()) {
            Certificate first = served.getFirst();
            page.remark("Served certificates are read from " + first.place().file() + " ("
                    + first.names().getFirst() + ", until "
                    + first.notAfter().toString().substring(0, 10) + ")"
                    + (served.size() > 1 ? " and " + (served.size() - 1) + " more" : "")
                    + "; is this what is served?");
        }
    }

    /** Names for the outside; those with few labels first, as customers know them. */
    private void products() {
        TreeSet<String> taken = new TreeSet<>();
        estate.all(Product.class).stream().filter(Product::declared).forEach(product -> taken.add(product.name()));
        List<String> hosts = estate.all(Product.class).stream()
                .filter(product -> !product.declared())
                .map(Product::name)
                .filter(host -> !host.startsWith("*") && host.matches("[A-Za-z0-9.-]{1,120}"))
                .sorted(Comparator.comparingLong((String host) ->
                                host.chars().filter(letter -> letter == '.').count())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        int written = 0;
        for (String host : hosts) {
            String label = Scalar.name(host.substring(0, host.indexOf('.') < 0 ? host.length() : host.indexOf('.')));
            String name = label.isEmpty() || label.equals("www") || !taken.add(label) ? Scalar.name(host) : label;
            if (written >= MOST_PRODUCTS) {
                break;
            }
            String spec = "needs: [], urls: [" + Scalar.of("https://" + host) + "], tier: 2";
            if (!name.isEmpty() && page.add(List.of(document("Product", name, spec) + " # guess: the tier"))) {
                written++;
            }
        }
        count(written, hosts.size(), "product");
    }
}
