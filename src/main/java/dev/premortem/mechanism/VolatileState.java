package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.catalogue.AcmeLimits;
import dev.premortem.catalogue.StatePaths;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.model.AcmeStore;
import dev.premortem.model.Churn;
import dev.premortem.model.MetricStores;
import dev.premortem.model.Persistence;
import dev.premortem.model.Proposal;
import dev.premortem.model.Singles;
import dev.premortem.model.Sketch;
import dev.premortem.model.StateElsewhere;
import dev.premortem.model.Storage;
import dev.premortem.model.UnkeptValues;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A path that an image must keep does not last: nothing is mounted there, or an emptyDir, or something that cannot be written, or two volumes at
 * once. The next new pod starts without what it knew. Seen in public with Traefik's {@code /data}.
 */
@AutoService(Mechanism.class)
public final class VolatileState implements Mechanism {
    private static final String MOUNTS =
            "kubernetes pkg/apis/core/validation ValidateVolumeMounts; structured-merge-diff typed/validate.go; apimachinery strategicpatch (2026-11-24)";
    private static final String TRAEFIK = "traefik/traefik pkg/provider/acme/local_store.go, v2.5.4 and v3.7.9";

    /** Longer than any run: a person ends it. */
    private static final Duration UNTIL_MENDED = Duration.ofDays(36_500);

    @Override
    public String id() {
        return "volatile-state";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.A;
    }

    @Override
    public boolean mendable() {
        return true;
    }

    @Override
    public void contribute(Sketch sketch) {
        for (AcmeStore store : AcmeStore.all(sketch)) {
            boolean told = store.storage().life() == Storage.Life.DURABLE
                    // With a known rate it is a budget that runs out: acme-budget tells it.
                    || (store.storage().lost()
                            && Churn.observed(sketch, store.workload()).isPresent());
            if (!told && (!store.storage().lost() || AcmeBudget.letsEncrypt(store))) {
                drawStore(sketch, store);
            }
        }
        List<Singles.Item> unkept = sketch.simulating() ? List.of() : UnkeptValues.of(sketch.estate());
        if (!unkept.isEmpty()) {
            Singles.propose(
                    sketch,
                    id(),
                    Condition.of("estate", "kept-by-values"),
                    unkept,
                    unkept.size() == 1
                            ? "one component keeps nothing beyond its pod: its values switch the volume off"
                            : unkept.size()
                                    + " components keep nothing beyond their pods: their values switch the volume"
                                    + " off");
        }
        List<Singles.Item> metrics = sketch.simulating() ? List.of() : MetricStores.lost(sketch.estate());
        if (!metrics.isEmpty()) {
            Singles.propose(
                    sketch,
                    id(),
                    Condition.of("estate", "metrics-kept"),
                    metrics,
                    metrics.size() == 1
                            ? metrics.getFirst().why()
                            : "the metrics of " + metrics.size() + " Prometheus end with their pods");
        }
        for (Workload workload : sketch.placement().workloads().values()) {
            for (Workload.Container container : workload.containers()) {
                StatePaths.of(container.image().value())
                        .filter(row -> !StateElsewhere.keepsNothingHere(sketch, workload, container, row))
                        .ifPresent(row -> drawImage(sketch, workload, container, row));
            }
        }
    }

    private void drawStore(Sketch sketch, AcmeStore store) {
        String of = store.workload().reference().text();
        String word = store.workload().namespace() + "/" + store.workload().name();
        Storage at = store.storage();
        Condition storage = sketch.twin()
                .basic(
                        AcmeBudget.storage(store),
                        false,
                        // The first step of the chain tells it.
                        Meaning.of(id(), store.path() + " lasts", ""));
        List<Proposal.Loss> losses = new ArrayList<>();
        Bucket.Rule rule = AcmeLimits.exactSet(sketch.now());
        for (AcmeStore.NameSet set : store.sets()) {
            Condition granted = sketch.twin()
                    .basic(
                            Condition.of(of, "granted:" + set.word()),
                            true,
                            Meaning.of(
                                    id(),
                                    word + " holds or gets a certificate for " + set.label(),
                                    at.lost()
                                            ? "Let's Encrypt refuses one more certificate for " + set.label()
                                            : "a new pod of " + word + " cannot write " + store.path()
                                                    + ", drops the resolver and orders nothing",
                                    set.evidence()));
            Condition certificate = sketch.twin()
                    .gate(
                            Condition.of(of, "certificate:" + set.word()),
                            new Gate.Any(List.of(storage, granted)),
                            Meaning.of(
                                    id(),
                                    word + " serves a certificate for " + set.label(),
                                    store.caddy()
                                            ? word + " has no certificate for " + set.label()
                                                    + ": every TLS handshake fails"
                                            : word + " serves its default certificate for " + set.label()
                                                    + ": clients refuse it"));
            AcmeStore.require(sketch, set, certificate);
            losses.add(new Proposal.Loss(granted, Duration.ofHours(1), at.lost() ? refill(rule) : UNTIL_MENDED));
        }
        String when = at.lost()
                ? "when pods of " + word + " start more than " + rule.limit() + " times in a week"
                : "from the next new pod of " + word + " on";
        propose(
                sketch,
                store.workload(),
                storage,
                losses,
                at.lost() ? Confidence.POSSIBLE : Confidence.LIKELY,
                when,
                prelude(store));
    }

    /** From an empty budget to the next certificate. */
    private static Duration refill(Bucket.Rule rule) {
        return switch (rule) {
            case Bucket.Rule.Window window -> window.period();
            case Bucket.Rule.Tokens tokens -> tokens.period().dividedBy(tokens.limit());
        };
    }

    private List<Step> prelude(AcmeStore store) {
        String about = AcmeBudget.storage(store).name();
        Storage at = store.storage();
        List<Step> steps = new ArrayList<>(List.of(new Step(about, at.words(), Optional.empty(), at.evidence())));
        Assumed traefik = new Assumed("behaviour.traefik-store", TRAEFIK);
        switch (at.life()) {
            case CONFLICT -> {
                Assumed mounts = new Assumed("behaviour.volume-mounts", MOUNTS);
                Workload.Mount last = at.mounts().getLast();
                String path = last.path().value();
                steps.add(new Step(
                        about,
                        "installed anew or applied by the server it is refused (mountPath " + path
                                + " must be unique): the old pods go on, a first install has none",
                        Optional.empty(),
                        List.of(new Evidence("volumeMounts are compared as text", mounts))));
                steps.add(new Step(
                        about,
                        "upgraded by patch (Helm 3, kubectl apply) it is merged in silence: only " + last.volume()
                                + " stays at " + path
                                + (unwritable(store, last)
                                        ? ", which cannot be written: no " + store.path() + ", the resolver is skipped"
                                        : ""),
                        Optional.empty(),
                        List.of(
                                Evidence.of("volume " + last.volume() + " at " + path, last.path()),
                                new Evidence("lists of mounts merge by their path", mounts))));
            }
            case READ_ONLY ->
                steps.add(new Step(
                        about,
                        "a store that cannot be written makes Traefik skip its resolver: it stays Ready and serves its default certificate",
                        Optional.empty(),
                        List.of(new Evidence("the resolver is skipped", traefik))));
            case POD, CONTAINER ->
                steps.add(new Step(
                        about,
                        "every start orders all certificates again; how often pods start was not observed",
                        Optional.empty(),
                        List.of(new Evidence("an empty store orders everything", traefik))));
            case DURABLE -> {}
        }
        return steps;
    }

    private static boolean unwritable(AcmeStore store, Workload.Mount mount) {
        return mount.readOnly()
                || store.workload().volumes().stream()
                        .anyMatch(volume -> volume.name().equals(mount.volume())
                                && Storage.unwritable(volume.kind().value()));
    }

    private void drawImage(Sketch sketch, Workload workload, Workload.Container container, StatePaths.Row row) {
        String word = workload.namespace() + "/" + workload.name();
        for (String path : paths(container, row)) {
            boolean declaredVolume = row.volume() && row.paths().contains(path);
            Storage at = Storage.of(workload, container, path, declaredVolume);
            Condition storage = Condition.of(workload.reference().text(), "storage:" + path);
            if (!at.lost()
                    || !row.silent()
                    || StateElsewhere.mountedElsewhere(workload, container, at)
                    || sketch.twin().defines(storage)) {
                continue;
            }
            List<Evidence> evidence = new ArrayList<>(at.evidence());
            evidence.add(Evidence.of("image " + container.image().value(), container.image()));
            evidence.add(new Evidence(path + " must last", new Assumed("behaviour.state-paths", row.source())));
            sketch.twin().basic(storage, false, Meaning.of(id(), path + " lasts", ""));
            Condition kept = sketch.twin()
                    .basic(
                            Condition.of(workload.reference().text(), "kept:" + path),
                            true,
                            Meaning.of(
                                    id(),
                                    word + " still has what it wrote",
                                    "a new pod of " + word + " starts empty: " + row.lost() + " lost",
                                    Evidence.of("image " + container.image().value(), container.image())));
            Condition state = sketch.twin()
                    .gate(
                            Condition.of(workload.reference().text(), "state:" + path),
                            new Gate.Any(List.of(storage, kept)),
                            Meaning.of(id(), word + " has its state", word + " has lost " + row.lost()));
            sketch.placement().require(workload, state);
            propose(
                    sketch,
                    workload,
                    storage,
                    List.of(new Proposal.Loss(kept, Duration.ofHours(1), UNTIL_MENDED)),
                    row.verified() ? Confidence.LIKELY : Confidence.POSSIBLE,
                    "at the next new pod of " + word + ", which starts empty",
                    List.of(new Step(
                            storage.name(), at.words() + "; gone: " + row.lost(), Optional.empty(), evidence)));
        }
    }

    /** The image's own setting of its folder wins over the table. */
    private static List<String> paths(Workload.Container container, StatePaths.Row row) {
        return row.image().equals("postgres") && container.environment().containsKey("PGDATA")
                ? List.of(container.environment().get("PGDATA").value())
                : row.paths();
    }

    private void propose(
            Sketch sketch,
            Workload workload,
            Condition pivot,
            List<Proposal.Loss> losses,
            Confidence confidence,
            String when,
            List<Step> prelude) {
        List<Instance> instances = new ArrayList<>();
        for (Step step : prelude) {
            for (Evidence evidence : step.evidence()) {
                boolean decides = instances.isEmpty() || evidence.value().equals("emptyDir");
                if (decides && evidence.provenance() instanceof Declared place) {
                    instances.clear();
                    instances.add(new Instance(workload.reference().text(), place));
                }
            }
        }
        sketch.propose(new Proposal(
                id(),
                Trigger.Type.CHURN,
                outageClass(),
                pivot,
                losses,
                Set.of(),
                Optional.empty(),
                confidence,
                when,
                diagnosis(),
                prelude,
                instances));
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Remedy> remedies = new ArrayList<>();
        for (AcmeStore store : AcmeStore.all(sketch)) {
            if (AcmeBudget.owns(store, outage)) {
                remedies.addAll(Persistence.remedies(sketch, store.workload(), store.storage()));
            }
        }
        Workload workload = sketch.placement().workloads().get(new Condition(outage.pivot()).thing());
        if (workload == null) {
            return remedies;
        }
        for (Workload.Container container : workload.containers()) {
            StatePaths.of(container.image().value())
                    .ifPresent(row -> paths(container, row).forEach(path -> {
                        Storage storage = Storage.of(workload, container, path, row.volume());
                        if (storage.lost()) {
                            Persistence.remedies(sketch, workload, container, path, storage).stream()
                                    .filter(remedy -> !remedies.contains(remedy))
                                    .forEach(remedies::add);
                        }
                    }));
        }
        return remedies;
    }
}
