package dev.premortem.bench;

import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** A made-up repository: two sites, two links, two clusters, workloads with Services that name each other, a product for every ten. */
final class EstateText {
    private EstateText() {}

    /** File names and their texts for so many workloads; the same for the same number. */
    static SortedMap<String, String> of(int workloads) {
        Random random = new Random(workloads);
        SortedMap<String, String> files = new TreeMap<>();
        files.put("premortem/ground.yaml", ground());
        StringBuilder products = new StringBuilder();
        for (int i = 0; i < workloads; i++) {
            String cluster = i % 2 == 0 ? "a" : "b";
            files.put("clusters/" + cluster + "/apps/w" + i + ".yaml", workload(i, workloads, random));
            if (i % 10 == 0) {
                products.append("---\napiVersion: premortem.dev/v1\nkind: Product\nmetadata: {name: p").append(i)
                        .append("}\nspec:\n  needs: [").append(cluster).append("/n").append(i % 50).append("/Service/w").append(i).append("]\n");
            }
        }
        files.put("premortem/products.yaml", products.toString());
        return files;
    }

    private static String ground() {
        StringBuilder text = new StringBuilder();
        for (String site : new String[] {"north", "south"}) {
            text.append("---\napiVersion: premortem.dev/v1\nkind: Site\nmetadata: {name: ").append(site).append("}\nspec: {}\n");
        }
        text.append("---\napiVersion: premortem.dev/v1\nkind: Link\nmetadata: {name: primary}\nspec: {between: [north, south], mtu: 1500, preference: 1}\n");
        text.append("---\napiVersion: premortem.dev/v1\nkind: Link\nmetadata: {name: backup}\nspec: {between: [north, south], mtu: 1400, preference: 2, oversize: dropped}\n");
        for (String cluster : new String[] {"a", "b"}) {
            text.append("---\napiVersion: premortem.dev/v1\nkind: Cluster\nmetadata: {name: ").append(cluster).append("}\nspec:\n  site: ")
                    .append(cluster.equals("a") ? "north" : "south").append("\n  path: ../clusters/").append(cluster)
                    .append("\n  network: {cni: cilium, mode: vxlan, deviceMtu: 1500}\n");
        }
        return text.toString();
    }

    private static String workload(int i, int workloads, Random random) {
        StringBuilder text = new StringBuilder();
        text.append("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: w").append(i).append("\n  namespace: n").append(i % 50)
                .append("\n  annotations:\n    premortem.dev/depends-on: \"");
        int needs = random.nextInt(3);
        for (int k = 0; k < needs; k++) {
            int other = random.nextInt(workloads);
            text.append(k == 0 ? "" : ", ").append(other % 2 == 0 ? "a" : "b").append("/n").append(other % 50).append("/Service/w").append(other);
        }
        text.append("\"\nspec:\n  replicas: ").append(1 + random.nextInt(3)).append("\n  selector:\n    matchLabels: {app: w").append(i)
                .append("}\n  template:\n    metadata:\n      labels: {app: w").append(i)
                .append("}\n    spec:\n      containers:\n        - name: main\n          image: example/w:1.0\n          ports:\n            - containerPort: 8080\n")
                .append("          resources:\n            requests: {cpu: 100m, memory: 128Mi}\n")
                .append("---\napiVersion: v1\nkind: Service\nmetadata:\n  name: w").append(i).append("\n  namespace: n").append(i % 50)
                .append("\nspec:\n  selector: {app: w").append(i).append("}\n  ports:\n    - port: 80\n      targetPort: 8080\n");
        return text.toString();
    }
}
