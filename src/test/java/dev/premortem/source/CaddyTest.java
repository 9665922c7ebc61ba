package dev.premortem.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.mechanism.AcmeBudget;
import dev.premortem.model.AcmeStore;
import dev.premortem.model.Proposal;
import dev.premortem.model.Sketch;
import dev.premortem.twin.Twin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaddyTest {
    private static final String EDGE = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: caddy, namespace: edge}
            data:
              Caddyfile: |
                {
                    email ops@example.com
                }
                (common) {
                    encode gzip
                }
                shop.example.com, www.example.com {
                    reverse_proxy shop:80 {
                        lb_policy first
                    }
                }
                inside.example.com {
                    tls internal
                }
                http://plain.example.com {
                }
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: caddy, namespace: edge}
            spec:
              replicas: 1
              selector: {matchLabels: {app: caddy}}
              template:
                metadata: {labels: {app: caddy}}
                spec:
                  containers:
                  - name: caddy
                    image: docker.io/library/caddy:2.10
                    volumeMounts:
                    - {name: conf, mountPath: /etc/caddy}
                    - {name: data, mountPath: /data}
                  volumes:
                  - name: conf
                    configMap: {name: caddy}
                  - name: data
                    emptyDir: {}
            ---
            apiVersion: premortem.dev/v1
            kind: Observation
            metadata: {name: restarts}
            spec:
              of: default/edge/Deployment/caddy
              fact: restarts
              value: 10 per 7d
              at: 2026-03-04T17:00:00Z
              by: test
            """;

    private static Sketch sketch(String text) {
        Sketch sketch = new Sketch(
                Readings.of("edge.yaml", text).estate(), Instant.parse("2026-03-04T18:00:00Z"), Duration.ofDays(400));
        new AcmeBudget().contribute(sketch);
        sketch.twin().compile(Twin.Form.LIVE);
        return sketch;
    }

    @Test
    void caddyOrdersEveryPublicNameOfItsSitesAgain() {
        Sketch sketch = sketch(EDGE);
        AcmeStore store = AcmeStore.all(sketch).getFirst();
        assertTrue(store.storage().lost());
        assertEquals(
                List.of("shop.example.com", "www.example.com"),
                store.sets().stream().map(AcmeStore.NameSet::label).toList());
        Proposal proposal = sketch.proposals().getFirst();
        assertTrue(proposal.moment().isPresent());
        assertTrue(proposal.prelude().toString().contains("steps that grow to 6 h"), proposal::toString);
    }

    @Test
    void anotherCaOrALastingStoreIsQuiet() {
        assertEquals(
                List.of(),
                sketch(EDGE.replace("email ops@example.com", "acme_ca https://ca.example.com/acme/directory"))
                        .proposals());
        assertFalse(EDGE.equals(EDGE.replace("emptyDir: {}", "persistentVolumeClaim: {claimName: caddy}")));
        assertEquals(
                List.of(),
                sketch(EDGE.replace("emptyDir: {}", "persistentVolumeClaim: {claimName: caddy}"))
                        .proposals());
    }
}
