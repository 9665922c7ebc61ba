package dev.premortem.source.kubernetes;

import dev.premortem.estate.ConfigMap;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Observation;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Service;
import dev.premortem.estate.Site;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must be known of the whole estate before one workload can be read.
 *
 * @param clusters names of all clusters
 * @param services by reference
 * @param configMaps by reference
 * @param objects every object, by reference
 */
public record Surroundings(
        Set<String> clusters,
        List<Site> sites,
        Map<String, Service> services,
        Map<String, ConfigMap> configMaps,
        Map<String, KubernetesObject> objects,
        List<Observation> observations) {
    Optional<Service> service(String cluster, String namespace, String name) {
        return Optional.ofNullable(services.get(
                Reference.object(cluster, namespace, "Service", name).text()));
    }

    /** The object of a kind in a namespace. */
    public Optional<KubernetesObject> object(String cluster, String namespace, String kind, String name) {
        return Optional.ofNullable(
                objects.get(Reference.object(cluster, namespace, kind, name).text()));
    }

    Optional<ConfigMap> configMap(String cluster, String namespace, String name) {
        return Optional.ofNullable(configMaps.get(
                Reference.object(cluster, namespace, "ConfigMap", name).text()));
    }

    /** The last observation of a fact, as text. */
    Optional<Fact<String>> observed(Reference of, String fact) {
        return observations.stream()
                .filter(seen -> seen.of().equals(of) && seen.fact().equals(fact))
                .reduce((first, second) ->
                        second.provenance().at().isBefore(first.provenance().at()) ? first : second)
                .flatMap(seen -> text(seen.value()).map(text -> new Fact<>(text, seen.provenance())));
    }

    private static Optional<String> text(Tree value) {
        return value.text().map(Fact::value);
    }

    /** The site whose nodes a node selector picks. */
    Optional<String> siteOf(Map<String, String> selector) {
        for (Site site : sites) {
            String zone = selector.get("topology.kubernetes.io/zone");
            boolean byZone = zone != null
                    && site.zone().filter(found -> found.value().equals(zone)).isPresent();
            boolean byLabels = !site.nodes().isEmpty()
                    && selector.entrySet().containsAll(site.nodes().entrySet());
            if (byZone || byLabels) {
                return Optional.of(site.name());
            }
        }
        return Optional.empty();
    }
}
