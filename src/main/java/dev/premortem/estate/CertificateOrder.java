package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A cert-manager Certificate: a wish for one, and the promise to renew it. */
public record CertificateOrder(
        Reference reference,
        Declared place,
        String cluster,
        String namespace,
        String name,
        Fact<String> secretName,
        List<Fact<String>> names,
        Fact<String> issuer,
        Optional<Fact<Duration>> duration,
        Optional<Fact<Duration>> renewBefore)
        implements Thing {}
