package dev.premortem.catalogue;

import dev.premortem.catalogue.ChartDefaults.Chart;
import dev.premortem.catalogue.ChartDefaults.Part;
import java.util.List;
import java.util.Map;

/** The charts of {@link ChartDefaults}, each as it was read. */
final class KnownCharts {
    private static final String NAME = "app.kubernetes.io/name";
    private static final String COMPONENT = "app.kubernetes.io/component";

    static final List<Chart> ALL = List.of(
            any(
                    "external-dns",
                    "kubernetes-sigs/external-dns charts/external-dns/templates/deployment.yaml (read 2026-11-25)",
                    named("external-dns", "").as("Deployment", 1, "Recreate")),
            any(
                    "rook-ceph",
                    "rook/rook deploy/charts/rook-ceph/templates/deployment.yaml (read 2026-11-25)",
                    new Part("rook-ceph-operator", "", Map.of("app", "rook-ceph-operator"))
                            .without()
                            .as("Deployment", 1, "Recreate")),
            any(
                    "gateway-helm",
                    "envoyproxy/gateway charts/gateway-helm/templates/envoy-gateway-deployment.yaml and"
                            + " envoy-gateway-poddisruptionbudget.yaml (read 2026-11-25)",
                    new Part(
                                    "envoy-gateway",
                                    "deployment.replicas",
                                    Map.of("control-plane", "envoy-gateway", NAME, "gateway-helm"))
                            .budgeted("podDisruptionBudget")),
            new Chart(
                    "cert-manager",
                    "cert-manager",
                    new Version(1, 13, 0),
                    new Version(2, 0, 0),
                    List.of(
                            certManager("", "", "cert-manager", "controller"),
                            certManager("-webhook", "webhook.", "webhook", "webhook"),
                            certManager("-cainjector", "cainjector.", "cainjector", "cainjector")
                                    .unless("cainjector.enabled")),
                    "cert-manager/cert-manager deploy/charts/cert-manager at 2d0d7f7f (2026-08-22); limits as they are since"
                            + " 2023-07-14 (read 2026-11-26)"),
            read(
                    "external-secrets",
                    "2.9.0",
                    "external-secrets/external-secrets deploy/charts/external-secrets 2.9.0 (read 2026-11-26)",
                    named("external-secrets", "replicaCount").budgeted("podDisruptionBudget", "minAvailable", 1),
                    external("-webhook", "webhook"),
                    external("-cert-controller", "certController")),
            read(
                    "metrics-server",
                    "3.13.1",
                    "kubernetes-sigs/metrics-server charts/metrics-server 3.13.1 (read 2026-11-26)",
                    named("metrics-server", "replicas").budgeted("podDisruptionBudget", "", 0)),
            read(
                    "coredns",
                    "1.46.2",
                    "coredns/helm charts/coredns 1.46.2 (read 2026-11-26)",
                    named("coredns", "replicaCount")
                            .unless("deployment.enabled")
                            .budgeted("podDisruptionBudget")),
            read(
                    "dex",
                    "0.24.0",
                    "dexidp/helm-charts charts/dex 0.24.0 (read 2026-11-26)",
                    named("dex", "replicaCount").budgeted("podDisruptionBudget", "", 0)),
            read(
                    "grafana",
                    "12.11.1",
                    "grafana-community/helm-charts charts/grafana 12.11.1 (read 2026-11-26)",
                    named("grafana", "replicas").budgeted("podDisruptionBudget")),
            read(
                    "kube-state-metrics",
                    "8.4.0",
                    "prometheus-community/helm-charts charts/kube-state-metrics 8.4.0 (read 2026-11-26)",
                    named("kube-state-metrics", "replicas").budgeted("podDisruptionBudget")),
            read(
                    "prometheus-blackbox-exporter",
                    "11.17.2",
                    "prometheus-community/helm-charts charts/prometheus-blackbox-exporter 11.17.2 (read 2026-11-26)",
                    named("prometheus-blackbox-exporter", "replicas").budgeted("podDisruptionBudget")),
            read(
                    "prometheus-adapter",
                    "5.3.0",
                    "prometheus-community/helm-charts charts/prometheus-adapter 5.3.0 (read 2026-11-26)",
                    named("prometheus-adapter", "replicas").budgeted("podDisruptionBudget", "maxUnavailable", 1)),
            read(
                    "prometheus-pushgateway",
                    "3.8.0",
                    "prometheus-community/helm-charts charts/prometheus-pushgateway 3.8.0 (read 2026-11-26)",
                    named("prometheus-pushgateway", "replicaCount")
                            .as("Deployment", 1, "Recreate")
                            .budgeted("podDisruptionBudget")),
            read(
                    "prometheus-snmp-exporter",
                    "9.17.1",
                    "prometheus-community/helm-charts charts/prometheus-snmp-exporter 9.17.1 (read 2026-11-26)",
                    named("prometheus-snmp-exporter", "replicas")),
            read(
                    "oauth2-proxy",
                    "10.7.0",
                    "oauth2-proxy/manifests helm/oauth2-proxy 10.7.0: its budget wants more than one pod (read 2026-11-26)",
                    named("oauth2-proxy", "replicaCount")),
            read(
                    "cloudnative-pg",
                    "0.29.0",
                    "cloudnative-pg/charts charts/cloudnative-pg 0.29.0: it has no budget (read 2026-11-26)",
                    named("cloudnative-pg", "replicaCount")),
            new Chart(
                    "argo-cd",
                    "argocd",
                    new Version(10, 0, 0),
                    new Version(11, 0, 0),
                    List.of(
                            argo("server", "server").budgeted("server.pdb", "minAvailable", 0),
                            argo("repo-server", "repoServer").budgeted("repoServer.pdb", "minAvailable", 0),
                            argo("applicationset-controller", "applicationSet"),
                            argo("application-controller", "controller").as("StatefulSet", 1, "RollingUpdate")),
                    "argoproj/argo-helm charts/argo-cd 10.1.1 and its output (read 2026-11-26)"),
            new Chart(
                    "ingress-nginx",
                    "ingress-nginx",
                    new Version(4, 11, 0),
                    new Version(5, 0, 0),
                    List.of(new Part(
                            "-controller",
                            "controller.replicaCount",
                            Map.of(NAME, "ingress-nginx", COMPONENT, "controller"))),
                    "the output of ingress-nginx 4.11.8 without values: one replica, no budget (read 2026-11-25)"),
            read(
                    "argo-rollouts",
                    "2.41.0",
                    "argoproj/argo-helm @af0a9310 charts/argo-rollouts 2.41.0 and its output (read 2026-11-26)",
                    new Part("", "controller.replicas", Map.of(NAME, "argo-rollouts", COMPONENT, "rollouts-controller"))
                            .as("Deployment", 2, "RollingUpdate")
                            .budgeted("controller.pdb", "minAvailable", 0)),
            read(
                    "argo-workflows",
                    "1.0.18",
                    "argoproj/argo-helm @af0a9310 charts/argo-workflows 1.0.18 and its output (read 2026-11-26)",
                    suffixed("argo-workflows", "-workflow-controller", "controller.replicas")
                            .as("Deployment", 1, "Recreate")
                            .budgeted("controller.pdb", "minAvailable", 0),
                    suffixed("argo-workflows", "-server", "server.replicas")
                            .unless("server.enabled")
                            .budgeted("server.pdb", "minAvailable", 0)),
            read(
                    "argo-events",
                    "2.4.22",
                    "argoproj/argo-helm @af0a9310 charts/argo-events 2.4.22 and its output (read 2026-11-26)",
                    suffixed("argo-events", "-controller-manager", "controller.replicas")
                            .as("Deployment", 1, "Recreate")
                            .budgeted("controller.pdb", "minAvailable", 0)),
            read(
                    "argocd-image-updater",
                    "1.2.4",
                    "argoproj/argo-helm @af0a9310 charts/argocd-image-updater 1.2.4 and its output: it has no budget (read 2026-11-26)",
                    new Part("-controller", "replicaCount", Map.of(NAME, "argocd-image-updater"))
                            .as("Deployment", 1, "Recreate")),
            read(
                    "prometheus",
                    "29.27.0",
                    "prometheus-community/helm-charts @cf408a290 charts/prometheus 29.27.0, deploy.yaml and pdb.yaml (read 2026-11-26)",
                    new Part("-server", "server.replicaCount", Map.of(NAME, "prometheus", COMPONENT, "server"))
                            .as("Deployment", 1, "Recreate")
                            .budgeted("server.podDisruptionBudget", "maxUnavailable", 1)),
            read(
                    "alertmanager",
                    "1.42.0",
                    "prometheus-community/helm-charts @cf408a290 charts/alertmanager 1.42.0 and its output (read 2026-11-26)",
                    named("alertmanager", "replicaCount")
                            .as("StatefulSet", 1, "RollingUpdate")
                            .budgeted("podDisruptionBudget")),
            read(
                    "prometheus-mysql-exporter",
                    "2.14.0",
                    "prometheus-community/helm-charts @cf408a290 charts/prometheus-mysql-exporter 2.14.0 and its output: it has no budget"
                            + " (read 2026-11-26)",
                    named("prometheus-mysql-exporter", "replicaCount")),
            read(
                    "prometheus-redis-exporter",
                    "6.29.0",
                    "prometheus-community/helm-charts @cf408a290 charts/prometheus-redis-exporter 6.29.0 and its output: it has no budget"
                            + " (read 2026-11-26)",
                    named("prometheus-redis-exporter", "replicaCount")),
            read(
                    "prometheus-elasticsearch-exporter",
                    "7.4.0",
                    "prometheus-community/helm-charts @cf408a290 charts/prometheus-elasticsearch-exporter 7.4.0 and its output: it has no"
                            + " budget (read 2026-11-26)",
                    named("prometheus-elasticsearch-exporter", "replicaCount")),
            read(
                    "keda",
                    "2.20.2",
                    "kedacore/charts @1444d00 keda 2.20.2 and its output; its webhooks let pass what they cannot be asked about"
                            + " (read 2026-11-26)",
                    keda("keda-operator", "operator", "operator"),
                    keda("keda-operator-metrics-apiserver", "metricsServer", "metricServer")
                            .unless("metricsServer.enabled"),
                    keda("keda-admission-webhooks", "webhooks", "webhooks").unless("webhooks.enabled")),
            read(
                    "sealed-secrets",
                    "2.18.5",
                    "bitnami-labs/sealed-secrets @86671a88 helm/sealed-secrets 2.18.5 and its output: one pod, which no value changes"
                            + " (read 2026-11-26)",
                    named("sealed-secrets", "")),
            new Chart(
                    "vault",
                    "vault",
                    new Version(0, 25, 0),
                    new Version(0, 35, 0),
                    List.of(new Part(
                                    "-agent-injector",
                                    "injector.replicas",
                                    Map.of(NAME, "vault-agent-injector", "component", "webhook"))
                            .unless("injector.enabled")
                            .budgeted("injector.podDisruptionBudget")),
                    "hashicorp/vault-helm at v0.25.0, v0.28.0, v0.30.0 and 0.34.1 (aa1c92e) and its output; its webhook lets pass what it cannot be asked about"
                            + " (read 2026-11-26)"),
            read(
                    "aws-load-balancer-controller",
                    "3.5.0",
                    "aws/eks-charts @5239609 stable/aws-load-balancer-controller 3.5.0: its budget wants more than one pod (read 2026-11-26)",
                    named("aws-load-balancer-controller", "replicaCount").as("Deployment", 2, "RollingUpdate")),
            new Chart(
                    "kyverno",
                    "kyverno",
                    new Version(3, 1, 0),
                    new Version(4, 0, 0),
                    List.of(
                            kyverno("admission", "admissionController"),
                            kyverno("background", "backgroundController").unless("backgroundController.enabled"),
                            kyverno("cleanup", "cleanupController").unless("cleanupController.enabled"),
                            kyverno("reports", "reportsController").unless("reportsController.enabled")),
                    "kyverno/kyverno charts/kyverno at kyverno-chart-3.1.0, v1.12.0 and 111e07bb; 3.0.0 has no such switch of its budgets"
                            + " (read 2026-11-26)"),
            new Chart(
                    "gatekeeper",
                    "gatekeeper",
                    new Version(3, 10, 0),
                    new Version(4, 0, 0),
                    List.of(new Part(
                                    "gatekeeper-controller-manager",
                                    "replicas",
                                    Map.of("app", "gatekeeper", "control-plane", "controller-manager"))
                            .without()
                            .as("Deployment", 3, "RollingUpdate")
                            .alwaysBudgeted("pdb.controllerManager", "minAvailable", 1)),
                    "open-policy-agent/gatekeeper charts/gatekeeper at v3.10.0, v3.14.0, v3.18.0 and dd8507eb; its policies let pass what they"
                            + " cannot be asked about (read 2026-11-26)"),
            any(
                    "metallb",
                    "metallb/metallb @7938d3f89 charts/metallb and its output: one controller, which no value changes (read 2026-11-26)",
                    new Part("-controller", "", Map.of(NAME, "metallb", COMPONENT, "controller"))
                            .unless("controller.enabled")),
            any(
                    "trust-manager",
                    "cert-manager/trust-manager @fc1b53d deploy/charts/trust-manager and its output (read 2026-11-26)",
                    new Part("trust-manager", "replicaCount", Map.of("app", "trust-manager"))
                            .without()
                            .budgeted("podDisruptionBudget", "minAvailable", 1)),
            read(
                    "keycloakx",
                    "7.1.11",
                    "codecentric/helm-charts @57c2f8e charts/keycloakx 7.1.11 and its output (read 2026-11-26)",
                    named("keycloakx", "replicas")
                            .as("StatefulSet", 1, "RollingUpdate")
                            .budgeted("podDisruptionBudget")),
            read(
                    "flux-operator",
                    "0.49.0",
                    "controlplaneio-fluxcd/charts @fc87d3b charts/flux-operator 0.49.0 and its output: it has no budget (read 2026-11-26)",
                    named("flux-operator", "")),
            any(
                    "strimzi-kafka-operator",
                    "strimzi/strimzi-kafka-operator @8541da1e helm-charts/helm3/strimzi-kafka-operator and its output (read 2026-11-26)",
                    new Part(
                                    "strimzi-cluster-operator",
                                    "replicas",
                                    Map.of("name", "strimzi-cluster-operator", "strimzi.io/kind", "cluster-operator"))
                            .without()),
            read(
                    "velero",
                    "12.1.0",
                    "the output of velero 12.1.0 (read 2026-11-26)",
                    named("velero", "").as("Deployment", 1, "Recreate")),
            read(
                    "tempo",
                    "2.2.4",
                    "the output of tempo 2.2.4 (read 2026-11-26)",
                    named("tempo", "replicas").as("StatefulSet", 1, "RollingUpdate")));

    private static Part named(String name, String replicasAt) {
        return new Part("", replicasAt, Map.of(NAME, name));
    }

    private static Part certManager(String suffix, String path, String name, String component) {
        return new Part(suffix, path + "replicaCount", Map.of(NAME, name, COMPONENT, component))
                .budgeted(path + "podDisruptionBudget", "minAvailable", 1);
    }

    private static Part external(String suffix, String path) {
        return new Part(suffix, path + ".replicaCount", Map.of(NAME, "external-secrets" + suffix))
                .unless(path + ".create")
                .budgeted(path + ".podDisruptionBudget", "minAvailable", 1);
    }

    /** A part whose label for the name ends as its own name does. */
    private static Part suffixed(String chart, String suffix, String replicasAt) {
        return new Part(suffix, replicasAt, Map.of(NAME, chart + suffix));
    }

    private static Part keda(String name, String path, String budget) {
        return new Part(name, path + ".replicaCount", Map.of("app", name))
                .without()
                .budgeted("podDisruptionBudget." + budget);
    }

    private static Part kyverno(String component, String path) {
        return new Part(
                        "kyverno-" + component + "-controller",
                        path + ".replicas",
                        Map.of(COMPONENT, component + "-controller"))
                .budgeted(path + ".podDisruptionBudget", "minAvailable", 1);
    }

    private static Part argo(String component, String path) {
        return new Part("-" + component, path + ".replicas", Map.of(NAME, "argocd-" + component));
    }

    /** A chart of which every version does the same, as far as is known. */
    private static Chart any(String name, String source, Part... parts) {
        return new Chart(name, name, new Version(0, 0, 0), new Version(99_999, 0, 0), List.of(parts), source);
    }

    /** A chart that was read in one version: later ones of its major release do the same, as versions promise. */
    private static Chart read(String name, String text, String source, Part... parts) {
        Version version = Version.parse(text).orElseThrow();
        Version from = new Version(version.major(), version.major() == 0 ? version.minor() : 0, 0);
        Version below =
                version.major() == 0 ? new Version(0, version.minor() + 1, 0) : new Version(version.major() + 1, 0, 0);
        return new Chart(name, name, from, below, List.of(parts), source);
    }

    private KnownCharts() {}
}
