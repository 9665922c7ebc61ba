package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A route from a host name to services: Ingress, IngressRoute, HTTPRoute.
 *
 * @param hosts names it serves
 * @param backends services in the same cluster that it leads to (all are needed, by one host name or another)
 * @param apart for host names that lead to some of the backends only: the references of these
 * @param secret TLS secret it serves, where named; {@code namespace/name} where it stands in another namespace than the route
 * @param resolver name of the ACME resolver that orders its certificate (Traefik)
 * @param certificateNames names of the certificate where declared apart from the hosts (Traefik's {@code tls.domains}: main first)
 * @param className ingress class or gateway, where named
 */
public record Route(
        Reference reference,
        Declared place,
        String cluster,
        String namespace,
        String kind,
        String name,
        List<Fact<String>> hosts,
        List<Dependency> backends,
        SortedMap<String, SortedSet<String>> apart,
        boolean tls,
        Optional<Fact<String>> secret,
        Optional<Fact<String>> resolver,
        List<Fact<String>> certificateNames,
        Optional<Fact<String>> className,
        List<Dependency> dependsOn,
        Tree tree)
        implements Thing {
    /** The services that one of its host names leads to. */
    public List<Dependency> backends(String host) {
        SortedSet<String> own = apart.get(host);
        return own == null
                ? backends
                : backends.stream()
                        .filter(backend -> own.contains(backend.to().text()))
                        .toList();
    }

    /** The reference of the TLS secret that it serves. */
    public Optional<Reference> secretReference() {
        return secret.map(Fact::value).map(name -> {
            int slash = name.indexOf('/');
            return Reference.object(
                    cluster, slash < 0 ? namespace : name.substring(0, slash), "Secret", name.substring(slash + 1));
        });
    }
}
