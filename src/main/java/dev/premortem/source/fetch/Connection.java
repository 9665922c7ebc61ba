package dev.premortem.source.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Gets one address after another, within bounds. Redirects are followed by hand: a password never goes to another host, and never from HTTPS to HTTP. */
final class Connection implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;

    private final HttpClient client;
    private final Bounds bounds;
    private final boolean local;

    /** @param local true where what was asked for is on this machine; otherwise no answer may lead to plain HTTP on it */
    Connection(Proxies proxies, Bounds bounds, boolean local) {
        this.local = local;
        this.bounds = bounds;
        this.client = HttpClient.newBuilder()
                .proxy(proxies)
                .connectTimeout(bounds.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * What is asked for.
     *
     * @param accept media types
     * @param authorization value of that header
     * @param mostBytes largest answer
     */
    record Wish(URI address, String accept, Optional<String> authorization, long mostBytes) {}

    /** An answer that came. */
    record Answer(int status, byte[] body, Optional<String> challenge) {
        boolean good() {
            return status == 200;
        }

        boolean closed() {
            return status == 401 || status == 403;
        }
    }

    Answer get(Wish wish) throws Refusal {
        URI address = allowed(wish.address());
        Optional<String> authorization = wish.authorization();
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            HttpResponse<byte[]> response = send(address, wish, authorization);
            Optional<String> location = response.headers().firstValue("location");
            boolean redirect = response.statusCode() / 100 == 3 && location.isPresent();
            if (!redirect) {
                return new Answer(
                        response.statusCode(),
                        response.body(),
                        response.headers().firstValue("www-authenticate"));
            }
            URI next = allowed(resolved(address, location.get()));
            if (!Address.origin(next).equals(Address.origin(address))) {
                authorization = Optional.empty();
            }
            address = next;
        }
        throw new Refusal(shown(wish.address()) + " redirects more than " + MOST_REDIRECTS + " times");
    }

    private URI allowed(URI address) throws Refusal {
        URI allowed = Address.allowed(address);
        if (!local && !"https".equalsIgnoreCase(allowed.getScheme())) {
            throw new Refusal("it leads from https:// to " + shown(allowed));
        }
        return allowed;
    }

    private static URI resolved(URI address, String location) throws Refusal {
        try {
            return address.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new Refusal(shown(address) + " redirects to what is no address", e);
        }
    }

    private HttpResponse<byte[]> send(URI address, Wish wish, Optional<String> authorization) throws Refusal {
        HttpRequest.Builder request = HttpRequest.newBuilder(bare(address))
                .header("Accept", wish.accept())
                .GET();
        authorization.ifPresent(value -> request.header("Authorization", value));
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request.build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), wish.mostBytes()));
        try {
            return answer.get(bounds.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Refusal(
                    shown(address) + " does not answer within "
                            + bounds.answer().toMillis() / 1000.0 + " s",
                    e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new Refusal("was interrupted", e);
        } catch (ExecutionException e) {
            throw new Refusal(shown(address) + " " + why(e.getCause(), wish.mostBytes()), e);
        }
    }

    private static String why(@org.jspecify.annotations.Nullable Throwable cause, long mostBytes) {
        return switch (cause) {
            case java.net.http.HttpTimeoutException ignored -> "does not answer in time";
            case ConnectException ignored -> "cannot be connected to";
            case SSLException ignored -> "has no certificate that this machine trusts";
            case IOException failed
            when String.valueOf(failed.getMessage()).contains("capacity") ->
                "gives more than the limit of " + mostBytes + " bytes";
            case null -> "gives no answer";
            default -> "gives no answer (" + cause.getClass().getSimpleName() + ")";
        };
    }

    private static URI bare(URI address) throws Refusal {
        return address.getUserInfo() == null
                ? address
                : Address.parse(address.toString().replaceFirst("://[^/@]*@", "://"));
    }

    static String shown(URI address) {
        return Address.shown(address.toString());
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
