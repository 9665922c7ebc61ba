package dev.premortem.source.kubernetes;

import dev.premortem.estate.CertificateOrder;
import dev.premortem.estate.Claim;
import dev.premortem.estate.ConfigMap;
import dev.premortem.estate.Issuer;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Node;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the small kinds: claims, configMaps, nodes, and cert-manager's. */
public final class Stores {
    private static final List<String> ISSUERS = List.of("acme", "ca", "selfSigned", "vault", "venafi");

    /** What a certificate lives where {@code spec.duration} says nothing. https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec */
    private static final Duration LIFE = Duration.ofDays(90);

    private Stores() {}

    /** A PersistentVolumeClaim. */
    public static Claim claim(KubernetesObject object, Harvest harvest) {
        Fields spec = Services.spec(object.tree(), harvest);
        return new Claim(
                object.reference(),
                object.tree().place(),
                object.cluster(),
                object.namespace(),
                object.name(),
                spec.texts("accessModes").stream().map(Fact::value).toList(),
                spec.text("storageClassName"));
    }

    /** A ConfigMap. */
    public static ConfigMap configMap(KubernetesObject object, Harvest harvest) {
        return new ConfigMap(
                object.reference(),
                object.tree().place(),
                object.cluster(),
                object.namespace(),
                object.name(),
                Fields.of(object.tree(), harvest).textMap("data"));
    }

    /** A Node. */
    public static Node node(KubernetesObject object, Harvest harvest) {
        Optional<Fields> room = object.tree().at("status.allocatable").map(tree -> Fields.of(tree, harvest));
        return new Node(
                object.reference(),
                object.tree().place(),
                object.cluster(),
                object.name(),
                object.labels(),
                room.flatMap(found -> found.thousandths("cpu")),
                room.flatMap(found -> found.whole("memory")));
    }

    /** A cert-manager Certificate; empty where it lacks what it must have. */
    public static Optional<CertificateOrder> order(KubernetesObject object, Harvest harvest) {
        Fields spec = Services.spec(object.tree(), harvest);
        Optional<Fact<String>> secret = spec.text("secretName");
        Optional<Fact<String>> issuer = spec.below("issuerRef").flatMap(found -> found.text("name"));
        if (secret.isEmpty() || issuer.isEmpty()) {
            spec.lacks(secret.isEmpty() ? "secretName" : "issuerRef.name", "a name");
            return Optional.empty();
        }
        Map<String, Fact<String>> names = new LinkedHashMap<>();
        spec.text("commonName").ifPresent(name -> names.put(name.value(), name));
        spec.texts("dnsNames").forEach(name -> names.putIfAbsent(name.value(), name));
        return Optional.of(new CertificateOrder(
                object.reference(),
                object.tree().place(),
                object.cluster(),
                object.namespace(),
                object.name(),
                secret.get(),
                List.copyOf(new ArrayList<>(names.values())),
                issuer.get(),
                spec.duration("duration"),
                spec.duration("renewBefore").or(() -> share(spec))));
    }

    /** {@code renewBeforePercentage}: how much of its life is left when cert-manager renews. */
    private static Optional<Fact<Duration>> share(Fields spec) {
        Duration life = spec.duration("duration").map(Fact::value).orElse(LIFE);
        return spec.integer("renewBeforePercentage", 0)
                .map(percent -> percent.map(value -> life.multipliedBy(value).dividedBy(100)));
    }

    private static Optional<Fact<String>> shim(KubernetesObject object) {
        return Optional.ofNullable(object.annotations().get("cert-manager.io/cluster-issuer"))
                .or(() -> Optional.ofNullable(object.annotations().get("cert-manager.io/issuer")));
    }

    /** The orders that cert-manager makes of an annotated Gateway: one for each secret, with the host names of its listeners. https://cert-manager.io/docs/usage/gateway/ */
    public static List<CertificateOrder> gatewayOrders(KubernetesObject object) {
        Map<String, CertificateOrder> orders = new LinkedHashMap<>();
        Optional<Fact<String>> issuer = shim(object);
        if (issuer.isEmpty()) {
            return List.of();
        }
        for (Tree listener : object.tree().items("spec.listeners")) {
            Optional<Fact<String>> host = listener.text("hostname");
            for (Tree reference : listener.items("tls.certificateRefs")) {
                Optional<Fact<String>> secret = reference
                        .text("name")
                        .filter(name -> reference
                                .text("namespace")
                                .map(Fact::value)
                                .orElse(object.namespace())
                                .equals(object.namespace()));
                if (host.isPresent() && secret.isPresent()) {
                    orders.merge(
                            secret.get().value(),
                            ordered(object, listener.place(), secret.get(), List.of(host.get()), issuer.get()),
                            Stores::together);
                }
            }
        }
        return List.copyOf(orders.values());
    }

    private static CertificateOrder together(CertificateOrder first, CertificateOrder second) {
        List<Fact<String>> names = new ArrayList<>(first.names());
        names.addAll(second.names());
        return new CertificateOrder(
                first.reference(),
                first.place(),
                first.cluster(),
                first.namespace(),
                first.name(),
                first.secretName(),
                List.copyOf(names),
                first.issuer(),
                first.duration(),
                first.renewBefore());
    }

    private static CertificateOrder ordered(
            KubernetesObject object,
            Declared place,
            Fact<String> secret,
            List<Fact<String>> names,
            Fact<String> issuer) {
        return new CertificateOrder(
                Reference.object(object.cluster(), object.namespace(), "Certificate", secret.value()),
                place,
                object.cluster(),
                object.namespace(),
                secret.value(),
                secret,
                names,
                issuer,
                duration(object, "cert-manager.io/duration"),
                duration(object, "cert-manager.io/renew-before"));
    }

    /** The orders that cert-manager makes of an annotated Ingress: one for each secret it names. */
    public static List<CertificateOrder> shimOrders(KubernetesObject object) {
        Optional<Fact<String>> issuer = shim(object);
        List<CertificateOrder> orders = new ArrayList<>();
        if (issuer.isEmpty() || !object.kind().equals("Ingress")) {
            return orders;
        }
        for (Tree tls : object.tree().items("spec.tls")) {
            List<Fact<String>> names = tls.items("hosts").stream()
                    .flatMap(host -> host.text().stream())
                    .toList();
            tls.text("secretName")
                    .ifPresent(secret -> orders.add(ordered(object, tls.place(), secret, names, issuer.get())));
        }
        return orders;
    }

    private static Optional<Fact<Duration>> duration(KubernetesObject object, String annotation) {
        return Optional.ofNullable(object.annotations().get(annotation))
                .flatMap(fact -> Values.duration(fact.value()).map(value -> fact.map(ignored -> value)));
    }

    /** A cert-manager Issuer or ClusterIssuer. */
    public static Issuer issuer(KubernetesObject object, Harvest harvest) {
        Tree tree = object.tree();
        Fields spec = Services.spec(tree, harvest);
        String kind = ISSUERS.stream()
                .filter(key -> tree.at("spec." + key).isPresent())
                .findFirst()
                .orElse("other");
        return new Issuer(
                Reference.of("issuer", object.name()),
                tree.place(),
                object.cluster(),
                object.name(),
                kind,
                spec.below("acme").flatMap(acme -> acme.text("server")),
                Optional.empty(),
                Optional.empty());
    }
}
