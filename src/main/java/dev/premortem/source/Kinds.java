package dev.premortem.source;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Service;
import dev.premortem.source.kubernetes.AddressPools;
import dev.premortem.source.kubernetes.KnownKinds;
import dev.premortem.source.kubernetes.Scalers;
import dev.premortem.source.kubernetes.Stores;
import dev.premortem.source.kubernetes.Surroundings;
import dev.premortem.source.kubernetes.Workloads;
import dev.premortem.source.live.Issued;
import dev.premortem.source.operator.Operators;
import dev.premortem.source.pem.Certificates;
import dev.premortem.source.route.Planes;
import dev.premortem.source.route.Policies;
import dev.premortem.source.route.Routes;
import dev.premortem.source.text.Harvest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Makes things of objects: one reader for each kind, found by group and kind. What has no row among the known kinds is counted. */
final class Kinds {
    /** Makes the things of one object. */
    private interface Reader {
        void read(Kinds kinds, KubernetesObject object);
    }

    private static final Map<String, Reader> READERS = readers();

    private final Surroundings around;
    private final Harvest harvest;
    private final Policies policies;
    private final Scalers scalers;

    Kinds(Surroundings around, Harvest harvest) {
        this.around = around;
        this.harvest = harvest;
        this.scalers = new Scalers(around.objects().values());
        this.policies = new Policies(around.objects().values());
    }

    private static Map<String, Reader> readers() {
        Map<String, Reader> readers = new HashMap<>();
        for (String kind : List.of(
                "/Pod",
                "/ReplicationController",
                "apps/Deployment",
                "apps/StatefulSet",
                "apps/DaemonSet",
                "apps/ReplicaSet",
                "extensions/Deployment",
                "extensions/DaemonSet",
                "extensions/ReplicaSet",
                "apps.kruise.io/CloneSet",
                "apps.kruise.io/StatefulSet",
                "apps.kruise.io/DaemonSet",
                "apps.openshift.io/DeploymentConfig",
                "argoproj.io/Rollout",
                "kubevirt.io/VirtualMachine",
                "batch/Job",
                "batch/CronJob")) {
            readers.put(kind, Kinds::workload);
        }
        Routes.kinds().forEach(kind -> readers.put(kind, Kinds::route));
        Operators.kinds().forEach(kind -> readers.put(kind, Kinds::operated));
        readers.put(
                "/PersistentVolumeClaim",
                (kinds, object) -> kinds.harvest.things.add(Stores.claim(object, kinds.harvest)));
        readers.put("gateway.networking.k8s.io/Gateway", Kinds::gateway);
        readers.put(
                "/Service",
                (kinds, object) -> Routes.exposed(object, kinds.around).ifPresent(kinds.harvest.things::add));
        readers.put("/Node", (kinds, object) -> kinds.harvest.things.add(Stores.node(object, kinds.harvest)));
        readers.put("/Secret", (kinds, object) -> new Certificates(kinds.harvest).secret(object));
        readers.put("/ConfigMap", (kinds, object) -> new Certificates(kinds.harvest).trusted(object));
        readers.put("cert-manager.io/Certificate", (kinds, object) -> {
            Stores.order(object, kinds.harvest).ifPresent(kinds.harvest.things::add);
            Issued.of(object, kinds.harvest.objects).ifPresent(kinds.harvest.things::add);
        });
        Reader issuer = (kinds, object) -> kinds.harvest.things.add(Stores.issuer(object, kinds.harvest));
        readers.put("cert-manager.io/Issuer", issuer);
        readers.put("cert-manager.io/ClusterIssuer", issuer);
        return Map.copyOf(readers);
    }

    /** {@code group/Kind} of every kind that has a reader here. */
    static TreeSet<String> kinds() {
        return new TreeSet<>(READERS.keySet());
    }

    /** Adds the Services that operators and gateways make to those that workloads may name; one that stands in the tree counts. */
    void services(Map<String, Service> services) {
        Planes planes = new Planes(around);
        for (KubernetesObject object : around.objects().values()) {
            if (Operators.is(object)) {
                Operators.services(object)
                        .forEach(service ->
                                services.putIfAbsent(service.reference().text(), service));
            } else if (object.kind().equals("Gateway")) {
                planes.service(object)
                        .ifPresent(service ->
                                services.putIfAbsent(service.reference().text(), service));
            }
        }
        AddressPools pools = new AddressPools(around.objects().values());
        if (!pools.none()) {
            services.replaceAll((name, service) -> pools.apply(service, labels(name)));
        }
    }

    private Map<String, String> labels(String reference) {
        return Optional.ofNullable(around.objects().get(reference))
                .map(KubernetesObject::labels)
                .orElse(Map.of());
    }

    /** Reads one object. */
    void read(KubernetesObject object) {
        Reader reader = READERS.get(KnownKinds.key(object));
        if (reader != null) {
            reader.read(this, object);
        } else if (KnownKinds.of(object).isEmpty()) {
            harvest.leftOut(object.tree().place(), object.kind(), "no reader knows this kind; kept as an object");
        }
    }

    /** What needs everything else to be read. */
    void finish() {
        Routes.settle(harvest.things);
    }

    private void workload(KubernetesObject object) {
        // A Rollout may take the template of a Deployment, which is then the workload.
        if (!object.kind().equals("Rollout")
                || object.tree().at("spec.template").isPresent()) {
            harvest.things.add(scalers.apply(Workloads.read(object, around, harvest)));
        }
    }

    private void route(KubernetesObject object) {
        harvest.things.add(Routes.read(object, around, policies));
        harvest.things.addAll(Stores.shimOrders(object));
    }

    private void gateway(KubernetesObject object) {
        harvest.things.addAll(Stores.gatewayOrders(object));
        new Planes(around)
                .workload(object)
                .filter(workload ->
                        !around.objects().containsKey(workload.reference().text())
                                || workload.reference().equals(object.reference()))
                .map(scalers::apply)
                .ifPresent(harvest.things::add);
    }

    private void operated(KubernetesObject object) {
        // What stands in the tree under the same name counts.
        Operators.workloads(object, around, harvest).stream()
                .filter(workload -> workload.reference().equals(object.reference())
                        || !around.objects().containsKey(workload.reference().text()))
                .map(scalers::apply)
                .forEach(harvest.things::add);
    }
}
