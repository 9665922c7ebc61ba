package dev.premortem.source.operator;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Optional;

/** Message brokers. */
final class Brokers {
    private static final String STRIMZI = "https://strimzi.io/docs/operators/latest/configuring.html";

    static final List<Made> ALL = List.of(
            Made.of(
                    "kafka.strimzi.io",
                    "Kafka",
                    STRIMZI,
                    Pods.named("{name}-kafka")
                            .count("spec.kafka.replicas", 3)
                            .storage("spec.kafka.storage")
                            .labels(
                                    "strimzi.io/cluster={name}",
                                    "strimzi.io/kind=Kafka",
                                    "strimzi.io/name={name}-kafka",
                                    "strimzi.io/broker-role=true")
                            .services("{name}-kafka-bootstrap", "{name}-kafka-brokers")
                            .needs("{name}-zookeeper-client")
                            .when(tree -> !pools(tree)),
                    // With node pools the pods are the pools'; the names in front of them are still the cluster's.
                    Pods.names()
                            .labels("strimzi.io/cluster={name}", "strimzi.io/name={name}-kafka")
                            .services("{name}-kafka-bootstrap", "{name}-kafka-brokers")
                            .when(Brokers::pools),
                    Pods.named("{name}-zookeeper")
                            .count("spec.zookeeper.replicas", 3)
                            .storage("spec.zookeeper.storage")
                            .labels("strimzi.io/cluster={name}", "strimzi.io/name={name}-zookeeper")
                            .services("{name}-zookeeper-client", "{name}-zookeeper-nodes")
                            .when(tree -> tree.at("spec.zookeeper").isPresent() && !kraft(tree))),
            Made.of(
                    "kafka.strimzi.io",
                    "KafkaNodePool",
                    STRIMZI,
                    Pods.named("{label:strimzi.io/cluster}-{name}")
                            .storage("spec.storage")
                            .labels(
                                    "strimzi.io/cluster={label:strimzi.io/cluster}",
                                    "strimzi.io/kind=Kafka",
                                    "strimzi.io/name={label:strimzi.io/cluster}-kafka",
                                    "strimzi.io/pool-name={name}")
                            .when(tree -> role(tree, "broker")),
                    Pods.named("{label:strimzi.io/cluster}-{name}-controllers")
                            .storage("spec.storage")
                            .labels(
                                    "strimzi.io/cluster={label:strimzi.io/cluster}",
                                    "strimzi.io/kind=Kafka",
                                    "strimzi.io/pool-name={name}")
                            .when(tree -> !role(tree, "broker"))),
            Made.of(
                    "kafka.strimzi.io",
                    "KafkaConnect",
                    STRIMZI,
                    Pods.named("{name}-connect")
                            .count("spec.replicas", 3)
                            .labels("strimzi.io/cluster={name}", "strimzi.io/kind=KafkaConnect")
                            .services("{name}-connect-api")),
            Made.of(
                    "kafka.strimzi.io",
                    "KafkaMirrorMaker2",
                    STRIMZI,
                    Pods.named("{name}-mirrormaker2")
                            .count("spec.replicas", 3)
                            .labels("strimzi.io/cluster={name}", "strimzi.io/kind=KafkaMirrorMaker2")
                            .services("{name}-mirrormaker2-api")),
            Made.of(
                    "kafka.strimzi.io",
                    "KafkaBridge",
                    STRIMZI,
                    Pods.stateless("{name}-bridge")
                            .labels("strimzi.io/cluster={name}", "strimzi.io/kind=KafkaBridge")
                            .services("{name}-bridge-service")),
            Made.of(
                    "rabbitmq.com",
                    "RabbitmqCluster",
                    "https://www.rabbitmq.com/kubernetes/operator/using-operator",
                    Pods.stateful("{name}-server")
                            .storage("spec.persistence")
                            .labels("app.kubernetes.io/name={name}", "app.kubernetes.io/component=rabbitmq")
                            .services("{name}", "{name}-nodes")));

    private Brokers() {}

    private static boolean annotated(Tree tree, String key) {
        Optional<Tree> annotations = tree.at("metadata.annotations");
        return annotations.isPresent()
                && annotations.get() instanceof Tree.Mapping mapping
                && mapping.get(key)
                        .flatMap(Tree::text)
                        .filter(text -> text.value().equals("enabled"))
                        .isPresent();
    }

    private static boolean pools(Tree tree) {
        return annotated(tree, "strimzi.io/node-pools")
                || tree.at("spec.kafka.replicas").isEmpty();
    }

    private static boolean kraft(Tree tree) {
        return annotated(tree, "strimzi.io/kraft");
    }

    private static boolean role(Tree tree, String role) {
        return tree.items("spec.roles").isEmpty()
                || tree.items("spec.roles").stream()
                        .flatMap(item -> item.text().stream())
                        .map(Fact::value)
                        .anyMatch(role::equals);
    }
}
