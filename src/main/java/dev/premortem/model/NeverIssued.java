package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Release;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Certificates of cert-manager that cannot come as they are asked for: what is there may live on from an earlier day, and the next one never comes. Asked of an
 * issuer that is not there; a wildcard of an issuer that proves names over HTTP only; to be renewed before it begins.
 */
public final class NeverIssued {
    private static final String WILDCARD =
            "letsencrypt.org/docs/challenge-types: HTTP-01 cannot be used for wildcards (read in a copy, 2026-11-24)";
    private static final String REFUSED =
            "cert-manager pkg/apis/certmanager/validation/certificate.go: renewBefore must be less than the duration (2026-11-26)";

    private final Sketch sketch;
    private final SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
    private final List<KubernetesObject> issuers;

    private NeverIssued(Sketch sketch) {
        this.sketch = sketch;
        this.issuers = sketch.estate().objects().stream()
                .filter(NeverIssued::ours)
                .filter(object -> object.kind().endsWith("Issuer"))
                .toList();
    }

    private static boolean ours(KubernetesObject object) {
        return object.apiVersion().startsWith("cert-manager.io/");
    }

    /** Those of each cluster. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        NeverIssued never = new NeverIssued(sketch);
        for (KubernetesObject object : sketch.estate().objects("Certificate")) {
            if (ours(object)) {
                never.missing(object)
                        .or(() -> never.wildcard(object))
                        .or(() -> refused(object))
                        .ifPresent(item -> never.items
                                .computeIfAbsent(object.cluster(), _ -> new ArrayList<>())
                                .add(item));
            }
        }
        return never.items;
    }

    private static Optional<String> text(KubernetesObject object, String path) {
        return object.tree().text(path).map(Fact::value);
    }

    private boolean same(KubernetesObject issuer, KubernetesObject certificate) {
        String kind = text(certificate, "spec.issuerRef.kind").orElse("Issuer");
        boolean near = kind.equals("ClusterIssuer") || issuer.namespace().equals(certificate.namespace());
        return issuer.kind().equals(kind) && issuer.cluster().equals(certificate.cluster()) && near;
    }

    /** Where others of the kind are in the tree, and this one is not. */
    private Optional<Standstill.Item> missing(KubernetesObject certificate) {
        Optional<Fact<String>> named = certificate.tree().text("spec.issuerRef.name");
        boolean others = text(certificate, "spec.issuerRef.group")
                        .filter(group -> !group.equals("cert-manager.io"))
                        .isEmpty()
                && issuers.stream().anyMatch(issuer -> same(issuer, certificate));
        if (named.isEmpty() || !others || !named.get().value().matches("[a-z0-9.-]+")) {
            return Optional.empty();
        }
        String name = named.get().value();
        boolean there = issuers.stream()
                .anyMatch(issuer -> same(issuer, certificate) && issuer.name().equals(name));
        boolean made = sketch.estate().all(Release.class).stream()
                .anyMatch(release -> release.values()
                        .scalars()
                        .anyMatch(scalar -> scalar.value().contains(name)));
        return there || made
                ? Optional.empty()
                : Optional.of(item(
                        certificate,
                        named.get(),
                        "is asked of the issuer " + name + ", which is not in the tree while others of its kind are",
                        List.of(Evidence.of("issuer " + name, named.get())),
                        Confidence.POSSIBLE));
    }

    private Optional<Standstill.Item> wildcard(KubernetesObject certificate) {
        Optional<Fact<String>> star = certificate.tree().items("spec.dnsNames").stream()
                .flatMap(name -> name.text().stream())
                .filter(name -> name.value().startsWith("*."))
                .findFirst();
        String name = text(certificate, "spec.issuerRef.name").orElse("");
        Optional<Tree> solvers = issuers.stream()
                .filter(issuer -> same(issuer, certificate) && issuer.name().equals(name))
                .flatMap(issuer -> issuer.tree().at("spec.acme.solvers").stream())
                .findFirst();
        boolean http = solvers.isPresent()
                && !solvers.get().items().isEmpty()
                && solvers.get().items().stream()
                        .allMatch(solver -> solver.at("http01").isPresent()
                                && solver.at("dns01").isEmpty());
        return star.isEmpty() || !http
                ? Optional.empty()
                : Optional.of(item(
                        certificate,
                        star.get(),
                        "asks for " + star.get().value() + ", and the issuer " + name
                                + " proves names over HTTP only, which no wildcard is given for",
                        List.of(
                                Evidence.of(star.get().value(), star.get()),
                                new Evidence("http01 alone", solvers.get().place()),
                                new Evidence("no wildcard over HTTP", new Assumed("behaviour.wildcard", WILDCARD))),
                        Confidence.LIKELY));
    }

    private static Optional<Standstill.Item> refused(KubernetesObject certificate) {
        Optional<Fact<String>> before = certificate.tree().text("spec.renewBefore");
        Optional<Duration> left = before.flatMap(text -> Durations.parse(text.value()));
        Optional<Fact<String>> whole = certificate.tree().text("spec.duration");
        Optional<Duration> life = whole.flatMap(text -> Durations.parse(text.value()));
        return left.isEmpty() || life.isEmpty() || left.get().compareTo(life.get()) < 0
                ? Optional.empty()
                : Optional.of(item(
                        certificate,
                        before.get(),
                        "is to be renewed " + before.get().value() + " before its end and lives "
                                + whole.get().value() + ": cert-manager refuses it",
                        List.of(
                                Evidence.of("renewBefore " + before.get().value(), before.get()),
                                Evidence.of("duration " + whole.get().value(), whole.get()),
                                new Evidence("it must be less", new Assumed("behaviour.renew-before", REFUSED))),
                        Confidence.LIKELY));
    }

    private static Standstill.Item item(
            KubernetesObject certificate,
            Fact<String> decides,
            String why,
            List<Evidence> evidence,
            Confidence confidence) {
        String name = certificate.namespace() + "/" + certificate.name();
        return new Standstill.Item(
                certificate.reference(),
                decides.provenance() instanceof Declared place
                        ? place
                        : certificate.tree().place(),
                name + " comes",
                name + " does not come",
                name + " " + why,
                evidence,
                confidence);
    }
}
