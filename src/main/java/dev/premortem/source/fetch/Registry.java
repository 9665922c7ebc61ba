package dev.premortem.source.fetch;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.fetch.Connection.Answer;
import dev.premortem.source.fetch.Connection.Wish;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.Texts;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gets charts from OCI registries by the distribution specification (opencontainers/distribution-spec v1.1) with docker's token
 * authentication (distribution/distribution, docs/content/spec/auth/token.md). A chart is the layer of a manifest whose configuration is helm's.
 */
final class Registry {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.cncf.helm.config.v1+json";
    private static final String CHART = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
    private static final Pattern PARAMETER = Pattern.compile("([a-z]+)=\"([^\"]*)\"");
    private static final Pattern REFERENCE =
            Pattern.compile("oci://([^/@]+)/([a-z0-9._/-]+):([A-Za-z0-9_][A-Za-z0-9._-]{0,127})");

    private final Connection connection;
    private final Credentials credentials;
    private final Bounds bounds;

    Registry(Connection connection, Credentials credentials, Bounds bounds) {
        this.connection = connection;
        this.credentials = credentials;
        this.bounds = bounds;
    }

    /** A manifest and where its registry is. */
    private record Place(String host, String root, String name, String tag) {
        static Place of(String reference) throws Refusal {
            Matcher matcher = REFERENCE.matcher(reference);
            if (!matcher.matches()) {
                throw new Refusal("\"" + Address.shown(reference) + "\" is no reference to a chart in a registry");
            }
            String host = matcher.group(1).equals("docker.io") ? "registry-1.docker.io" : matcher.group(1);
            String scheme = Address.loopback(host.replaceFirst(":[0-9]+$", "")) ? "http" : "https";
            return new Place(host, scheme + "://" + host + "/v2/", matcher.group(2), matcher.group(3));
        }

        URI at(String kind, String which) throws Refusal {
            return Address.parse(root + name + "/" + kind + "/" + which);
        }
    }

    /** The reference of a version of a chart; a tag has no plus, helm writes an underscore. */
    static String reference(String repository, String chart, String version) {
        String path = repository.replaceFirst("/+$", "");
        return path + "/" + chart + ":" + version.replace('+', '_');
    }

    /** The packed chart at a reference. */
    byte[] chart(String reference) throws Refusal {
        Place place = Place.of(reference);
        Wish manifest = new Wish(place.at("manifests", place.tag()), MANIFEST, Optional.empty(), Bounds.NOTE_BYTES);
        Optional<String> authorization = Optional.empty();
        Answer answer = connection.get(manifest);
        if (answer.status() == 401) {
            authorization = Optional.of(authorized(place, answer));
            answer = connection.get(new Wish(manifest.address(), MANIFEST, authorization, Bounds.NOTE_BYTES));
        }
        Tree tree = note(checked(answer, place, "the manifest of " + place.name() + ":" + place.tag()));
        String config = tree.text("config.mediaType").map(Fact::value).orElse("none");
        if (!config.equals(CONFIG)) {
            throw new Refusal("what is there is no Helm chart (its configuration is of type " + config + ")");
        }
        Tree layer = tree.items("layers").stream()
                .filter(item -> item.text("mediaType")
                        .map(Fact::value)
                        .filter(CHART::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new Refusal("its manifest names no chart"));
        String digest = layer.text("digest").map(Fact::value).orElse("");
        if (!digest.matches("sha256:[0-9a-f]{64}")) {
            throw new Refusal("its manifest names the digest \"" + digest + "\", which is none of SHA-256");
        }
        Answer blob = connection.get(
                new Wish(place.at("blobs", digest), "application/octet-stream", authorization, bounds.chartBytes()));
        byte[] archive = checked(blob, place, "the chart " + place.name());
        Digests.check(archive, digest);
        return archive;
    }

    private byte[] checked(Answer answer, Place place, String what) throws Refusal {
        if (answer.closed()) {
            throw new Refusal(place.host() + " does not give " + what + " without a login that may read it"
                    + credentials.hint(place.host()));
        }
        if (!answer.good()) {
            throw new Refusal(place.host() + " does not give " + what + " (HTTP " + answer.status() + ")");
        }
        return answer.body();
    }

    private static Tree note(byte[] json) throws Refusal {
        String text = new String(json, StandardCharsets.UTF_8);
        return Texts.read("answer.json", text, _ -> false, Limits.DEFAULT, new Harvest()).stream()
                .map(Texts.Parsed::tree)
                .findFirst()
                .orElseThrow(() -> new Refusal("its answer is no JSON"));
    }

    private String authorized(Place place, Answer asked) throws Refusal {
        String challenge = asked.challenge().orElse("");
        Optional<String> basic = credentials.registry(place.host()).map(login -> "Basic " + login);
        if (challenge.regionMatches(true, 0, "Basic", 0, 5)) {
            return basic.orElseThrow(
                    () -> new Refusal(place.host() + " wants a login" + credentials.hint(place.host())));
        }
        String realm = "";
        StringBuilder query = new StringBuilder();
        Matcher parameters = PARAMETER.matcher(challenge);
        while (parameters.find()) {
            if (parameters.group(1).equals("realm")) {
                realm = parameters.group(2);
            } else if (parameters.group(1).equals("service")
                    || parameters.group(1).equals("scope")) {
                query.append(query.isEmpty() ? "" : "&")
                        .append(parameters.group(1))
                        .append('=')
                        .append(URLEncoder.encode(parameters.group(2), StandardCharsets.UTF_8));
            }
        }
        URI address = Address.parse(realm + (realm.contains("?") ? "&" : "?") + query);
        Answer answer = connection.get(new Wish(address, "application/json", basic, Bounds.NOTE_BYTES));
        Tree token = note(checked(answer, place, "a token"));
        return token.text("token")
                .or(() -> token.text("access_token"))
                .map(text -> "Bearer " + text.value())
                .orElseThrow(() -> new Refusal(Connection.shown(address) + " gives no token"));
    }
}
