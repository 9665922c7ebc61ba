package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Kubernetes Service.
 *
 * @param type {@code ClusterIP}, {@code NodePort}, {@code LoadBalancer} or {@code ExternalName}
 * @param fixedAddress what pins the load balancer's address ({@code spec.loadBalancerIP} or a provider's annotation)
 * @param address the load balancer's address as observed or declared
 * @param global shared between the clusters of a mesh
 * @param affinity {@code local}, {@code remote} or {@code none}, for global services
 */
public record Service(
        Reference reference,
        Declared place,
        String cluster,
        String namespace,
        String name,
        Fact<String> type,
        Map<String, String> selector,
        Map<String, Fact<String>> annotations,
        Optional<Fact<String>> fixedAddress,
        Optional<Fact<String>> address,
        Optional<Fact<Boolean>> global,
        Optional<Fact<String>> affinity,
        Optional<Fact<String>> externalName,
        List<Dependency> dependsOn,
        Tree tree)
        implements Thing {
    /** The same with an address that is always its own. */
    public Service pinned(Fact<String> by) {
        return new Service(
                reference,
                place,
                cluster,
                namespace,
                name,
                type,
                selector,
                annotations,
                Optional.of(by),
                address.or(() -> Optional.of(by)),
                global,
                affinity,
                externalName,
                dependsOn,
                tree);
    }

    /** True where a load balancer is made for it. */
    public boolean loadBalancer() {
        return type.value().equals("LoadBalancer");
    }
}
