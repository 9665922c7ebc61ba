package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.catalogue.AcmeLimits;
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

/**
 * A proxy that orders its own certificates forgets them with every new pod and orders again, until the CA refuses. Seen in public with Traefik: autoscaling
 * made the pods restart, and after five certificates for one set of names in a week the default certificate was served.
 */
@AutoService(Mechanism.class)
public final class AcmeBudget implements Mechanism {
    /** The longest step between two of Caddy's own attempts; the first ones are shorter, and a budget outlasts them. */
    private static final Duration CADDY_RETRY = Duration.ofHours(6);

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
        List<AcmeStore> stores = AcmeStore.all(sketch);
        for (AcmeStore store : stores) {
            Optional<Churn> churn = Churn.observed(sketch, store.workload());
            if (store.storage().lost() && churn.isPresent() && letsEncrypt(store)) {
                draw(sketch, stores, store, churn.get());
            } else if (store.storage().life() == Storage.Life.DURABLE && fresh(sketch, store) && letsEncrypt(store)) {
                drawFirstOrder(sketch, store);
            }
        }
    }

    /** True where a change on the way gave the store its durable place: that is empty at first. */
    private static boolean fresh(Sketch sketch, AcmeStore store) {
        return sketch.simulating()
                && AcmeHistory.origin(sketch)
                        .filter(before -> AcmeStore.all(before).stream()
                                .noneMatch(old -> old.storage().life() == Storage.Life.DURABLE
                                        && storage(old).equals(storage(store))))
                        .isPresent();
    }

    /** One start with an empty claim: it orders everything once, from what the CA still grants. */
    private void drawFirstOrder(Sketch sketch, AcmeStore store) {
        Bucket.Rule rule = AcmeLimits.exactSet(sketch.now());
        Condition never = sketch.twin().basic(storage(store), false, Meaning.of(id(), store.path() + " lasts", ""));
        List<Starts.Order> orders = new ArrayList<>();
        for (AcmeStore.NameSet set : store.sets()) {
            List<Evidence> evidence = new ArrayList<>();
            List<Long> issued = List.copyOf(AcmeHistory.issued(sketch, store, set, evidence));
            // Where nothing was observed, the CA is taken to know what was there before the change.
            boolean first = AcmeHistory.unknown(sketch, set) || !evidence.isEmpty();
            Condition granted = Condition.of(store.workload().reference().text(), "granted:" + set.word());
            Starts.Order order = new Starts.Order(
                    granted,
                    set.label(),
                    rule,
                    issued,
                    first ? AcmeHistory.further(sketch, set) : List.of(),
                    List.of());
            AcmeHistory.Standing standing = new AcmeHistory.Standing(set, order, evidence, "");
            drawSet(sketch, store, standing, never);
            orders.add(standing.order());
        }
        Instant start = sketch.now().plus(sketch.duration(Catalogue.POD_START).value());
        Starts.Clock once = new Starts.Clock(start.toEpochMilli(), Duration.ofDays(36_500), 1, Optional.empty());
        sketch.twin().process(new Starts(key(store), id(), once, orders));
    }

    static String key(AcmeStore store) {
        return "starts:" + store.workload().reference().text() + ":"
                + store.issuer().name();
    }

    /** Limits of other CAs are not published: unknown, so nothing is said. */
    static boolean letsEncrypt(AcmeStore store) {
        return AcmeLimits.letsEncrypt(store.issuer().server().map(Fact::value).orElse(""));
    }

    private void draw(Sketch sketch, List<AcmeStore> stores, AcmeStore store, Churn churn) {
        int replicas = Math.max(1, store.workload().replicas().value());
        Starts.Clock clock = new Starts.Clock(
                churn.first().toEpochMilli(),
                churn.period(),
                replicas,
                store.caddy() ? Optional.of(CADDY_RETRY) : Optional.empty());
        List<AcmeHistory.Standing> standings = new ArrayList<>();
        for (AcmeStore.NameSet set : store.sets()) {
            standings.add(AcmeHistory.standing(sketch, stores, store, churn, set));
        }
        Optional<AcmeHistory.Refused> first = AcmeHistory.first(sketch, standings, clock);
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
        for (AcmeHistory.Standing standing : standings) {
            drawSet(sketch, store, standing, storage);
        }
        String key = key(store);
        sketch.twin()
                .process(new Starts(
                        key,
                        id(),
                        clock,
                        standings.stream().map(AcmeHistory.Standing::order).toList()));
        first.ifPresent(refused -> propose(sketch, store, churn, storage, key, refused));
        chance.filter(_ -> !sketch.simulating()).ifPresent(found -> propose(sketch, store, churn, storage, found));
    }

    /** The set that chance hits most often. */
    private static Optional<ByChance> byChance(Sketch sketch, List<AcmeHistory.Standing> standings, Churn churn) {
        Optional<ByChance> worst = Optional.empty();
        for (AcmeHistory.Standing standing : standings) {
            Starts.Order order = standing.order();
            Optional<ByChance> chance = ByChance.of(
                    sketch, standing.mean(churn), order.certificate(), order.names(), order.rule(), standing::budget);
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
                Optional.of(chance.share()),
                Optional.empty()));
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

    private void drawSet(Sketch sketch, AcmeStore store, AcmeHistory.Standing standing, Condition storage) {
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
                                store.caddy()
                                        ? word + " has no certificate for " + names + ": every TLS handshake fails"
                                        : word + " serves its default certificate for " + names
                                                + ": clients refuse it"));
        AcmeStore.require(sketch, standing.set(), certificate);
    }

    private void propose(
            Sketch sketch, AcmeStore store, Churn churn, Condition storage, String key, AcmeHistory.Refused refused) {
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

    private static List<Step> prelude(Sketch sketch, AcmeStore store, Churn churn, AcmeHistory.Refused refused) {
        String about = storage(store).name();
        String names = refused.standing().set().label();
        Starts.Order order = refused.standing().order();
        List<Step> steps = new ArrayList<>();
        steps.add(orders(sketch, store, names));
        steps.add(new Step(
                about,
                "a new pod about every " + Durations.words(churn.period()) + " ("
                        + churn.rate().value() + "): " + plural(refused.left()) + " granted, "
                        + refused.standing().origin() + also(order),
                Optional.empty(),
                refused.standing().evidence()));
        long now = sketch.now().toEpochMilli();
        Refusals band = Refusals.of(
                refused.standing()::budget,
                now,
                refused.standing().mean(churn),
                sketch.now().plus(sketch.horizon()).toEpochMilli());
        String until = "; possible again from " + minutes(refused.possible().toEpochMilli())
                + (store.caddy() ? ", the next attempt" : ", the next start") + " then is about "
                + minutes(refused.until().toEpochMilli()) + ", "
                + Durations.words(Duration.between(refused.at(), refused.until())) + " after the first refusal";
        String start = "the start of about " + minutes(refused.at().toEpochMilli()) + " is refused";
        String told = refused.limit()
                .map(limit -> start + ": the budget of " + limit.key() + " is used up by first orders")
                .orElseGet(() -> start + "; as restarts are random, between " + minutes(band.early()) + " and "
                        + minutes(band.late()) + " in eight of ten cases");
        steps.add(new Step(
                order.certificate().name(),
                told + until,
                Optional.empty(),
                List.of(
                        new Evidence(
                                refused.limit().map(AcmeLimits::words).orElseGet(() -> AcmeLimits.words(order.rule())),
                                new Assumed("behaviour.acme-limits", AcmeLimits.SOURCE)),
                        retry(store))));
        return steps;
    }

    private static Evidence retry(AcmeStore store) {
        return store.caddy()
                ? new Evidence(
                        "a refused order is tried again in steps that grow to 6 h, for 30 days",
                        new Assumed("behaviour.caddy-retry", "caddyserver/certmagic @9f98c96 async.go retryIntervals"))
                : new Evidence(
                        "a refused first order is tried again at a start or a changed configuration",
                        new Assumed(
                                "behaviour.traefik-retry",
                                "traefik/traefik pkg/provider/acme/provider.go, v2.5.4 and v3.7.9"));
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
        return AcmeHistory.domain(names.split(", ", -1)[0])
                .map(domain -> " (registered domain " + domain + ")")
                .orElse("");
    }

    private static String also(Starts.Order order) {
        int others = order.others().size();
        return others == 0
                ? ""
                : "; " + others + (others == 1 ? " other workload orders" : " other workloads order")
                        + " the same set from the same budget";
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Remedy> remedies = new ArrayList<>();
        for (AcmeStore store : AcmeStore.all(sketch)) {
            if (owns(store, outage)) {
                for (Remedy remedy : Persistence.remedies(sketch, store.workload(), store.storage())) {
                    List<String> steps = new ArrayList<>(firstOrder(sketch, store));
                    String title = remedy.title()
                            + (steps.isEmpty()
                                    ? ""
                                    : ", with "
                                            + store.path()
                                                    .substring(store.path().lastIndexOf('/') + 1)
                                            + " copied into the claim first");
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
            Bucket budget = AcmeHistory.standing(sketch, List.of(store), store, churn.get(), set)
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
