package dev.premortem.model;

import dev.premortem.estate.Certificate;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The authorities in one key of a ConfigMap, and the workloads that mount it: what they trust others by.
 *
 * @param holder the ConfigMap
 * @param ends when the last of its authorities is over
 */
public record TrustBundle(
        Reference holder, String key, List<Certificate> authorities, Instant ends, List<Workload> mounters) {
    /** Those of the estate that somebody mounts; one that holds other certificates too is none. */
    public static List<TrustBundle> all(Sketch sketch) {
        SortedMap<String, List<Certificate>> byKey = new TreeMap<>();
        for (Certificate certificate : sketch.estate().all(Certificate.class)) {
            certificate
                    .secret()
                    .filter(holder -> holder.text().contains("/ConfigMap/"))
                    .ifPresent(holder -> byKey.computeIfAbsent(
                                    holder.text() + " " + certificate.role(), _ -> new ArrayList<>())
                            .add(certificate));
        }
        List<TrustBundle> found = new ArrayList<>();
        for (List<Certificate> certificates : byKey.values()) {
            Certificate first = certificates.getFirst();
            Reference holder = first.secret().orElseThrow();
            List<Workload> mounters = sketch.placement().workloads().values().stream()
                    .filter(workload -> mounts(workload, holder))
                    .toList();
            if (!mounters.isEmpty() && certificates.stream().allMatch(Certificate::authority)) {
                Instant ends = certificates.stream()
                        .map(Certificate::notAfter)
                        .max(Instant::compareTo)
                        .orElseThrow();
                found.add(new TrustBundle(holder, first.role(), List.copyOf(certificates), ends, mounters));
            }
        }
        return found;
    }

    private static boolean mounts(Workload workload, Reference holder) {
        return workload.volumes().stream()
                .filter(volume -> volume.kind().value().equals("configMap"))
                .anyMatch(volume -> Reference.object(
                                workload.cluster(), workload.namespace(), "ConfigMap", volume.source())
                        .equals(holder));
    }
}
