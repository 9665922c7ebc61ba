package dev.premortem.source.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.testing.Keys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are looked at whoever signed them, and a server that speaks no TLS is no failure. */
final class HandshakeTest {
    @TempDir
    private Path folder;

    @Test
    void aCertificateThatNobodyBelievesIsReadAlsoWhereTheServerWantsOurs() throws IOException {
        Keys keys = new Keys(folder);
        for (boolean wantsOurs : new boolean[] {false, true}) {
            try (SSLServerSocket server = (SSLServerSocket) keys.server()
                            .getServerSocketFactory()
                            .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
                    ExecutorService pool = Executors.newSingleThreadExecutor()) {
                server.setNeedClientAuth(wantsOurs);
                pool.execute(() -> {
                    try (SSLSocket socket = (SSLSocket) server.accept()) {
                        socket.startHandshake();
                    } catch (IOException expected) {
                        // The client leaves after the handshake, or has no certificate to show.
                    }
                });
                Optional<String> pem = Handshake.certificate("127.0.0.1", server.getLocalPort());
                assertEquals(Optional.of(keys.pem()), pem);
            }
        }
    }

    @Test
    void aServerThatSpeaksSomethingElseAndAPortWithoutOneShowNothing() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ExecutorService pool = Executors.newSingleThreadExecutor()) {
            port = server.getLocalPort();
            pool.execute(() -> {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.0 400 no\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                } catch (IOException expected) {
                    // The client may have left.
                }
            });
            assertTrue(Handshake.certificate("127.0.0.1", port).isEmpty());
        }
        assertTrue(Handshake.certificate("127.0.0.1", port).isEmpty());
    }
}
