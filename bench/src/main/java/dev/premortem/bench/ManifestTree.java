package dev.premortem.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Writes a made-up repository of manifests, one a file, as teams keep them: a folder for each application with its workload, Service, ConfigMap, and
 * for some an Ingress, a disruption budget and an autoscaler. Runs by itself: {@code java ManifestTree.java FOLDER [MANIFESTS [SEED]]}.
 */
public final class ManifestTree {
    private static final String[] TEAMS = {"billing", "catalog", "checkout", "search", "identity", "media", "reports", "mobile"};
    private static final String[] WORDS = {"timeout", "endpoint", "retries", "level", "bucket", "region", "queue", "batch", "window", "quota", "limit", "cache"};

    private final Path folder;
    private final int manifests;
    private final Random random;
    private int written;
    private long characters;

    private ManifestTree(Path folder, int manifests, long seed) {
        this.folder = folder;
        this.manifests = manifests;
        this.random = new Random(seed);
    }

    /** Writes the tree; the same arguments write the same bytes. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1) {
            System.err.println("usage: ManifestTree FOLDER [MANIFESTS [SEED]]");
            System.exit(2);
        }
        int manifests = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
        ManifestTree tree = new ManifestTree(Path.of(arguments[0]), manifests, seed);
        for (int app = 0; tree.written < manifests; app++) {
            tree.application(app);
        }
        System.out.println(tree.written + " manifests, " + tree.characters + " bytes, seed " + seed);
    }

    private void application(int app) throws IOException {
        String team = TEAMS[app % TEAMS.length];
        String name = team + "-" + WORDS[random.nextInt(WORDS.length)] + "-" + app;
        boolean stateful = random.nextInt(8) == 0;
        write(team, name, stateful ? "statefulset" : "deployment", workload(team, name, stateful));
        write(team, name, "service", service(team, name, stateful));
        write(team, name, "configmap", configMap(team, name));
        if (random.nextInt(2) == 0) {
            write(team, name, "ingress", ingress(team, name));
        }
        if (random.nextInt(3) > 0) {
            write(team, name, "pdb", budget(team, name));
        }
        if (!stateful && random.nextInt(2) == 0) {
            write(team, name, "hpa", autoscaler(team, name));
        }
    }

    private void write(String team, String name, String kind, String text) throws IOException {
        if (written == manifests) {
            return;
        }
        Path file = folder.resolve("apps").resolve(team).resolve(name).resolve(kind + ".yaml");
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
        written++;
        characters += text.length();
    }

    private static String head(String version, String kind, String team, String name) {
        return """
                apiVersion: %s
                kind: %s
                metadata:
                  name: %s
                  namespace: %s
                  labels:
                    app.kubernetes.io/name: %s
                    app.kubernetes.io/part-of: %s
                    app.kubernetes.io/managed-by: flux
                """.formatted(version, kind, name, team, name, team);
    }

    private String workload(String team, String name, boolean stateful) {
        StringBuilder text = new StringBuilder(head("apps/v1", stateful ? "StatefulSet" : "Deployment", team, name));
        text.append("spec:\n  replicas: ").append(1 + random.nextInt(4)).append('\n');
        text.append(stateful ? "  serviceName: " + name + "\n" : "  strategy:\n    type: RollingUpdate\n    rollingUpdate:\n      maxSurge: 1\n      maxUnavailable: 0\n");
        text.append("""
                  selector:
                    matchLabels:
                      app.kubernetes.io/name: %1$s
                  template:
                    metadata:
                      labels:
                        app.kubernetes.io/name: %1$s
                      annotations:
                        prometheus.io/scrape: "true"
                    spec:
                      terminationGracePeriodSeconds: %2$d
                      containers:
                        - name: main
                          image: registry.example.com/%3$s/%1$s:1.%4$d.%5$d
                          args: ["serve", "--port=8080", "--log-format=json"]
                          ports:
                            - name: http
                              containerPort: 8080
                          env:
                            - name: POD_NAME
                              valueFrom:
                                fieldRef:
                                  fieldPath: metadata.name
                            # set by the platform team
                            - name: LOG_LEVEL
                              value: info
                          envFrom:
                            - configMapRef:
                                name: %1$s
                          resources:
                            requests: {cpu: %6$dm, memory: %7$dMi}
                            limits:
                              memory: %8$dMi
                          readinessProbe:
                            httpGet:
                              path: /healthz
                              port: http
                            initialDelaySeconds: 5
                            periodSeconds: 10
                """.formatted(name, 30 + random.nextInt(3) * 15, team, random.nextInt(30), random.nextInt(20), 50 + random.nextInt(10) * 50, 64 + random.nextInt(8) * 64, 1024));
        if (stateful) {
            text.append("""
                          volumeMounts:
                            - name: data
                              mountPath: /var/lib/data
                  volumeClaimTemplates:
                    - metadata:
                        name: data
                      spec:
                        accessModes: ["ReadWriteOnce"]
                        resources:
                          requests:
                            storage: 20Gi
                """);
        }
        return text.toString();
    }

    private String service(String team, String name, boolean stateful) {
        return head("v1", "Service", team, name) + "spec:\n" + (stateful ? "  clusterIP: None\n" : "  type: ClusterIP\n") + """
                  selector:
                    app.kubernetes.io/name: %s
                  ports:
                    - name: http
                      port: 80
                      targetPort: http
                      protocol: TCP
                """.formatted(name);
    }

    private String configMap(String team, String name) {
        StringBuilder text = new StringBuilder(head("v1", "ConfigMap", team, name)).append("data:\n");
        for (int i = 4 + random.nextInt(8); i > 0; i--) {
            text.append("  ").append(WORDS[i % WORDS.length].toUpperCase(java.util.Locale.ROOT)).append('_').append(i).append(": \"").append(random.nextInt(10_000)).append("\"\n");
        }
        text.append("  application.properties: |\n");
        for (int i = 12 + random.nextInt(20); i > 0; i--) {
            text.append("    ").append(team).append('.').append(WORDS[random.nextInt(WORDS.length)]).append('.').append(i).append('=').append(random.nextInt(1_000_000)).append('\n');
        }
        return text.toString();
    }

    private static String ingress(String team, String name) {
        return head("networking.k8s.io/v1", "Ingress", team, name) + """
                  annotations:
                    cert-manager.io/cluster-issuer: letsencrypt
                spec:
                  ingressClassName: nginx
                  tls:
                    - hosts:
                        - %1$s.example.com
                      secretName: %1$s-tls
                  rules:
                    - host: %1$s.example.com
                      http:
                        paths:
                          - path: /
                            pathType: Prefix
                            backend:
                              service:
                                name: %1$s
                                port:
                                  name: http
                """.formatted(name);
    }

    private static String budget(String team, String name) {
        return head("policy/v1", "PodDisruptionBudget", team, name) + """
                spec:
                  maxUnavailable: 1
                  selector:
                    matchLabels:
                      app.kubernetes.io/name: %s
                """.formatted(name);
    }

    private String autoscaler(String team, String name) {
        return head("autoscaling/v2", "HorizontalPodAutoscaler", team, name) + """
                spec:
                  scaleTargetRef:
                    apiVersion: apps/v1
                    kind: Deployment
                    name: %s
                  minReplicas: 2
                  maxReplicas: %d
                  metrics:
                    - type: Resource
                      resource:
                        name: cpu
                        target:
                          type: Utilization
                          averageUtilization: 75
                """.formatted(name, 4 + random.nextInt(8));
    }
}
