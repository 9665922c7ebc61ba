package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import java.util.List;
import java.util.Optional;

/**
 * A DNS zone.
 *
 * @param origin without the last dot
 * @param managedBy {@code external-dns} or {@code hand}
 * @param negativeTtlSeconds how long a negative answer is kept: min(SOA TTL, SOA minimum)
 */
public record Zone(
        String origin,
        Declared place,
        List<Entry> records,
        Optional<Fact<String>> managedBy,
        Optional<Fact<Long>> negativeTtlSeconds)
        implements Thing {
    /**
     * One record.
     *
     * @param name relative to the origin: {@code www}, {@code *.k8s}, {@code @} for the origin itself
     * @param type {@code A}, {@code AAAA}, {@code CNAME}…
     * @param copiedFrom the load balancer (reference of its Service) that the value was copied from, where declared
     */
    public record Entry(
            String name,
            String type,
            Declared place,
            Optional<Fact<Long>> ttlSeconds,
            Optional<Fact<String>> value,
            Optional<Fact<Reference>> copiedFrom) {}

    @Override
    public Reference reference() {
        return Reference.of("zone", origin);
    }
}
