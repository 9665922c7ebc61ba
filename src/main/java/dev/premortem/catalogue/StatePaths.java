package dev.premortem.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which paths an image must keep. Read in the images' Dockerfiles and documentation on 2026-11-24; rows that were not verified there are
 * marked so.
 */
public final class StatePaths {
    /**
     * One image.
     *
     * @param image end of the repository name, without registry and tag
     * @param paths that must outlive the pod
     * @param lost what is gone without them
     * @param volume the image declares the paths as its volumes: only a mount on exactly that path helps
     * @param silent starts empty and reports healthy
     * @param verified read in the source, and nothing else decides; otherwise from memory, or only where more is so
     */
    public record Row(
            String image,
            List<String> paths,
            String lost,
            boolean silent,
            boolean volume,
            boolean verified,
            String source) {}

    private static final String BITNAMI = "bitnami/containers bitnami/";
    private static final String READ = " (read 2026-11-25)";

    /** Images whose paths are declared as volumes in their Dockerfiles. */
    private static final Set<String> VOLUMES = new TreeSet<>(List.of(
            "acme.sh",
            "certbot/certbot",
            "nginx-proxy-manager",
            "mysql",
            "mariadb",
            "mongo",
            "rabbitmq",
            "redis", // VOLUME /data: image histories in docker-library/repo-info (read 2026-11-25)
            "apache/kafka",
            "confluentinc/cp-kafka",
            "linuxserver/radarr",
            "linuxserver/prowlarr",
            "zookeeper",
            "clickhouse-server",
            "cassandra",
            "couchdb",
            "minio/minio",
            "eclipse-mosquitto",
            "gitea/gitea",
            "jenkins/jenkins",
            "sonatype/nexus3",
            "vaultwarden/server",
            "wordpress",
            "nextcloud",
            "ghost",
            "plexinc/pms-docker",
            "syncthing/syncthing",
            "hashicorp/consul",
            "registry",
            "prom/prometheus",
            "prom/alertmanager",
            "sonarqube",
            "matomo",
            "paperless-ngx/paperless-ngx",
            "linuxserver/sonarr",
            "linuxserver/unifi-network-application"));

    private static final List<Row> ROWS = List.of(
            row("acme.sh", "account, schedule and certificates", true, "acmesh-official/acme.sh @d60c75b4", "/acme.sh"),
            row(
                    "certbot/certbot",
                    "account and certificates",
                    true,
                    "certbot tools/docker/Dockerfile @f769e35e7",
                    "/etc/letsencrypt"),
            row(
                    "nginx-proxy-manager",
                    "hosts, users and certificates",
                    true,
                    "NginxProxyManager docker/Dockerfile @a62c2a6d",
                    "/data"),
            row("pihole/pihole", "lists, settings and DHCP leases", true, "README @dd91b48", "/etc/pihole"),
            row(
                    "adguard/adguardhome",
                    "settings",
                    true,
                    // its other volume, work, holds statistics and lists that are fetched anew
                    "docker/build.Dockerfile @75e43ab5",
                    "/opt/adguardhome/conf"),
            row("mysql", "every database", true, "docker-library/mysql @7f30fdb", "/var/lib/mysql"),
            row("mariadb", "every database", true, "MariaDB/mariadb-docker @1b6429b", "/var/lib/mysql"),
            row("mongo", "every database", true, "docker-library/mongo @2c69a57b9", "/data/db"),
            row(
                    "rabbitmq",
                    "queues, users and definitions",
                    true,
                    "docker-library/rabbitmq @9193c1d",
                    "/var/lib/rabbitmq"),
            row("apache/kafka", "topics", true, "apache/kafka docker/jvm/Dockerfile", "/var/lib/kafka/data"),
            row("zookeeper", "the ensemble's state", true, "31z4/zookeeper-docker @52a8364", "/data", "/datalog"),
            row("clickhouse-server", "every table", true, "docker-library/docs clickhouse", "/var/lib/clickhouse"),
            row("cassandra", "the node's data", false, "docker-library/cassandra @7b9da8f", "/var/lib/cassandra"),
            row("neo4j", "the graph", true, "docker-library/docs neo4j", "/data"),
            row("couchdb", "every database", true, "apache/couchdb-docker @4c82ee0", "/opt/couchdb/data"),
            row("minio/minio", "every object", true, "minio/minio @7aac2a2c5", "/data"),
            row(
                    "eclipse-mosquitto",
                    "retained messages and sessions",
                    true,
                    "eclipse-mosquitto @7b8aba10",
                    "/mosquitto/data"),
            row("osixia/openldap", "the directory", true, "README @635034a", "/var/lib/ldap", "/etc/ldap/slapd.d"),
            row("louislam/uptime-kuma", "monitors and users", true, "README @6398a9581", "/app/data"),
            row("gitea/gitea", "repositories and users", true, "gitea Dockerfile", "/data"),
            row(
                    "jenkins/jenkins",
                    "jobs, credentials and history",
                    true,
                    "jenkinsci/docker @ab3f5e0a",
                    "/var/jenkins_home"),
            row("sonatype/nexus3", "every artefact", true, "sonatype/docker-nexus3 @7b38e1c", "/nexus-data"),
            row("vaultwarden/server", "every vault", true, "dani-garcia/vaultwarden @46d71107", "/data"),
            row(
                    "headscale",
                    "nodes and the server's key",
                    true,
                    "headscale config-example.yaml @f20f1f12",
                    "/var/lib/headscale"),
            row(
                    "wordpress",
                    "uploads, plugins and themes",
                    true,
                    "docker-library/wordpress @bf223d1c2",
                    "/var/www/html"),
            row("nextcloud", "files and configuration", false, "nextcloud/docker @4de1eed6", "/var/www/html"),
            row(
                    "ghost",
                    "images, themes and its database",
                    true,
                    "docker-library/ghost @7edb45d",
                    "/var/lib/ghost/content"),
            row("nodered/node-red", "flows and credentials", true, "node-red-docker @100a725", "/data"),
            row(
                    "koenkk/zigbee2mqtt",
                    "the network key: every device must be paired again",
                    true,
                    "docker-entrypoint.sh @6835cbf5",
                    "/app/data"),
            row(
                    "plexinc/pms-docker",
                    "the library and the server's identity",
                    true,
                    "plexinc/pms-docker @1cef65e",
                    "/config"),
            row("jellyfin/jellyfin", "the library and its users", true, "jellyfin-packaging @69a2981", "/config"),
            row("syncthing/syncthing", "the device's key", true, "syncthing Dockerfile @328d910ae", "/var/syncthing"),
            row(
                    "nginxproxy/acme-companion",
                    "account and certificates",
                    true,
                    "README @6b369e6",
                    "/etc/acme.sh",
                    "/etc/nginx/certs"),
            row("hashicorp/consul", "keys, services and ACLs", true, "consul Dockerfile", "/consul/data"),
            row(
                    "hashicorp/vault",
                    "secrets; it comes up uninitialised and sealed",
                    false,
                    "hashicorp/docker-vault @ed32395",
                    "/vault/file"),
            row("registry", "every image", false, "distribution/distribution @0d6b721dc", "/var/lib/registry"),
            row(
                    "prom/prometheus",
                    "metrics and the state of alerts",
                    true,
                    "prometheus Dockerfile @d15adb9ad7",
                    "/prometheus"),
            row(
                    "prom/alertmanager",
                    "silences and what was notified",
                    true,
                    "alertmanager Dockerfile @68fb2d575",
                    "/alertmanager"),
            row(
                    "grafana/grafana",
                    "dashboards, users and alert rules",
                    true,
                    "grafana Dockerfile GF_PATHS_DATA",
                    "/var/lib/grafana"),
            row("grafana/loki", "recent logs", true, "grafana/loki cmd/loki/Dockerfile", "/loki"),
            row(
                    "sonarqube",
                    "the search index, and the embedded database where no other is set",
                    true,
                    "docker-library/docs sonarqube",
                    "/opt/sonarqube/data"),
            row(
                    "netbirdio/management",
                    "accounts and peers",
                    true,
                    "netbirdio infrastructure_files @ee253fedd",
                    "/var/lib/netbird"),
            row(
                    "matomo",
                    "its configuration: the installer opens",
                    false,
                    "matomo-org/docker @adb618a",
                    "/var/www/html"),
            row("odoo", "attachments and sessions", false, "docker-library/docs odoo", "/var/lib/odoo"),
            row(
                    "paperless-ngx/paperless-ngx",
                    "documents",
                    true,
                    "paperless-ngx Dockerfile @b0e0e8a35",
                    "/usr/src/paperless/data",
                    "/usr/src/paperless/media"),
            row("linuxserver/sonarr", "settings and its database", true, "@70afae8", "/config"),
            row("linuxserver/unifi-network-application", "settings", true, "@2646418", "/config"),
            row("bitnami/opensearch", "every index", true, "bitnami/charts opensearch", "/bitnami/opensearch/data"),
            row("bitnami/clickhouse", "every table", true, "bitnami/charts clickhouse", "/bitnami/clickhouse"),
            row("bitnami/consul", "keys, services and ACLs", true, "bitnami/charts consul", "/bitnami/consul"),
            row(
                    "bitnami/postgresql",
                    "every database",
                    true,
                    BITNAMI + "postgresql/README.md" + READ,
                    "/bitnami/postgresql"),
            row("bitnami/mariadb", "every database", true, BITNAMI + "mariadb/README.md" + READ, "/bitnami/mariadb"),
            row("bitnami/mysql", "every database", true, BITNAMI + "mysql/README.md" + READ, "/bitnami/mysql/data"),
            unverified("bitnami/kafka", "topics", "/bitnami/kafka"),
            row(
                    "linuxserver/radarr",
                    "settings and its database",
                    true,
                    "linuxserver/docker-radarr Dockerfile" + READ,
                    "/config"),
            row(
                    "linuxserver/prowlarr",
                    "settings and its database",
                    true,
                    "linuxserver/docker-prowlarr Dockerfile" + READ,
                    "/config"),
            row(
                    "confluentinc/cp-kafka",
                    "topics",
                    true,
                    "confluentinc/kafka-images kafka/Dockerfile.ubi8" + READ,
                    "/var/lib/kafka/data"),
            row(
                    "opensearchproject/opensearch",
                    "every index",
                    true,
                    "opensearch-project/OpenSearch-Dashboards docs/docker-dev/docker-compose.yml" + READ,
                    "/usr/share/opensearch/data"),
            depends(
                    "grafana/tempo",
                    "recent traces",
                    "grafana/tempo example/docker-compose/local/tempo.yaml" + READ,
                    "/var/tempo"),
            // With a database elsewhere and N8N_ENCRYPTION_KEY set, nothing is lost.
            depends(
                    "n8nio/n8n",
                    "workflows and the key that credentials are encrypted with",
                    "n8n-io/n8n-docs docs/hosting/installation/docker.md" + READ,
                    "/home/node/.n8n"),
            // Harmless for a cache, not for sessions, carts and queues: which of them it is, no file says.
            depends(
                    "redis",
                    "sessions, carts and queues, where it holds any",
                    "redis/docker-library-redis Dockerfile.template" + READ,
                    "/data"),
            unverified("valkey/valkey", "sessions, carts and queues, where it holds any", "/data"),
            row(
                    "elasticsearch",
                    "every index",
                    true,
                    "elastic/elasticsearch docs/reference/setup/install/docker.asciidoc" + READ,
                    "/usr/share/elasticsearch/data"),
            row(
                    "homeassistant/home-assistant",
                    "everything; the set-up page opens",
                    true,
                    "home-assistant/home-assistant.io source/_includes/installation/container/compose.md" + READ,
                    "/config"),
            row(
                    "gitlab/gitlab-ce",
                    "secrets and repositories",
                    true,
                    "the table of docs.gitlab.com/install/docker, in copies" + READ,
                    "/etc/gitlab",
                    "/var/opt/gitlab"));

    /** Keeps nothing unless its settings say so: mosquitto.conf(5), persistence, false where not set (read 2026-11-26). */
    private static final Pattern MOSQUITTO_KEEPS = Pattern.compile("(?m)^\\s*persistence\\s+true\\b");

    /** What the settings of an image must say for it to keep anything; empty where it keeps its state in any case. */
    public static Optional<Pattern> keepsWhere(Row row) {
        return row.image().equals("eclipse-mosquitto") ? Optional.of(MOSQUITTO_KEEPS) : Optional.empty();
    }

    /**
     * Variables by which the state is in a database elsewhere, each with the value that says it is not: configuration of Grafana (database), SonarQube
     * (jdbc), n8n (database) and Uptime Kuma (env), read 2026-11-26.
     */
    public static Map<String, String> databaseSettings(Row row) {
        return switch (row.image()) {
            case "grafana/grafana" ->
                Map.of("GF_DATABASE_TYPE", "sqlite3", "GF_DATABASE_HOST", "-", "GF_DATABASE_URL", "-");
            case "sonarqube" -> Map.of("SONAR_JDBC_URL", "-", "SONARQUBE_JDBC_URL", "-");
            case "n8nio/n8n" -> Map.of("DB_TYPE", "sqlite");
            case "louislam/uptime-kuma" -> Map.of("UPTIME_KUMA_DB_TYPE", "sqlite");
            default -> Map.of();
        };
    }

    private static final String POSTGRES = "docker-library/postgres @6edb0a8c4d";

    private StatePaths() {}

    private static Row row(String image, String lost, boolean silent, String source, String... paths) {
        return new Row(image, List.of(paths), lost, silent, VOLUMES.contains(image), true, source);
    }

    /** Read in the source, but whether something is lost depends on more than the path. */
    private static Row depends(String image, String lost, String source, String... paths) {
        return new Row(image, List.of(paths), lost, true, VOLUMES.contains(image), false, source);
    }

    private static Row unverified(String image, String lost, String... paths) {
        return new Row(image, List.of(paths), lost, true, VOLUMES.contains(image), false, "from memory (2026-11-24)");
    }

    /** The row for an image as a container names it; empty where the image is not in the table: unknown, not stateless. */
    public static Optional<Row> of(String image) {
        String repository = repository(image);
        // Repackaged images keep their state elsewhere, under /bitnami or /config: only rows of their own speak of
        // them.
        for (String packager : List.of("bitnami/", "linuxserver/")) {
            int at = repository.replace("bitnamilegacy/", "bitnami/").indexOf(packager);
            if (at >= 0) {
                String own = repository.replace("bitnamilegacy/", "bitnami/").substring(at);
                return ROWS.stream().filter(row -> row.image().equals(own)).findFirst();
            }
        }
        if (matches(repository, "postgres")) {
            return postgres(tag(image));
        }
        if (matches(repository, "influxdb")) {
            return influx(tag(image));
        }
        if (matches(repository, "gitea/gitea") && tag(image).contains("rootless")) {
            return Optional.of(unverified("gitea/gitea", "repositories and users", "/var/lib/gitea", "/etc/gitea"));
        }
        return ROWS.stream().filter(row -> matches(repository, row.image())).findFirst();
    }

    /**
     * Each generation keeps its data elsewhere; 3 where its arguments say. The second one's other folder, /etc/influxdb2, holds the settings of its command line
     * client: tokens are among the data.
     */
    private static Optional<Row> influx(String tag) {
        List<String> paths = tag.startsWith("1.") || tag.equals("1")
                ? List.of("/var/lib/influxdb")
                : tag.startsWith("2.") || tag.equals("2") ? List.of("/var/lib/influxdb2") : List.of();
        return paths.isEmpty()
                ? Optional.empty()
                : Optional.of(new Row(
                        "influxdb",
                        paths,
                        "data and tokens",
                        true,
                        true,
                        true,
                        "influxdata/influxdata-docker @d457cb9"));
    }

    /** Since 18 the data lie below the version's own folder; a tag without a number does not say which. */
    private static Optional<Row> postgres(String tag) {
        int digits = 0;
        while (digits < tag.length() && digits < 4 && Character.isDigit(tag.charAt(digits))) {
            digits++;
        }
        if (digits == 0) {
            return Optional.empty();
        }
        String path =
                Integer.parseInt(tag.substring(0, digits)) >= 18 ? "/var/lib/postgresql" : "/var/lib/postgresql/data";
        return Optional.of(new Row(
                "postgres", List.of(path), "every database: it initialises a new cluster", true, true, true, POSTGRES));
    }

    private static boolean matches(String repository, String image) {
        int before = repository.length() - image.length() - 1;
        return repository.endsWith(image) && (before < 0 || repository.charAt(before) == '/');
    }

    private static String repository(String image) {
        String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
    }

    private static String tag(String image) {
        String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(colon + 1) : "";
    }
}
