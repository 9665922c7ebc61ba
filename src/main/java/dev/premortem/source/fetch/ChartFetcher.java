package dev.premortem.source.fetch;

import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.fetch.Connection.Answer;
import dev.premortem.source.fetch.Connection.Wish;
import dev.premortem.source.render.ChartSource;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Gets packed charts from chart repositories and OCI registries, each by an exact version. What was fetched once comes from the cache, by the
 * digest that the lock has. Without leave to fetch no connection is ever opened.
 */
public final class ChartFetcher {
    private static final Pattern EXACT =
            Pattern.compile("v?[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,249}(/[A-Za-z0-9][A-Za-z0-9._-]{0,249})*");
    private static final int MOST_INDEXES = 8;

    private final Optional<Access> access;
    private final ContentCache cache;
    private final Lock lock;
    /** Ends the reason of what nobody asked to fetch. */
    public static final String OFFERED = " is elsewhere and was not fetched; --fetch gets it";

    private final Map<String, Fetched> known = new ConcurrentHashMap<>();
    private final Map<String, Index> indexes = new ConcurrentHashMap<>();

    /** How to reach what is elsewhere. */
    public record Access(Credentials credentials, Proxies proxies, Bounds bounds) {}

    private ChartFetcher(Optional<Access> access, ContentCache cache, Lock lock) {
        this.access = access;
        this.cache = cache;
        this.lock = lock;
    }

    /** One that looks into the cache and opens no connection. */
    public static ChartFetcher offline(ContentCache cache, Lock lock) {
        return new ChartFetcher(Optional.empty(), cache, lock);
    }

    /** One that fetches what the cache does not have. */
    public static ChartFetcher online(Access access, ContentCache cache, Lock lock) {
        return new ChartFetcher(Optional.of(access), cache, lock);
    }

    /**
     * The index of a repository.
     *
     * @param refusal why there is none; empty where there is one
     */
    private record Index(byte[] bytes, String refusal) {}

    /** The chart, or why there is none. Each is asked for once; several may be asked for at a time. */
    public Fetched get(ChartSource.Remote chart) {
        String key = chart.repository() + "\n" + chart.chart() + "\n" + chart.version();
        return known.computeIfAbsent(key, _ -> look(chart));
    }

    private Fetched look(ChartSource.Remote chart) {
        String name = chart.chart() + " of " + Address.shown(chart.repository());
        if (!EXACT.matcher(chart.version()).matches()) {
            String found =
                    chart.version().isBlank() ? "names no version" : "names the versions \"" + chart.version() + "\"";
            return new Fetched.Not(name + " " + found + "; only an exact one, such as 1.2.3, is fetched");
        }
        if (!NAME.matcher(chart.chart()).matches()) {
            return new Fetched.Not("\"" + chart.chart() + "\" is no name of a chart");
        }
        Optional<String> digest = lock.digest(chart);
        Optional<byte[]> kept = digest.flatMap(this::kept);
        if (kept.isPresent()) {
            return new Fetched.Chart(kept.get(), digest.orElse(""));
        }
        if (access.isEmpty()) {
            return new Fetched.Not(name + " " + chart.version() + OFFERED);
        }
        boolean local = Address.local(chart.repository());
        try (Connection connection =
                new Connection(access.get().proxies(), access.get().bounds(), local)) {
            byte[] archive = fetch(chart, connection, access.get());
            String found = Digests.of(archive);
            if (digest.isPresent() && !digest.get().equals(found)) {
                throw new Refusal("it has the digest " + found + " now and had " + digest.get() + " before, as "
                        + lock.shown() + " says; take its line out there if that is meant");
            }
            cache.keep(name(found), archive);
            lock.put(chart, found);
            return new Fetched.Chart(archive, found);
        } catch (Refusal refusal) {
            return new Fetched.Not(name + " " + chart.version() + " was not fetched: " + refusal.reason());
        }
    }

    private static String name(String digest) {
        return new ContentCache.Key("chart by digest").with(digest).name();
    }

    private Optional<byte[]> kept(String digest) {
        return cache.find(name(digest)).filter(bytes -> Digests.of(bytes).equals(digest));
    }

    private byte[] fetch(ChartSource.Remote chart, Connection connection, Access with) throws Refusal {
        Registry registry = new Registry(connection, with.credentials(), with.bounds());
        if (chart.repository().startsWith("oci://")) {
            return registry.chart(Registry.reference(chart.repository(), chart.chart(), chart.version()));
        }
        URI repository = Address.parse(chart.repository().replaceFirst("/*$", "/"));
        Optional<String> login = with.credentials().repository(repository).map(basic -> "Basic " + basic);
        Repository.Entry entry = Repository.find(index(repository, login, connection), chart.chart(), chart.version());
        if (entry.address().startsWith("oci://")) {
            return registry.chart(entry.address());
        }
        URI address = Address.parse(resolved(repository, entry.address()));
        boolean same = Address.origin(address).equals(Address.origin(repository));
        Answer answer = connection.get(new Wish(
                address,
                "application/gzip, */*",
                same ? login : Optional.empty(),
                with.bounds().chartBytes()));
        if (!answer.good()) {
            throw new Refusal(Connection.shown(address) + " does not give the chart (HTTP " + answer.status() + ")");
        }
        if (entry.digest().isPresent()) {
            Digests.check(answer.body(), "sha256:" + entry.digest().get());
        }
        return answer.body();
    }

    private static String resolved(URI repository, String address) throws Refusal {
        try {
            return repository.resolve(address).toString();
        } catch (IllegalArgumentException e) {
            throw new Refusal("\"" + Address.shown(address) + "\" is no address", e);
        }
    }

    /** The index of a repository. It is fetched once, and a repository that gave none is not asked again. */
    private byte[] index(URI repository, Optional<String> login, Connection connection) throws Refusal {
        String key = repository.toString();
        Index index = indexes.size() < MOST_INDEXES
                ? indexes.computeIfAbsent(key, _ -> fetchIndex(repository, login, connection))
                : Optional.ofNullable(indexes.get(key)).orElseGet(() -> fetchIndex(repository, login, connection));
        if (!index.refusal().isEmpty()) {
            throw new Refusal(index.refusal());
        }
        return index.bytes();
    }

    private Index fetchIndex(URI repository, Optional<String> login, Connection connection) {
        try {
            long most = access.map(with -> with.bounds().indexBytes()).orElse(0L);
            Wish wish = new Wish(repository.resolve("index.yaml"), "application/yaml, */*", login, most);
            Answer answer = connection.get(wish);
            return answer.good()
                    ? new Index(answer.body(), "")
                    : new Index(
                            new byte[0],
                            Connection.shown(wish.address()) + " gives no index (HTTP " + answer.status() + ")");
        } catch (Refusal refusal) {
            return new Index(new byte[0], refusal.reason());
        }
    }
}
