package dev.premortem.source.fetch;

import java.util.Optional;

/** What came of asking for a chart that is elsewhere. */
public sealed interface Fetched {
    /**
     * The packed chart.
     *
     * @param digest {@code sha256:…} of the archive, which was checked against everything that names one
     */
    record Chart(byte[] archive, String digest) implements Fetched {}

    /**
     * No chart.
     *
     * @param reason one line for people: what, where, what to do
     */
    record Not(String reason) implements Fetched {}

    /** The archive, where there is one. */
    default Optional<byte[]> found() {
        return switch (this) {
            case Chart chart -> Optional.of(chart.archive());
            case Not ignored -> Optional.empty();
        };
    }
}
