package dev.premortem.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Advice;
import dev.premortem.source.Edited;
import dev.premortem.source.Edits;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import dev.premortem.testing.Rounds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Products in one cluster that need services in another one: which ones to run here too? Searched, and by trying every choice. */
final class AdviserTest {
    private static final Request REQUEST =
            new Request(Instant.parse("2026-11-24T00:00:00Z"), Duration.ofDays(400), 2, Set.of());

    private static final String GROUND = """
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: graz}
            ---
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: linz}
            ---
            apiVersion: premortem.dev/v1
            kind: Link
            metadata: {name: one}
            spec: {between: [graz, linz], mtu: 1500}
            ---
            apiVersion: premortem.dev/v1
            kind: Cluster
            metadata: {name: main}
            spec: {site: graz, path: main}
            ---
            apiVersion: premortem.dev/v1
            kind: Cluster
            metadata: {name: east}
            spec: {site: linz, path: east}
            """;

    private static String workload(String name, String needs) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: NAME
                  namespace: shop
                  annotations: {premortem.dev/depends-on: "NEEDS"}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: NAME}}
                  template:
                    metadata: {labels: {app: NAME}}
                    spec:
                      topologySpreadConstraints:
                        - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: NAME}}}
                      containers: [{name: c, image: registry.example.net/NAME:1.0}]
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: NAME, namespace: shop}
                spec: {selector: {app: NAME}, ports: [{port: 80}]}
                """.replace("NAME", name).replace("NEEDS", needs);
    }

    private static Reading estate(Random random, int services, int products) {
        Map<String, String> texts = new TreeMap<>();
        texts.put("ground.yaml", GROUND);
        for (int service = 0; service < services; service++) {
            texts.put("main/s" + service + ".yaml", workload("s" + service, ""));
        }
        for (int product = 0; product < products; product++) {
            List<String> needs = new ArrayList<>();
            for (int need = 0; need <= random.nextInt(3); need++) {
                needs.add("main/shop/Service/s" + random.nextInt(services));
            }
            texts.put(
                    "east/p" + product + ".yaml",
                    workload("p" + product, String.join(", ", needs))
                            + "---\napiVersion: premortem.dev/v1\nkind: Product\nmetadata: {name: p" + product
                            + "}\nspec: {needs: [east/shop/Service/p" + product + "], tier: "
                            + (1 + random.nextInt(3)) + "}\n");
        }
        Reading reading = Sources.readTexts(new TreeMap<>(texts));
        assertEquals(List.of(), reading.coverage().problems());
        return reading;
    }

    private static Advice advise(Reading reading, double budget, long mostTried) {
        return Adviser.advise(
                reading.estate(),
                reading.coverage(),
                REQUEST,
                edits -> {
                    Edited edited = Edits.apply(reading, edits);
                    return new Editor.Edited(edited.reading().estate(), edited.patch(), edited.newProblems());
                },
                budget,
                mostTried);
    }

    private static double saved(Advice advice) {
        return advice.before().typical() - advice.left().typical();
    }

    @Test
    void theSearchFindsWhatTryingEverythingFinds() {
        int[] closed = new int[2];
        Rounds.run(12, seed -> {
            Random random = new Random(seed);
            Reading reading = estate(random, 3 + random.nextInt(4), 2 + random.nextInt(5));
            double budget = 1 + random.nextInt(4);
            Advice all = advise(reading, budget, 10_000);
            Advice searched = advise(reading, budget, 0);
            assertTrue(all.optimal(), all.toString());
            assertTrue(searched.upperBound() >= saved(all) - 1e-6, searched.upperBound() + " " + saved(all));
            if (searched.optimal()) {
                assertEquals(saved(all), saved(searched), 1e-6);
                closed[0]++;
            }
            closed[1]++;
        });
        assertTrue(closed[0] * 3 >= closed[1] * 2, closed[0] + " of " + closed[1] + " were closed");
    }
}
