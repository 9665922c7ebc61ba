package dev.premortem.source;

import dev.premortem.estate.Edit;
import dev.premortem.estate.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Files damaged at random are read without an exception, and edits of what was read do none either. */
class DamageTest {
    private static final Map<String, String> WHOLE = new TreeMap<>(
            Map.of(
                    "app.yaml",
                            "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  annotations: {premortem.dev/depends-on: 'Service/a, ?b/c/Service/d'}\nspec:\n  replicas: 017\n  template: &t\n    spec:\n      containers:\n      - name: a\n        image: traefik:v2\n        args: [\"--certificatesresolvers.le.acme.storage=/x\", '--a=http://a.b.svc:80/c']\n        volumeMounts: [{name: d, mountPath: /data}]\n      volumes:\n      - name: d\n        emptyDir: {}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: b}\nspec: *t\n",
                    "own.yaml",
                            "apiVersion: premortem.dev/v1\nkind: Site\nmetadata: {name: s}\n---\napiVersion: premortem.dev/v1\nkind: Link\nmetadata: {name: l}\nspec: {between: [s, s], mtu: 1500, failure: {mtbf: 180d, mttr: 4h}}\n---\napiVersion: premortem.dev/v1\nkind: Cluster\nmetadata: {name: c}\nspec: {site: s, certificates: [x.pem], nodePools: [{name: p, nodes: 3, allocatable: {cpu: 3900m, memory: 14Gi}}]}\n---\napiVersion: premortem.dev/v1\nkind: DnsZone\nmetadata: {name: e.com}\nspec: {file: e.zone}\n",
                    "values.yaml",
                            "persistence:\n  enabled: true\nports:\n  websecure: {tls: {certResolver: le}}\nservice:\n  spec: {loadBalancerIP: 192.0.2.1}\n",
                    "e.zone",
                            "$ORIGIN e.com.\n$TTL 1h\n@ IN SOA ns h (\n 1 2 3\n 4 5 )\nwww 60 IN A 192.0.2.1\n@ IN MX 10 mail\nt IN TXT \"x ; y\"\n$GENERATE 1-3 h$ A 192.0.2.$\n",
                    "x.pem",
                            "-----BEGIN CERTIFICATE-----\nMIIBpjCCAUygAwIBAgIBAjAKBggqhkjOPQQDAjAXMRUwEwYDVQQDDAxFeGFtcGxl\n-----END CERTIFICATE-----\n",
                    "l.json",
                            "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{\"apiVersion\": \"v1\", \"kind\": \"Node\", \"metadata\": {\"name\": \"n\"}, \"status\": {\"allocatable\": {\"cpu\": \"4\"}}}]}\n"));

    private static String damaged(String text, Random random) {
        StringBuilder out = new StringBuilder(text);
        String letters = " \n\t\r:-{}[]\"'|>&*!%@`#,?~=$().\\09azSOA\u00e9\uFEFF";
        for (int i = 0; i <= random.nextInt(6); i++) {
            int at = random.nextInt(out.length());
            switch (random.nextInt(3)) {
                case 0 -> out.deleteCharAt(at);
                case 1 -> out.insert(at, letters.charAt(random.nextInt(letters.length())));
                default -> out.delete(at, Math.min(out.length(), at + random.nextInt(30)));
            }
            if (out.isEmpty()) {
                return "\n";
            }
        }
        return out.toString();
    }

    @Test
    void survivesRandomDamage() {
        long seed = 3;
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            TreeMap<String, String> texts = new TreeMap<>();
            WHOLE.forEach((file, text) -> texts.put(file, random.nextInt(3) == 0 ? text : damaged(text, random)));
            try {
                Reading reading = Sources.readTexts(texts);
                List<Thing> things = new ArrayList<>(reading.estate().things());
                Thing any = things.get(random.nextInt(things.size()));
                Edits.apply(
                        reading,
                        List.of(
                                new Edit.AddField(any.place(), "x", "y: [1, 'a']"),
                                new Edit.SetValue(any.place(), "z"),
                                new Edit.Remove(any.place())));
            } catch (RuntimeException | StackOverflowError e) {
                Assertions.fail("seed " + seed + ", round " + round + ": " + texts, e);
            }
        }
    }
}
