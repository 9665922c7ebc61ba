package dev.premortem.predict;

import dev.premortem.outage.Trigger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Stable names of outages: a hash of mechanism, pivot and trigger type, and of nothing else (semantics 1.18). */
final class Ids {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 7;

    private Ids() {}

    static String of(String mechanism, String pivot, Trigger.Type type) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((mechanism + "\n" + pivot + "\n" + type.word()).getBytes(StandardCharsets.UTF_8));
            StringBuilder id = new StringBuilder();
            for (int i = 0; i < LENGTH; i++) {
                id.append(ALPHABET.charAt(hash[i] & 31));
            }
            return id.toString();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
