package dev.premortem.fact;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
            "telus.com wavelength service terms, 99.7 % unprotected (2026-11-24)",
            "count the link's outages in the carrier's tickets, or in your monitoring of its far end, over two years or more");

    /** Time to repair a link: dispatch and splicing. */
    public static final Assumption<Duration> LINK_REPAIR = new Assumption<>(
            "link.repair",
            Duration.ofHours(12),
            Duration.ofHours(2),
            Duration.ofHours(22),
            "fibre repair 4 h aerial to 22 h reported, Meza et al. IMC'18 MTTR 13 h (from memory)",
            "take the mean length of its outages from the same tickets");

    /** The part of the failures of the more reliable of two links that strikes the other as well (beta factor). */
    public static final Assumption<Double> LINK_COMMON_CAUSE = new Assumption<>(
            "link.common-cause",
            0.1,
            0.02,
            0.3,
            "beta factor of diverse links 0.1, same carrier 0.2, same building entry 0.3; " + CHOICE,
            "ask both carriers for the route (ducts, building entry, power), and see in the tickets which outages struck both links");

    /** How likely a standby link that nobody has tried does not take over. */
    public static final Assumption<Double> LINK_FAILOVER = new Assumption<>(
            "link.failover-fails",
            0.2,
            0.05,
            0.5,
            "never tried: one in five; " + CHOICE,
            "take the preferred link down in a quiet hour, with full-size packets, and see whether everything gets through; declare a probe over the standby link for the time between");

    /** How likely a standby link does not take over that a probe watches. */
    public static final Assumption<Double> LINK_FAILOVER_PROBED = new Assumption<>(
            "link.failover-fails-probed",
            0.05,
            0.01,
            0.2,
            "probed monthly: one in twenty; " + CHOICE,
            "take the preferred link down in a quiet hour and see whether everything gets through; count how often it did not");

    /** Bad releases a year of a component that goes to all its clusters alike: one change a month, of which one in a hundred is seen by users. */
    public static final Assumption<Double> RELEASE_FAILURES = new Assumption<>(
            "release.failures-per-year",
            0.12,
            0.02,
            1.2,
            "1 % of infrastructure changes are outages that customers see (DORA 2024: 5 to 40 % of changes fail), a change a month; "
                    + CHOICE,
            "count the component's releases in a year, and those that were taken back because users saw them");

    /** Time until a bad release is taken back. */
    public static final Assumption<Duration> RELEASE_REPAIR = new Assumption<>(
            "release.repair",
            Duration.ofMinutes(60),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            "60 min with rollback, 120 min without; " + CHOICE,
            "time the way back from a release in an exercise, from the alert to all clusters");

    /** How often a year an issuer renews nothing until certificates end: six renewals a year, one in a thousand. */
    public static final Assumption<Double> ISSUER_FAILURES = new Assumption<>(
            "issuer.failures-per-year",
            0.006,
            0.0006,
            0.06,
            "automated renewal fails until expiry in 0.1 % of cycles with alerting, 1 % without; " + CHOICE,
            "count certificates that ended before they were renewed, of all renewals of the last years");

    /** Time until somebody has a certificate again. */
    public static final Assumption<Duration> ISSUER_REPAIR = new Assumption<>(
            "issuer.repair",
            Duration.ofHours(2),
            Duration.ofMinutes(30),
            Duration.ofHours(24),
            CHOICE,
            "order a certificate by hand in an exercise, and time it until it is served");

    /** Severe losses of a site a year. */
    public static final Assumption<Double> SITE_FAILURES = new Assumption<>(
            "site.failures-per-year",
            0.03,
            0.01,
            0.25,
            "Uptime Institute outage analysis 2025: severe outages about 10 % of 0.25 a year",
            "ask the data centre for its outages of the last five years and count those that took the whole site");

    /** Time until a lost site is back. */
    public static final Assumption<Duration> SITE_REPAIR = new Assumption<>(
            "site.repair",
            Duration.ofHours(8),
            Duration.ofHours(2),
            Duration.ofHours(48),
            CHOICE,
            "ask how long they took until everything was back, restart of your own systems included");

    /** Failures a year of a common cause (provider, power grid): a tenth of a link's or site's own (beta factor). */
    public static final Assumption<Double> CAUSE_FAILURES = new Assumption<>(
            "cause.failures-per-year",
            0.05,
            0.01,
            0.5,
            "beta factor 0.1 of a link's rate; " + CHOICE,
            "ask the provider (power, carrier) how often in five years it failed as a whole");

    /** Time until a common cause of sites is over; one of links is mended as a link is. */
    public static final Assumption<Duration> CAUSE_REPAIR = new Assumption<>(
            "cause.repair",
            Duration.ofHours(4),
            Duration.ofHours(1),
            Duration.ofHours(24),
            CHOICE,
            "ask how long it took each time");

    /** Failures a year of a whole self-run cluster (three control-plane nodes, or a change that takes it). */
    public static final Assumption<Double> CLUSTER_FAILURES = new Assumption<>(
            "cluster.failures-per-year",
            0.5,
            0.1,
            2.0,
            CHOICE,
            "count the incidents that took a whole cluster in your incident list, upgrades included");

    /** Time until a lost cluster is back. */
    public static final Assumption<Duration> CLUSTER_REPAIR = new Assumption<>(
            "cluster.repair",
            Duration.ofHours(1),
            Duration.ofMinutes(30),
            Duration.ofHours(8),
            CHOICE,
            "take their mean length, or rebuild a cluster in an exercise and time it");

    /** Failures and reboots a year of a node. */
    public static final Assumption<Double> NODE_FAILURES = new Assumption<>(
            "node.failures-per-year",
            0.6,
            0.3,
            2.0,
            "EC2 instance SLA 99.5 %, reboots about one a year; " + CHOICE,
            "count nodes that went NotReady without a drain in a year (kube_node_status_condition), and divide by the nodes");

    /** Time until a lost node is back. */
    public static final Assumption<Duration> NODE_REPAIR = new Assumption<>(
            "node.repair",
            Duration.ofMinutes(30),
            Duration.ofMinutes(10),
            Duration.ofHours(24),
            CHOICE,
            "take the mean time from NotReady to Ready from the same metric");

    /** Failures a year of a single pod. */
    public static final Assumption<Double> POD_FAILURES = new Assumption<>(
            "pod.failures-per-year",
            4.0,
            1.0,
            26.0,
            CHOICE,
            "count restarts that were no rollout (kube_pod_container_status_restarts_total) over a year, per pod");

    /** Ordinary ends of a pod a year: rollouts, drains, evictions. They harm nothing while something replaces it. */
    public static final Assumption<Double> POD_ENDS = new Assumption<>(
            "pod.ends-per-year",
            12.0,
            2.0,
            52.0,
            "monthly maintenance; " + CHOICE,
            "count how often the pod was replaced in a month: rollouts, drains, evictions (kube_pod_created)");

    /** Failures a year of a hosted service (one machine or one SaaS). */
    public static final Assumption<Double> HOSTED_FAILURES = new Assumption<>(
            "hosted-service.failures-per-year",
            1.0,
            0.3,
            4.0,
            CHOICE,
            "count its outages on its status page or in your monitoring over two years");

    /** Time until a hosted service is back. */
    public static final Assumption<Duration> HOSTED_REPAIR = new Assumption<>(
            "hosted-service.repair",
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            Duration.ofHours(8),
            CHOICE,
            "take their mean length from the same place");

    /** Node lost until its pods are deleted: monitor grace period 50 s and tolerations of 300 s. */
    public static final Assumption<Duration> EVICTION = new Assumption<>(
            "pod.eviction",
            Duration.ofSeconds(350),
            Duration.ofSeconds(340),
            Duration.ofSeconds(350),
            "kube-controller-manager reference: node-monitor-grace-period 50 s since 1.32, DefaultTolerationSeconds 300 s",
            "read node-monitor-grace-period of the controller manager and the pods' tolerations, or stop a kubelet and time it");

    /** A volume that one node at a time may have, from its pod's deletion to another node: force detach, then attach. */
    public static final Assumption<Duration> FORCE_DETACH = new Assumption<>(
            "volume.force-detach",
            Duration.ofSeconds(390),
            Duration.ofSeconds(370),
            Duration.ofMinutes(8),
            "kubernetes/website: volumes of an unhealthy node are detached 6 min after a pod's deletion did not succeed; attach 10 to 60 s",
            "stop a node that has such a volume in a test cluster and time it until the pod runs elsewhere");

    /** A pod from scheduled to ready: image pull, start, readiness. */
    public static final Assumption<Duration> POD_START = new Assumption<>(
            "pod.start",
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            CHOICE,
            "take it from kube_pod_status_ready_time less kube_pod_status_scheduled_time, or time a rollout restart");

    /** A node from the pending pod to schedulable. */
    public static final Assumption<Duration> NODE_START = new Assumption<>(
            "node.start",
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(15),
            "cluster-autoscaler FAQ: 3 to 4 min on GCE (2026-08-22); the seed: up to 5 min",
            "scale a pool up by one and time it from the pending pod to Ready");

    /** Failover of routing from a link that fails to the next. */
    public static final Assumption<Duration> CONVERGENCE = new Assumption<>(
            "link.convergence",
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofMinutes(3),
            CHOICE,
            "take the preferred link down in a quiet hour and time the gap of a ping through it");

    /** A load balancer from created to an address that answers. */
    public static final Assumption<Duration> LB_PROVISIONING = new Assumption<>(
            "load-balancer.provisioning",
            Duration.ofSeconds(90),
            Duration.ofSeconds(20),
            Duration.ofMinutes(4),
            CHOICE,
            "create a Service of type LoadBalancer in a test namespace and time it until it answers");

    /** TTL of a record that declares none. */
    public static final Assumption<Duration> RECORD_TTL = new Assumption<>(
            "record.ttl",
            Duration.ofHours(1),
            Duration.ofMinutes(1),
            Duration.ofDays(1),
            "default of Azure DNS, DigitalOcean, OVH, Scaleway: 3600 s",
            "ask the zone's name server for the record (dig) and read the TTL");

    /** A person's steps, weekday with someone on call. */
    public static final Assumption<Duration> DETECT = new Assumption<>(
            "person.detect",
            Duration.ofMinutes(3),
            Duration.ofMinutes(1),
            Duration.ofMinutes(30),
            CHOICE,
            "take the time from start to first alert from your last ten incidents");

    public static final Assumption<Duration> ACKNOWLEDGE = new Assumption<>(
            "person.acknowledge",
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofHours(4),
            CHOICE,
            "take the time from alert to acknowledgement from the tool that pages you");

    public static final Assumption<Duration> DIAGNOSE_KNOWN = new Assumption<>(
            "person.diagnose-known",
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            CHOICE,
            "take it from incidents whose runbook existed");

    public static final Assumption<Duration> DIAGNOSE_UNKNOWN = new Assumption<>(
            "person.diagnose-unknown",
            Duration.ofMinutes(90),
            Duration.ofMinutes(60),
            Duration.ofMinutes(120),
            "the two seeds: an MTU mended before the carrier's few hours, 15 min that became 90",
            "take it from incidents that nobody had seen before");

    public static final Assumption<Duration> APPLY = new Assumption<>(
            "person.apply",
            Duration.ofMinutes(10),
            Duration.ofMinutes(2),
            Duration.ofMinutes(30),
            CHOICE,
            "time the way of a one-line change from commit to running");

    /** From a load balancer with a new address until a person has found out and corrected the record. */
    public static final Assumption<Duration> CORRECT_RECORD = new Assumption<>(
            "person.correct-record",
            Duration.ofMinutes(45),
            Duration.ofMinutes(5),
            Duration.ofHours(4),
            "the seed: about 45 min until it was noticed",
            "in an exercise, change a record by hand and time it from the alert on");

    /** How often external-dns looks. */
    public static final Assumption<Duration> EXTERNAL_DNS_INTERVAL = new Assumption<>(
            "external-dns.interval",
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            "kubernetes-sigs/external-dns, --interval 1m (v0.22.0)",
            "read --interval of its Deployment");

    /** Duration of one step of a change (delete, create, patch of one object). */
    public static final Assumption<Duration> CHANGE_STEP = new Assumption<>(
            "change.step",
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            CHOICE,
            "time one kubectl apply of one object in your pipeline");

    private Catalogue() {}

    /** The assumption of this name. */
    public static Optional<Assumption<?>> find(String id) {
        for (Assumption<?> assumption : all()) {
            if (assumption.id().equals(id)) {
                return Optional.of(assumption);
            }
        }
        return Optional.empty();
    }

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
                ISSUER_FAILURES,
                ISSUER_REPAIR,
                LINK_COMMON_CAUSE,
                LINK_FAILOVER,
                LINK_FAILOVER_PROBED,
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
                RELEASE_FAILURES,
                RELEASE_REPAIR,
                SITE_FAILURES,
                SITE_REPAIR);
    }
}
