package dev.premortem.fact;

import java.time.Duration;
import java.util.List;

/**
 * Every default that may stand in for a missing fact, with its source. Rates are failures per year of 365.25 days. Where the source says
 * "engineering choice" no published figure was found.
 */
public final class Catalogue {
    private static final String CHOICE = "engineering choice, no published figure found (checked 2026-11-24)";

    /** Failures a year of a link between two sites (unprotected wavelength of 50 km, 99.7 %). */
    public static final Assumption<Double> LINK_FAILURES = new Assumption<>(
            "link.failures-per-year",
            0.5,
            0.3,
            6.0,
            "telus.com wavelength service terms, 99.7 % unprotected (2026-11-24)");

    /** Time to repair a link: dispatch and splicing. */
    public static final Assumption<Duration> LINK_REPAIR = new Assumption<>(
            "link.repair",
            Duration.ofHours(12),
            Duration.ofHours(2),
            Duration.ofHours(22),
            "fibre repair 4 h aerial to 22 h reported, Meza et al. IMC'18 MTTR 13 h (from memory)");

    /** Severe losses of a site a year. */
    public static final Assumption<Double> SITE_FAILURES = new Assumption<>(
            "site.failures-per-year",
            0.03,
            0.01,
            0.25,
            "Uptime Institute outage analysis 2025: severe outages about 10 % of 0.25 a year");

    /** Time until a lost site is back. */
    public static final Assumption<Duration> SITE_REPAIR =
            new Assumption<>("site.repair", Duration.ofHours(8), Duration.ofHours(2), Duration.ofHours(48), CHOICE);

    /** Failures a year of a common cause (provider, power grid): a tenth of a link's or site's own (beta factor). */
    public static final Assumption<Double> CAUSE_FAILURES =
            new Assumption<>("cause.failures-per-year", 0.05, 0.01, 0.5, "beta factor 0.1 of a link's rate; " + CHOICE);

    /** Time until a common cause is over. */
    public static final Assumption<Duration> CAUSE_REPAIR =
            new Assumption<>("cause.repair", Duration.ofHours(4), Duration.ofHours(1), Duration.ofHours(24), CHOICE);

    /** Failures a year of a whole self-run cluster (three control-plane nodes, or a change that takes it). */
    public static final Assumption<Double> CLUSTER_FAILURES =
            new Assumption<>("cluster.failures-per-year", 0.5, 0.1, 2.0, CHOICE);

    /** Time until a lost cluster is back. */
    public static final Assumption<Duration> CLUSTER_REPAIR = new Assumption<>(
            "cluster.repair", Duration.ofHours(1), Duration.ofMinutes(30), Duration.ofHours(8), CHOICE);

    /** Failures and reboots a year of a node. */
    public static final Assumption<Double> NODE_FAILURES = new Assumption<>(
            "node.failures-per-year", 0.6, 0.3, 2.0, "EC2 instance SLA 99.5 %, reboots about one a year; " + CHOICE);

    /** Time until a lost node is back. */
    public static final Assumption<Duration> NODE_REPAIR = new Assumption<>(
            "node.repair", Duration.ofMinutes(30), Duration.ofMinutes(10), Duration.ofHours(24), CHOICE);

    /** Failures a year of a single pod. */
    public static final Assumption<Double> POD_FAILURES =
            new Assumption<>("pod.failures-per-year", 4.0, 1.0, 26.0, CHOICE);

    /** Ordinary ends of a pod a year: rollouts, drains, evictions. They harm nothing while something replaces it. */
    public static final Assumption<Double> POD_ENDS =
            new Assumption<>("pod.ends-per-year", 12.0, 2.0, 52.0, "monthly maintenance; " + CHOICE);

    /** Failures a year of a hosted service (one machine or one SaaS). */
    public static final Assumption<Double> HOSTED_FAILURES =
            new Assumption<>("hosted-service.failures-per-year", 1.0, 0.3, 4.0, CHOICE);

    /** Time until a hosted service is back. */
    public static final Assumption<Duration> HOSTED_REPAIR = new Assumption<>(
            "hosted-service.repair", Duration.ofHours(1), Duration.ofMinutes(10), Duration.ofHours(8), CHOICE);

    /** Node lost until its pods are deleted: monitor grace period 50 s and tolerations of 300 s. */
    public static final Assumption<Duration> EVICTION = new Assumption<>(
            "pod.eviction",
            Duration.ofSeconds(350),
            Duration.ofSeconds(340),
            Duration.ofSeconds(350),
            "kube-controller-manager reference: node-monitor-grace-period 50 s since 1.32, DefaultTolerationSeconds 300 s");

    /** A volume that one node at a time may have, from its pod's deletion to another node: force detach, then attach. */
    public static final Assumption<Duration> FORCE_DETACH = new Assumption<>(
            "volume.force-detach",
            Duration.ofSeconds(390),
            Duration.ofSeconds(370),
            Duration.ofMinutes(8),
            "kubernetes/website: volumes of an unhealthy node are detached 6 min after a pod's deletion did not succeed; attach 10 to 60 s");

    /** A pod from scheduled to ready: image pull, start, readiness. */
    public static final Assumption<Duration> POD_START = new Assumption<>(
            "pod.start", Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofMinutes(5), CHOICE);

    /** A node from the pending pod to schedulable. */
    public static final Assumption<Duration> NODE_START = new Assumption<>(
            "node.start",
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(15),
            "cluster-autoscaler FAQ: 3 to 4 min on GCE (2026-08-22); the seed: up to 5 min");

    /** Failover of routing from a link that fails to the next. */
    public static final Assumption<Duration> CONVERGENCE = new Assumption<>(
            "link.convergence", Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(3), CHOICE);

    /** A load balancer from created to an address that answers. */
    public static final Assumption<Duration> LB_PROVISIONING = new Assumption<>(
            "load-balancer.provisioning",
            Duration.ofSeconds(90),
            Duration.ofSeconds(20),
            Duration.ofMinutes(4),
            CHOICE);

    /** TTL of a record that declares none. */
    public static final Assumption<Duration> RECORD_TTL = new Assumption<>(
            "record.ttl",
            Duration.ofHours(1),
            Duration.ofMinutes(1),
            Duration.ofDays(1),
            "default of Azure DNS, DigitalOcean, OVH, Scaleway: 3600 s");

    /** A person's steps, weekday with someone on call. */
    public static final Assumption<Duration> DETECT = new Assumption<>(
            "person.detect", Duration.ofMinutes(3), Duration.ofMinutes(1), Duration.ofMinutes(30), CHOICE);

    public static final Assumption<Duration> ACKNOWLEDGE = new Assumption<>(
            "person.acknowledge", Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofHours(4), CHOICE);

    public static final Assumption<Duration> DIAGNOSE_KNOWN = new Assumption<>(
            "person.diagnose-known", Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofMinutes(30), CHOICE);

    public static final Assumption<Duration> DIAGNOSE_UNKNOWN = new Assumption<>(
            "person.diagnose-unknown",
            Duration.ofMinutes(90),
            Duration.ofMinutes(60),
            Duration.ofMinutes(120),
            "the two seeds: an MTU mended before the carrier's few hours, 15 min that became 90");

    public static final Assumption<Duration> APPLY = new Assumption<>(
            "person.apply", Duration.ofMinutes(10), Duration.ofMinutes(2), Duration.ofMinutes(30), CHOICE);

    /** From a load balancer with a new address until a person has found out and corrected the record. */
    public static final Assumption<Duration> CORRECT_RECORD = new Assumption<>(
            "person.correct-record",
            Duration.ofMinutes(45),
            Duration.ofMinutes(5),
            Duration.ofHours(4),
            "the seed: about 45 min until it was noticed");

    /** How often external-dns looks. */
    public static final Assumption<Duration> EXTERNAL_DNS_INTERVAL = new Assumption<>(
            "external-dns.interval",
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            "kubernetes-sigs/external-dns, --interval 1m (v0.22.0)");

    /** Duration of one step of a change (delete, create, patch of one object). */
    public static final Assumption<Duration> CHANGE_STEP = new Assumption<>(
            "change.step", Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMinutes(5), CHOICE);

    private Catalogue() {}

    /** All assumptions, sorted by id. */
    public static List<Assumption<?>> all() {
        return List.of(
                CAUSE_FAILURES,
                CAUSE_REPAIR,
                CHANGE_STEP,
                CLUSTER_FAILURES,
                CLUSTER_REPAIR,
                HOSTED_FAILURES,
                HOSTED_REPAIR,
                EXTERNAL_DNS_INTERVAL,
                CORRECT_RECORD,
                CONVERGENCE,
                LINK_FAILURES,
                LINK_REPAIR,
                LB_PROVISIONING,
                NODE_FAILURES,
                NODE_REPAIR,
                NODE_START,
                ACKNOWLEDGE,
                APPLY,
                DETECT,
                DIAGNOSE_KNOWN,
                DIAGNOSE_UNKNOWN,
                POD_ENDS,
                EVICTION,
                POD_FAILURES,
                POD_START,
                FORCE_DETACH,
                RECORD_TTL,
                SITE_FAILURES,
                SITE_REPAIR);
    }
}
