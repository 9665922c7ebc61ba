package dev.premortem.source.draft;

import dev.premortem.estate.Certificate;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Estate;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Network;
import dev.premortem.estate.Release;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Sighting;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the objects of a cluster give away about what it stands on: its pod network, its load balancers, the certificates of its control plane. */
final class Surroundings {
    private static final Map<String, String> NETWORKS = Map.of(
            "calico-node", "calico",
            "kube-flannel", "flannel",
            "kube-flannel-ds", "flannel",
            "antrea-agent", "antrea",
            "cilium", "cilium",
            "kube-router", "kube-router");
    private static final Map<String, String> CHARTS = Map.of(
            "metallb", "metallb",
            "kube-vip", "kube-vip",
            "aws-load-balancer-controller", "aws",
            "hcloud-cloud-controller-manager", "hcloud",
            "openstack-cloud-controller-manager", "openstack");
    private static final Pattern CONTROL_PLANE = Pattern.compile(
            "(kube-)?(apiserver|api-?server|front-proxy|etcd|controller-manager|scheduler|admin|k0s-api).*");

    private final Estate estate;
    private final Predicate<String> mine;

    /** @param mine names of the clusters of the reading whose objects count */
    Surroundings(Estate estate, Predicate<String> mine) {
        this.estate = estate;
        this.mine = mine;
    }

    /**
     * The network as one field, or as a remark where check reads it again from the same file.
     *
     * @param again false for what stands in no file
     */
    Optional<String> network(boolean again) {
        for (Cluster cluster : estate.all(Cluster.class)) {
            Network network = cluster.network();
            if (!mine.test(cluster.name()) || network.cni().isEmpty()) {
                continue;
            }
            String mode = network.mode()
                    .map(found -> found.value().name().toLowerCase(Locale.ROOT))
                    .orElse("");
            if (again && network.cni().get().provenance() instanceof Declared place && !Sighting.is(place)) {
                return Optional.of(
                        "# network: " + Scalar.comment(network.cni().get().value())
                                + (mode.isEmpty() ? "" : ", " + mode) + " is read from " + Scalar.comment(place.at()));
            }
            StringBuilder out = new StringBuilder("network: {cni: ")
                    .append(Scalar.of(network.cni().get().value()));
            network.version().ifPresent(found -> out.append(", version: ").append(Scalar.of(found.value())));
            out.append(mode.isEmpty() ? "" : ", mode: " + mode);
            network.encryption()
                    .ifPresent(found -> out.append(", encryption: ")
                            .append(found.value().name().toLowerCase(Locale.ROOT)));
            network.podMtuBytes().ifPresent(found -> out.append(", podMtu: ").append(found.value()));
            network.deviceMtuBytes()
                    .or(network::underlayMtuBytes)
                    .ifPresent(found -> out.append(", deviceMtu: ").append(found.value()));
            return Optional.of(out.append('}').toString());
        }
        return estate.all(Workload.class).stream()
                .filter(workload ->
                        mine.test(workload.cluster()) && workload.kind().equals("DaemonSet"))
                .filter(workload -> NETWORKS.containsKey(workload.name()))
                .findFirst()
                .map(workload ->
                        "network: {cni: " + NETWORKS.get(workload.name()) + "} # guess: from the name of its agents");
    }

    Optional<String> loadBalancer() {
        TreeSet<String> providers = new TreeSet<>();
        for (KubernetesObject object : estate.objects()) {
            if (mine.test(object.cluster())) {
                if (object.apiVersion().startsWith("metallb.io/")) {
                    providers.add("metallb");
                } else if (object.kind().equals("CiliumLoadBalancerIPPool")) {
                    providers.add("cilium");
                }
            }
        }
        for (Release release : estate.all(Release.class)) {
            String provider = CHARTS.get(release.chart());
            if (provider != null && mine.test(release.cluster())) {
                providers.add(provider);
            }
        }
        for (Workload workload : estate.all(Workload.class)) {
            if (mine.test(workload.cluster()) && workload.name().startsWith("kube-vip")) {
                providers.add("kube-vip");
            }
        }
        if (providers.isEmpty()) {
            return unknownBalancer();
        }
        String others = providers.size() > 1
                ? " # guess: or " + String.join(", ", providers.tailSet(providers.first(), false))
                : "";
        return Optional.of("loadBalancer: {provider: " + providers.first() + "}" + others);
    }

    /** Who makes the load balancers that services ask for nobody says; the line to fill in is worth having. */
    private Optional<String> unknownBalancer() {
        List<Service> balanced = estate.all(Service.class).stream()
                .filter(service -> service.loadBalancer() && mine.test(service.cluster()))
                .toList();
        return balanced.isEmpty()
                ? Optional.empty()
                : Optional.of("# loadBalancer: {provider: NAME, keepsAddress: false} makes "
                        + Scalar.comment(balanced.getFirst().place().at())
                        + (balanced.size() > 1 ? " and " + (balanced.size() - 1) + " more" : ""));
    }

    /** Which Kubernetes the nodes run, from what their kubelets say. */
    Optional<String> distribution() {
        for (KubernetesObject object : estate.objects()) {
            if (!object.kind().equals("Node") || !mine.test(object.cluster())) {
                continue;
            }
            String version = object.tree()
                    .text("status.nodeInfo.kubeletVersion")
                    .map(Fact::value)
                    .orElse("");
            boolean talos = object.tree()
                    .text("status.nodeInfo.osImage")
                    .filter(image -> image.value().startsWith("Talos"))
                    .isPresent();
            String name = talos
                    ? "talos"
                    : version.contains("+k3s")
                            ? "k3s"
                            : version.contains("+k0s")
                                    ? "k0s"
                                    : version.contains("+rke2")
                                            ? "rke2"
                                            : version.contains("-gke.")
                                                    ? "gke"
                                                    : version.contains("-eks-") ? "eks" : "";
            if (!name.isEmpty()) {
                return Optional.of(
                        "distribution: {name: " + name + (talos ? "" : ", version: " + Scalar.of(version)) + "}");
            }
        }
        return Optional.empty();
    }

    /** Folders with certificates of a control plane that no document names. */
    List<String> certificates() {
        TreeSet<String> folders = new TreeSet<>();
        for (Certificate certificate : estate.all(Certificate.class)) {
            String file = certificate.place().file();
            boolean ours = certificate.cluster().isEmpty()
                    && certificate.secret().isEmpty()
                    && file.contains("/")
                    && CONTROL_PLANE.matcher(certificate.role()).matches();
            if (ours) {
                folders.add(file.substring(0, file.lastIndexOf('/')));
            }
        }
        return List.copyOf(folders);
    }
}
