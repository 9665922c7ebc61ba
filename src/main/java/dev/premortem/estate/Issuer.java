package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import java.util.Optional;

/**
 * Who orders certificates: a cert-manager issuer or a Traefik resolver.
 *
 * @param kind {@code acme}, {@code ca}, {@code selfSigned}, {@code vault}, …
 * @param server ACME directory; Let's Encrypt's production where not declared and the client's default is that
 * @param orderedBy workload that orders (Traefik), empty for cert-manager
 * @param storage path of the store inside that workload
 */
public record Issuer(
        Reference reference,
        Declared place,
        String cluster,
        String name,
        String kind,
        Optional<Fact<String>> server,
        Optional<Reference> orderedBy,
        Optional<Fact<String>> storage)
        implements Thing {}
