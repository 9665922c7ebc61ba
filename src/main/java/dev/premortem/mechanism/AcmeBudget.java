package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import com.google.common.net.InternetDomainName;
import dev.premortem.catalogue.AcmeLimits;
import dev.premortem.estate.Observation;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Route;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.model.AcmeStore;
import dev.premortem.model.Churn;
import dev.premortem.model.Durations;
import dev.premortem.model.Persistence;
import dev.premortem.model.Proposal;
import dev.premortem.model.Sketch;
import dev.premortem.model.Storage;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Step;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.process.Bucket;
import dev.premortem.twin.process.Refusals;
import dev.premortem.twin.process.Starts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A proxy that orders its own certificates forgets them with every new pod and orders again, until the CA refuses. Seen in public with Traefik: autoscaling
 * made the pods restart, and after five certificates for one set of names in a week the default certificate was served.
 */
@AutoService(Mechanism.class)
public final class AcmeBudget implements Mechanism {
    @Override
    public String id() {
        return "acme-budget";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.C;
    }

    @Override
    public boolean mendable() {
        return true;
    }

    @Override
    public void contribute(Sketch sketch) {
        for (AcmeStore store : AcmeStore.all(sketch)) {
            Optional<Churn> churn = Churn.observed(sketch, store.workload());
            if (store.storage().lost() && churn.isPresent() && letsEncrypt(store)) {
                draw(sketch, store, churn.get());
            } else if (store.storage().life() == Storage.Life.DURABLE && fresh(sketch, store) && letsEncrypt(store)) {
                drawFirstOrder(sketch, store);
            }
        }
    }

    /** True where a change on the way gave the store its durable place: that is empty at first. */
    private static boolean fresh(Sketch sketch, AcmeStore store) {
        return sketch.simulating()
                && origin(sketch)
                        .filter(before -> AcmeStore.all(before).stream()
                                .noneMatch(old -> old.storage().life() == Storage.Life.DURABLE
                                        && storage(old).equals(storage(store))))
                        .isPresent();
    }

    /** The estate as it stood before the first phase of all changes. */
    private static Optional<Sketch> origin(Sketch sketch) {
        Optional<Sketch> origin = sketch.before();
        while (origin.flatMap(Sketch::before).isPresent()) {
            origin = origin.flatMap(Sketch::before);
        }
        return origin;
    }

    /** One start with an empty claim: it orders everything once, from what the CA still grants. */
    private void drawFirstOrder(Sketch sketch, AcmeStore store) {
        Bucket.Rule rule = AcmeLimits.exactSet(sketch.now());
        Condition never = sketch.twin().basic(storage(store), false, Meaning.of(id(), store.path() + " lasts", ""));
        List<Starts.Order> orders = new ArrayList<>();
        for (AcmeStore.NameSet set : store.sets()) {
            List<Evidence> evidence = new ArrayList<>();
            List<Long> issued = List.copyOf(issued(sketch, store, set, evidence));
            Condition granted = Condition.of(store.workload().reference().text(), "granted:" + set.word());
            Standing standing = new Standing(set, new Starts.Order(granted, set.label(), rule, issued), evidence, "");
            drawSet(sketch, store, standing, never);
            orders.add(standing.order());
        }
        Instant start = sketch.now().plus(sketch.duration(Catalogue.POD_START).value());
        Starts.Clock once = new Starts.Clock(start.toEpochMilli(), Duration.ofDays(36_500), 1, Optional.empty());
        sketch.twin().process(new Starts(key(store), id(), once, orders));
    }

    private static String key(AcmeStore store) {
        return "starts:" + store.workload().reference().text() + ":"
                + store.issuer().name();
    }

    /** Limits of other CAs are not published: unknown, so nothing is said. */
    static boolean letsEncrypt(AcmeStore store) {
        return AcmeLimits.letsEncrypt(store.issuer().server().map(Fact::value).orElse(""));
    }

    /** One exact set with the budget as it stands at {@code now}. */
    private record Standing(AcmeStore.NameSet set, Starts.Order order, List<Evidence> evidence, String origin) {
        Bucket budget() {
            return Bucket.warmed(order.rule(), order.issued());
        }
    }

    private void draw(Sketch sketch, AcmeStore store, Churn churn) {
        Bucket.Rule rule = AcmeLimits.exactSet(sketch.now());
        int replicas = Math.max(1, store.workload().replicas().value());
        Starts.Clock clock = new Starts.Clock(churn.first().toEpochMilli(), churn.period(), replicas, Optional.empty());
        List<Standing> standings = new ArrayList<>();
        for (AcmeStore.NameSet set : store.sets()) {
            standings.add(standing(sketch, store, churn, set, rule));
        }
        Optional<Refused> first = first(sketch, standings, clock);
        Optional<ByChance> chance = first.isEmpty() ? byChance(sketch, standings, churn) : Optional.empty();
        if (first.isEmpty() && chance.isEmpty() && !sketch.simulating()) {
            return; // far slower than the CA refills
        }
        Condition storage = sketch.twin()
                .basic(
                        storage(store),
                        false,
                        // The first step of the chain tells it.
                        Meaning.of(id(), store.path() + " lasts", ""));
        for (Standing standing : standings) {
            drawSet(sketch, store, standing, storage);
        }
        String key = key(store);
        sketch.twin()
                .process(new Starts(
                        key,
                        id(),
                        clock,
                        standings.stream().map(Standing::order).toList()));
        first.ifPresent(refused -> propose(sketch, store, churn, storage, key, refused));
        chance.filter(_ -> !sketch.simulating()).ifPresent(found -> propose(sketch, store, churn, storage, found));
    }

    /** The set that chance hits most often. */
    private static Optional<ByChance> byChance(Sketch sketch, List<Standing> standings, Churn churn) {
        Optional<ByChance> worst = Optional.empty();
        for (Standing standing : standings) {
            Starts.Order order = standing.order();
            Optional<ByChance> chance =
                    ByChance.of(sketch, churn, order.certificate(), order.names(), order.rule(), standing::budget);
            if (chance.isPresent()
                    && worst.filter(other -> other.share() >= chance.get().share())
                            .isEmpty()) {
                worst = chance;
            }
        }
        return worst;
    }

    private void propose(Sketch sketch, AcmeStore store, Churn churn, Condition storage, ByChance chance) {
        List<Step> steps = new ArrayList<>();
        steps.add(orders(sketch, store, chance.names()));
        steps.addAll(chance.steps(
                storage.name(),
                churn,
                List.of(Evidence.of("new pods: " + churn.rate().value(), churn.rate()))));
        sketch.propose(new Proposal(
                id(),
                Trigger.Type.CHURN,
                outageClass(),
                storage,
                List.of(new Proposal.Loss(chance.certificate(), Duration.ofHours(1), chance.length())),
                Set.of(),
                Optional.empty(),
                Confidence.LIKELY,
                chance.when(),
                diagnosis(),
                steps,
                instances(store),
                Optional.of(chance.share())));
    }

    /** An outage's pivot may stand for several stores of one workload: what follows a colon in the aspect is left out. */
    static boolean owns(AcmeStore store, Outage outage) {
        return storage(store).name().equals(outage.pivot())
                || Condition.of(store.workload().reference().text(), "storage")
                        .name()
                        .equals(outage.pivot());
    }

    static Condition storage(AcmeStore store) {
        return Condition.of(
                store.workload().reference().text(), "storage:" + store.issuer().name());
    }

    private void drawSet(Sketch sketch, AcmeStore store, Standing standing, Condition storage) {
        String word = store.workload().namespace() + "/" + store.workload().name();
        String names = standing.set().label();
        Condition granted = sketch.twin()
                .basic(
                        standing.order().certificate(),
                        true,
                        new Meaning(
                                id(),
                                "Let's Encrypt grants a certificate for " + names,
                                "Let's Encrypt refuses one more certificate for " + names,
                                List.of(
                                        new Evidence(
                                                AcmeLimits.words(
                                                        standing.order().rule()),
                                                new Assumed("behaviour.acme-limits", AcmeLimits.SOURCE)),
                                        standing.set().evidence())));
        Condition certificate = sketch.twin()
                .gate(
                        Condition.of(
                                store.workload().reference().text(),
                                "certificate:" + standing.set().word()),
                        new Gate.Any(List.of(storage, granted)),
                        Meaning.of(
                                id(),
                                word + " serves a certificate for " + names,
                                word + " serves its default certificate for " + names + ": clients refuse it"));
        for (Route route : standing.set().routes()) {
            sketch.twin().require(sketch.front().route(route), certificate);
        }
    }

    private Standing standing(Sketch sketch, AcmeStore store, Churn churn, AcmeStore.NameSet set, Bucket.Rule rule) {
        Condition granted = Condition.of(store.workload().reference().text(), "granted:" + set.word());
        List<Evidence> evidence = new ArrayList<>();
        SortedSet<Long> issued = issued(sketch, store, set, evidence);
        if (!evidence.isEmpty()) {
            return new Standing(
                    set,
                    new Starts.Order(granted, set.label(), rule, List.copyOf(issued)),
                    evidence,
                    "as it was observed");
        }
        // Semantics 1.14: without a history it is warmed up over one window with the observed rate.
        List<Long> warmed = new ArrayList<>();
        Bucket bucket = Bucket.full(rule);
        long period = churn.period().toMillis();
        long start = sketch.now().toEpochMilli() - rule.period().toMillis();
        for (long at = churn.first().toEpochMilli()
                        - Math.ceilDiv(churn.first().toEpochMilli() - start, period) * period;
                at <= sketch.now().toEpochMilli();
                at += period) {
            if (at >= start && bucket.take(at)) {
                warmed.add(at);
            }
        }
        evidence.add(Evidence.of("new pods: " + churn.rate().value(), churn.rate()));
        return new Standing(
                set,
                new Starts.Order(granted, set.label(), rule, warmed),
                evidence,
                "if pods started at that rate in the week before");
    }

    /** What was issued for a set, as observed; a set that only a change on the way made was never issued. */
    private static SortedSet<Long> issued(
            Sketch sketch, AcmeStore store, AcmeStore.NameSet set, List<Evidence> evidence) {
        SortedSet<Long> issued = new TreeSet<>();
        boolean unknown = origin(sketch)
                .filter(before -> AcmeStore.all(before).stream()
                        .flatMap(old -> old.sets().stream())
                        .noneMatch(old -> old.label().equals(set.label())))
                .isPresent();
        if (unknown) {
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

    /**
     * The first refusal under the regular clock.
     *
     * @param left starts that are still granted
     * @param possible when the CA would grant it again
     * @param until the first start after that: a quiet proxy orders again only at a start or a changed configuration
     */
    private record Refused(Standing standing, Instant at, int left, Instant possible, Instant until) {}

    private static Optional<Refused> first(Sketch sketch, List<Standing> standings, Starts.Clock clock) {
        Optional<Refused> first = Optional.empty();
        long end = sketch.now().plus(sketch.horizon()).toEpochMilli();
        long period = Math.max(1, clock.period().toMillis());
        for (Standing standing : standings) {
            Bucket bucket = standing.budget();
            int left = 0;
            long at = clock.first();
            while (at < end && bucket.take(at)) {
                left++;
                at += period;
            }
            Instant refused = Instant.ofEpochMilli(at);
            if (at < end && first.filter(other -> !refused.isBefore(other.at())).isEmpty()) {
                long again = at + Math.ceilDiv(bucket.nextGrant(at) - at, period) * period;
                Instant possible = Instant.ofEpochMilli(bucket.nextGrant(at));
                first = Optional.of(new Refused(standing, refused, left, possible, Instant.ofEpochMilli(again)));
            }
        }
        return first;
    }

    private void propose(Sketch sketch, AcmeStore store, Churn churn, Condition storage, String key, Refused refused) {
        sketch.propose(new Proposal(
                id(),
                Trigger.Type.CHURN,
                outageClass(),
                storage,
                List.of(),
                Set.of(key),
                Optional.of(refused.at()),
                Confidence.LIKELY,
                "about " + minutes(refused.at().toEpochMilli()) + " when Let's Encrypt refuses one more certificate",
                diagnosis(),
                prelude(sketch, store, churn, refused),
                instances(store)));
    }

    private static List<Instance> instances(AcmeStore store) {
        return store.storage().evidence().stream()
                .map(Evidence::provenance)
                .filter(Declared.class::isInstance)
                .map(Declared.class::cast)
                .limit(1)
                .map(declared -> new Instance(store.workload().reference().text(), declared))
                .toList();
    }

    /** What does not last, and what that makes every new pod do. */
    private static Step orders(Sketch sketch, AcmeStore store, String names) {
        String word = store.workload().namespace() + "/" + store.workload().name();
        List<Evidence> lost = new ArrayList<>(store.storage().evidence());
        Persistence.chartDefault(sketch, store.workload()).ifPresent(lost::add);
        return new Step(
                storage(store).name(),
                store.storage().words() + ", so every new pod of " + word + " orders " + names + " again"
                        + domain(names),
                Optional.empty(),
                lost);
    }

    private static List<Step> prelude(Sketch sketch, AcmeStore store, Churn churn, Refused refused) {
        String about = storage(store).name();
        String names = refused.standing().set().label();
        Starts.Order order = refused.standing().order();
        List<Step> steps = new ArrayList<>();
        steps.add(orders(sketch, store, names));
        steps.add(new Step(
                about,
                "a new pod about every " + Durations.words(churn.period()) + " ("
                        + churn.rate().value() + "): " + plural(refused.left()) + " granted, "
                        + refused.standing().origin(),
                Optional.empty(),
                refused.standing().evidence()));
        long now = sketch.now().toEpochMilli();
        Refusals band = Refusals.of(
                refused.standing()::budget,
                now,
                churn.period().toMillis(),
                sketch.now().plus(sketch.horizon()).toEpochMilli());
        String until = "; possible again from " + minutes(refused.possible().toEpochMilli())
                + ", the next start then is about "
                + minutes(refused.until().toEpochMilli()) + ", "
                + Durations.words(Duration.between(refused.at(), refused.until())) + " after the first refusal";
        steps.add(new Step(
                order.certificate().name(),
                "the start of about " + minutes(refused.at().toEpochMilli())
                        + " is refused; as restarts are random, between " + minutes(band.early()) + " and "
                        + minutes(band.late()) + " in eight of ten cases" + until,
                Optional.empty(),
                List.of(
                        new Evidence(
                                AcmeLimits.words(order.rule()),
                                new Assumed("behaviour.acme-limits", AcmeLimits.SOURCE)),
                        new Evidence(
                                "a refused first order is tried again at a start or a changed configuration",
                                new Assumed(
                                        "behaviour.traefik-retry",
                                        "traefik/traefik pkg/provider/acme/provider.go, v2.5.4 and v3.7.9")))));
        return steps;
    }

    private static String plural(int starts) {
        return starts == 0 ? "no more start is" : starts == 1 ? "1 more start is" : starts + " more starts are";
    }

    private static String minutes(long instant) {
        if (instant == Long.MAX_VALUE) {
            return "the end";
        }
        String text =
                Instant.ofEpochMilli(instant).truncatedTo(ChronoUnit.MINUTES).toString();
        return text.substring(0, 10) + " " + text.substring(11, 16) + " UTC";
    }

    /** The registered domain, which has a budget of its own that orders of known sets are exempt from. */
    private static String domain(String names) {
        String first = names.split(", ", -1)[0].replace("*.", "");
        return InternetDomainName.isValid(first)
                        && InternetDomainName.from(first).isUnderPublicSuffix()
                ? " (registered domain " + InternetDomainName.from(first).topPrivateDomain() + ")"
                : "";
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Remedy> remedies = new ArrayList<>();
        for (AcmeStore store : AcmeStore.all(sketch)) {
            if (owns(store, outage)) {
                for (Remedy remedy : Persistence.remedies(sketch, store.workload(), store.storage())) {
                    List<String> steps = new ArrayList<>(firstOrder(sketch, store));
                    String title =
                            remedy.title() + (steps.isEmpty() ? "" : ", with acme.json copied into the claim first");
                    steps.addAll(remedy.steps());
                    remedies.add(Remedy.proposed(title, remedy.edits(), steps));
                }
            }
        }
        remedies.add(Remedy.proposed(
                "order by cert-manager: certificates live in Secrets, and several pods share them",
                List.of(),
                List.of(
                        "install cert-manager with an ACME issuer",
                        "make a Certificate for each set of names and name its Secret in the routes",
                        "then take the resolver out of the proxy")));
        return remedies;
    }

    /** A claim that is new is empty too: the first start with it orders once more, and needs one that is left. */
    private List<String> firstOrder(Sketch sketch, AcmeStore store) {
        Optional<Churn> churn = Churn.observed(sketch, store.workload());
        if (churn.isEmpty()) {
            return List.of();
        }
        long now = sketch.now().toEpochMilli();
        long possible = now;
        for (AcmeStore.NameSet set : store.sets()) {
            Bucket budget = standing(sketch, store, churn.get(), set, AcmeLimits.exactSet(sketch.now()))
                    .budget();
            possible = Math.max(possible, budget.nextGrant(now));
        }
        return possible == now
                ? List.of()
                : List.of(
                        "the first start with the new claim orders once more, which is refused before "
                                + minutes(possible) + ": copy " + store.path()
                                + " of the pod that runs into the claim first, add a name to the set (a budget of its own), or wait until then");
    }
}
