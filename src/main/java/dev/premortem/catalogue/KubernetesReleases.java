package dev.premortem.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Until when each minor release of Kubernetes gets patches from the project. Distributions may patch longer, for money or by themselves. */
public final class KubernetesReleases {
    /** Where the dates are published, and when that was read. */
    public static final String SOURCE =
            "kubernetes.io/releases and kubernetes/website data/releases/eol.yaml (2026-11-25)";

    private static final int FIRST = 16;

    /** Ends of support from 1.16 on. */
    private static final String[] ENDS = {
        "2020-09-02", "2021-01-13", "2021-06-18", "2021-10-28", "2022-02-28", "2022-06-28", "2022-12-08",
        "2023-02-28", "2023-07-28", "2023-10-28", "2024-02-28", "2024-07-16", "2024-10-22", "2025-02-28",
        "2025-07-15", "2025-11-11", "2026-02-28", "2026-06-28", "2026-10-27", "2027-02-28", "2027-06-28"
    };

    private KubernetesReleases() {}

    /** The end of support of {@code 1.minor}; empty for one that is not listed. */
    public static Optional<Instant> end(int minor) {
        int index = minor - FIRST;
        return index < 0 || index >= ENDS.length
                ? Optional.empty()
                : Optional.of(LocalDate.parse(ENDS[index])
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant());
    }

    /** The oldest minor release that was still supported on a day. */
    public static int oldestSupported(Instant day) {
        int minor = FIRST;
        while (end(minor).filter(end -> !day.isBefore(end)).isPresent()) {
            minor++;
        }
        return minor;
    }
}
