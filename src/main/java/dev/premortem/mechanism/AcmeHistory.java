package dev.premortem.mechanism;

import com.google.common.net.InternetDomainName;
import dev.premortem.catalogue.AcmeLimits;
import dev.premortem.estate.Observation;
import dev.premortem.estate.Reference;
import dev.premortem.model.AcmeStore;
import dev.premortem.model.Churn;
import dev.premortem.model.Sketch;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.process.Bucket;
import dev.premortem.twin.process.Ledger;
import dev.premortem.twin.process.Starts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the CA has counted so far for the sets of a store, and when it refuses first if pods start by the regular clock. */
final class AcmeHistory {
    private AcmeHistory() {}

    /** One exact set with the budget as it stands at {@code now}. */
    record Standing(AcmeStore.NameSet set, Starts.Order order, List<Evidence> evidence, String origin) {
        Bucket budget() {
            return Bucket.warmed(order.rule(), order.issued());
        }

        /** Mean time between two orders of the set, whoever makes them. */
        long mean(Churn churn) {
            double rate = 1.0 / Math.max(1, churn.period().toMillis());
            for (Starts.Other other : order.others()) {
                rate += 1.0 / Math.max(1, other.period());
            }
            return order.others().isEmpty() ? churn.period().toMillis() : Math.round(1 / rate);
        }
    }

    /**
     * The budget of a set as it stands.
     *
     * @param stores all of the estate: another one may order the same set
     */
    static Standing standing(
            Sketch sketch, List<AcmeStore> stores, AcmeStore store, Churn churn, AcmeStore.NameSet set) {
        Bucket.Rule rule = AcmeLimits.exactSet(sketch.now());
        Condition granted = Condition.of(store.workload().reference().text(), "granted:" + set.word());
        List<Evidence> evidence = new ArrayList<>();
        List<Long> issued = List.copyOf(issued(sketch, store, set, evidence));
        List<Starts.Other> others = others(sketch, stores, store, set);
        if (!evidence.isEmpty()) {
            return new Standing(
                    set,
                    new Starts.Order(granted, set.label(), rule, issued, further(sketch, set), others),
                    evidence,
                    "as it was observed");
        }
        // Semantics 1.14: without a history it is warmed up over one window with the observed rate, and the CA knows
        // the set.
        List<Long> warmed = new ArrayList<>();
        Bucket bucket = Bucket.full(rule);
        long start = sketch.now().toEpochMilli() - rule.period().toMillis();
        for (long at : starts(churn, others, start, sketch.now().toEpochMilli())) {
            if (bucket.take(at)) {
                warmed.add(at);
            }
        }
        evidence.add(Evidence.of("new pods: " + churn.rate().value(), churn.rate()));
        return new Standing(
                set,
                new Starts.Order(granted, set.label(), rule, warmed, List.of(), others),
                evidence,
                "if pods started at that rate in the week before");
    }

    /** The starts of a window by the regular clocks, run backwards. */
    private static List<Long> starts(Churn churn, List<Starts.Other> others, long from, long until) {
        List<Starts.Other> clocks = new ArrayList<>(others);
        clocks.add(new Starts.Other(churn.first().toEpochMilli(), churn.period().toMillis(), false));
        List<Long> starts = new ArrayList<>();
        for (Starts.Other clock : clocks) {
            long period = Math.max(1, clock.period());
            for (long at = clock.start() - Math.ceilDiv(clock.start() - from, period) * period;
                    at <= until;
                    at += period) {
                if (at >= from) {
                    starts.add(at);
                }
            }
        }
        starts.sort(null);
        return starts;
    }

    /** Budgets that a first order of the set must pass too: one for each registered domain in it, and the account's. */
    static List<Starts.Further> further(Sketch sketch, AcmeStore.NameSet set) {
        SortedSet<String> domains = new TreeSet<>();
        for (String name : set.label().split(", ", -1)) {
            domain(name).ifPresent(domains::add);
        }
        List<Starts.Further> further = new ArrayList<>();
        for (String domain : domains) {
            further.add(new Starts.Further("the registered domain " + domain, AcmeLimits.domain(sketch.now()), false));
        }
        further.add(new Starts.Further("the account", AcmeLimits.account(sketch.now()), true));
        return further;
    }

    /** The registered domain of a name, by the public suffix list. */
    static Optional<String> domain(String name) {
        String plain = name.startsWith("*.") ? name.substring(2) : name;
        return InternetDomainName.isValid(plain)
                        && InternetDomainName.from(plain).isUnderPublicSuffix()
                ? Optional.of(InternetDomainName.from(plain).topPrivateDomain().toString())
                : Optional.empty();
    }

    private static List<Starts.Other> others(
            Sketch sketch, List<AcmeStore> stores, AcmeStore store, AcmeStore.NameSet set) {
        List<Starts.Other> others = new ArrayList<>();
        String key = AcmeBudget.key(store);
        for (AcmeStore other : stores) {
            boolean same = !AcmeBudget.key(other).equals(key)
                    && other.storage().lost()
                    && AcmeBudget.letsEncrypt(other)
                    && !(set.routes().isEmpty() && set.hosts().isEmpty())
                    && other.sets().stream().anyMatch(known -> known.label().equals(set.label()));
            if (same) {
                Churn.observed(sketch, other.workload())
                        .ifPresent(churn -> others.add(new Starts.Other(
                                churn.first().toEpochMilli(),
                                churn.period().toMillis(),
                                AcmeBudget.key(other).compareTo(key) < 0)));
            }
        }
        return others;
    }

    /** True for a set that only a change on the way made. */
    static boolean unknown(Sketch sketch, AcmeStore.NameSet set) {
        return origin(sketch)
                .filter(before -> AcmeStore.all(before).stream()
                        .flatMap(old -> old.sets().stream())
                        .noneMatch(old -> old.label().equals(set.label())))
                .isPresent();
    }

    /** What was issued for a set, as observed; a set that only a change on the way made was never issued. */
    static SortedSet<Long> issued(Sketch sketch, AcmeStore store, AcmeStore.NameSet set, List<Evidence> evidence) {
        SortedSet<Long> issued = new TreeSet<>();
        if (unknown(sketch, set)) {
            return issued;
        }
        Set<Reference> about = new TreeSet<>(
                List.of(store.issuer().reference(), store.workload().reference()));
        set.routes().forEach(route -> about.add(route.reference()));
        // What was observed before a change stays true, whatever the tree afterwards says.
        List<Observation> all = new ArrayList<>(sketch.estate().observations());
        origin(sketch).ifPresent(before -> all.addAll(before.estate().observations()));
        for (Observation observation : all) {
            if (observation.fact().equals("issuedAt") && about.contains(observation.of())) {
                observation
                        .value()
                        .scalars()
                        .forEach(scalar -> Churn.instant(scalar.value()).ifPresent(at -> {
                            if (!at.isAfter(sketch.now()) && issued.add(at.toEpochMilli())) {
                                evidence.add(new Evidence("issued " + at, observation.provenance()));
                            }
                        }));
            }
        }
        return issued;
    }

    /** The estate as it stood before the first phase of all changes. */
    static Optional<Sketch> origin(Sketch sketch) {
        Optional<Sketch> origin = sketch.before();
        while (origin.flatMap(Sketch::before).isPresent()) {
            origin = origin.flatMap(Sketch::before);
        }
        return origin;
    }

    /**
     * The first refusal under the regular clock.
     *
     * @param left starts that are still granted
     * @param possible when the CA would grant it again
     * @param until the first start after that, or the first attempt of a client that tries by itself
     * @param limit the budget that refuses, where it is not the exact set's own
     */
    record Refused(
            Standing standing, Instant at, int left, Instant possible, Instant until, Optional<Starts.Further> limit) {}

    static Optional<Refused> first(Sketch sketch, List<Standing> standings, Starts.Clock clock) {
        long end = sketch.now().plus(sketch.horizon()).toEpochMilli();
        long period = Math.max(1, clock.period().toMillis());
        Ledger ledger = new Ledger(
                standings.stream().map(Standing::order).toList(), sketch.now().toEpochMilli());
        int left = 0;
        for (long at = clock.first(); at < end; at += period) {
            ledger.freshStart();
            for (int i = 0; i < standings.size(); i++) {
                Optional<Starts.Further> limit = ledger.limit(i, at);
                if (!ledger.take(i, at)) {
                    long possible = ledger.possible(i, at);
                    // A client that tries by itself takes the first step after the CA would grant.
                    long wait = possible - at;
                    long start = Math.ceilDiv(wait, period) * period;
                    long step = clock.retry().map(Duration::toMillis).orElse(period);
                    long again = at + Math.min(start, Math.ceilDiv(wait, step) * step);
                    return Optional.of(new Refused(
                            standings.get(i),
                            Instant.ofEpochMilli(at),
                            left,
                            Instant.ofEpochMilli(possible),
                            Instant.ofEpochMilli(again),
                            limit));
                }
            }
            left++;
        }
        return Optional.empty();
    }
}
