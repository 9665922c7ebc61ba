package dev.premortem.source.operator;

import dev.premortem.fact.Fact;
import java.util.List;

/** What measures, keeps and shows measurements; and the one that says who somebody is, which has no family of its own. */
final class Monitoring {
    private static final String PROMETHEUS = "https://prometheus-operator.dev/docs/api-reference/api/";
    private static final String VICTORIA = "https://docs.victoriametrics.com/operator/resources/";

    static final List<Made> ALL = List.of(
            Made.of(
                    "monitoring.coreos.com",
                    "Prometheus",
                    PROMETHEUS,
                    Pods.stateful("prometheus-{name}")
                            .storage("spec.storage")
                            .labels(
                                    "app.kubernetes.io/name=prometheus",
                                    "app.kubernetes.io/instance={name}",
                                    "app.kubernetes.io/managed-by=prometheus-operator",
                                    "operator.prometheus.io/name={name}",
                                    "prometheus={name}")
                            .services("prometheus-operated")),
            Made.of(
                    "monitoring.coreos.com",
                    "PrometheusAgent",
                    PROMETHEUS,
                    Pods.stateful("prom-agent-{name}")
                            .storage("spec.storage")
                            .labels("app.kubernetes.io/name=prometheus-agent", "operator.prometheus.io/name={name}")
                            .services("prometheus-agent-operated")
                            .when(tree -> tree.text("spec.mode")
                                    .filter(mode -> mode.value().equals("DaemonSet"))
                                    .isEmpty())),
            Made.of(
                    "monitoring.coreos.com",
                    "Alertmanager",
                    PROMETHEUS,
                    Pods.stateful("alertmanager-{name}")
                            .storage("spec.storage")
                            .labels(
                                    "app.kubernetes.io/name=alertmanager",
                                    "app.kubernetes.io/instance={name}",
                                    "app.kubernetes.io/managed-by=prometheus-operator",
                                    "alertmanager={name}")
                            .services("alertmanager-operated")),
            Made.of(
                    "monitoring.coreos.com",
                    "ThanosRuler",
                    PROMETHEUS,
                    Pods.stateful("thanos-ruler-{name}")
                            .storage("spec.storage")
                            .labels("app.kubernetes.io/name=thanos-ruler", "thanos-ruler={name}")
                            .services("thanos-ruler-operated")),
            victoria("VMSingle", Pods.deployment("vmsingle-{name}").storage("spec.storage"), "vmsingle"),
            victoria("VLSingle", Pods.deployment("vlsingle-{name}").storage("spec.storage"), "vlsingle"),
            victoria("VMAgent", Pods.deployment("vmagent-{name}"), "vmagent"),
            victoria("VMAlert", Pods.stateless("vmalert-{name}"), "vmalert"),
            victoria("VMAlertmanager", Pods.stateful("vmalertmanager-{name}"), "vmalertmanager"),
            victoria("VMAuth", Pods.stateless("vmauth-{name}"), "vmauth"),
            Made.of(
                    "operator.victoriametrics.com",
                    "VMCluster",
                    VICTORIA,
                    component(Pods.stateful("vmstorage-{name}"), "vmstorage").storage("spec.vmstorage.storage"),
                    component(Pods.stateful("vmselect-{name}"), "vmselect").needs("vmstorage-{name}"),
                    component(Pods.stateless("vminsert-{name}"), "vminsert").needs("vmstorage-{name}")),
            Made.of(
                    "grafana.integreatly.org",
                    "Grafana",
                    "https://grafana.github.io/grafana-operator/docs/grafana/",
                    Pods.deployment("{name}-deployment")
                            .count("spec.deployment.spec.replicas", 1)
                            .labels("app={name}")
                            .services("{name}-service")
                            .when(tree -> tree.at("spec.external").isEmpty())),
            Made.of(
                    "opentelemetry.io",
                    "OpenTelemetryCollector",
                    "https://opentelemetry.io/docs/platforms/kubernetes/operator/",
                    Pods.stateless("{name}-collector")
                            .labels(
                                    "app.kubernetes.io/component=opentelemetry-collector",
                                    "app.kubernetes.io/instance={name}")
                            .services("{name}-collector", "{name}-collector-headless")
                            .when(tree -> tree.text("spec.mode")
                                    .map(Fact::value)
                                    .filter(mode -> mode.equals("daemonset") || mode.equals("sidecar"))
                                    .isEmpty())),
            Made.of(
                    "k8s.keycloak.org",
                    "Keycloak",
                    "https://www.keycloak.org/operator/basic-deployment",
                    Pods.stateful("{name}")
                            .count("spec.instances", 1)
                            .labels("app=keycloak", "app.kubernetes.io/instance={name}")
                            .services("{name}-service", "{name}-discovery")));

    private Monitoring() {}

    private static Made victoria(String kind, Pods pods, String component) {
        return Made.of(
                "operator.victoriametrics.com",
                kind,
                VICTORIA,
                pods.count("spec.replicaCount", 1)
                        .labels("app.kubernetes.io/name=" + component, "app.kubernetes.io/instance={name}")
                        .services(component + "-{name}"));
    }

    private static Pods component(Pods pods, String component) {
        return pods.count("spec." + component + ".replicaCount", 1)
                .labels("app.kubernetes.io/name=" + component, "app.kubernetes.io/instance={name}")
                .services(component + "-{name}")
                .where("spec." + component);
    }
}
