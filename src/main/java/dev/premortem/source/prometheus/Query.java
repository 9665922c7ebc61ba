package dev.premortem.source.prometheus;

/** What is asked for. Names of metrics: kube-state-metrics, cert-manager, x509-certificate-exporter, blackbox exporter, Kubernetes components. */
enum Query {
    /** Restarts of seven days, by workload: a pod's owner is a ReplicaSet, whose owner is the Deployment. */
    RESTARTS_OF_DEPLOYMENTS("sum by (cluster, namespace, owner_name, owner_kind) (("
            + "sum by (cluster, namespace, pod) (increase(kube_pod_container_status_restarts_total[7d]))"
            + " * on (cluster, namespace, pod) group_left (replicaset)"
            + " label_replace(max by (cluster, namespace, pod, owner_name)"
            + " (kube_pod_owner{owner_kind=\"ReplicaSet\"}), \"replicaset\", \"$1\", \"owner_name\", \"(.+)\"))"
            + " * on (cluster, namespace, replicaset) group_left (owner_name, owner_kind)"
            + " max by (cluster, namespace, replicaset, owner_name, owner_kind)"
            + " (kube_replicaset_owner{owner_kind=\"Deployment\"}))"),

    RESTARTS_OF_OTHERS("sum by (cluster, namespace, owner_name, owner_kind) ("
            + "sum by (cluster, namespace, pod) (increase(kube_pod_container_status_restarts_total[7d]))"
            + " * on (cluster, namespace, pod) group_left (owner_name, owner_kind)"
            + " max by (cluster, namespace, pod, owner_name, owner_kind)"
            + " (kube_pod_owner{owner_kind=~\"StatefulSet|DaemonSet\"}))"),

    NODES("kube_node_created"),

    CERT_MANAGER("certmanager_certificate_expiration_timestamp_seconds"),

    X509("x509_cert_not_after"),

    /** Share of a month in which a probe succeeded. */
    PROBES("avg_over_time(probe_success[30d])"),

    PROBED_CERTIFICATES("probe_ssl_earliest_cert_expiry"),

    KUBELET_SERVER("kubelet_certificate_manager_server_ttl_seconds"),

    KUBELET_CLIENT("kubelet_certificate_manager_client_ttl_seconds");

    private final String text;

    Query(String text) {
        this.text = text;
    }

    /** In PromQL. */
    String text() {
        return text;
    }
}
