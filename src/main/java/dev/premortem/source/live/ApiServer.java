package dev.premortem.source.live;

import dev.premortem.source.text.Limits;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** One API server, which is only ever asked: every request is a GET. */
final class ApiServer implements AutoCloseable {
    /** How much one answer may have, and how deep it may be nested. */
    static final Limits LIMITS = new Limits(256L << 20, 256L << 20, 128, 2_000_000);

    private static final int CONNECT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 30_000;
    private static final int RETRIES = 2;
    private static final int BACK_OFF_MILLIS = 250;
    private static final int MOST_CAUSES = 10;

    private final KubernetesClient client;
    private final String root;

    ApiServer(Config config) {
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setRequestTimeout(REQUEST_MILLIS);
        config.setRequestRetryBackoffLimit(RETRIES);
        config.setRequestRetryBackoffInterval(BACK_OFF_MILLIS);
        config.setUserAgent("premortem");
        this.client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
        String url = client.getMasterUrl().toString();
        this.root = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** How an answer is read. */
    @FunctionalInterface
    interface Reader<T> {
        T read(InputStream body) throws IOException;
    }

    /** Asks for a path, which starts with a slash, and reads the answer as it comes. */
    <T> Answer<T> get(String path, Reader<T> reader) {
        HttpClient http = client.getHttpClient();
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(root + path)
                .header("Accept", "application/json")
                .build();
        try {
            HttpResponse<InputStream> response = http.sendAsync(request, InputStream.class)
                    .get(REQUEST_MILLIS * (RETRIES + 1L) + CONNECT_MILLIS, TimeUnit.MILLISECONDS);
            try (InputStream body = response.body()) {
                return response.code() == 200
                        ? new Answer.Got<>(reader.read(body))
                        : new Answer.Refused<>(response.code());
            }
        } catch (IOException unreadable) {
            return new Answer.Failed<>("the answer cannot be read (" + reason(unreadable) + ")");
        } catch (ExecutionException failed) {
            return new Answer.Failed<>(reason(failed));
        } catch (TimeoutException late) {
            return new Answer.Failed<>("no answer within its time");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Answer.Failed<>("interrupted");
        }
    }

    /** Only the kind of a failure is told: messages of transports may repeat headers and with them credentials. */
    private static String reason(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; depth < MOST_CAUSES; depth++) {
            Optional<String> known = known(root);
            Throwable cause = root.getCause();
            if (known.isPresent()) {
                return known.get();
            }
            if (cause == null) {
                return root.getClass().getSimpleName();
            }
            root = cause;
        }
        return failure.getClass().getSimpleName();
    }

    private static Optional<String> known(Throwable failure) {
        return switch (failure) {
            case HttpConnectTimeoutException _ -> Optional.of("no connection within " + CONNECT_MILLIS / 1000 + " s");
            case HttpTimeoutException _ -> Optional.of("no answer within " + REQUEST_MILLIS / 1000 + " s");
            case UnknownHostException _ -> Optional.of("its host name is not known");
            case ConnectException _ -> Optional.of("no connection is made: nothing answers there");
            case SSLException _ -> Optional.of("TLS fails: its certificate is not believed, or ours is not");
            default -> Optional.empty();
        };
    }

    /** Where it is. */
    java.net.URI uri() {
        return java.net.URI.create(root);
    }

    @Override
    public void close() {
        client.close();
    }
}
