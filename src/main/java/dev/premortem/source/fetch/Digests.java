package dev.premortem.source.fetch;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** SHA-256 digests in the form of registries. */
final class Digests {
    private Digests() {}

    /** {@code sha256:…} of some bytes. */
    static String of(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Refuses bytes with another digest than the one that was promised. */
    static void check(byte[] bytes, String promised) throws Refusal {
        String found = of(bytes);
        if (!found.equals(promised.toLowerCase(Locale.ROOT))) {
            throw new Refusal("what came has the digest " + found + ", but " + promised + " was promised");
        }
    }
}
