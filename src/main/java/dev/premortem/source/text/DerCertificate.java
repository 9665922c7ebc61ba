package dev.premortem.source.text;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Certificates in DER, the bytes that PEM writes as letters. Windows and Java tools export them, mostly as {@code .cer} or {@code .crt}. */
final class DerCertificate {
    private static final Set<String> ENDINGS = Set.of("crt", "cer", "der");

    /** A certificate is a sequence whose length takes two bytes or more (X.690, 8.1.3.5 and 8.9). */
    private static final int SEQUENCE = 0x30;

    private static final int LONG_LENGTH = 0x82;
    private static final int LINE = 64;

    private DerCertificate() {}

    /** The same certificate in PEM; empty where the bytes are none. */
    static Optional<String> pem(byte[] bytes, String ending) {
        boolean may = ENDINGS.contains(ending)
                && bytes.length > 2
                && (bytes[0] & 0xFF) == SEQUENCE
                && (bytes[1] & 0xFF) >= LONG_LENGTH;
        if (!may) {
            return Optional.empty();
        }
        try {
            byte[] encoded = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes))
                    .getEncoded();
            Base64.Encoder lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
            return Optional.of(
                    "-----BEGIN CERTIFICATE-----\n" + lines.encodeToString(encoded) + "\n-----END CERTIFICATE-----\n");
        } catch (CertificateException none) {
            return Optional.empty(); // then it is told as the bytes that it is
        }
    }
}
