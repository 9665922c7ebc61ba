package dev.premortem.source.operator;

import java.util.List;

/** Search engines and what shows their content. */
final class Searching {
    private static final String ELASTIC = "https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s";

    static final List<Made> ALL = List.of(
            Made.of(
                    "elasticsearch.k8s.elastic.co",
                    "Elasticsearch",
                    ELASTIC,
                    Pods.named("{name}-es")
                            .sum("spec.nodeSets", "count", 1)
                            .storage("spec.nodeSets")
                            .labels(
                                    "elasticsearch.k8s.elastic.co/cluster-name={name}",
                                    "common.k8s.elastic.co/type=elasticsearch")
                            .services("{name}-es-http", "{name}-es-internal-http", "{name}-es-{item.name}")),
            Made.of(
                    "kibana.k8s.elastic.co",
                    "Kibana",
                    ELASTIC,
                    Pods.stateless("{name}-kb")
                            .count("spec.count", 1)
                            .labels("kibana.k8s.elastic.co/name={name}", "common.k8s.elastic.co/type=kibana")
                            .services("{name}-kb-http")
                            .needs("{spec.elasticsearchRef.name}-es-http")),
            Made.of(
                    "apm.k8s.elastic.co",
                    "ApmServer",
                    ELASTIC,
                    Pods.stateless("{name}-apm-server")
                            .count("spec.count", 1)
                            .labels("apm.k8s.elastic.co/name={name}", "common.k8s.elastic.co/type=apm-server")
                            .services("{name}-apm-http")
                            .needs("{spec.elasticsearchRef.name}-es-http")),
            Made.of(
                    "logstash.k8s.elastic.co",
                    "Logstash",
                    ELASTIC,
                    Pods.stateful("{name}-ls")
                            .count("spec.count", 1)
                            .labels("logstash.k8s.elastic.co/name={name}", "common.k8s.elastic.co/type=logstash")
                            .services("{name}-ls-api")),
            Made.of(
                    "opensearch.opster.io",
                    "OpenSearchCluster",
                    "https://github.com/opensearch-project/opensearch-k8s-operator/blob/main/docs/userguide/main.md",
                    Pods.named("{name}-nodes")
                            .sum("spec.nodePools", "replicas", 1)
                            .storage("spec.nodePools")
                            .labels("opster.io/opensearch-cluster={name}")
                            .services("{spec.general.serviceName}", "{name}-{item.component}"),
                    Pods.stateless("{name}-dashboards")
                            .count("spec.dashboards.replicas", 1)
                            .labels("opensearch.cluster.dashboards={name}")
                            .services("{name}-dashboards")
                            .needs("{spec.general.serviceName}")
                            .where("spec.dashboards.enable")));

    private Searching() {}
}
