package dev.premortem.source.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on the loopback that notes each path with the authorization it came with. */
final class Shelf implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    Shelf() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 5);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, 404, new byte[0]));
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String address() {
        return "http://" + host();
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    Shelf text(String path, String text) {
        return bytes(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Shelf bytes(String path, byte[] content) {
        server.createContext(path, exchange -> answer(exchange, 200, content));
        return this;
    }

    Shelf redirect(String path, String to) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Location", to);
            answer(exchange, 307, new byte[0]);
        });
        return this;
    }

    Shelf guarded(String path, String authorization, String challenge, String text) {
        server.createContext(path, exchange -> {
            boolean open = authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
            answer(exchange, open ? 200 : 401, open ? text.getBytes(StandardCharsets.UTF_8) : new byte[0]);
        });
        return this;
    }

    /** Never answers until the server is closed. */
    Shelf silent(String path) {
        server.createContext(path, exchange -> {
            note(exchange);
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        return this;
    }

    private void note(HttpExchange exchange) {
        String authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("-");
        asked.add(exchange.getRequestURI() + " " + authorization);
    }

    private void answer(HttpExchange exchange, int status, byte[] content) throws IOException {
        note(exchange);
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        if (content.length > 0) {
            exchange.getResponseBody().write(content);
        }
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
