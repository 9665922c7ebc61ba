package dev.premortem.catalogue;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Values of charts that a later version refuses, so that what it starts does not come up, or does no longer what it is there for. */
public final class RefusedSettings {
    /**
     * One value.
     *
     * @param paths where it may be set, any of them
     * @param to first chart that brings a release which refuses it
     * @param availableFrom day from which that chart can be had
     * @param what what then happens, behind the name of the release
     * @param instead what to write in its place
     * @param source where that was read, and when
     */
    public record Setting(
            String chart,
            List<String> paths,
            String value,
            Version to,
            Instant availableFrom,
            String what,
            String instead,
            String source) {}

    private static final List<Setting> ALL = List.of(
            provider("bluecat", "1.15.0", "2024-09-11"),
            provider("dyn", "1.15.0", "2024-09-11"),
            provider("infoblox", "1.15.0", "2024-09-11"),
            provider("rcodezero", "1.15.0", "2024-09-11"),
            provider("safedns", "1.15.0", "2024-09-11"),
            provider("vinyldns", "1.15.0", "2024-09-11"),
            provider("vultr", "1.15.0", "2024-09-11"),
            provider("rdns", "1.15.1", "2025-01-27"),
            provider("designate", "1.17.0", "2025-06-04"),
            provider("ibmcloud", "1.18.0", "2025-07-14"),
            provider("tencentcloud", "1.18.0", "2025-07-14"),
            provider("ultradns", "1.18.0", "2025-07-14"),
            provider("digitalocean", "1.21.0", "2026-04-06"),
            provider("akamai", "1.22.0", "2026-08-21"),
            provider("plural", "1.22.0", "2026-08-21"),
            provider("transip", "1.22.0", "2026-08-21"),
            new Setting(
                    "velero",
                    List.of("configuration.uploaderType"),
                    "restic",
                    new Version(11, 0, 0),
                    Instant.parse("2025-09-24T00:00:00Z"),
                    "makes no backup of files any more: Velero 1.17 knows restic for restores only",
                    "configuration.uploaderType: kopia, and a first backup with it before the old ones are needed",
                    "velero-io/velero issues 8072 and 8813; vmware-tanzu/helm-charts at velero-11.0.0: appVersion 1.17.0 (read 2026-11-26)"));

    private RefusedSettings() {}

    private static Setting provider(String name, String chart, String day) {
        Version version = Version.parse(chart).orElseThrow();
        String release = String.format(Locale.ROOT, "v0.%d.%d", version.minor(), version.patch());
        return new Setting(
                "external-dns",
                List.of("provider.name", "provider"),
                name,
                version,
                Instant.parse(day + "T00:00:00Z"),
                "does not start: external-dns " + release + " has no provider " + name,
                "the webhook of that provider: provider.name: webhook",
                "kubernetes-sigs/external-dns, folder provider/ at the tag " + release
                        + " and charts/external-dns/CHANGELOG.md (read 2026-11-26)");
    }

    /** Those that can be had on a day. */
    public static List<Setting> on(Instant day) {
        return ALL.stream()
                .filter(setting -> !day.isBefore(setting.availableFrom()))
                .toList();
    }
}
