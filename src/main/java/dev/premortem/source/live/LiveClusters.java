package dev.premortem.source.live;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.JsonItems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Reads clusters through their API servers: lists of known kinds, and the certificates that are served. Nothing is ever written. */
public final class LiveClusters implements Observer {
    private static final int REQUESTS_AT_ONCE = 4;
    private static final int SECONDS_FOR_A_CLUSTER = 300;
    private static final int KUBELET_PORT = 10_250;
    /** As many kubelets that do not answer mean that none is reached from here. */
    private static final int SILENT_KUBELETS = 3;

    private static final int MOST_KUBELETS = 100;

    private final Contexts contexts;
    private final List<String> wanted;
    private final Instant now;

    /**
     * @param wanted names of contexts
     * @param now when it is; ages are counted to it
     */
    public LiveClusters(Contexts contexts, List<String> wanted, Instant now) {
        this.contexts = contexts;
        this.wanted = List.copyOf(wanted);
        this.now = now;
    }

    @Override
    public Sightings observe(List<Tree> declared) {
        Names names = new Names(declared);
        Sightings all = Sightings.NONE;
        for (String context : wanted) {
            String cluster = names.cluster(context, wanted.size());
            Collected collected = new Collected(cluster, now);
            try (ApiServer server = new ApiServer(contexts.config(context))) {
                all = all.and(read(server, context, collected, names));
            } catch (Contexts.Unusable unusable) {
                all = all.and(new Sightings(
                        List.of(),
                        List.of(new Problem(
                                "cluster " + cluster, 0, "", String.valueOf(unusable.getMessage()), "", "")),
                        List.of(),
                        new TreeMap<>()));
            }
        }
        return all;
    }

    private Sightings read(ApiServer server, String context, Collected collected, Names names) {
        Optional<String> version = version(server, context, collected);
        if (version.isEmpty()) {
            return collected.sightings();
        }
        SortedMap<String, List<String>> groups = groups(server);
        Map<LiveKind, String> served = new LinkedHashMap<>();
        for (LiveKind kind : LiveKinds.all()) {
            // Where the groups may not be asked for, every kind is tried.
            List<String> versions = groups.isEmpty() ? kind.versions() : groups.getOrDefault(kind.group(), List.of());
            kind.version(versions).ifPresent(found -> served.put(kind, found));
        }
        lists(server, served, collected);
        Nodes nodes = collected.nodes(names);
        collected.see(nodes.observations());
        collected.see(nodes.sites());
        collected.see(List.of(nodes.cluster(version, context)));
        handshakes(server, nodes, collected);
        return collected.sightings();
    }

    /** The version of the server; where there is none, nothing else is asked. */
    private static Optional<String> version(ApiServer server, String context, Collected collected) {
        Answer<Tree> answer = server.get("/version", body -> JsonItems.value(body, ApiServer.LIMITS, path -> true));
        return switch (answer) {
            case Answer.Got<Tree>(Tree tree) ->
                Optional.of(tree.text("gitVersion").map(Fact::value).orElse(""));
            case Answer.Refused<Tree>(int status) when status == 403 -> Optional.of("");
            case Answer.Refused<Tree>(int status) -> {
                collected.problem(
                        status == 401
                                ? "the credentials of context " + context + " are not accepted (401)"
                                : "the API server of context " + context + " answered " + status,
                        "an API server that answers",
                        status == 401 ? "the token has ended; log in again" : "");
                yield Optional.empty();
            }
            case Answer.Failed<Tree>(String why) -> {
                collected.problem(
                        "the API server of context " + context + " at "
                                + server.uri().getHost() + " cannot be reached: " + why,
                        "an API server that answers; the files are judged alone",
                        "a VPN or a tunnel is missing, or the context is old: kubectl --context " + context
                                + " version");
                yield Optional.empty();
            }
        };
    }

    /** Groups with their versions, the core one under the empty name; empty where they may not be asked for. */
    private static SortedMap<String, List<String>> groups(ApiServer server) {
        SortedMap<String, List<String>> groups = new TreeMap<>();
        Answer<Tree> answer = server.get("/apis", body -> JsonItems.value(body, ApiServer.LIMITS, path -> true));
        if (answer instanceof Answer.Got<Tree>(Tree tree)) {
            for (Tree group : tree.items("groups")) {
                List<String> versions = group.items("versions").stream()
                        .flatMap(version -> version.text("version").map(Fact::value).stream())
                        .toList();
                group.text("name").ifPresent(name -> groups.put(name.value(), versions));
            }
            groups.put("", List.of("v1"));
        }
        return groups;
    }

    private static void lists(ApiServer server, Map<LiveKind, String> served, Collected collected) {
        Listing listing = new Listing(server);
        List<Callable<Answer<Listing.All>>> tasks = new ArrayList<>();
        served.forEach((kind, version) -> tasks.add(() -> listing.read(kind, version, Keeping.of(kind))));
        List<LiveKind> kinds = List.copyOf(served.keySet());
        List<Answer<Listing.All>> answers = together(tasks, SECONDS_FOR_A_CLUSTER);
        for (int i = 0; i < kinds.size(); i++) {
            collected.take(kinds.get(i), served.getOrDefault(kinds.get(i), ""), answers.get(i));
        }
    }

    /** Runs tasks a few at a time; the answers come in the order of the tasks, whichever ends first. */
    private static <T> List<Answer<T>> together(List<Callable<Answer<T>>> tasks, int seconds) {
        List<Answer<T>> answers = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(
                REQUESTS_AT_ONCE, Thread.ofPlatform().daemon().name("live-", 0).factory())) {
            for (Future<Answer<T>> future : pool.invokeAll(tasks, seconds, TimeUnit.SECONDS)) {
                answers.add(answer(future, seconds));
            }
            pool.shutdownNow();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            while (answers.size() < tasks.size()) {
                answers.add(new Answer.Failed<>("interrupted"));
            }
        }
        return answers;
    }

    private static <T> Answer<T> answer(Future<Answer<T>> future, int seconds) throws InterruptedException {
        try {
            return future.get();
        } catch (CancellationException late) {
            return new Answer.Failed<>("not read within " + seconds + " s for the whole cluster");
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        }
    }

    private static void handshakes(ApiServer server, Nodes nodes, Collected collected) {
        java.net.URI uri = server.uri();
        if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
            Handshake.certificate(uri.getHost(), uri.getPort() < 0 ? 443 : uri.getPort())
                    .ifPresent(pem -> collected.certificate("apiserver", pem));
        }
        int silent = 0;
        int asked = 0;
        for (Map.Entry<String, String> node : nodes.addresses().entrySet()) {
            if (silent == SILENT_KUBELETS || asked == MOST_KUBELETS) {
                return;
            }
            asked++;
            Optional<String> pem = Handshake.certificate(node.getValue(), KUBELET_PORT);
            silent = pem.isPresent() ? 0 : silent + 1;
            pem.ifPresent(found -> collected.certificate("kubelet-" + node.getKey(), found));
        }
    }
}
