package dev.premortem.testing;

import dev.premortem.estate.Certificate;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Dependency;
import dev.premortem.estate.Estate;
import dev.premortem.estate.Issuer;
import dev.premortem.estate.Network;
import dev.premortem.estate.Observation;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.estate.Route;
import dev.premortem.estate.Thing;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Observed;
import dev.premortem.fact.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small things of an estate for tests, with everything that does not matter left out. Lines count up so that places differ. */
public final class Estates {
    private final List<Thing> things = new ArrayList<>();
    private final List<Observation> observations = new ArrayList<>();
    private int line;

    /** A place of its own. */
    public Declared place(String file) {
        return new Declared(file, ++line, "");
    }

    /** A fact of its own place. */
    public <T> Fact<T> fact(T value) {
        return new Fact<>(value, place("estate.yaml"));
    }

    private List<Fact<Instant>> instants(List<String> instants) {
        return instants.stream().map(text -> fact(Instant.parse(text))).toList();
    }

    /** A declared cluster without sites. */
    public Estates cluster(String name, String distribution, String version, String... restarts) {
        things.add(new Cluster(
                name,
                place("cluster.yaml"),
                true,
                List.of(),
                List.of(),
                Optional.of(new Cluster.Distribution(
                        fact(distribution), Optional.of(fact(version)), Optional.empty(), List.of())),
                instants(List.of(restarts)),
                List.of(),
                Network.UNKNOWN,
                List.of(),
                Cluster.LoadBalancing.UNKNOWN,
                Optional.empty(),
                Optional.empty()));
        return this;
    }

    /** A leaf of a cluster's control plane. */
    public Estates leaf(String cluster, String role, String issuer, String notBefore, String notAfter) {
        things.add(new Certificate(
                new Reference("certificate/" + role),
                place("pki/" + role + ".crt"),
                role,
                Optional.of(cluster),
                Optional.empty(),
                false,
                role,
                issuer,
                Instant.parse(notBefore),
                Instant.parse(notAfter),
                List.of()));
        return this;
    }

    /** A certificate in a Secret. */
    public Estates secret(String cluster, String namespace, String name, String notAfter, String... names) {
        Instant end = Instant.parse(notAfter);
        things.add(new Certificate(
                Reference.object(cluster, namespace, "Secret", name),
                place(name + ".yaml"),
                name,
                Optional.empty(),
                Optional.of(Reference.object(cluster, namespace, "Secret", name)),
                false,
                names.length == 0 ? "" : names[0],
                "Some CA",
                end.minusSeconds(90L * 86_400),
                end,
                List.of(names)));
        return this;
    }

    /** Anything else. */
    public Estates with(Thing thing) {
        things.add(thing);
        return this;
    }

    /** A Deployment of one container with volumes given as {@code name:kind} and mounts as {@code name:path}. */
    public Estates workload(
            String cluster, String namespace, String name, String image, List<String> volumes, List<String> mounts) {
        List<Workload.Mount> mounted = mounts.stream()
                .map(text -> new Workload.Mount(
                        fact(text.substring(text.indexOf(':') + 1)),
                        text.substring(0, text.indexOf(':')),
                        Optional.empty(),
                        false,
                        place("values.yaml")))
                .toList();
        Workload.Container container = new Workload.Container(
                name,
                place("workload.yaml"),
                fact(image),
                List.of(),
                Map.of(),
                mounted,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        things.add(new Workload(
                Reference.object(cluster, namespace, "Deployment", name),
                place("workload.yaml"),
                cluster,
                namespace,
                "Deployment",
                name,
                fact(1),
                Map.of(),
                Map.of("app", name),
                Map.of(),
                List.of(container),
                List.of(),
                volumes.stream()
                        .map(text -> new Workload.Volume(
                                text.substring(0, text.indexOf(':')),
                                fact(text.substring(text.indexOf(':') + 1)),
                                "",
                                place("values.yaml")))
                        .toList(),
                false,
                Optional.empty(),
                Optional.empty(),
                "default",
                List.of(),
                mapping()));
        return this;
    }

    /** A route with TLS. */
    public Estates route(
            String cluster,
            String namespace,
            String kind,
            String host,
            Optional<String> secret,
            Optional<String> resolver) {
        things.add(new Route(
                Reference.object(cluster, namespace, kind, host),
                place("route.yaml"),
                cluster,
                namespace,
                kind,
                host,
                List.of(fact(host)),
                List.of(new Dependency(
                        Reference.object(cluster, namespace, "Service", "web"),
                        Optional.empty(),
                        false,
                        Dependency.When.RUN,
                        Optional.empty(),
                        place("route.yaml"))),
                java.util.Collections.emptySortedMap(),
                true,
                secret.map(this::fact),
                resolver.map(this::fact),
                List.of(),
                Optional.empty(),
                List.of(),
                mapping()));
        return this;
    }

    /** A Traefik resolver. */
    public Estates resolver(String cluster, String name, String workload, String storage) {
        things.add(new Issuer(
                new Reference("issuer/" + name),
                place("values.yaml"),
                cluster,
                name,
                "acme",
                Optional.empty(),
                Optional.of(new Reference(workload)),
                Optional.of(fact(storage))));
        return this;
    }

    /** A Helm release with these values. */
    public Estates release(String cluster, String namespace, String name, String chart, Tree values) {
        things.add(new Release(
                new Reference(cluster + "/" + namespace + "/Release/" + name),
                place("values.yaml"),
                cluster,
                namespace,
                name,
                chart,
                Optional.empty(),
                values));
        return this;
    }

    /** An observation of scalar values. */
    public Estates observed(String of, String fact, String at, String... values) {
        List<Tree> scalars = new ArrayList<>();
        for (String value : values) {
            scalars.add(scalar(value));
        }
        Tree value = scalars.size() == 1 ? scalars.getFirst() : new Tree.Sequence(place("observed.yaml"), scalars);
        observations.add(new Observation(
                new Reference(of),
                fact,
                value,
                new Observed(Instant.parse(at), "test", place("observed.yaml")),
                Optional.empty()));
        return this;
    }

    /** A string value. */
    public Tree.Scalar scalar(String value) {
        return new Tree.Scalar(place("values.yaml"), Tree.Scalar.Kind.STRING, value);
    }

    /** A mapping of keys and values in turn. */
    public Tree.Mapping mapping(Object... entries) {
        List<Tree.Entry> all = new ArrayList<>();
        for (int i = 0; i < entries.length; i += 2) {
            Tree value = entries[i + 1] instanceof Tree tree ? tree : scalar((String) entries[i + 1]);
            all.add(new Tree.Entry((String) entries[i], place("values.yaml"), value));
        }
        return new Tree.Mapping(place("values.yaml"), all);
    }

    /** A sequence. */
    public Tree.Sequence sequence(Tree... items) {
        return new Tree.Sequence(place("values.yaml"), List.of(items));
    }

    /** The estate. */
    public Estate estate() {
        return new Estate(things, List.of(), observations, List.of(), Map.of());
    }
}
