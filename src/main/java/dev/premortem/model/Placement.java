package dev.premortem.model;

import dev.premortem.estate.Cluster;
import dev.premortem.estate.Dependency;
import dev.premortem.estate.HostedService;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Fact;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.TwinBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where workloads and hosted services stand, and what they need to run. A workload holds while it runs at one of its sites; at a site it needs the site, its
 * cluster, whatever mechanisms require of it, and each dependency as seen from that site.
 */
public final class Placement {
    /** Where the site is not known. */
    static final String ANYWHERE = "";

    private static final Set<String> SERVING =
            new TreeSet<>(List.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Pod"));

    private final SortedMap<String, List<Workload>> byNamespace = new TreeMap<>();
    private final Sketch sketch;
    private final SortedMap<String, Workload> workloads = new TreeMap<>();
    private final Map<String, List<Workload>> byLabel = new HashMap<>();
    private final Map<String, List<Workload>> selected = new HashMap<>();
    private final SortedMap<String, List<Service>> services = new TreeMap<>();

    private final SortedMap<String, Shared> sharedCalls = new TreeMap<>();
    private final SortedMap<String, List<Dependency>> byService = new TreeMap<>();

    Placement(Sketch sketch) {
        this.sketch = sketch;
        for (Workload workload : sketch.estate().all(Workload.class)) {
            if (SERVING.contains(workload.kind())) {
                workloads.put(workload.reference().text(), workload);
                workload.podLabels()
                        .entrySet()
                        .forEach(label -> byLabel.computeIfAbsent(
                                        label(workload.cluster(), workload.namespace(), label), _ -> new ArrayList<>())
                                .add(workload));
            }
        }
        for (Service service : sketch.estate().all(Service.class)) {
            services.computeIfAbsent(service.namespace() + "/" + service.name(), _ -> new ArrayList<>())
                    .add(service);
        }
        for (List<Service> named : services.values()) {
            for (Service service : named) {
                if (!service.dependsOn().isEmpty()) {
                    backends(service)
                            .forEach(workload -> byService
                                    .computeIfAbsent(workload.reference().text(), _ -> new ArrayList<>())
                                    .addAll(service.dependsOn()));
                }
            }
        }
    }

    /** Workloads that serve, by reference. */
    public SortedMap<String, Workload> workloads() {
        return workloads;
    }

    /** The workload runs somewhere. */
    public Condition workload(Workload workload) {
        return Condition.of(workload.reference().text());
    }

    /** The workload runs at a site. */
    public Condition at(Workload workload, String site) {
        return Condition.of(workload.reference().text(), site.equals(ANYWHERE) ? "here" : "at:" + site);
    }

    /** Requires a condition of the workload wherever it runs. */
    public void require(Workload workload, Condition needed) {
        sketch.twin().require(Condition.of(workload.reference().text(), "itself"), needed);
    }

    /** The hosted service answers. */
    public Condition hosted(HostedService service) {
        return Condition.of(service.reference().text());
    }

    /** Sites at which the workload may run; one unnamed site where none is known. */
    public List<String> sites(Workload workload) {
        if (workload.site().isPresent()
                && sketch.ground().sites().containsKey(workload.site().get().value())) {
            return List.of(workload.site().get().value());
        }
        Cluster cluster = sketch.ground().clusters().get(workload.cluster());
        List<String> sites = new ArrayList<>();
        if (cluster != null) {
            cluster.sites().stream()
                    .map(Fact::value)
                    .filter(site -> sketch.ground().sites().containsKey(site))
                    .forEach(sites::add);
        }
        return sites.isEmpty() ? List.of(ANYWHERE) : sites;
    }

    /** The workloads of a namespace, sorted by reference. */
    public List<Workload> in(String cluster, String namespace) {
        if (byNamespace.isEmpty()) {
            workloads
                    .values()
                    .forEach(workload -> byNamespace
                            .computeIfAbsent(workload.cluster() + "/" + workload.namespace(), _ -> new ArrayList<>())
                            .add(workload));
        }
        return byNamespace.getOrDefault(cluster + "/" + namespace, List.of());
    }

    /** True where a service selects the pods of a workload. */
    public boolean serves(Service service, Workload workload) {
        return backends(service).stream()
                .anyMatch(backend -> backend.reference().equals(workload.reference()));
    }

    /** The workloads whose pods a service selects. */
    public List<Workload> backends(Service service) {
        return selected.computeIfAbsent(service.reference().text(), _ -> select(service));
    }

    private List<Workload> select(Service service) {
        List<Workload> fewest = List.of();
        boolean first = true;
        for (Map.Entry<String, String> label : service.selector().entrySet()) {
            List<Workload> labelled =
                    byLabel.getOrDefault(label(service.cluster(), service.namespace(), label), List.of());
            fewest = first || labelled.size() < fewest.size() ? labelled : fewest;
            first = false;
        }
        return fewest.stream()
                .filter(workload -> workload.podLabels()
                        .entrySet()
                        .containsAll(service.selector().entrySet()))
                .toList();
    }

    private static String label(String cluster, String namespace, Map.Entry<String, String> label) {
        return cluster + "/" + namespace + "/" + label.getKey() + "=" + label.getValue();
    }

    void draw() {
        for (HostedService service : sketch.estate().all(HostedService.class)) {
            drawHosted(service);
        }
        for (Workload workload : workloads.values()) {
            drawWorkload(workload);
        }
        for (HostedService service : sketch.estate().all(HostedService.class)) {
            for (Dependency dependency : service.dependsOn()) {
                need(hosted(service), dependency, service.site().value(), Optional.empty(), false);
            }
        }
        for (Workload workload : workloads.values()) {
            for (Dependency dependency : dependencies(workload)) {
                for (String site : sites(workload)) {
                    need(at(workload, site), dependency, site, Optional.of(workload.cluster()), workload.hostNetwork());
                }
            }
        }
    }

    /** What a workload needs: its own dependencies and those declared on the services that select it. */
    private List<Dependency> dependencies(Workload workload) {
        Set<Dependency> all = new LinkedHashSet<>(workload.dependsOn());
        all.addAll(byService.getOrDefault(workload.reference().text(), List.of()));
        return List.copyOf(all);
    }

    private void drawHosted(HostedService service) {
        TwinBuilder twin = sketch.twin();
        String name = service.reference().text();
        Condition main = twin.open(hosted(service), Meaning.of("", name + " answers", name + " is down"));
        Condition itself = twin.basic(
                Condition.of(name, "itself"),
                true,
                Meaning.of(
                        "single-replica",
                        name + " answers",
                        name + " fails",
                        Evidence.of("hosted service", new Fact<>(name, service.place()))));
        twin.require(main, itself);
        // Copies fail one by one: all of them together only where the owner says how often, or by a common cause.
        if (service.replicas().value() <= 1 || sketch.figures().declares(service.reference(), service.failure())) {
            sketch.ground()
                    .fault(service.reference(), service.failure(), Catalogue.HOSTED_FAILURES, Catalogue.HOSTED_REPAIR);
        }
        if (sketch.ground().sites().containsKey(service.site().value())) {
            twin.require(main, sketch.ground().site(service.site().value()));
        }
        service.host().ifPresent(host -> {
            Condition machine = Condition.of("cause/" + host.value());
            if (!twin.defines(machine)) {
                twin.basic(
                        machine,
                        true,
                        Meaning.of(
                                "",
                                "machine " + host.value() + " runs",
                                "machine " + host.value() + " is lost",
                                Evidence.of(host)));
                sketch.ground()
                        .causeFault(
                                machine,
                                () -> sketch.number(Catalogue.NODE_FAILURES),
                                () -> sketch.duration(Catalogue.NODE_REPAIR));
            }
            twin.require(main, machine);
        });
    }

    private void drawWorkload(Workload workload) {
        TwinBuilder twin = sketch.twin();
        String name = workload.reference().text();
        String word = shortName(workload);
        Condition itself =
                twin.open(Condition.of(name, "itself"), Meaning.of("", word + " runs", word + " does not run"));
        if (sketch.ground().clusters().containsKey(workload.cluster())) {
            twin.require(itself, sketch.ground().cluster(workload.cluster()));
        }
        List<Condition> anywhere = new ArrayList<>();
        for (String site : sites(workload)) {
            boolean known = !site.equals(ANYWHERE);
            Condition at = twin.open(
                    at(workload, site),
                    Meaning.of(
                            "",
                            word + " runs" + (known ? " in " + site : ""),
                            word + " stops" + (known ? " in " + site : "")));
            twin.require(at, itself);
            if (known) {
                twin.require(at, sketch.ground().site(site));
            }
            anywhere.add(at);
        }
        Evidence where = Evidence.of(workload.kind() + " " + workload.name(), new Fact<>(name, workload.place()));
        twin.gate(
                workload(workload),
                new Gate.Any(anywhere),
                Meaning.of(
                        anywhere.size() == 1 && sites(workload).getFirst().equals(ANYWHERE) ? "" : "single-site",
                        word + " answers",
                        word + " is down"
                                + (anywhere.size() == 1
                                                && !sites(workload).getFirst().equals(ANYWHERE)
                                        ? ", which runs in " + sites(workload).getFirst() + " only"
                                        : ""),
                        where));
    }

    /** {@code auth/login}: enough for a person. */
    public static String shortName(Workload workload) {
        return workload.namespace() + "/" + workload.name();
    }

    /** Makes an open condition need a dependency as seen from a site; optional ones and those to start only are not needed to run. */
    void need(Condition caller, Dependency dependency, String site, Optional<String> cluster, boolean hostNetwork) {
        if (dependency.optional() || dependency.when() == Dependency.When.START) {
            return;
        }
        resolve(dependency, site, cluster, hostNetwork)
                .filter(target -> !target.equals(caller))
                .ifPresent(target -> sketch.twin().require(caller, target));
    }

    /** The condition that the dependency's target answers callers at a site; empty where nothing in the estate has that name. */
    Optional<Condition> resolve(Dependency dependency, String site, Optional<String> cluster, boolean hostNetwork) {
        String text = dependency.to().text();
        Optional<HostedService> hosted = sketch.estate().find(HostedService.class, dependency.to());
        if (hosted.isPresent()) {
            Flow flow = Flow.HOST;
            return Optional.of(seen(
                    text,
                    List.of(new Standing(
                            hosted(hosted.get()), hosted.get().site().value(), flow)),
                    site,
                    flow,
                    dependency));
        }
        if (text.startsWith("product/") && sketch.twin().defines(Condition.of(text))) {
            return Optional.of(Condition.of(text));
        }
        List<Standing> standings = new ArrayList<>();
        boolean host = hostNetwork
                || cluster.isEmpty()
                || dependency.crosses().filter(Dependency.Crossing.HOST::equals).isPresent();
        for (Service service : servicesNamed(text)) {
            for (Workload backend : reachable(service)) {
                standings.addAll(standings(backend, cluster, host));
            }
        }
        for (Workload workload : workloadsNamed(text)) {
            standings.addAll(standings(workload, cluster, host));
        }
        if (standings.isEmpty()) {
            boolean stood = sketch.before()
                    .map(before -> before.placement().knows(text))
                    .orElse(false);
            return stood ? Optional.of(deleted(text)) : Optional.empty();
        }
        Flow label = host ? Flow.HOST : standings.getFirst().flow();
        Condition seen = seen(text, standings, site, label, dependency);
        return Optional.of(
                cluster.flatMap(from -> shared(text, from, site, label, seen)).orElse(seen));
    }

    /**
     * Calls to a service that the mesh shares between clusters, as seen from a site.
     *
     * @param all open: every share of the calls gets through
     * @param others clusters whose endpoints take a share beside the caller's own
     */
    public record Shared(Condition all, Service service, String site, List<String> others, Flow flow) {}

    /** Services of a mesh that callers share between their own cluster and others. */
    public List<Shared> shared() {
        return List.copyOf(sharedCalls.values());
    }

    private Optional<Condition> shared(String text, String from, String site, Flow flow, Condition seen) {
        Optional<Service> service = sketch.estate()
                .find(Service.class, new Reference(text))
                .filter(found ->
                        found.cluster().equals(from) && !backends(found).isEmpty());
        List<String> others = service.map(found -> reachable(found).stream()
                        .map(Workload::cluster)
                        .filter(cluster -> !cluster.equals(from))
                        .distinct()
                        .toList())
                .orElse(List.of());
        if (others.isEmpty()) {
            return Optional.empty();
        }
        Condition all = Condition.of(text, "shares:" + (site.equals(ANYWHERE) ? "anywhere" : site) + ":" + flow.word());
        if (!sketch.twin().defines(all)) {
            sketch.twin()
                    .open(
                            all,
                            Meaning.of(
                                    "",
                                    "calls to " + text + " get through",
                                    "a share of the calls to " + text + " hangs"));
            sketch.twin().require(all, seen);
            sharedCalls.put(all.name(), new Shared(all, service.orElseThrow(), site, others, flow));
        }
        return Optional.of(all);
    }

    /** True where a name means something that runs. */
    boolean knows(String text) {
        return !workloadsNamed(text).isEmpty()
                || servicesNamed(text).stream()
                        .anyMatch(service -> !reachable(service).isEmpty());
    }

    /** What a change deleted, lost for good. */
    private Condition deleted(String text) {
        Condition condition = Condition.of(text, "deleted");
        return sketch.twin().defines(condition)
                ? condition
                : sketch.twin().basic(condition, false, Meaning.of("", text + " is there", text + " is deleted"));
    }

    private record Standing(Condition condition, String site, Flow flow) {}

    private List<Standing> standings(Workload backend, Optional<String> cluster, boolean host) {
        List<Standing> all = new ArrayList<>();
        Flow flow = host || backend.hostNetwork()
                ? Flow.HOST
                : Flow.pods(cluster.orElse(backend.cluster()), backend.cluster());
        for (String site : sites(backend)) {
            all.add(new Standing(at(backend, site), site, flow));
        }
        return all;
    }

    private Condition seen(String target, List<Standing> standings, String site, Flow flow, Dependency dependency) {
        Condition condition =
                Condition.of(target, "from:" + (site.equals(ANYWHERE) ? "anywhere" : site) + ":" + flow.word());
        TwinBuilder twin = sketch.twin();
        if (twin.defines(condition)) {
            return condition;
        }
        List<Condition> any = new ArrayList<>();
        for (Standing standing : standings) {
            if (site.equals(ANYWHERE) || standing.site().equals(ANYWHERE) || site.equals(standing.site())) {
                any.add(standing.condition());
                continue;
            }
            Condition over = Condition.of(
                    standing.condition().name(),
                    "reached:" + site + ":" + standing.flow().word());
            if (!twin.defines(over)) {
                twin.gate(
                        over,
                        new Gate.All(List.of(
                                standing.condition(), sketch.routing().path(site, standing.site(), standing.flow()))),
                        Meaning.of("", target + " is reached from " + site, target + " is not reached from " + site));
            }
            any.add(over);
        }
        // Where all copies stand elsewhere, this is the gate at which redundancy between sites is missing.
        boolean far = !site.equals(ANYWHERE)
                && standings.stream()
                        .noneMatch(standing -> standing.site().equals(ANYWHERE)
                                || standing.site().equals(site));
        String from = site.equals(ANYWHERE) ? "" : " from " + site;
        return twin.gate(
                condition,
                new Gate.Any(any.stream().distinct().toList()),
                Meaning.of(
                        far ? "single-site" : "",
                        target + " answers" + from,
                        target + " does not answer" + from,
                        Evidence.of("needs " + target, new Fact<>(target, dependency.place()))));
    }

    /** Backends of a service, those of the other clusters of its mesh included where it is global. */
    private List<Workload> reachable(Service service) {
        List<Workload> all = new ArrayList<>(backends(service));
        boolean global = service.global().map(Fact::value).orElse(false);
        Optional<String> mesh = mesh(service.cluster());
        if (global && mesh.isPresent()) {
            for (Service twin : services.getOrDefault(service.namespace() + "/" + service.name(), List.of())) {
                if (!twin.cluster().equals(service.cluster())
                        && twin.global().map(Fact::value).orElse(false)
                        && mesh.equals(mesh(twin.cluster()))) {
                    all.addAll(backends(twin));
                }
            }
        }
        return all;
    }

    private Optional<String> mesh(String cluster) {
        return Optional.ofNullable(sketch.ground().clusters().get(cluster))
                .flatMap(Cluster::mesh)
                .map(Fact::value);
    }

    private List<Service> servicesNamed(String text) {
        Optional<Service> exact = sketch.estate().find(Service.class, new Reference(text));
        if (exact.isPresent()) {
            return List.of(exact.get());
        }
        String[] parts = text.split("/", 0);
        if (parts.length == 3 && parts[1].equals("Service")) {
            return services.getOrDefault(parts[0] + "/" + parts[2], List.of());
        }
        return List.of();
    }

    private List<Workload> workloadsNamed(String text) {
        Workload exact = workloads.get(text);
        if (exact != null) {
            return List.of(exact);
        }
        String[] parts = text.split("/", 0);
        if (parts.length != 3) {
            return List.of();
        }
        Map<String, Workload> found = new TreeMap<>();
        workloads.forEach((name, workload) -> {
            if (workload.namespace().equals(parts[0])
                    && workload.name().equals(parts[2])
                    && name.equals(workload.cluster() + "/" + text)) {
                found.put(name, workload);
            }
        });
        return List.copyOf(found.values());
    }
}
