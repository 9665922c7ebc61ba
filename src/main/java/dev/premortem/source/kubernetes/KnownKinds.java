package dev.premortem.source.kubernetes;

import dev.premortem.estate.KubernetesObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds that Premortem knows, with what each means for availability. What stands in no row here is counted as not understood. */
public final class KnownKinds {
    /** What a known kind is to the model. */
    public enum Part {
        /** A reader makes something of it that the model uses. */
        READ,
        /** Understood, kept as an object, no part in the model. */
        KEPT
    }

    /**
     * Kinds of one group with one meaning.
     *
     * @param group API group; empty for the core
     * @param kinds names, or {@code *} alone for all that no other row of the group names
     */
    public record Row(String group, Part part, String meaning, List<String> kinds) {}

    private static final List<Row> ROWS = List.of(
            // Kubernetes itself
            read("", "pods", "Pod ReplicationController"),
            read("", "names that lead to pods, load balancers with their addresses", "Service"),
            read("", "settings in which host names of other services stand", "ConfigMap"),
            read("", "certificates; nothing else of it is kept", "Secret"),
            read("", "volumes, and whether two nodes may have one", "PersistentVolumeClaim"),
            read("", "labels and sizes", "Node"),
            kept("", "no part in an outage that the model knows", "Namespace ServiceAccount PersistentVolume"),
            kept("", "limits that no mechanism judges yet", "LimitRange ResourceQuota"),
            kept("", "what a cluster reports of itself", "Endpoints Event PodTemplate ComponentStatus Binding"),
            read("apps", "pods", "Deployment StatefulSet DaemonSet ReplicaSet"),
            kept("apps", "history of a workload", "ControllerRevision"),
            read("apps.kruise.io", "pods", "CloneSet StatefulSet DaemonSet"),
            kept("apps.kruise.io", "how pods are kept alike", "*"),
            read("apps.openshift.io", "pods", "DeploymentConfig"),
            read("batch", "pods that end by themselves", "Job CronJob"),
            read("extensions", "old names of workloads and routes", "Deployment DaemonSet ReplicaSet Ingress"),
            kept("extensions", "access rules", "NetworkPolicy PodSecurityPolicy"),
            read("autoscaling", "the least number of pods of its target", "HorizontalPodAutoscaler"),
            kept("policy", "limits to drains, and access rules", "PodDisruptionBudget PodSecurityPolicy Eviction"),
            read("networking.k8s.io", "routes from host names to services", "Ingress"),
            kept("networking.k8s.io", "which controller serves a class; access rules", "IngressClass NetworkPolicy"),
            kept("networking.k8s.io", "addresses of Services", "IPAddress ServiceCIDR"),
            kept("rbac.authorization.k8s.io", "access rights", "*"),
            kept("apiextensions.k8s.io", "definitions of kinds", "CustomResourceDefinition"),
            kept("apiregistration.k8s.io", "APIs served by others", "APIService"),
            kept("admissionregistration.k8s.io", "admission; no mechanism judges it yet", "*"),
            kept("authentication.k8s.io", "access rights", "*"),
            kept("authorization.k8s.io", "access rights", "*"),
            kept("certificates.k8s.io", "wishes for certificates", "*"),
            kept("coordination.k8s.io", "locks", "*"),
            kept("discovery.k8s.io", "what a cluster reports of itself", "*"),
            kept("events.k8s.io", "what a cluster reports of itself", "*"),
            kept("flowcontrol.apiserver.k8s.io", "shares of the API server", "*"),
            kept("internal.apiserver.k8s.io", "what a cluster reports of itself", "*"),
            kept("metrics.k8s.io", "what a cluster reports of itself", "*"),
            kept("node.k8s.io", "how containers are run", "RuntimeClass"),
            kept("resource.k8s.io", "devices", "*"),
            kept("scheduling.k8s.io", "order of scheduling", "PriorityClass"),
            kept("storage.k8s.io", "how volumes are made", "*"),
            kept("snapshot.storage.k8s.io", "copies of volumes", "*"),
            kept("groupsnapshot.storage.k8s.io", "copies of volumes", "*"),
            kept("policy.networking.k8s.io", "access rules", "*"),
            kept("kubelet.config.k8s.io", "settings of nodes", "*"),
            kept("kubeadm.k8s.io", "settings of a cluster's control plane", "*"),
            kept("kubeproxy.config.k8s.io", "settings of nodes", "*"),
            kept("audit.k8s.io", "the API server's log", "Policy"),
            kept("apiserver.config.k8s.io", "settings of the API server", "*"),
            kept("config.kubernetes.io", "settings of tools", "*"),
            kept(
                    "kustomize.config.k8s.io",
                    "what is deployed; named where it is not rendered",
                    "Kustomization Component"),
            // Routes
            read(
                    "gateway.networking.k8s.io",
                    "routes, hosts and certificates",
                    "HTTPRoute GRPCRoute TLSRoute TCPRoute"),
            read("gateway.networking.k8s.io", "listeners, certificates and addresses of routes", "Gateway"),
            read("gateway.networking.k8s.io", "who serves the gateways of a class", "GatewayClass"),
            kept("gateway.networking.k8s.io", "datagrams, which no host name leads to", "UDPRoute"),
            kept("gateway.networking.k8s.io", "rights and TLS towards backends", "ReferenceGrant BackendTLSPolicy"),
            kept(
                    "gateway.networking.k8s.io",
                    "rules for backends, listeners of others",
                    "BackendTrafficPolicy ListenerSet"),
            read("traefik.io", "routes from host names to services", "IngressRoute IngressRouteTCP TraefikService"),
            read("traefik.io", "the authentication that a route asks first", "Middleware"),
            kept("traefik.io", "datagrams, TLS settings, filters", "IngressRouteUDP MiddlewareTCP TLSOption TLSStore"),
            kept("traefik.io", "connections to backends", "ServersTransport ServersTransportTCP"),
            read("traefik.containo.us", "as traefik.io", "IngressRoute IngressRouteTCP TraefikService Middleware"),
            kept(
                    "traefik.containo.us",
                    "as traefik.io",
                    "IngressRouteUDP MiddlewareTCP TLSOption TLSStore ServersTransport"),
            kept("hub.traefik.io", "access to APIs", "*"),
            read("gateway.envoyproxy.io", "how many proxies serve a gateway", "EnvoyProxy"),
            read("gateway.envoyproxy.io", "the authentication that a route asks first", "SecurityPolicy"),
            kept("gateway.envoyproxy.io", "backends outside, time limits, filters", "*"),
            kept(
                    "k8s.nginx.org",
                    "policies of the other NGINX controller",
                    "Policy GlobalConfiguration TransportServer"),
            read("route.openshift.io", "routes from host names to services", "Route"),
            read("projectcontour.io", "routes from host names to services", "HTTPProxy"),
            kept("projectcontour.io", "delegation and settings", "*"),
            read("gafaelfawr.lsst.io", "routes that ask Gafaelfawr first", "GafaelfawrIngress"),
            kept("gafaelfawr.lsst.io", "tokens", "GafaelfawrServiceToken"),
            kept("gateway.networking.x-k8s.io", "trials of the Gateway API", "*"),
            kept("elbv2.k8s.aws", "load balancers of a cloud and their classes", "*"),
            kept("networking.gke.io", "certificates and settings of a cloud's load balancer", "*"),
            kept("cloud.google.com", "settings of a cloud's load balancer", "BackendConfig"),
            // Meshes
            read("networking.istio.io", "routes from host names to services", "VirtualService Gateway"),
            kept("networking.istio.io", "outside names, versions and filters", "*"),
            kept("security.istio.io", "access rules", "*"),
            kept("telemetry.istio.io", "what is measured", "*"),
            kept("extensions.istio.io", "filters", "*"),
            kept("install.istio.io", "how the mesh is installed", "*"),
            kept("linkerd.io", "time limits and retries", "ServiceProfile"),
            kept("policy.linkerd.io", "access rules and routes within the mesh", "*"),
            kept("split.smi-spec.io", "shares of calls", "*"),
            kept("consul.hashicorp.com", "settings of a mesh", "*"),
            kept("kuma.io", "settings of a mesh", "*"),
            // Certificates, names, addresses
            read("cert-manager.io", "certificates that are ordered, and by whom", "Certificate Issuer ClusterIssuer"),
            kept("cert-manager.io", "orders under way", "CertificateRequest"),
            kept("acme.cert-manager.io", "orders under way", "*"),
            kept("trust.cert-manager.io", "roots that are trusted", "*"),
            kept("externaldns.k8s.io", "records that external-dns keeps right", "DNSEndpoint"),
            read("metallb.io", "pools that give a load balancer its address", "IPAddressPool"),
            kept("metallb.io", "how addresses are announced", "*"),
            read("cilium.io", "pools that give a load balancer its address", "CiliumLoadBalancerIPPool"),
            kept("cilium.io", "how addresses are announced, access rules", "*"),
            kept("crd.projectcalico.org", "settings of the pod network", "*"),
            kept("projectcalico.org", "settings of the pod network", "*"),
            kept("operator.tigera.io", "how Calico is installed", "*"),
            kept("k8s.cni.cncf.io", "second networks of pods", "*"),
            kept("tailscale.com", "access from a private network", "*"),
            // Scaling and rollouts
            read("keda.sh", "the least number of pods of its target", "ScaledObject"),
            kept("keda.sh", "jobs by load, and how load is read", "*"),
            kept(
                    "autoscaling.k8s.io",
                    "requests that follow use",
                    "VerticalPodAutoscaler VerticalPodAutoscalerCheckpoint"),
            read("argoproj.io", "pods, or how many of another workload's", "Rollout"),
            kept(
                    "argoproj.io",
                    "checks of a rollout",
                    "AnalysisTemplate ClusterAnalysisTemplate AnalysisRun Experiment"),
            kept(
                    "argoproj.io",
                    "what is deployed; named where it is not rendered",
                    "Application ApplicationSet AppProject"),
            kept("argoproj.io", "jobs and events", "*"),
            kept("flagger.app", "how a new version is tried", "*"),
            kept("tekton.dev", "jobs", "*"),
            kept("triggers.tekton.dev", "jobs", "*"),
            kept("actions.github.com", "jobs", "*"),
            kept("actions.summerwind.dev", "jobs", "*"),
            // What is deployed
            kept("helm.toolkit.fluxcd.io", "what is deployed; named where it is not rendered", "HelmRelease"),
            kept("helm.cattle.io", "what is deployed; named where it is not rendered", "HelmChart HelmChartConfig"),
            kept("kustomize.toolkit.fluxcd.io", "what is deployed; named where it is not rendered", "Kustomization"),
            kept("source.toolkit.fluxcd.io", "where it comes from", "*"),
            kept("source.extensions.fluxcd.io", "where it comes from", "*"),
            kept("notification.toolkit.fluxcd.io", "who is told", "*"),
            kept("image.toolkit.fluxcd.io", "which image is taken", "*"),
            // Secrets, policies, backups
            kept("external-secrets.io", "a Secret copied from a store; the copy stays where the store is down", "*"),
            kept("generators.external-secrets.io", "made-up secrets", "*"),
            kept("bitnami.com", "a Secret in its sealed form", "SealedSecret"),
            kept("isindir.github.com", "a Secret in its sealed form", "SopsSecret"),
            kept("ricoberger.de", "a Secret copied from a store", "VaultSecret"),
            kept("secrets.hashicorp.com", "a Secret copied from a store", "*"),
            kept("secrets-store.csi.x-k8s.io", "a Secret mounted from a store", "*"),
            kept("onepassword.com", "a Secret copied from a store", "*"),
            kept("kyverno.io", "admission; no mechanism judges it yet", "*"),
            kept("policies.kyverno.io", "admission; no mechanism judges it yet", "*"),
            kept("wgpolicyk8s.io", "reports of policies", "*"),
            kept("templates.gatekeeper.sh", "admission; no mechanism judges it yet", "*"),
            kept("constraints.gatekeeper.sh", "admission; no mechanism judges it yet", "*"),
            kept("config.gatekeeper.sh", "admission; no mechanism judges it yet", "*"),
            kept("mutations.gatekeeper.sh", "admission; no mechanism judges it yet", "*"),
            kept("velero.io", "backups", "*"),
            kept("volsync.backube", "copies of volumes", "*"),
            kept("longhorn.io", "settings of volumes", "*"),
            kept("topolvm.io", "settings of volumes", "*"),
            kept("openebs.io", "settings of volumes", "*"),
            kept("kopiur.home-operations.com", "backups", "*"),
            kept("k8up.io", "backups", "*"),
            // Nodes and clusters
            kept("nfd.k8s-sigs.io", "labels of nodes", "*"),
            kept("karpenter.sh", "nodes that are made on demand", "*"),
            kept("karpenter.k8s.aws", "nodes that are made on demand", "*"),
            kept("upgrade.cattle.io", "upgrades of nodes", "Plan"),
            kept("talos.dev", "access to nodes", "ServiceAccount"),
            kept("tuppr.home-operations.com", "upgrades of nodes", "*"),
            kept("cluster.x-k8s.io", "clusters that are made; what is in them is declared", "*"),
            kept("infrastructure.cluster.x-k8s.io", "nodes that are made", "*"),
            kept("controlplane.cluster.x-k8s.io", "clusters that are made; what is in them is declared", "*"),
            kept("bootstrap.cluster.x-k8s.io", "nodes that are made", "*"),
            kept("nvidia.com", "drivers of nodes", "*"),
            read("kubevirt.io", "a pod that carries a machine", "VirtualMachine"),
            kept("kubevirt.io", "settings of machines", "*"),
            kept("cdi.kubevirt.io", "disks of machines", "*"),
            // Observation
            kept("monitoring.googleapis.com", "what is measured", "*"),
            read("monitoring.coreos.com", "pods", "Prometheus PrometheusAgent Alertmanager ThanosRuler"),
            kept("monitoring.coreos.com", "what is measured, and who is told", "*"),
            read(
                    "operator.victoriametrics.com",
                    "pods",
                    "VMSingle VMCluster VMAgent VMAlert VMAlertmanager VMAuth VLSingle"),
            kept("operator.victoriametrics.com", "what is measured, and who is told", "*"),
            read("grafana.integreatly.org", "pods", "Grafana"),
            kept("grafana.integreatly.org", "dashboards and their sources", "*"),
            read("opentelemetry.io", "pods", "OpenTelemetryCollector"),
            kept("opentelemetry.io", "how programs are measured", "*"),
            kept("observability.giantswarm.io", "who is told", "*"),
            kept("openslo.com", "aims", "*"),
            kept("sloth.slok.dev", "aims", "*"),
            // What clouds and hubs of clusters are told
            kept("aadpodidentity.k8s.io", "who a pod is in a cloud", "*"),
            kept("managedidentity.azure.com", "who a pod is in a cloud", "*"),
            kept("resources.azure.com", "groups in a cloud", "*"),
            kept("cluster.open-cluster-management.io", "which clusters a hub knows", "*"),
            kept("agent.open-cluster-management.io", "what a hub installs in its clusters", "*"),
            kept("apps.open-cluster-management.io", "which clusters Argo CD is told", "GitOpsCluster PlacementRule"),
            kept("helm.openshift.io", "where charts are found", "*"),
            // Databases, brokers, stores
            read("postgresql.cnpg.io", "pods and the names in front of them", "Cluster Pooler"),
            kept("postgresql.cnpg.io", "backups, databases, images", "*"),
            kept("barmancloud.cnpg.io", "where backups go", "*"),
            read("acid.zalan.do", "pods and the names in front of them", "postgresql"),
            kept("acid.zalan.do", "settings of the operator", "*"),
            read("postgres-operator.crunchydata.com", "pods and the names in front of them", "PostgresCluster"),
            kept("postgres-operator.crunchydata.com", "upgrades and administration", "*"),
            read("pxc.percona.com", "pods and the names in front of them", "PerconaXtraDBCluster"),
            kept("pxc.percona.com", "backups", "*"),
            read("psmdb.percona.com", "pods and the names in front of them", "PerconaServerMongoDB"),
            kept("psmdb.percona.com", "backups", "*"),
            read("pgv2.percona.com", "pods and the names in front of them", "PerconaPGCluster"),
            kept("pgv2.percona.com", "backups", "*"),
            read("k8s.mariadb.com", "pods and the names in front of them", "MariaDB MaxScale"),
            kept("k8s.mariadb.com", "backups, databases, users", "*"),
            read("mongodbcommunity.mongodb.com", "pods and the names in front of them", "MongoDBCommunity"),
            read("dragonflydb.io", "pods and the names in front of them", "Dragonfly"),
            read("databases.spotahome.com", "pods and the names in front of them", "RedisFailover"),
            read(
                    "redis.redis.opstreelabs.in",
                    "pods and the names in front of them",
                    "Redis RedisReplication RedisCluster RedisSentinel"),
            read(
                    "kafka.strimzi.io",
                    "pods and the names in front of them",
                    "Kafka KafkaNodePool KafkaConnect KafkaMirrorMaker2 KafkaBridge"),
            kept("kafka.strimzi.io", "topics, users, connectors", "*"),
            kept("core.strimzi.io", "pods of Strimzi, read from what makes them", "*"),
            kept("access.strimzi.io", "a Secret with the way to a broker", "*"),
            read("rabbitmq.com", "pods and the names in front of them", "RabbitmqCluster"),
            kept("rabbitmq.com", "queues, users, policies", "*"),
            read("elasticsearch.k8s.elastic.co", "pods and the names in front of them", "Elasticsearch"),
            read("kibana.k8s.elastic.co", "pods and the names in front of them", "Kibana"),
            read("apm.k8s.elastic.co", "pods and the names in front of them", "ApmServer"),
            read("logstash.k8s.elastic.co", "pods and the names in front of them", "Logstash"),
            kept("beat.k8s.elastic.co", "what is measured", "*"),
            kept("agent.k8s.elastic.co", "what is measured", "*"),
            kept("stackconfigpolicy.k8s.elastic.co", "settings", "*"),
            kept("autoscaling.k8s.elastic.co", "sizes by load", "*"),
            read("opensearch.opster.io", "pods and the names in front of them", "OpenSearchCluster"),
            kept("opensearch.opster.io", "users, roles, policies", "*"),
            read("clickhouse.altinity.com", "pods and the names in front of them", "ClickHouseInstallation"),
            kept("clickhouse.altinity.com", "settings of the operator", "*"),
            read("minio.min.io", "pods and the names in front of them", "Tenant"),
            read(
                    "ceph.rook.io",
                    "monitors, gateways and metadata servers",
                    "CephCluster CephObjectStore CephFilesystem"),
            kept("ceph.rook.io", "pools, users, copies", "*"),
            kept("objectbucket.io", "buckets", "*"),
            read("k8s.keycloak.org", "pods and the names in front of them", "Keycloak"),
            kept("k8s.keycloak.org", "users and roles", "*"),
            read("vault.banzaicloud.com", "pods and the names in front of them", "Vault"),
            // Catalogs
            read("backstage.io", "who owns what, and what needs what", "Component API Resource System"),
            kept("backstage.io", "people, places, templates", "*"));

    private static final Map<String, Row> BY_KIND = index();

    private KnownKinds() {}

    private static Row read(String group, String meaning, String kinds) {
        return new Row(group, Part.READ, meaning, List.of(kinds.split(" ", -1)));
    }

    private static Row kept(String group, String meaning, String kinds) {
        return new Row(group, Part.KEPT, meaning, List.of(kinds.split(" ", -1)));
    }

    private static Map<String, Row> index() {
        Map<String, Row> index = new HashMap<>();
        for (Row row : ROWS) {
            for (String kind : row.kinds()) {
                index.putIfAbsent(row.group() + "/" + kind, row);
            }
        }
        return Map.copyOf(index);
    }

    /** All rows, as the documentation shows them. */
    public static List<Row> rows() {
        return ROWS;
    }

    /** The group of an API version; empty for the core. */
    public static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** {@code group/Kind}, the name by which readers are found. */
    public static String key(KubernetesObject object) {
        return group(object.apiVersion()) + "/" + object.kind();
    }

    /** What is known of a kind; empty where nothing is. */
    public static Optional<Row> of(KubernetesObject object) {
        Row exact = BY_KIND.get(key(object));
        return exact != null ? Optional.of(exact) : Optional.ofNullable(BY_KIND.get(group(object.apiVersion()) + "/*"));
    }
}
