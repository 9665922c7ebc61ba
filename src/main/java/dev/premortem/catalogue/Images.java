package dev.premortem.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Container images by name: where they come from, whether their tag moves, and which were taken away. */
public final class Images {
    /** Where kubelets pull without being told a registry. */
    public static final String HUB = "docker.io";

    /** Pulls in six hours that Docker Hub gives to one address without a login. */
    public static final int HUB_PULLS = 100;

    /** Where that limit is published, and when that was read. */
    public static final String HUB_PULLS_SOURCE =
            "docker/docs content/manuals/docker-hub/usage/pulls.md: 100 per six hours and IPv4 address or IPv6 /64 (read 2026-11-25)";

    private static final SortedSet<String> PUBLIC = new TreeSet<>(
            List.of(HUB, "quay.io", "ghcr.io", "public.ecr.aws", "gcr.io", "registry.k8s.io", "mcr.microsoft.com"));

    private static final SortedSet<String> MOVING = new TreeSet<>(
            List.of("", "latest", "stable", "edge", "main", "master", "nightly", "dev", "develop", "canary"));

    /** Official images of Docker Hub: any other short name without a tag is taken for one that a build tool replaces. */
    private static final SortedSet<String> OFFICIAL = new TreeSet<>(List.of(
            "alpine",
            "busybox",
            "caddy",
            "debian",
            "elasticsearch",
            "golang",
            "haproxy",
            "httpd",
            "influxdb",
            "kibana",
            "logstash",
            "mariadb",
            "memcached",
            "mongo",
            "mysql",
            "nats",
            "nginx",
            "node",
            "postgres",
            "python",
            "rabbitmq",
            "redis",
            "traefik",
            "ubuntu",
            "valkey"));

    /**
     * Images that were taken away.
     *
     * @param repository what the names of the images begin with or are, with the registry
     * @param tags the tags that are gone
     * @param what in a few words: {@code elasticsearch has no tag latest}
     * @param instead repository that holds them now; empty where none does
     * @param source where that is said
     */
    public record Removal(String repository, Pattern tags, String what, String instead, String source) {}

    private static final String ELASTIC =
            "github.com/docker-library/official-images pull request 4927: latest was removed in October 2018 (2026-11-25)";

    private static final List<Removal> REMOVALS = List.of(
            new Removal(
                    HUB + "/library/elasticsearch",
                    Pattern.compile("|latest"),
                    "elasticsearch has no tag latest",
                    "",
                    ELASTIC),
            new Removal(HUB + "/library/kibana", Pattern.compile("|latest"), "kibana has no tag latest", "", ELASTIC),
            new Removal(
                    HUB + "/library/logstash",
                    Pattern.compile("|latest"),
                    "logstash has no tag latest",
                    "",
                    "github.com/senzing-garage/docker-compose-demo issue 250 (read in an excerpt, 2026-11-25)"),
            new Removal(
                    HUB + "/bitnami/",
                    Pattern.compile("\\d.*"),
                    "versions were taken out of docker.io/bitnami in September 2025",
                    HUB + "/bitnamilegacy/",
                    "github.com/bitnami/containers issue 83267 (2026-11-25)"),
            new Removal(
                    "gcr.io/kubebuilder/",
                    Pattern.compile(".*"),
                    "gcr.io/kubebuilder was deleted",
                    "",
                    "github.com/kubernetes-sigs/kubebuilder discussion 3907; gone by March 2026:"
                            + " github.com/kubero-dev/kubero issue 735 (2026-11-25)"));

    private static final int LONGEST = 300;

    private Images() {}

    /**
     * An image's name, taken apart.
     *
     * @param repository registry and path, {@code docker.io/library/redis}
     * @param tag empty where there is none
     * @param digest true where a digest says exactly which
     */
    public record Name(String registry, String repository, String tag, boolean digest) {
        /** True where another image may bear the same name tomorrow. */
        public boolean moving() {
            return !digest && MOVING.contains(tag);
        }

        /** True where everybody may pull from the registry, and nobody owes an answer. */
        public boolean open() {
            return PUBLIC.contains(registry);
        }

        /** What took it away; empty where it is still there for all that is known. */
        public Optional<Removal> removal() {
            return REMOVALS.stream()
                    .filter(each -> each.repository().endsWith("/")
                            ? repository.startsWith(each.repository())
                            : repository.equals(each.repository()))
                    .filter(each -> !digest && each.tags().matcher(tag).matches())
                    .findFirst();
        }
    }

    /** True where every character may stand in a name; no pattern, because every container of an estate is asked several times. */
    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char here = text.charAt(i);
            boolean word = (here >= 'a' && here <= 'z') || (here >= 'A' && here <= 'Z') || (here >= '0' && here <= '9');
            if (!word && "._/:@-".indexOf(here) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Takes a name apart; empty where it is no whole name, or one that a tool will replace. */
    public static Optional<Name> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST || !plain(text)) {
            return Optional.empty();
        }
        boolean digest = text.contains("@");
        String name = digest ? text.substring(0, text.indexOf('@')) : text;
        int colon = name.lastIndexOf(':');
        boolean tagged = colon > name.lastIndexOf('/');
        String path = tagged ? name.substring(0, colon) : name;
        String tag = tagged ? name.substring(colon + 1) : "";
        int slash = path.indexOf('/');
        String first = slash < 0 ? "" : path.substring(0, slash);
        boolean registry = first.contains(".") || first.contains(":") || first.equals("localhost");
        String host = registry ? (first.equals("index.docker.io") ? HUB : first) : HUB;
        String rest = registry ? path.substring(slash + 1) : path;
        if (host.equals(HUB) && !rest.contains("/")) {
            if (!OFFICIAL.contains(rest) && tag.isEmpty()) {
                return Optional.empty();
            }
            rest = "library/" + rest;
        }
        return rest.isEmpty() ? Optional.empty() : Optional.of(new Name(host, host + "/" + rest, tag, digest));
    }
}
