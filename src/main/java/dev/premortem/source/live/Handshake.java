package dev.premortem.source.live;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The certificate that a TLS server shows. Nothing is sent after the handshake, and nothing that the server says is believed: an expired or unknown
 * certificate is exactly what is looked for.
 */
final class Handshake {
    private static final int MILLIS = 3_000;

    private Handshake() {}

    /** The leaf as PEM; empty where nobody answers with one. */
    static Optional<String> certificate(String host, int port) {
        AtomicReference<Optional<X509Certificate>> shown = new AtomicReference<>(Optional.empty());
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), MILLIS);
            plain.setSoTimeout(MILLIS);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Looking(shown)}, null);
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
                SSLParameters parameters = socket.getSSLParameters();
                if (!host.matches("[0-9.]+|.*:.*")) {
                    parameters.setServerNames(java.util.List.of(new SNIHostName(host)));
                }
                socket.setSSLParameters(parameters);
                socket.startHandshake();
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            // A server that wants a certificate of ours has shown its own before it refuses.
            return shown.get().flatMap(Handshake::pem);
        }
        return shown.get().flatMap(Handshake::pem);
    }

    private static Optional<String> pem(X509Certificate certificate) {
        try {
            return Optional.of("-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n");
        } catch (CertificateEncodingException e) {
            return Optional.empty(); // one that cannot be written again cannot be read either
        }
    }

    /** Keeps the first certificate and believes all: only its dates and names are used. */
    private static final class Looking extends X509ExtendedTrustManager {
        private final AtomicReference<Optional<X509Certificate>> shown;

        Looking(AtomicReference<Optional<X509Certificate>> shown) {
            this.shown = shown;
        }

        private void look(X509Certificate[] chain) {
            if (chain.length > 0) {
                shown.set(Optional.of(chain[0]));
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            look(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            look(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            look(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException("this is no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new IllegalStateException("this is no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new IllegalStateException("this is no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
