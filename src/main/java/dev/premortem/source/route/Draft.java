package dev.premortem.source.route;

import dev.premortem.estate.Dependency;
import dev.premortem.estate.Dependency.When;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Route;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.kubernetes.Services;
import dev.premortem.source.kubernetes.Surroundings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A route while it is read. */
final class Draft {
    /** What a dependency on whatever serves a host name is called until all routes are known. */
    static final String HOST = "host/";

    private static final int MOST = 64;

    final KubernetesObject object;
    final Surroundings around;
    private final Map<String, Fact<String>> hosts = new LinkedHashMap<>();
    private final Map<String, Dependency> backends = new LinkedHashMap<>();

    /** References of backends by the host name of the rule that leads there; by nothing where all names do. */
    private final SortedMap<String, SortedSet<String>> byHost = new TreeMap<>();

    private final Map<String, Dependency> needs = new LinkedHashMap<>();
    private final Set<String> followed = new HashSet<>();
    private final List<Fact<String>> names = new ArrayList<>();
    private Optional<Fact<String>> secret = Optional.empty();
    private Optional<Fact<String>> resolver = Optional.empty();
    private Optional<Fact<String>> className = Optional.empty();
    private boolean tls;

    Draft(KubernetesObject object, Surroundings around) {
        this.object = object;
        this.around = around;
        Services.dependencies(object, around)
                .forEach(dependency -> needs.put(dependency.to().text(), dependency));
    }

    /** True the first time that the route leads through an object; rings and fans of references end there. */
    boolean follows(KubernetesObject through) {
        return followed.size() < MOST && followed.add(through.reference().text());
    }

    Tree tree() {
        return object.tree();
    }

    Optional<Fact<String>> annotation(String name) {
        return Optional.ofNullable(object.annotations().get(name));
    }

    boolean annotated(String name, String value) {
        return annotation(name).filter(fact -> fact.value().equals(value)).isPresent();
    }

    /** A host name without the dot of the root, which a domain that is set elsewhere leaves too; any host stands for none. */
    void host(Fact<String> host) {
        String name = plain(host);
        if (!name.equals("*") && !name.isBlank()) {
            hosts.putIfAbsent(name, name.equals(host.value()) ? host : host.map(_ -> name));
        }
    }

    private static String plain(Fact<String> host) {
        return host.value().replaceFirst("\\.+$", "");
    }

    boolean hasHosts() {
        return !hosts.isEmpty();
    }

    /** The host names so far. */
    List<String> hosts() {
        return List.copyOf(hosts.keySet());
    }

    /** A Service that it leads to; an optional one takes a share only. */
    void backend(String namespace, Fact<String> name, boolean optional) {
        backend(List.of(), namespace, name, optional);
    }

    /** A Service that some of the host names lead to; all do where none is named. */
    void backend(List<Fact<String>> of, String namespace, Fact<String> name, boolean optional) {
        Reference to = Reference.object(object.cluster(), namespace, "Service", name.value());
        if (name.provenance() instanceof Declared place && !name.value().contains("@")) {
            backends.putIfAbsent(to.text(), dependency(to, optional, place));
            List<String> names =
                    of.isEmpty() ? List.of("") : of.stream().map(Draft::plain).toList();
            names.forEach(host -> byHost.computeIfAbsent(host.equals("*") ? "" : host, _ -> new TreeSet<>())
                    .add(to.text()));
        }
    }

    /** The names of which the rules lead to fewer backends than all rules together. */
    private SortedMap<String, SortedSet<String>> apart() {
        SortedMap<String, SortedSet<String>> apart = new TreeMap<>();
        for (String host : hosts.keySet()) {
            if (byHost.containsKey(host)) {
                SortedSet<String> own = new TreeSet<>(byHost.get(host));
                own.addAll(byHost.getOrDefault("", new TreeSet<>()));
                if (own.size() < backends.size()) {
                    apart.put(host, Collections.unmodifiableSortedSet(own));
                }
            }
        }
        return Collections.unmodifiableSortedMap(apart);
    }

    private static Dependency dependency(Reference to, boolean optional, Declared place) {
        return new Dependency(to, Optional.empty(), optional, When.RUN, Optional.empty(), place);
    }

    /** Something that must answer before any backend is asked. */
    void need(Reference to, Declared place) {
        needs.putIfAbsent(to.text(), dependency(to, false, place));
    }

    /** Whatever a URL leads to must answer first: a Service, or what another route serves. */
    void asks(Fact<String> url) {
        String host = host(url.value());
        if (host.isEmpty()
                || host.contains("$")
                || host.contains("{")
                || !(url.provenance() instanceof Declared place)) {
            return;
        }
        service(host).ifPresentOrElse(to -> need(to, place), () -> {
            if (host.contains(".")) {
                need(new Reference(HOST + host), place);
            }
        });
    }

    /** The Service that a name within the cluster means, seen from the namespace of the route. */
    Optional<Reference> service(String host) {
        String[] labels = host.split("\\.", -1);
        boolean whole = labels.length > 2 && labels[2].equals("svc");
        boolean two = labels.length == 2
                && around.object(object.cluster(), labels[1], "Service", labels[0])
                        .isPresent();
        if (whole || two) {
            return Optional.of(Reference.object(object.cluster(), labels[1], "Service", labels[0]));
        }
        return labels.length == 1
                ? Optional.of(Reference.object(object.cluster(), object.namespace(), "Service", host))
                : Optional.empty();
    }

    private static String host(String url) {
        int scheme = url.indexOf("://");
        String rest = scheme < 0 ? url : url.substring(scheme + 3);
        int end = 0;
        while (end < rest.length() && "/:?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return rest.substring(0, end).toLowerCase(Locale.ROOT);
    }

    void tls(boolean served) {
        tls = tls || served;
    }

    /** TLS ends in the backend, with its certificate. */
    void passthrough() {
        tls = false;
        secret = Optional.empty();
        resolver = Optional.empty();
    }

    boolean hasSecret() {
        return secret.isPresent();
    }

    void secret(Optional<Fact<String>> name) {
        secret = secret.or(() -> name);
    }

    void resolver(Optional<Fact<String>> name) {
        resolver = name;
    }

    void certificateName(Fact<String> name) {
        names.add(name);
    }

    void className(Optional<Fact<String>> name) {
        className = className.or(() -> name);
    }

    /** The family of its controller, where nothing but the kind says it. */
    void family(String name) {
        className(Optional.of(new Fact<>(name, object.tree().place())));
    }

    Route route() {
        return new Route(
                object.reference(),
                object.tree().place(),
                object.cluster(),
                object.namespace(),
                object.kind(),
                object.name(),
                List.copyOf(new ArrayList<>(hosts.values())),
                List.copyOf(new ArrayList<>(backends.values())),
                apart(),
                tls,
                secret,
                resolver,
                List.copyOf(names),
                className,
                List.copyOf(new ArrayList<>(needs.values())),
                object.tree());
    }
}
