package dev.premortem.model;

import dev.premortem.estate.CertificateOrder;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.twin.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Alerts that contradict what they watch: they must fire while all is well, or cannot fire in time. Only where both sides are known. */
public final class AlertFindings {
    private static final String ORDERED = "certmanager_certificate_expiration_timestamp_seconds";
    private static final String EXPORTED = "x509_cert_not_after";
    private static final String PROBED = "probe_ssl_earliest_cert_expiry";
    private static final String TRAEFIK = "traefik_tls_certs_not_after";
    private static final Set<String> ENDS =
            Set.of(ORDERED, EXPORTED, PROBED, TRAEFIK, "ssl_cert_not_after", "ssl_verified_cert_not_after");
    private static final Set<String> CRON =
            Set.of("kube_cronjob_status_last_successful_time", "kube_cronjob_status_last_schedule_time");
    private static final String JOBS = "kube_job_status_completion_time";
    private static final String BACKUPS = "velero_backup_last_successful_timestamp";
    private static final String RECORDS = "external_dns_controller_last_sync_timestamp_seconds";

    /** Labels that say who measured, not what. */
    private static final Set<String> MEASURED = Set.of("job", "service", "container", "pod", "endpoint", "instance");

    private static final Duration SURE = Duration.ofHours(1);

    /**
     * One contradiction.
     *
     * @param silent true where the alert cannot fire in time; false where it fires while all is well
     * @param seconds threshold of the comparison
     * @param reason why, as a clause: {@code main/shop-tls is renewed with 15 d left}
     * @param from day from which that is so, where it is not so yet
     * @param better a threshold that would do, in seconds; empty where none is known
     */
    public record Finding(
            AlertRule rule,
            Promql.Comparison comparison,
            boolean silent,
            Duration seconds,
            String reason,
            Optional<Instant> from,
            Optional<Duration> better,
            List<Evidence> evidence) {}

    /** What an alert watches, and how far it goes while all is well. */
    private record Watched(
            String name, Duration normal, Optional<Instant> from, Duration life, List<Evidence> evidence) {}

    private final Sketch sketch;

    private AlertFindings(Sketch sketch) {
        this.sketch = sketch;
    }

    /** All of the estate, in its order. */
    public static List<Finding> all(Sketch sketch) {
        List<AlertRule> rules = AlertRule.all(sketch);
        Map<AlertRule, Promql.Comparison> read = new LinkedHashMap<>();
        rules.forEach(rule -> Promql.read(rule.text()).ifPresent(comparison -> read.putIfAbsent(rule, comparison)));
        AlertFindings findings = new AlertFindings(sketch);
        List<Finding> found = new ArrayList<>();
        read.forEach((rule, comparison) -> rule.holds().ifPresent(hold -> {
            findings.early(rule, comparison, hold).ifPresent(found::add);
            findings.late(rule, comparison, hold, read).ifPresent(found::add);
        }));
        return found;
    }

    private static Duration seconds(Promql.Comparison comparison) {
        return Duration.ofSeconds(Math.round(Math.min(Math.abs(comparison.seconds()), 1e11)));
    }

    /** It fires although what it watches goes as it should. */
    private Optional<Finding> early(AlertRule rule, Promql.Comparison comparison, Duration hold) {
        List<Watched> watched = comparison.left() ? certificates(rule, comparison) : runs(rule, comparison);
        Duration threshold = seconds(comparison);
        if (comparison.seconds() <= 0 || (comparison.all() && watched.size() != 1)) {
            return Optional.empty();
        }
        List<Watched> wrong = watched.stream()
                .filter(each -> comparison.left()
                        ? threshold.minus(hold).minus(each.normal()).compareTo(SURE) >= 0
                        : each.normal().minus(hold).minus(threshold).compareTo(Duration.ofMinutes(1)) >= 0)
                .toList();
        if (wrong.isEmpty()) {
            return Optional.empty();
        }
        // What is so already is told; what an announced day brings only where nothing is.
        Watched first =
                wrong.stream().filter(each -> each.from().isEmpty()).findFirst().orElse(wrong.getFirst());
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.of("alert " + rule.name() + " at " + words(threshold), rule.expression()));
        rule.hold().ifPresent(text -> evidence.add(Evidence.of("for " + text.value(), text)));
        evidence.addAll(first.evidence());
        long others = wrong.stream().map(Watched::name).distinct().count() - 1;
        String reason = first.name()
                + (others > 0 ? " and " + others + " more" : "")
                + (comparison.left()
                        ? " is renewed when " + words(first.normal()) + " are left"
                        : " comes every " + words(first.normal()));
        Optional<Instant> from = first.from().map(day -> day.plus(first.life()).minus(threshold));
        Optional<Duration> better = comparison.left()
                ? wrong.stream().map(Watched::normal).min(Duration::compareTo).map(AlertFindings::half)
                : wrong.stream().map(Watched::normal).max(Duration::compareTo).map(gap -> gap.multipliedBy(2));
        return Optional.of(new Finding(rule, comparison, false, threshold, reason, from, better, evidence));
    }

    private static Duration half(Duration left) {
        long days = left.toDays() / 2;
        return days > 0 ? Duration.ofDays(days) : left.dividedBy(2);
    }

    private static String words(Duration duration) {
        return Durations.words(duration);
    }

    /** It fires, but a person has no time left; and no other alert on the same metric comes earlier. */
    private Optional<Finding> late(
            AlertRule rule, Promql.Comparison comparison, Duration hold, Map<AlertRule, Promql.Comparison> read) {
        if (!comparison.left() || !ENDS.contains(comparison.metric())) {
            return Optional.empty();
        }
        Duration needs = sketch.duration(Catalogue.ACKNOWLEDGE)
                .value()
                .plus(sketch.duration(Catalogue.DIAGNOSE_KNOWN).value())
                .plus(sketch.duration(Catalogue.APPLY).value());
        Duration margin = Duration.ofSeconds(Math.round(comparison.seconds())).minus(hold);
        boolean earlier = read.entrySet().stream()
                .anyMatch(other -> !other.getKey().equals(rule)
                        && other.getKey().cluster().equals(rule.cluster())
                        && ENDS.contains(other.getValue().metric())
                        && other.getValue().left()
                        && seconds(other.getValue())
                                        .minus(other.getKey().holds().orElse(Duration.ZERO))
                                        .compareTo(needs)
                                >= 0);
        if (margin.compareTo(needs) >= 0 || earlier) {
            return Optional.empty();
        }
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.of("alert " + rule.name(), rule.expression()));
        rule.hold().ifPresent(text -> evidence.add(Evidence.of("for " + text.value(), text)));
        String reason = margin.isNegative() || margin.isZero()
                ? "it has to hold for longer than its threshold leaves, so it comes after the end"
                : "it leaves " + words(margin) + ", and a person needs about " + words(needs);
        return Optional.of(new Finding(
                rule,
                comparison,
                true,
                seconds(comparison),
                reason,
                Optional.empty(),
                Optional.of(Duration.ofDays(7)),
                evidence));
    }

    /** The certificates on which an alert looks, with what is left of each when it is renewed. */
    private List<Watched> certificates(AlertRule rule, Promql.Comparison comparison) {
        List<Watched> watched = new ArrayList<>();
        Instant until = sketch.now().plus(sketch.horizon());
        for (CertificateOrder order : sketch.estate().all(CertificateOrder.class)) {
            if (order.cluster().equals(rule.cluster()) && looksAt(comparison, order)) {
                for (RenewalPlan plan : RenewalPlan.of(sketch, order, until)) {
                    watched.add(new Watched(
                            order.namespace() + "/" + order.name(),
                            plan.left(),
                            plan.from().isAfter(sketch.now()) ? Optional.of(plan.from()) : Optional.empty(),
                            plan.life(),
                            plan.evidence()));
                }
            }
        }
        return watched;
    }

    private static boolean looksAt(Promql.Comparison comparison, CertificateOrder order) {
        return switch (comparison.metric()) {
            case ORDERED ->
                fits(comparison, label -> switch (label) {
                    case "name" -> Optional.of(order.name());
                    case "exported_namespace", "namespace" -> Optional.of(order.namespace());
                    case "issuer_name" -> Optional.of(order.issuer().value());
                    default -> Optional.empty();
                });
            case EXPORTED ->
                comparison.labels().stream().anyMatch(label -> label.name().equals("secret_name"))
                        && fits(comparison, label -> switch (label) {
                            case "secret_name" -> Optional.of(order.secretName().value());
                            case "secret_namespace" -> Optional.of(order.namespace());
                            default -> Optional.empty();
                        });
            default -> false;
        };
    }

    private interface Values {
        Optional<String> of(String label);
    }

    /** True where every label fits; one that is not known fits nothing. */
    private static boolean fits(Promql.Comparison comparison, Values values) {
        return comparison.labels().stream()
                .allMatch(label -> values.of(label.name()).map(label::fits).orElse(MEASURED.contains(label.name())));
    }

    /** The things that an alert expects to come again, with the longest time between two of them. */
    private List<Watched> runs(AlertRule rule, Promql.Comparison comparison) {
        List<Watched> watched = new ArrayList<>();
        List<KubernetesObject> repeated = new ArrayList<>(sketch.estate().objects("CronJob"));
        repeated.addAll(sketch.estate().objects("Schedule"));
        for (KubernetesObject object : repeated) {
            boolean job = object.kind().equals("CronJob");
            boolean backup =
                    object.kind().equals("Schedule") && object.apiVersion().startsWith("velero.io/");
            boolean paused = object.tree()
                    .at("spec.suspend")
                    .or(() -> object.tree().at("spec.paused"))
                    .filter(tree -> tree instanceof Tree.Scalar scalar && scalar.isTrue())
                    .isPresent();
            if (object.cluster().equals(rule.cluster())
                    && !paused
                    && ((job && cron(comparison, object)) || (backup && backup(comparison, object)))) {
                object.tree()
                        .text("spec.schedule")
                        .ifPresent(line -> Schedule.parse(line.value())
                                .flatMap(schedule -> schedule.longest(sketch.now()))
                                .ifPresent(
                                        gap -> watched.add(came(object.namespace() + "/" + object.name(), gap, line))));
            }
        }
        if (comparison.metric().equals(RECORDS)) {
            records(rule).ifPresent(watched::add);
        }
        return watched;
    }

    private static Watched came(String name, Duration gap, Fact<String> line) {
        return new Watched(name, gap, Optional.empty(), gap, List.of(Evidence.of("schedule " + line.value(), line)));
    }

    private static boolean cron(Promql.Comparison comparison, KubernetesObject object) {
        boolean job = comparison.metric().equals(JOBS);
        boolean named =
                comparison.labels().stream().anyMatch(label -> label.name().equals("job_name"));
        return ((job && named) || CRON.contains(comparison.metric()))
                && fits(comparison, label -> switch (label) {
                    case "cronjob" -> Optional.of(object.name());
                    // Jobs of a CronJob bear its name and the minute of their run.
                    case "job_name" -> Optional.of(object.name() + "-29400000");
                    case "namespace", "exported_namespace" -> Optional.of(object.namespace());
                    default -> Optional.empty();
                });
    }

    private static boolean backup(Promql.Comparison comparison, KubernetesObject object) {
        return comparison.metric().equals(BACKUPS)
                && fits(comparison, label -> label.equals("schedule") ? Optional.of(object.name()) : Optional.empty());
    }

    /** external-dns looks every {@code --interval}, a minute where it is not told; of several the most frequent one. */
    private Optional<Watched> records(AlertRule rule) {
        Optional<Watched> least = Optional.empty();
        for (Workload workload : sketch.estate().all(Workload.class)) {
            for (Workload.Container container : workload.containers()) {
                if (!workload.cluster().equals(rule.cluster())
                        || !container.image().value().contains("external-dns")) {
                    continue;
                }
                Optional<Fact<String>> told = container.arguments().stream()
                        .filter(argument -> argument.value().startsWith("--interval="))
                        .findFirst();
                Optional<Duration> every = told.isEmpty()
                        ? Optional.of(Duration.ofMinutes(1))
                        : told.flatMap(text -> Durations.parse(text.value().substring("--interval=".length())));
                if (every.isEmpty()) {
                    return Optional.empty();
                }
                if (least.isEmpty() || every.get().compareTo(least.get().normal()) < 0) {
                    least = Optional.of(new Watched(
                            workload.namespace() + "/" + workload.name(),
                            every.get(),
                            Optional.empty(),
                            every.get(),
                            told.map(fact -> List.of(Evidence.of(fact))).orElse(List.of())));
                }
            }
        }
        return least;
    }
}
