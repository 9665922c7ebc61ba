package dev.premortem.catalogue;

import java.util.Map;
import java.util.Optional;

/**
 * Charts of Bitnami whose one image is a version below {@code docker.io/bitnami}, which was taken away in September 2025. Later charts may name another image, which
 * is not known here.
 */
public final class BitnamiCharts {
    /** Where the dates and the images were read. */
    public static final String SOURCE =
            "bitnami/charts at 5165628a: CHANGELOG.md and values.yaml of each chart; bitnami/charts issue 35164 (read 2026-11-26)";

    /** The last version of each chart that was published before 2025-08-28. */
    private static final Map<String, String> LAST = Map.ofEntries(
            Map.entry("airflow", "25.0.2"),
            Map.entry("apache", "11.4.29"),
            Map.entry("argo-cd", "11.0.0"),
            Map.entry("cassandra", "12.3.11"),
            Map.entry("clickhouse", "9.4.4"),
            Map.entry("discourse", "17.0.1"),
            Map.entry("drupal", "23.0.0"),
            Map.entry("elasticsearch", "22.1.6"),
            Map.entry("etcd", "12.0.18"),
            Map.entry("external-dns", "9.0.3"),
            Map.entry("fluent-bit", "3.1.13"),
            Map.entry("fluentd", "7.2.5"),
            Map.entry("ghost", "25.0.4"),
            Map.entry("gitea", "3.2.22"),
            Map.entry("gitlab-runner", "1.1.8"),
            Map.entry("grafana", "12.1.8"),
            Map.entry("influxdb", "7.1.19"),
            Map.entry("jaeger", "6.0.5"),
            Map.entry("jenkins", "13.6.17"),
            Map.entry("kafka", "32.4.3"),
            Map.entry("keycloak", "25.2.0"),
            Map.entry("kibana", "12.1.10"),
            Map.entry("kong", "15.4.22"),
            Map.entry("kube-state-metrics", "5.1.0"),
            Map.entry("logstash", "7.0.11"),
            Map.entry("mariadb", "22.0.0"),
            Map.entry("mariadb-galera", "16.0.1"),
            Map.entry("mastodon", "14.0.0"),
            Map.entry("matomo", "11.0.0"),
            Map.entry("memcached", "7.9.7"),
            Map.entry("metrics-server", "7.4.12"),
            Map.entry("minio", "17.0.21"),
            Map.entry("mlflow", "5.1.17"),
            Map.entry("mongodb", "16.5.45"),
            Map.entry("mongodb-sharded", "9.4.12"),
            Map.entry("moodle", "28.0.0"),
            Map.entry("mysql", "14.0.3"),
            Map.entry("nats", "9.0.28"),
            Map.entry("neo4j", "0.4.14"),
            Map.entry("nginx", "21.1.23"),
            Map.entry("nginx-ingress-controller", "12.0.7"),
            Map.entry("node-exporter", "4.5.19"),
            Map.entry("oauth2-proxy", "8.0.2"),
            Map.entry("odoo", "28.2.10"),
            Map.entry("opensearch", "2.0.10"),
            Map.entry("phpmyadmin", "20.0.0"),
            Map.entry("postgresql", "16.7.27"),
            Map.entry("rabbitmq", "16.0.14"),
            Map.entry("redis", "22.0.7"),
            Map.entry("redis-cluster", "13.0.4"),
            Map.entry("redmine", "34.0.0"),
            Map.entry("schema-registry", "26.0.5"),
            Map.entry("sealed-secrets", "2.5.19"),
            Map.entry("solr", "9.6.10"),
            Map.entry("sonarqube", "8.1.17"),
            Map.entry("spark", "10.0.3"),
            Map.entry("thanos", "17.3.1"),
            Map.entry("tomcat", "12.0.8"),
            Map.entry("valkey", "3.0.31"),
            Map.entry("valkey-cluster", "3.0.24"),
            Map.entry("whereabouts", "1.2.19"),
            Map.entry("wildfly", "25.0.0"),
            Map.entry("wordpress", "26.0.0"),
            Map.entry("zookeeper", "13.8.7"),
            Map.entry("zipkin", "1.3.11"));

    private BitnamiCharts() {}

    /** True where a repository of charts is Bitnami's own. */
    public static boolean repository(String url) {
        return url.contains("charts.bitnami.com/bitnami")
                || url.contains("docker.io/bitnamicharts")
                || url.contains("raw.githubusercontent.com/bitnami/charts/");
    }

    /** True where the image that a version of a chart has by default is not to be had any more. */
    public static boolean gone(String chart, String version) {
        Optional<Version> last = Optional.ofNullable(LAST.get(chart)).flatMap(Version::parse);
        Optional<Version> asked = Version.parse(version);
        return last.isPresent() && asked.isPresent() && !last.get().before(asked.get());
    }
}
