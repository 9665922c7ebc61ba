package dev.premortem.source.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Sighting;
import dev.premortem.fact.Tree;
import dev.premortem.source.live.Observer;
import dev.premortem.source.live.Seen;
import dev.premortem.source.live.Sightings;
import dev.premortem.source.text.JsonItems;
import dev.premortem.source.text.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks a Prometheus server what it measured already. Instant queries only; credentials stay in this class. */
public final class Prometheus implements Observer {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Limits LIMITS = new Limits(64L << 20, 64L << 20, 32, 2_000_000);
    private static final int MOST_SERIES = 50_000;

    private final URI root;
    private final Optional<String> authorization;
    private final Instant at;

    private Prometheus(URI root, Optional<String> authorization, Instant at) {
        this.root = root;
        this.authorization = authorization;
        this.at = at;
    }

    /**
     * The server at a URL.
     *
     * @param url with user and password in it where it wants them
     * @param token a bearer token, empty for none
     * @param at the moment as of which is asked
     */
    public static Prometheus at(String url, String token, Instant at) {
        URI uri = parsed(url);
        Optional<String> basic = Optional.ofNullable(uri.getUserInfo())
                .map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
        Optional<String> bearer = token.isBlank() ? Optional.empty() : Optional.of("Bearer " + token.strip());
        return new Prometheus(URI.create(shown(url)), basic.or(() -> bearer), at);
    }

    private static URI parsed(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Its message repeats the URL, which may hold a password.
        }
        throw new IllegalArgumentException("no URL of a server; expected such as http://prometheus.example:9090");
    }

    /** A URL as it may be shown: without user, password, query and the slash at its end. */
    public static String shown(String url) {
        URI uri = parsed(url);
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        return uri.getScheme()
                + "://"
                + uri.getHost()
                + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    /**
     * One value of one series.
     *
     * @param at when it was measured, as the server says
     */
    record Sample(Map<String, String> labels, double value, Instant at) {
        String label(String name) {
            return labels.getOrDefault(name, "");
        }
    }

    @Override
    public Sightings observe(List<Tree> declared) {
        Measured measured = new Measured(declared, root.toString());
        List<Problem> problems = new ArrayList<>();
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()) {
            for (Query query : Query.values()) {
                List<Sample> samples = ask(client, query, problems);
                measured.take(query, samples);
                if (!problems.isEmpty()) {
                    break;
                }
            }
        }
        return new Sightings(measured.seen(), List.copyOf(problems), List.of(), new TreeMap<>());
    }

    private List<Sample> ask(HttpClient client, Query query, List<Problem> problems) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + "/api/v1/query?query="
                        + URLEncoder.encode(query.text(), StandardCharsets.UTF_8)
                        + "&time=" + at.getEpochSecond()))
                .timeout(ANSWER)
                .header("Accept", "application/json")
                .GET();
        authorization.ifPresent(value -> request.header("Authorization", value));
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    problems.add(
                            problem("answered " + response.statusCode() + " to a query", hint(response.statusCode())));
                    return List.of();
                }
                return samples(JsonItems.value(body, LIMITS, path -> true));
            }
        } catch (JsonProcessingException e) {
            problems.add(problem("answered with something else than Prometheus does", "the URL is of another program"));
        } catch (IOException e) {
            problems.add(problem(
                    "cannot be reached or does not answer in time ("
                            + e.getClass().getSimpleName() + ")",
                    "a VPN or a port-forward is missing"));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            problems.add(problem("was interrupted", ""));
        }
        return List.of();
    }

    private static String hint(int status) {
        return status == 401 || status == 403 ? "it wants a token: PREMORTEM_PROMETHEUS_TOKEN" : "";
    }

    private Problem problem(String found, String hint) {
        return new Problem(
                root.toString(), 0, "", found, "a Prometheus server; what it measured is missing here", hint);
    }

    private static List<Sample> samples(Tree answer) {
        List<Sample> samples = new ArrayList<>();
        for (Tree result : answer.items("data.result")) {
            Map<String, String> labels = new LinkedHashMap<>();
            for (Tree.Entry entry : result.entries("metric")) {
                entry.value().text().map(Fact::value).ifPresent(text -> labels.put(entry.key(), text));
            }
            List<Tree> value = result.items("value");
            if (value.size() == 2 && samples.size() < MOST_SERIES) {
                Optional<Double> time = value.get(0).text().flatMap(text -> number(text.value()));
                Optional<Double> measured = value.get(1).text().flatMap(text -> number(text.value()));
                if (time.isPresent() && measured.isPresent()) {
                    samples.add(new Sample(
                            labels,
                            measured.get(),
                            Instant.ofEpochSecond(time.get().longValue())));
                }
            }
        }
        return samples;
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Seen seen(Sample sample, String of, String fact, String value, String by) {
        Sighting where = new Sighting(sample.at(), of);
        return Seen.observation("", where, of, fact, Seen.text(where, fact, value), by);
    }
}
