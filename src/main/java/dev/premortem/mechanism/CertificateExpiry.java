package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Certificate;
import dev.premortem.estate.CertificateOrder;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Issuer;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Route;
import dev.premortem.fact.Fact;
import dev.premortem.model.FrozenSecrets;
import dev.premortem.model.NeverIssued;
import dev.premortem.model.Proposal;
import dev.premortem.model.RemovedDefinitions;
import dev.premortem.model.Sketch;
import dev.premortem.model.Standstill;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Step;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.process.Expiry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A certificate that a route serves ends, and nothing in the estate renews it. Seen in public many times, at companies that make certificates
 * too.
 */
@AutoService(Mechanism.class)
public final class CertificateExpiry implements Mechanism {
    private static final Duration BEFORE_THE_END = Duration.ofDays(30);

    @Override
    public String id() {
        return "certificate-expiry";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.B;
    }

    @Override
    public Optional<String> lacks(Sketch sketch) {
        return sketch.estate().all(Certificate.class).stream()
                        .anyMatch(certificate -> certificate.cluster().isEmpty() && !certificate.authority())
                ? Optional.empty()
                : Optional.of("no served certificates given");
    }

    @Override
    public boolean mendable() {
        return true;
    }

    @Override
    public void contribute(Sketch sketch) {
        if (!sketch.simulating()) {
            frozen(sketch);
            removed(sketch);
            never(sketch);
        }
        for (Certificate certificate : sketch.estate().all(Certificate.class)) {
            boolean ends = certificate.notAfter().isBefore(sketch.now().plus(sketch.horizon()));
            if (certificate.cluster().isPresent() || certificate.authority() || !ends || renewed(sketch, certificate)) {
                continue;
            }
            List<Route> routes = routes(sketch, certificate);
            if (!routes.isEmpty()) {
                draw(sketch, certificate, routes);
            }
        }
    }

    /** Renewed, and never seen by the pod that serves it. */
    private void frozen(Sketch sketch) {
        FrozenSecrets.of(sketch)
                .forEach((cluster, items) -> new Standstill(
                                id(),
                                cluster,
                                "renewal",
                                OutageClass.B,
                                new Standstill.Words(
                                        "the first certificates are valid",
                                        "a pod runs longer than the certificate that it started with",
                                        "pods of " + cluster + " serve what was renewed",
                                        "clients refuse the connection until the pod is made anew",
                                        "when a pod outlives its certificate"))
                        .propose(
                                sketch,
                                items,
                                items.getFirst().of().name()
                                        + (items.size() == 1 ? "" : " and " + (items.size() - 1) + " more")
                                        + " of " + cluster + " never see" + (items.size() == 1 ? "s" : "")
                                        + " a renewed certificate: mounted by subPath"));
    }

    private void removed(Sketch sketch) {
        RemovedDefinitions.of(sketch)
                .forEach((cluster, items) -> new Standstill(
                                id(),
                                cluster,
                                "definitions",
                                OutageClass.D,
                                new Standstill.Words(
                                        "cert-manager stays installed",
                                        "the release of cert-manager is renamed, moved or pruned",
                                        "certificates of " + cluster + " are renewed",
                                        "each certificate ends on its day",
                                        "when cert-manager's release goes"))
                        .propose(
                                sketch,
                                items,
                                "certificates of " + cluster + " go with cert-manager's release: its definitions are"
                                        + " not kept"));
    }

    /** Asked for in a way that gives none: one that is there ends, and a new cluster never has one. */
    private void never(Sketch sketch) {
        NeverIssued.of(sketch)
                .forEach((cluster, items) -> new Standstill(
                                id(),
                                cluster,
                                "issue",
                                OutageClass.A,
                                new Standstill.Words(
                                        "earlier certificates are valid",
                                        "a certificate is needed anew: the first, a renewal, a new cluster",
                                        "certificates of " + cluster + " come as they are asked for",
                                        "what serves it has no certificate that clients trust",
                                        "when a certificate is needed anew"))
                        .propose(
                                sketch,
                                items,
                                items.getFirst().why()
                                        + (items.size() == 1 ? "" : ", and " + (items.size() - 1) + " more alike")));
    }

    static Condition valid(Certificate certificate) {
        return Condition.of(certificate.secret().orElse(certificate.reference()).text(), "certificate");
    }

    /** An order for the same Secret renews it long before its end (cert-manager: at two thirds of its life). */
    private static boolean renewed(Sketch sketch, Certificate certificate) {
        if (certificate.secret().isEmpty()) {
            return false;
        }
        String secret = certificate.secret().get().text();
        return sketch.estate().all(CertificateOrder.class).stream()
                .anyMatch(order -> Reference.object(
                                order.cluster(),
                                order.namespace(),
                                "Secret",
                                order.secretName().value())
                        .text()
                        .equals(secret));
    }

    private static List<Route> routes(Sketch sketch, Certificate certificate) {
        List<Route> found = new ArrayList<>();
        for (Route route : sketch.estate().all(Route.class)) {
            boolean named =
                    certificate.secret().isPresent() && route.secretReference().equals(certificate.secret());
            // A file that no Secret holds: served where a route has TLS and nothing says from where.
            boolean guessed = certificate.secret().isEmpty()
                    && route.tls()
                    && route.secret().isEmpty()
                    && route.resolver().isEmpty()
                    && covers(certificate, route);
            if (named || guessed) {
                found.add(route);
            }
        }
        return found;
    }

    private static boolean covers(Certificate certificate, Route route) {
        return !route.hosts().isEmpty()
                && route.hosts().stream()
                        .map(Fact::value)
                        .allMatch(host -> certificate.names().stream()
                                .anyMatch(name -> name.equalsIgnoreCase(host)
                                        || (name.startsWith("*.")
                                                && host.indexOf('.') > 0
                                                && host.substring(host.indexOf('.'))
                                                        .toLowerCase(Locale.ROOT)
                                                        .equals(name.substring(1)
                                                                .toLowerCase(Locale.ROOT)))));
    }

    private void draw(Sketch sketch, Certificate certificate, List<Route> routes) {
        String names = certificate.names().isEmpty() ? certificate.subject() : String.join(", ", certificate.names());
        Evidence end = new Evidence("notAfter " + certificate.notAfter(), certificate.place());
        Condition valid = valid(certificate);
        if (sketch.twin().defines(valid)) {
            return;
        }
        sketch.twin()
                .basic(
                        valid,
                        true,
                        Meaning.of(
                                id(),
                                "the certificate of " + names + " is valid",
                                "the certificate of " + names + " ends: clients refuse the connection",
                                end));
        String key = "expiry:" + valid.name();
        sketch.twin()
                .process(new Expiry(
                        key,
                        id(),
                        valid,
                        List.of(Expiry.Span.of(begins(sketch, certificate), certificate.notAfter()))));
        List<Evidence> served = new ArrayList<>(List.of(end));
        for (Route route : routes) {
            sketch.twin().require(sketch.front().route(route), valid);
            served.add(route.secret()
                    .map(secret -> Evidence.of("served by " + route.name(), secret))
                    .orElseGet(() -> new Evidence("served by " + route.name(), route.place())));
        }
        LocalDate day = LocalDate.ofInstant(certificate.notAfter(), ZoneOffset.UTC);
        sketch.propose(new Proposal(
                id(),
                Trigger.Type.TIME,
                outageClass(),
                valid,
                List.of(),
                Set.of(key),
                Optional.of(certificate.notAfter()),
                certificate.secret().isPresent() ? Confidence.LIKELY : Confidence.POSSIBLE,
                "on " + day + " when the certificate of " + names + " ends",
                diagnosis(),
                List.of(new Step(
                        valid.name(),
                        "nothing in the estate renews the certificate of " + names,
                        Optional.empty(),
                        served)),
                List.of(new Instance(certificate.reference().text(), certificate.place()))));
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Remedy> remedies = new ArrayList<>();
        for (Certificate certificate : sketch.estate().all(Certificate.class)) {
            if (!valid(certificate).name().equals(outage.pivot())) {
                continue;
            }
            certificate
                    .secret()
                    .flatMap(secret -> order(sketch, certificate, secret))
                    .ifPresent(remedies::add);
            remedies.add(Remedy.proposed(
                    "renew it by hand before " + LocalDate.ofInstant(certificate.notAfter(), ZoneOffset.UTC),
                    List.of(renewal(sketch, certificate)),
                    List.of(
                            "order a certificate for " + String.join(", ", certificate.names()),
                            "put it in its place and look at what is served")));
        }
        return remedies;
    }

    /** Lets an issuer that the cluster already has renew it. */
    private static Optional<Remedy> order(Sketch sketch, Certificate certificate, Reference secret) {
        List<Route> routes = routes(sketch, certificate);
        String[] parts = secret.text().split("/", 0);
        if (routes.isEmpty() || parts.length != 4 || certificate.names().isEmpty()) {
            return Optional.empty();
        }
        Optional<Issuer> issuer = sketch.estate().all(Issuer.class).stream()
                .filter(candidate ->
                        candidate.cluster().equals(routes.getFirst().cluster())
                                && candidate.orderedBy().isEmpty())
                .findFirst();
        return issuer.map(found -> {
            StringBuilder names = new StringBuilder();
            certificate
                    .names()
                    .forEach(name -> names.append("    - \"").append(name).append("\"\n"));
            String document = """
                    apiVersion: cert-manager.io/v1
                    kind: Certificate
                    metadata:
                      name: %s
                      namespace: %s
                    spec:
                      secretName: %s
                      issuerRef:
                        name: %s
                        kind: %s
                      dnsNames:
                    %s""".formatted(
                            parts[3],
                            parts[1],
                            parts[3],
                            found.name(),
                            found.reference().text().contains("ClusterIssuer") ? "ClusterIssuer" : "Issuer",
                            names);
            String file = routes.getFirst().place().file();
            return Remedy.proposed(
                    "let issuer " + found.name() + " renew it",
                    List.of(new Edit.AddDocument(file, document)),
                    List.of("see that the Certificate becomes Ready before the old one ends"));
        });
    }

    /** A certificate that begins later than {@code now} (an estate judged as of an earlier day) is told for its end, not for its beginning. */
    static Instant begins(Sketch sketch, Certificate certificate) {
        return certificate.notBefore().isBefore(sketch.now()) ? certificate.notBefore() : sketch.now();
    }

    /** The act of renewing: at once, or a month before the end where that is later, so that it puts the end off by most of a life. */
    static Edit renewal(Sketch sketch, Certificate certificate) {
        Instant month = certificate.notAfter().minus(BEFORE_THE_END);
        return new Edit.Renew(certificate.reference(), month.isAfter(sketch.now()) ? month : sketch.now());
    }
}
