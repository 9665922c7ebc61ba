package dev.premortem.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Outage;
import dev.premortem.testing.Outlook;
import dev.premortem.testing.Rounds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rule 2 of the ranking: an id is a hash of mechanism, pivot and trigger, so what happens elsewhere in the estate changes none. */
class IdentityRuleTest {
    private static final int EDITS = 500;

    private static String workload(String name, String image, String replicas, String volumes) {
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %s, namespace: shop}
            spec:
              replicas: %s
              selector: {matchLabels: {app: %s}}
              template:
                metadata: {labels: {app: %s}}
                spec:
                  containers: [{name: main, image: "%s"}]
            %s---
            apiVersion: v1
            kind: Service
            metadata: {name: %s, namespace: shop}
            spec: {selector: {app: %s}, ports: [{port: 80}]}
            """.formatted(name, replicas, name, name, image, volumes, name, name);
    }

    private static String route(String name, String host, String service) {
        return """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: %s, namespace: shop}
            spec:
              rules:
                - host: %s
                  http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: %s, port: {number: 80}}}}]}
            """.formatted(name, host, service);
    }

    /** A single pod behind a host, a database without a volume, a budget that blocks, a webhook in its own way, a removed API, a lone worker. */
    private static SortedMap<String, String> estate() {
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put(
                "web.yaml",
                workload("web", "example.com/web:1", "1", "") + "---\n" + route("web", "shop.example.com", "web"));
        texts.put(
                "api.yaml",
                workload("api", "example.com/api:1", "2", "") + "---\n" + route("api", "api.example.com", "api"));
        texts.put("db.yaml", workload("db", "mysql:8.0.36", "1", "") + "---\n" + route("db", "db.example.com", "db"));
        texts.put("worker.yaml", workload("worker", "example.com/worker:1", "1", ""));
        texts.put("budget.yaml", """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: web, namespace: shop}
            spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
            """);
        texts.put("webhook.yaml", """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: guard}
            webhooks:
              - name: pods.example.com
                failurePolicy: Fail
                clientConfig: {service: {name: worker, namespace: shop}}
                rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
            """);
        texts.put("old.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1beta1
            kind: ClusterRole
            metadata: {name: old}
            rules: []
            """);
        return texts;
    }

    /** The ids by what they are about, so that a difference says what changed. */
    private static SortedMap<String, String> ids(SortedMap<String, String> texts) {
        SortedMap<String, String> ids = new TreeMap<>();
        for (Outage outage :
                Outlook.of(new TreeMap<>(texts), Outlook.NOW).prediction().outages()) {
            ids.put(
                    outage.mechanism() + " " + outage.pivot() + " "
                            + outage.trigger().type(),
                    outage.id());
        }
        return ids;
    }

    /** One edit that has nothing to do with any of the outages. */
    private static String edit(SortedMap<String, String> texts, Random random, int number) {
        List<String> files = new ArrayList<>(texts.keySet());
        String file = files.get(random.nextInt(files.size()));
        String text = texts.getOrDefault(file, "");
        return switch (random.nextInt(9)) {
            case 0 -> {
                texts.put("more/m" + number + ".yaml", workload("m" + number, "example.com/more:1", "3", ""));
                yield "a new workload of three pods";
            }
            case 1 -> {
                texts.put("routes/r" + number + ".yaml", route("r" + number, "r" + number + ".example.com", "web"));
                yield "a new route to web";
            }
            case 2 -> {
                texts.put(
                        file,
                        text.replaceAll("(?m)^( +- host: )[a-z0-9]+\\.example\\.com", "$1n" + number + ".example.com"));
                yield "a product of " + file + " is renamed";
            }
            case 3 -> {
                texts.put(file, "# edit " + number + "\n" + text);
                yield "a comment in " + file;
            }
            case 4 -> {
                texts.remove(file);
                texts.put("moved/" + number + "-" + file.replace('/', '-'), text);
                yield file + " is renamed";
            }
            case 5 -> {
                List<String> documents = new ArrayList<>(List.of(text.split("(?m)^---\n", -1)));
                Collections.shuffle(documents, random);
                texts.put(file, String.join("---\n", documents));
                yield "the documents of " + file + " in another order";
            }
            case 6 -> {
                texts.put(file, text.replaceAll("example\\.com/api:[0-9]+", "example.com/api:" + number));
                yield "another version of api";
            }
            case 7 -> {
                texts.put("settings/s" + number + ".yaml", """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: s%d, namespace: shop}
                        data: {level: "%d"}
                        """.formatted(number, number));
                yield "a new ConfigMap";
            }
            default -> {
                texts.put(
                        file,
                        text.replaceAll(
                                "(metadata: \\{name: [a-z0-9]+, namespace: shop)(, labels: \\{[^}]*})?}",
                                "$1, labels: {edit: e" + number + "}}"));
                yield "labels in " + file;
            }
        };
    }

    @Test
    void fiveHundredUnrelatedEditsChangeNoId() {
        Rounds.run(1, seed -> {
            Random random = new Random(seed);
            SortedMap<String, String> texts = estate();
            SortedMap<String, String> before = ids(texts);
            assertTrue(before.size() >= 7, () -> "enough to watch: " + before.keySet());
            for (int number = 1; number <= EDITS; number++) {
                String edit = edit(texts, random, number);
                int at = number;
                assertEquals(before, ids(texts), () -> "edit " + at + ": " + edit);
                if (number % 25 == 0) {
                    texts.keySet().removeIf(file -> file.startsWith("more/") || file.startsWith("settings/"));
                }
            }
        });
    }

    @Test
    void aProductThatJoinsMakesTheOutageGrow() {
        SortedMap<String, String> texts = estate();
        Outage before = web(texts);
        texts.put(
                "more.yaml",
                workload("more", "example.com/more:1", "2", "") + "---\n" + route("more", "more.example.com", "more"));
        texts.put(
                "more-api.yaml",
                route("both", "both.example.com", "web") + "---\n" + route("both2", "both.example.com", "more"));
        Outage after = web(texts);
        assertEquals(before.id(), after.id());
        assertTrue(after.products().size() > before.products().size(), after::toString);
    }

    private static Outage web(Map<String, String> texts) {
        return Outlook.of(new TreeMap<>(texts), Outlook.NOW)
                .outage("single-replica", "default/shop/Deployment/web#replica")
                .outage();
    }
}
