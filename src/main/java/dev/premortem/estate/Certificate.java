package dev.premortem.estate;

import dev.premortem.fact.Declared;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An X.509 certificate that was read (PEM file, kubeconfig, Secret, ConfigMap, acme.json).
 *
 * @param role file name without ending, user of the kubeconfig, or name of the Secret: {@code apiserver-kubelet-client}
 * @param cluster cluster whose control plane uses it ({@code Cluster.spec.certificates}), otherwise empty
 * @param secret reference of the Secret or ConfigMap that holds it, otherwise empty
 * @param authority true for a CA
 * @param subject common name of the subject, empty where it has none
 * @param issuer common name of the issuer, empty where it has none
 * @param notBefore first valid second
 * @param notAfter last valid second
 * @param names DNS names
 */
public record Certificate(
        Reference reference,
        Declared place,
        String role,
        Optional<String> cluster,
        Optional<Reference> secret,
        boolean authority,
        String subject,
        String issuer,
        Instant notBefore,
        Instant notAfter,
        List<String> names)
        implements Thing {}
