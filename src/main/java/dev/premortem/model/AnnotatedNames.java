package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Release;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The DNS names that a release of external-dns writes because of an annotation, and that go wrong once it does not read the annotation. A name that stands in
 * the annotation of a Service alone is deleted under {@code policy: sync}; the name of a route whose Gateway has a target turns to the Gateway's own address.
 */
public final class AnnotatedNames {
    private static final Pattern FILTER = Pattern.compile("([^\\s=!]+)\\s*(?:==?\\s*(\\S+)|in\\s*\\(([^)]*)\\))");
    private static final Pattern PRIVATE = Pattern.compile("(?:10\\.|192\\.168\\.|172\\.(?:1[6-9]|2\\d|3[01])\\."
            + "|100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\.).*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:]+");

    /** Providers whose answers the world reads: a private address there is of no use to it. Inside of a network it may be just right. */
    private static final List<String> PUBLIC = List.of(
            "aws",
            "azure",
            "civo",
            "cloudflare",
            "digitalocean",
            "dnsimple",
            "exoscale",
            "gandi",
            "godaddy",
            "google",
            "linode",
            "ns1",
            "oci",
            "ovh",
            "scaleway");

    /**
     * A name that goes wrong.
     *
     * @param annotation the annotation that is no longer read
     * @param why the annotation in words
     * @param effect what becomes of the name
     */
    public record Name(String host, Fact<String> annotation, String why, String effect, Confidence confidence) {}

    private final Release release;
    private final String prefix;
    private final List<String> arguments;
    private final List<Name> found = new ArrayList<>();

    private AnnotatedNames(Release release, String prefix) {
        this.release = release;
        this.prefix = prefix;
        this.arguments = release.values().items("extraArgs").stream()
                .flatMap(item -> item.text().map(Fact::value).stream())
                .toList();
    }

    /** The names of a release that go wrong without annotations of a prefix, by host. */
    public static List<Name> lost(Sketch sketch, Release release, String prefix) {
        AnnotatedNames names = new AnnotatedNames(release, prefix);
        boolean sync = release.values()
                .text("policy")
                .filter(policy -> policy.value().equals("sync"))
                .isPresent();
        SortedMap<String, KubernetesObject> gateways = new TreeMap<>();
        for (KubernetesObject object : sketch.estate().objects("Gateway")) {
            if (object.cluster().equals(release.cluster())) {
                gateways.put(object.namespace() + "/" + object.name(), object);
            }
        }
        for (KubernetesObject object : sketch.estate().objects()) {
            if (object.cluster().equals(release.cluster()) && names.reads(object)) {
                switch (object.kind()) {
                    case "Service" -> {
                        if (sync) {
                            names.service(object);
                        }
                    }
                    case "HTTPRoute" -> {
                        if (names.toThePublic()) {
                            names.route(object, gateways);
                        }
                    }
                    default -> {}
                }
            }
        }
        return List.copyOf(names.found);
    }

    /** The source is on, and the filter lets the object pass; a filter that is not understood lets nothing pass. */
    private boolean reads(KubernetesObject object) {
        String source = switch (object.kind()) {
            case "Service" -> "service";
            case "HTTPRoute" -> "gateway-httproute";
            default -> "";
        };
        List<String> sources = new ArrayList<>(release.values().items("sources").stream()
                .flatMap(item -> item.text().map(Fact::value).stream())
                .toList());
        if (release.values().at("sources").isEmpty()) {
            sources.addAll(List.of("service", "ingress"));
        }
        if (source.isEmpty() || !sources.contains(source)) {
            return false;
        }
        Map<String, String> annotations = new HashMap<>();
        object.annotations().forEach((key, value) -> annotations.put(key, value.value()));
        return passes(filter("annotation-filter", "annotationFilter"), annotations)
                && passes(filter("label-filter", "labelFilter"), object.labels());
    }

    private Optional<String> filter(String argument, String value) {
        return argument("--" + argument + "=")
                .or(() -> release.values().text(value).map(Fact::value));
    }

    private boolean toThePublic() {
        return release.values()
                .text("provider.name")
                .or(() -> release.values().text("provider"))
                .filter(provider -> PUBLIC.contains(provider.value()))
                .isPresent();
    }

    private Optional<String> argument(String start) {
        return arguments.stream()
                .filter(text -> text.startsWith(start))
                .map(text -> text.substring(start.length()))
                .findFirst();
    }

    private static boolean passes(Optional<String> filter, Map<String, String> marks) {
        if (filter.isEmpty()) {
            return true;
        }
        Matcher matcher = FILTER.matcher(filter.get().strip());
        if (!matcher.matches()) {
            return false;
        }
        String one = matcher.group(2);
        List<String> wanted =
                one != null ? List.of(one) : List.of(matcher.group(3).strip().split("\\s*,\\s*", -1));
        return wanted.contains(marks.getOrDefault(matcher.group(1), ""));
    }

    /** The Gateway is one of those that the release looks at. */
    private boolean looksAt(KubernetesObject gateway) {
        return argument("--gateway-name=").orElse(gateway.name()).equals(gateway.name())
                && argument("--gateway-namespace=").orElse(gateway.namespace()).equals(gateway.namespace())
                && passes(argument("--gateway-label-filter="), gateway.labels());
    }

    private boolean inDomain(String host) {
        List<Tree> filters = release.values().items("domainFilters");
        return filters.isEmpty()
                || filters.stream()
                        .flatMap(item -> item.text().map(Fact::value).stream())
                        .anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }

    private void service(KubernetesObject object) {
        Fact<String> names = object.annotations().get(prefix + "hostname");
        if (names == null) {
            return;
        }
        for (String host : names.value().split("\\s*,\\s*", -1)) {
            if (!host.isBlank() && inDomain(host)) {
                found.add(new Name(
                        host,
                        names,
                        prefix + "hostname: " + host,
                        host + " stands in an annotation alone and is deleted under policy sync",
                        Confidence.LIKELY));
            }
        }
    }

    private void route(KubernetesObject object, SortedMap<String, KubernetesObject> gateways) {
        for (Tree parent : object.tree().items("spec.parentRefs")) {
            String name = parent.text("name").map(Fact::value).orElse("");
            String namespace = parent.text("namespace").map(Fact::value).orElse(object.namespace());
            KubernetesObject gateway = gateways.get(namespace + "/" + name);
            if (gateway == null || !looksAt(gateway)) {
                continue;
            }
            Optional<String> own = own(gateway);
            // Only a Gateway whose own address is known to be private, and whose target is not, turns names for sure.
            Optional<Fact<String>> turning = Optional.ofNullable(
                            gateway.annotations().get(prefix + "target"))
                    .filter(_ -> own.filter(address -> PRIVATE.matcher(address).matches())
                            .isPresent())
                    .filter(target -> !PRIVATE.matcher(target.value()).matches());
            if (turning.isPresent()) {
                Fact<String> target = turning.get();
                for (Tree item : object.tree().items("spec.hostnames")) {
                    item.text()
                            .map(Fact::value)
                            .filter(this::inDomain)
                            .ifPresent(host -> found.add(new Name(
                                    host,
                                    target,
                                    prefix + "target: " + target.value(),
                                    "names of Gateway " + name + " turn from " + target.value()
                                            + " to its own private address " + own.orElse(""),
                                    Confidence.LIKELY)));
                }
            }
        }
    }

    /** The address of a Gateway where its files name one. */
    private static Optional<String> own(KubernetesObject gateway) {
        Optional<String> address = gateway.tree().items("spec.addresses").stream()
                .flatMap(item -> item.text("value").map(Fact::value).stream())
                .findFirst();
        return address.or(() -> gateway.tree().entries("spec.infrastructure.annotations").stream()
                        .filter(entry -> entry.key().endsWith("/ips")
                                || entry.key().equalsIgnoreCase("metallb.io/loadBalancerIPs"))
                        .flatMap(entry -> entry.value().text().map(Fact::value).stream())
                        .findFirst())
                .filter(text -> ADDRESS.matcher(text).matches());
    }
}
