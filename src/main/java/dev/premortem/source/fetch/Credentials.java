package dev.premortem.source.fetch;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.Texts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names and passwords that docker and helm keep in files, by where they are for. Programs that keep passwords ({@code credsStore},
 * {@code credHelpers}) are not run.
 */
public final class Credentials {
    private static final String DOCKER_HUB = "index.docker.io";

    private final SortedMap<String, String> registries = new TreeMap<>();
    private final SortedMap<String, String> helpers = new TreeMap<>();
    private final List<Login> repositories = new ArrayList<>();
    private Optional<String> store = Optional.empty();

    private record Login(String address, String basic) {}

    private Credentials() {}

    /** None. */
    public static Credentials none() {
        return new Credentials();
    }

    /**
     * Reads the files' texts, the first that names a host counts.
     *
     * @param registries texts in the format of docker's {@code config.json}, which helm's {@code registry/config.json} has too
     * @param repositories texts in the format of helm's {@code repositories.yaml}
     */
    public static Credentials of(List<String> registries, List<String> repositories) {
        Credentials credentials = new Credentials();
        registries.forEach(text -> read("config.json", text).forEach(credentials::docker));
        repositories.forEach(text -> read("repositories.yaml", text).forEach(credentials::helm));
        return credentials;
    }

    private static List<Tree> read(String name, String text) {
        return Texts.read(name, text, _ -> false, Limits.DEFAULT, new Harvest()).stream()
                .map(Texts.Parsed::tree)
                .toList();
    }

    private void docker(Tree config) {
        config.entries("auths")
                .forEach(entry ->
                        basic(entry.value()).ifPresent(basic -> registries.putIfAbsent(host(entry.key()), basic)));
        config.entries("credHelpers")
                .forEach(entry -> entry.value()
                        .text()
                        .ifPresent(helper -> helpers.putIfAbsent(host(entry.key()), helper.value())));
        store = store.or(() -> config.text("credsStore").map(Fact::value));
    }

    private static Optional<String> basic(Tree login) {
        Optional<String> encoded = login.text("auth").map(Fact::value).filter(auth -> !auth.isEmpty());
        return encoded.or(() -> pair(login));
    }

    private static Optional<String> pair(Tree login) {
        Optional<String> user = login.text("username").map(Fact::value).filter(name -> !name.isEmpty());
        return user.map(name ->
                encoded(name + ":" + login.text("password").map(Fact::value).orElse("")));
    }

    static String encoded(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Docker names a registry by its host or, of old, by an address. */
    private static String host(String key) {
        String host = key.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        return host.equals("docker.io") || host.equals("registry-1.docker.io") ? DOCKER_HUB : host;
    }

    private void helm(Tree file) {
        for (Tree repository : file.items("repositories")) {
            Optional<String> address = repository.text("url").map(Fact::value);
            Optional<String> basic = pair(repository);
            if (address.isPresent() && basic.isPresent()) {
                repositories.add(new Login(address.get().replaceFirst("/+$", ""), basic.get()));
            }
        }
    }

    /** What a registry is told: name and password as HTTP's Basic has them. */
    Optional<String> registry(String host) {
        return Optional.ofNullable(registries.get(host(host)));
    }

    /** What a chart repository is told. */
    Optional<String> repository(URI address) {
        String wanted = Address.shown(address.toString()).replaceFirst("/+$", "");
        return Address.userInfo(address)
                .map(Credentials::encoded)
                .or(() -> repositories.stream()
                        .filter(login -> login.address().equals(wanted))
                        .map(Login::basic)
                        .findFirst());
    }

    /** What to say where a registry wants a password and a program that is not run may have it; empty where there is none. */
    String hint(String host) {
        Optional<String> helper = Optional.ofNullable(helpers.get(host(host))).or(() -> store);
        return helper.map(name -> "; its password may be with docker-credential-" + name
                        + ", which is not run: put a login into \"auths\" of a config.json")
                .orElse("");
    }
}
