package dev.premortem.model;

import dev.premortem.catalogue.AcmeLimits;
import dev.premortem.catalogue.AnnouncedChanges;
import dev.premortem.estate.CertificateOrder;
import dev.premortem.estate.Issuer;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Fact;
import dev.premortem.twin.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much of its life a certificate of cert-manager has left when it is renewed, by the day on which it is issued: {@code renewBefore} where that fits into the
 * real life, a third of the life otherwise.
 *
 * @param from day from which certificates are issued so
 * @param life real life
 * @param left what is left at the renewal
 */
public record RenewalPlan(CertificateOrder order, Instant from, Duration life, Duration left, List<Evidence> evidence) {
    private static final Duration NINETY_DAYS = Duration.ofDays(90);
    private static final String SOURCE =
            "cert-manager pkg/util/pki/renewaltime.go: renewBefore, or a third of the real life where it does not fit (2026-11-24)";

    /** The plan for certificates that are issued now, and those that announced changes bring until an instant; empty where its issuer's lives are not known. */
    public static List<RenewalPlan> of(Sketch sketch, CertificateOrder order, Instant until) {
        Optional<Issuer> issuer = sketch.estate().all(Issuer.class).stream()
                .filter(each -> each.orderedBy().isEmpty()
                        && each.cluster().equals(order.cluster())
                        && each.name().equals(order.issuer().value()))
                .findFirst();
        if (issuer.isEmpty()) {
            return List.of();
        }
        boolean encrypt = issuer.get().kind().equals("acme")
                && AcmeLimits.letsEncrypt(issuer.get().server().map(Fact::value).orElse(""));
        boolean own = List.of("ca", "selfSigned", "vault").contains(issuer.get().kind());
        if (own) {
            Duration life = order.duration().map(Fact::value).orElse(NINETY_DAYS);
            return List.of(plan(order, sketch.now(), life, List.of()));
        }
        List<RenewalPlan> plans = new ArrayList<>();
        Instant day = sketch.now();
        while (encrypt && !day.isAfter(until)) {
            Optional<AnnouncedChanges.Life> life = AnnouncedChanges.life("classic", day, sketch.now());
            if (life.isPresent()
                    && (plans.isEmpty()
                            || !plans.getLast().life().equals(life.get().life()))) {
                plans.add(plan(
                        order,
                        plans.isEmpty() ? sketch.now() : life.get().from(),
                        life.get().life(),
                        List.of(new Evidence(
                                "a certificate lives " + life.get().life().toDays() + " days",
                                new Assumed(
                                        "behaviour.certificate-life", life.get().source())))));
            }
            day = day.plus(Duration.ofDays(1));
        }
        return plans;
    }

    private static RenewalPlan plan(CertificateOrder order, Instant from, Duration life, List<Evidence> more) {
        Optional<Fact<Duration>> set = order.renewBefore()
                .filter(before ->
                        before.value().compareTo(life) < 0 && !before.value().isZero());
        Duration left = set.map(Fact::value).orElse(life.dividedBy(3));
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(set.map(fact -> Evidence.of("renewBefore " + Durations.words(fact.value()), fact))
                .orElseGet(() -> new Evidence("no renewBefore that fits", order.place())));
        evidence.addAll(more);
        evidence.add(new Evidence("when cert-manager renews", new Assumed("behaviour.renewal-time", SOURCE)));
        return new RenewalPlan(order, from, life, left, evidence);
    }
}
