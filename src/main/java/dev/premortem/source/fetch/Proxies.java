package dev.premortem.source.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The proxies that an environment names: {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code NO_PROXY}, in capitals or not. This machine is never reached through one. */
public final class Proxies extends ProxySelector {
    private final Map<String, String> environment;

    private Proxies(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The proxies of an environment, of which only those variables are kept. */
    public static Proxies of(Map<String, String> environment) {
        Map<String, String> kept = new java.util.TreeMap<>();
        for (String name : List.of("https_proxy", "http_proxy", "no_proxy")) {
            Optional.ofNullable(environment.get(name))
                    .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
                    .filter(value -> !value.isBlank())
                    .ifPresent(value -> kept.put(name, value.strip()));
        }
        return new Proxies(kept);
    }

    /** None. */
    public static Proxies none() {
        return new Proxies(Map.of());
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean direct = Address.loopback(host) || excepted(host, uri.getPort());
        String name = "https".equalsIgnoreCase(uri.getScheme()) ? "https_proxy" : "http_proxy";
        Optional<Proxy> proxy = direct
                ? Optional.empty()
                : Optional.ofNullable(environment.get(name)).flatMap(Proxies::proxy);
        return List.of(proxy.orElse(Proxy.NO_PROXY));
    }

    private boolean excepted(String host, int port) {
        for (String part : environment.getOrDefault("no_proxy", "").split(",", -1)) {
            String except = part.strip().toLowerCase(Locale.ROOT);
            String bare = except.startsWith("*.") ? except.substring(1) : except;
            String domain = bare.startsWith(".") ? bare : "." + bare;
            if (except.equals("*")
                    || except.equals(host)
                    || except.equals(host + ":" + port)
                    || (!except.isEmpty() && host.endsWith(domain))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Proxy> proxy(String address) {
        try {
            URI uri = URI.create(address.contains("://") ? address : "http://" + address);
            int port = uri.getPort() >= 0 ? uri.getPort() : 80;
            return uri.getHost() == null
                    ? Optional.empty()
                    : Optional.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), port)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no address: then the connection says what is wrong
        }
    }

    @Override
    public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {
        // told by the connection itself
    }
}
