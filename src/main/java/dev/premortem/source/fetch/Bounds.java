package dev.premortem.source.fetch;

import java.time.Duration;

/**
 * How long and how much is fetched before a server counts as broken or hostile.
 *
 * @param connect longest wait for a connection
 * @param answer longest wait for a whole answer
 * @param indexBytes largest index of a repository
 * @param chartBytes largest packed chart
 */
public record Bounds(Duration connect, Duration answer, long indexBytes, long chartBytes) {
    /** 10 seconds to connect, 60 for an answer, 64 MiB of index, 32 MiB of chart. */
    public static final Bounds DEFAULT =
            new Bounds(Duration.ofSeconds(10), Duration.ofSeconds(60), 64L << 20, 32L << 20);

    /** Largest of the small answers: manifests and tokens. */
    static final long NOTE_BYTES = 4L << 20;
}
