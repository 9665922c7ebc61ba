package dev.premortem.source.catalog;

import static dev.premortem.source.Readings.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.estate.Product;
import dev.premortem.estate.Workload;
import dev.premortem.outage.Coverage;
import dev.premortem.source.Reading;
import dev.premortem.source.Readings;
import dev.premortem.testing.Outlook;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What catalogs say of dependencies. */
class CatalogsTest {
    private static String workload(String name, int replicas) {
        return """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: shop, labels: {backstage.io/kubernetes-id: %1$s}}
                spec:
                  replicas: %2$d
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: {containers: [{name: c, image: 'example.com/%1$s:1'}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s, namespace: shop}
                spec: {selector: {app: %1$s}}
                """.formatted(name, replicas);
    }

    private static String entity(String kind, String name, String annotations, String specification) {
        return "---\napiVersion: backstage.io/v1alpha1\nkind: " + kind + "\nmetadata: {name: " + name
                + ", annotations: {" + annotations + "}}\nspec: {" + specification + "}\n";
    }

    private static final String INGRESS = """
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web, namespace: shop}
            spec:
              rules: [{host: shop.example.com, http: {paths: [{path: /, backend: {service: {name: web}}}]}}]
            """;

    private static final String CATALOG = entity(
                    "Component",
                    "web",
                    "backstage.io/kubernetes-id: web",
                    "type: website, owner: team-web, consumesApis: [orders-api], dependsOn: ['resource:store']")
            + entity(
                    "Component",
                    "orders",
                    "backstage.io/kubernetes-label-selector: 'app=orders'",
                    "type: service, owner: team-orders, providesApis: [orders-api]")
            + entity("API", "orders-api", "", "type: openapi, owner: team-orders")
            + entity("Resource", "store", "", "type: bucket, owner: team-orders, dependsOn: ['resource:default/disks']")
            + entity("Resource", "disks", "", "type: hardware, owner: team-orders");

    private static List<String> needs(Reading reading, String reference) {
        return thing(reading.estate(), Workload.class, reference).dependsOn().stream()
                .map(dependency -> dependency.to().text())
                .toList();
    }

    @Test
    void whatAComponentConsumesItsWorkloadNeeds() {
        Outlook.of(
                        new TreeMap<>(Map.of(
                                "k.yaml",
                                workload("web", 2) + workload("orders", 1) + INGRESS,
                                "catalog-info.yaml",
                                CATALOG)),
                        Outlook.NOW)
                .outage("single-replica", "default/shop/Deployment/orders#replica")
                .takesDown("shop.example.com");
    }

    @Test
    void entitiesAreNoObjects() {
        Reading reading = Readings.of("c.yaml", CATALOG + workload("web", 1) + workload("orders", 1));
        assertEquals(4, reading.estate().objects().size());
        assertEquals(List.of("default/shop/Service/orders"), needs(reading, "default/shop/Deployment/web"));
        assertEquals(List.of(), reading.coverage().notUnderstood());
    }

    @Test
    void anEntityWithoutWorkloadHandsOnWhatItNeeds() {
        Reading reading = Readings.of(
                "c.yaml",
                CATALOG + workload("web", 1),
                "h.yaml",
                "apiVersion: premortem.dev/v1\nkind: Site\nmetadata: {name: a}\n---\napiVersion: premortem.dev/v1\nkind: HostedService\nmetadata: {name: disks}\nspec: {site: a}\n");
        assertEquals(List.of("hosted-service/disks"), needs(reading, "default/shop/Deployment/web"));
    }

    @Test
    void ownersReachProducts() {
        Reading reading = Readings.of(
                "c.yaml",
                entity("System", "checkout", "", "owner: team-pay"),
                "p.yaml",
                "apiVersion: premortem.dev/v1\nkind: Product\nmetadata: {name: checkout}\nspec: {needs: [product/other]}\n");
        assertEquals(
                "team-pay",
                thing(reading.estate(), Product.class, "product/checkout")
                        .owner()
                        .orElseThrow()
                        .value());
    }

    @Test
    void aComponentThatMeansNoWorkloadIsCounted() {
        Reading reading = Readings.of(
                "c.yaml",
                entity("Component", "lost", "", "dependsOn: ['component:web']")
                        + entity(
                                "Component",
                                "gone",
                                "backstage.io/kubernetes-id: gone",
                                "dependsOn: ['component:web']"),
                "k.yaml",
                workload("web", 1));
        assertEquals(
                List.of(
                        "names no workload (backstage.io/kubernetes-id or kubernetes-label-selector): what it needs is not used",
                        "no workload has its labels: what it needs is not used"),
                reading.coverage().notUnderstood().stream()
                        .map(Coverage.NotUnderstood::reason)
                        .toList());
    }

    @Test
    void aRingOfEntitiesEnds() {
        Reading reading = Readings.of(
                "c.yaml",
                entity("Component", "web", "backstage.io/kubernetes-id: web", "dependsOn: ['resource:a']")
                        + entity("Resource", "a", "", "dependsOn: ['resource:b', 'component:web']")
                        + entity("Resource", "b", "", "dependsOn: ['resource:a']"),
                "k.yaml",
                workload("web", 1));
        assertEquals(List.of(), needs(reading, "default/shop/Deployment/web"));
    }
}
