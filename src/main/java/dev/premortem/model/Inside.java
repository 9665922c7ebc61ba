package dev.premortem.model;

import dev.premortem.estate.Dependency;
import dev.premortem.estate.Release;
import dev.premortem.estate.Route;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which clusters of the estate serve an address themselves, and by which files these servers come to be. */
public final class Inside {
    /** What serves names of its own: a chart of which is known that it does, for releases that are not rendered. */
    private static final List<String> SERVERS = List.of(
            "chartmuseum",
            "dex",
            "docker-registry",
            "forgejo",
            "gitea",
            "gitlab",
            "harbor",
            "keycloak",
            "keycloakx",
            "openbao",
            "vault",
            "zot");

    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[a-z+]+://)?(?:[^/@]*@)?([A-Za-z0-9${}._-]+)(?:[:/].*)?");
    private static final Pattern NAMED =
            Pattern.compile("([a-z0-9-]+)\\.([a-z0-9-]+)(?:\\.svc(?:\\.cluster\\.local)?)?\\.?");

    private final Sketch sketch;

    public Inside(Sketch sketch) {
        this.sketch = sketch;
    }

    /**
     * Something in a cluster that answers under an address.
     *
     * @param name for people: {@code git/gitea}
     * @param files where what serves it is written, without what merely routes to it where more is known
     */
    public record Server(String cluster, String namespace, String name, List<Workload> pods, List<String> files) {}

    /** The host of an address; empty where it has none. */
    public static Optional<String> host(String address) {
        Matcher found = AUTHORITY.matcher(address.strip());
        return found.matches() ? Optional.of(found.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /** What serves an address as seen from a cluster: names of its Services, names of its routes, names in the values of servers. */
    public Optional<Server> serving(String cluster, String address) {
        return host(address)
                .flatMap(host -> byService(cluster, host)
                        .or(() -> byRoute(cluster, host))
                        .or(() -> byValues(cluster, host)));
    }

    private Optional<Server> byService(String cluster, String host) {
        Matcher named = NAMED.matcher(host);
        if (!named.matches()) {
            return Optional.empty();
        }
        String name = named.group(1);
        String namespace = named.group(2);
        for (Service service : sketch.estate().all(Service.class)) {
            if (service.cluster().equals(cluster)
                    && service.namespace().equals(namespace)
                    && service.name().equals(name)) {
                return Optional.of(server(cluster, namespace, name, List.of(service)));
            }
        }
        for (Release release : sketch.estate().all(Release.class)) {
            boolean makes = name.equals(release.name()) || name.startsWith(release.name() + "-");
            if (release.cluster().equals(cluster)
                    && release.namespace().equals(namespace)
                    && makes
                    && SERVERS.contains(release.chart())) {
                return Optional.of(of(release));
            }
        }
        return Optional.empty();
    }

    private Optional<Server> byRoute(String cluster, String host) {
        List<Route> routes = sketch.front().hosts().getOrDefault(host, List.of());
        for (Route route : routes) {
            List<Service> behind = new ArrayList<>();
            for (Dependency backend : route.backends()) {
                sketch.estate().find(Service.class, backend.to()).ifPresent(behind::add);
            }
            if (route.cluster().equals(cluster) && !route.backends().isEmpty()) {
                String name =
                        behind.isEmpty() ? route.name() : behind.getFirst().name();
                Server server = server(cluster, route.namespace(), name, behind);
                List<String> files =
                        server.files().isEmpty() ? List.of(route.place().file()) : server.files();
                return Optional.of(new Server(cluster, route.namespace(), server.name(), server.pods(), files));
            }
        }
        return Optional.empty();
    }

    private Optional<Server> byValues(String cluster, String host) {
        for (Release release : sketch.estate().all(Release.class)) {
            boolean named = release.cluster().equals(cluster)
                    && SERVERS.contains(release.chart())
                    && release.values()
                            .scalars()
                            .anyMatch(scalar ->
                                    host(scalar.value()).filter(host::equals).isPresent()
                                            && scalar.place()
                                                    .field()
                                                    .toLowerCase(Locale.ROOT)
                                                    .contains("host"));
            if (named) {
                return Optional.of(of(release));
            }
        }
        return Optional.empty();
    }

    private static Server of(Release release) {
        return new Server(
                release.cluster(),
                release.namespace(),
                release.namespace() + "/" + release.name(),
                List.of(),
                List.of(release.place().file()));
    }

    private Server server(String cluster, String namespace, String name, List<Service> services) {
        List<Workload> pods = new ArrayList<>();
        services.forEach(service -> pods.addAll(sketch.placement().backends(service)));
        TreeSet<String> files = new TreeSet<>();
        services.forEach(service -> files.add(service.place().file()));
        pods.forEach(pod -> files.add(pod.place().file()));
        return new Server(
                cluster,
                namespace,
                pods.isEmpty() ? namespace + "/" + name : Placement.shortName(pods.getFirst()),
                List.copyOf(pods),
                List.copyOf(files));
    }

    /** True where a text is set and says yes. */
    static boolean yes(Optional<Fact<String>> text) {
        return text.map(Fact::value).filter("true"::equals).isPresent();
    }
}
