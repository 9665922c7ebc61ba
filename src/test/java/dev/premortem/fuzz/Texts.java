package dev.premortem.fuzz;

import java.nio.charset.StandardCharsets;

/** Bytes as the walk over files hands texts on: without NUL. */
final class Texts {
    private Texts() {}

    static String of(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
    }
}
