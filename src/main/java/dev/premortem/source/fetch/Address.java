package dev.premortem.source.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses that may be fetched from: HTTPS, and plain HTTP on this machine only. */
final class Address {
    private static final Pattern HOST = Pattern.compile("[a-z]+://(?:[^/@]*@)?(\\[[^]]*]|[^/:]*)(?::[0-9]+)?(?:/.*)?");

    private Address() {}

    /** The address behind a text; a name and password in it are kept for {@link #userInfo}. */
    static URI parse(String text) throws Refusal {
        try {
            URI uri = new URI(text);
            return allowed(uri);
        } catch (URISyntaxException e) {
            throw new Refusal("\"" + shown(text) + "\" is no address", e);
        }
    }

    static URI allowed(URI uri) throws Refusal {
        boolean host = uri.getHost() != null;
        boolean safe = "https".equalsIgnoreCase(uri.getScheme())
                || (host && "http".equalsIgnoreCase(uri.getScheme()) && loopback(uri.getHost()));
        if (!host || !safe) {
            throw new Refusal("\"" + shown(uri.toString()) + "\" is no https:// address");
        }
        return uri;
    }

    static boolean loopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    /** True for a repository or registry on this machine. */
    static boolean local(String repository) {
        Matcher host = HOST.matcher(repository);
        return host.matches() && loopback(host.group(1));
    }

    /** Scheme, host and port: what a password is for. */
    static String origin(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** Host, and the port where one is written: the name of a registry. */
    static String host(URI uri) {
        return uri.getHost() + (uri.getPort() >= 0 ? ":" + uri.getPort() : "");
    }

    static Optional<String> userInfo(URI uri) {
        return Optional.ofNullable(uri.getUserInfo());
    }

    /** Without a name and password, which neither a message nor a lock may hold. */
    static String shown(String address) {
        return address.replaceFirst("^([a-z+]+://)[^/@]*@", "$1").replaceFirst("[?#].*$", "");
    }
}
