package dev.premortem.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
     * @param verified read in the source; otherwise from memory
     */
    public record Row(
            String image,
            List<String> paths,
            String lost,
            boolean silent,
            boolean volume,
            boolean verified,
            String source) {}

    /** Images whose paths are declared as volumes in their Dockerfiles. */
    private static final Set<String> VOLUMES = new TreeSet<>(List.of(
            "acme.sh",
            "certbot/certbot",
            "nginx-proxy-manager",
            "mysql",
            "mariadb",
            "mongo",
            "rabbitmq",
            "apache/kafka",
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
            "syncthing/syncthing"));

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
                    "docker/build.Dockerfile @75e43ab5",
                    "/opt/adguardhome/conf",
                    "/opt/adguardhome/work"),
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
            // Harmless for a cache, not for sessions, carts and queues: which of them it is, no file says.
            unverified("redis", "sessions, carts and queues, where it holds any", "/data"),
            unverified("valkey/valkey", "sessions, carts and queues, where it holds any", "/data"),
            unverified("elasticsearch", "every index", "/usr/share/elasticsearch/data"),
            unverified("homeassistant/home-assistant", "everything; the set-up page opens", "/config"),
            unverified("gitlab/gitlab-ce", "secrets and repositories", "/etc/gitlab", "/var/opt/gitlab"));

    private static final String POSTGRES = "docker-library/postgres @6edb0a8c4d";

    private StatePaths() {}

    private static Row row(String image, String lost, boolean silent, String source, String... paths) {
        return new Row(image, List.of(paths), lost, silent, VOLUMES.contains(image), true, source);
    }

    private static Row unverified(String image, String lost, String... paths) {
        return new Row(image, List.of(paths), lost, true, false, false, "from memory (2026-11-24)");
    }

    /** The row for an image as a container names it; empty where the image is not in the table: unknown, not stateless. */
    public static Optional<Row> of(String image) {
        String repository = repository(image);
        // Repackaged images keep their state elsewhere: under /bitnami or /config.
        if (repository.contains("bitnami/") || repository.contains("linuxserver/")) {
            return Optional.empty();
        }
        if (matches(repository, "postgres")) {
            return postgres(tag(image));
        }
        return ROWS.stream().filter(row -> matches(repository, row.image())).findFirst();
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
        return repository.equals(image) || repository.endsWith("/" + image);
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
