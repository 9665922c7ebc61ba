package dev.premortem.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What reads clusters calls nothing that could change one. */
final class ReadOnlyTest {
    /** Calls of the Kubernetes client that are allowed: making it, asking, looking at an answer. Everything else is refused. */
    private static final Set<String> ALLOWED = Set.of(
            "KubernetesClientBuilder.<init>",
            "KubernetesClientBuilder.withConfig",
            "KubernetesClientBuilder.withHttpClientFactory",
            "KubernetesClientBuilder.build",
            "KubernetesClient.getHttpClient",
            "KubernetesClient.getMasterUrl",
            "KubernetesClient.close",
            "jdkhttp.JdkHttpClientFactory.<init>",
            "http.HttpClient.newHttpRequestBuilder",
            "http.HttpClient.sendAsync",
            "http.HttpRequest$Builder.uri",
            "http.HttpRequest$Builder.header",
            "http.HttpRequest$Builder.build",
            "http.HttpResponse.body",
            "http.HttpResponse.code",
            "internal.KubeConfigUtils.merge",
            "internal.KubeConfigUtils.parseConfig");

    private static final String CLIENT = "io.fabric8.kubernetes.client.";

    @Test
    void theClientIsOnlyAsked() throws IOException {
        Set<String> wrong = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        for (Classes.Compiled type : Classes.all()) {
            for (String call : type.calls()) {
                if (call.startsWith(CLIENT) && !call.startsWith(CLIENT + "Config.")) {
                    String method = call.substring(CLIENT.length());
                    seen.add(method);
                    if (!type.room().equals("source.live") || !ALLOWED.contains(method)) {
                        wrong.add(type.name() + " calls " + call);
                    }
                }
            }
        }
        assertEquals(Set.of(), wrong);
        assertTrue(seen.contains("http.HttpClient.sendAsync"), "the test looks at the wrong classes: " + seen);
    }

    @Test
    void prometheusIsOnlyAsked() throws IOException {
        Set<String> builders = new TreeSet<>();
        for (Classes.Compiled type : Classes.all()) {
            if (type.room().equals("source.prometheus")) {
                type.calls().stream()
                        .filter(call -> call.startsWith("java.net.http.HttpRequest$Builder."))
                        .map(call -> call.substring(call.lastIndexOf('.') + 1))
                        .forEach(builders::add);
            }
        }
        assertEquals(Set.of("timeout", "header", "GET", "build"), builders);
    }
}
