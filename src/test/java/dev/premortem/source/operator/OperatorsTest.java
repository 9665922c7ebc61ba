package dev.premortem.source.operator;

import static dev.premortem.source.Readings.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Dependency;
import dev.premortem.estate.Estate;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.source.Reading;
import dev.premortem.source.Readings;
import dev.premortem.testing.Outlook;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pods and Services that operators make, and what is predicted of them. */
class OperatorsTest {
    private static final String SHOP = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop, namespace: shop}
            spec:
              replicas: 3
              selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop}}
                spec:
                  containers:
                    - name: shop
                      image: example.com/shop:1
                      env: [{name: DB_HOST, value: orders-rw}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: shop, namespace: shop}
            spec: {selector: {app: shop}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop, namespace: shop}
            spec:
              rules: [{host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 80}}}}]}}]
            ---
            """;

    private static String database(int instances) {
        return """
                apiVersion: postgresql.cnpg.io/v1
                kind: Cluster
                metadata: {name: orders, namespace: shop}
                spec:
                  instances: %d
                  storage: {size: 10Gi}
                """.formatted(instances);
    }

    private static Estate estate(String text) {
        Reading reading = Readings.of("o.yaml", text);
        assertEquals(List.of(), Readings.problems(reading));
        assertEquals(List.of(), reading.coverage().notUnderstood());
        return reading.estate();
    }

    @Test
    void aDatabaseWithOneInstanceTakesItsCallersDown() {
        Outlook.of(SHOP + database(1))
                .outage("single-replica", "default/shop/Cluster/orders#moves")
                .takesDown("shop.example.com")
                .says("shop/orders keeps its pods' names");
    }

    @Test
    void aDatabaseWithThreeInstancesDoesNot() {
        Outlook.of(SHOP + database(3)).noOutage("single-replica");
    }

    @Test
    void callersFindTheNamesThatTheOperatorMakes() {
        Estate estate = estate(SHOP + database(1));
        assertEquals(
                List.of("default/shop/Service/orders-rw"),
                thing(estate, Workload.class, "default/shop/Deployment/shop").dependsOn().stream()
                        .map(dependency -> dependency.to().text())
                        .toList());
        assertEquals(
                "o.yaml:30 spec.instances",
                Readings.at(thing(estate, Workload.class, "default/shop/Cluster/orders")
                        .replicas()
                        .provenance()));
    }

    @Test
    void aPoolerNeedsItsDatabase() {
        Estate estate = estate(
                database(2)
                        + "---\napiVersion: postgresql.cnpg.io/v1\nkind: Pooler\nmetadata: {name: pool, namespace: shop}\nspec: {cluster: {name: orders}, instances: 2, type: rw}\n");
        Workload pooler = thing(estate, Workload.class, "default/shop/Deployment/pool");
        assertEquals(
                List.of("default/shop/Service/orders-rw"),
                pooler.dependsOn().stream()
                        .map(dependency -> dependency.to().text())
                        .toList());
        assertTrue(pooler.stateless());
    }

    @Test
    void aClusterOfAnotherGroupIsNoDatabase() {
        Reading reading = Readings.of(
                "c.yaml",
                "apiVersion: clusters.example.com/v1\nkind: Cluster\nmetadata: {name: c}\nspec: {instances: 1}\n");
        assertEquals(List.of(), reading.estate().all(Workload.class));
        assertEquals(1, reading.coverage().notUnderstood().size());
    }

    @Test
    void nodePoolsAreThePodsOfTheirKafka() {
        Estate estate = estate("""
                apiVersion: kafka.strimzi.io/v1
                kind: Kafka
                metadata: {name: events, namespace: k}
                spec: {kafka: {version: 4.0.0}}
                ---
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaNodePool
                metadata: {name: brokers, namespace: k, labels: {strimzi.io/cluster: events}}
                spec: {replicas: 3, roles: [broker]}
                ---
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaNodePool
                metadata: {name: controllers, namespace: k, labels: {strimzi.io/cluster: events}}
                spec: {replicas: 1, roles: [controller]}
                """);
        Workload brokers = thing(estate, Workload.class, "default/k/KafkaNodePool/events-brokers");
        assertEquals(3, brokers.replicas().value());
        Service bootstrap = thing(estate, Service.class, "default/k/Service/events-kafka-bootstrap");
        assertTrue(
                brokers.podLabels().entrySet().containsAll(bootstrap.selector().entrySet()));
        Workload controllers = thing(estate, Workload.class, "default/k/KafkaNodePool/events-controllers-controllers");
        assertTrue(!controllers
                .podLabels()
                .entrySet()
                .containsAll(bootstrap.selector().entrySet()));
    }

    @Test
    void nodesOfSeveralSetsAreCountedTogether() {
        Estate estate = estate("""
                apiVersion: elasticsearch.k8s.elastic.co/v1
                kind: Elasticsearch
                metadata: {name: logs, namespace: e}
                spec:
                  nodeSets:
                    - {name: a, count: 1}
                    - {name: b, count: 1}
                """);
        assertEquals(
                2,
                thing(estate, Workload.class, "default/e/Elasticsearch/logs-es")
                        .replicas()
                        .value());
        assertEquals(
                List.of("logs-es-a", "logs-es-b", "logs-es-http", "logs-es-internal-http"),
                estate.all(Service.class).stream().map(Service::name).toList());
    }

    @Test
    void takesTheOperatorsDefaultWithItsSource() {
        Workload prometheus = thing(
                estate(
                        "apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: k8s, namespace: m}\nspec: {}\n"),
                Workload.class,
                "default/m/StatefulSet/prometheus-k8s");
        assertEquals(1, prometheus.replicas().value());
        assertTrue(prometheus.replicas().provenance() instanceof Assumed assumed
                && assumed.source().startsWith("https://prometheus-operator.dev/"));
    }

    @Test
    void aServiceOfAChartFindsThePodsThatTheOperatorMakes() {
        Estate estate = estate("""
                apiVersion: monitoring.coreos.com/v1
                kind: Prometheus
                metadata: {name: main, namespace: m}
                spec: {replicas: 2}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: metrics, namespace: m}
                spec: {selector: {app.kubernetes.io/name: prometheus, operator.prometheus.io/name: main}}
                """);
        Service service = thing(estate, Service.class, "default/m/Service/metrics");
        Workload pods = thing(estate, Workload.class, "default/m/StatefulSet/prometheus-main");
        assertTrue(pods.podLabels().entrySet().containsAll(service.selector().entrySet()));
    }

    @Test
    void aServiceThatStandsInTheTreeCounts() {
        Estate estate = estate(
                database(1)
                        + "---\napiVersion: v1\nkind: Service\nmetadata: {name: orders-rw, namespace: shop}\nspec: {type: LoadBalancer}\n");
        assertTrue(
                thing(estate, Service.class, "default/shop/Service/orders-rw").loadBalancer());
    }

    @Test
    void readsHostNamesInTheSpecification() {
        Estate estate = estate(
                database(2)
                        + "---\napiVersion: k8s.keycloak.org/v2alpha1\nkind: Keycloak\nmetadata: {name: login, namespace: shop}\nspec: {instances: 2, db: {vendor: postgres, host: orders-rw}}\n");
        assertEquals(
                List.of("default/shop/Service/orders-rw"),
                thing(estate, Workload.class, "default/shop/StatefulSet/login").dependsOn().stream()
                        .map(Dependency::to)
                        .map(Object::toString)
                        .toList());
    }

    @Test
    void aProductMayStandOnAnObjectOfAnOperator() {
        Outlook.of("""
                        apiVersion: monitoring.coreos.com/v1
                        kind: Prometheus
                        metadata: {name: k8s, namespace: m, annotations: {premortem.dev/product: metrics}}
                        spec: {replicas: 1}
                        """).outage("single-replica").takesDown("metrics");
    }

    @Test
    void anUnreadableCountIsAProblem() {
        Reading reading = Readings.of(
                "o.yaml",
                "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: a}\nspec: {instances: many}\n");
        assertEquals(
                List.of("o.yaml:4: spec.instances: \"many\"; expected a whole number from 0 to 100000"),
                Readings.problems(reading));
    }
}
