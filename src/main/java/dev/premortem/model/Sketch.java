package dev.premortem.model;

import dev.premortem.estate.Estate;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Assumption;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.outage.AssumedFact;
import dev.premortem.twin.Condition;
import dev.premortem.twin.TwinBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What mechanisms write on: the estate, the skeleton of its twin, and the scenarios they propose. One per prediction; not shared between threads. */
public final class Sketch {
    private final Estate estate;
    private final Instant now;
    private final Duration horizon;
    private final TwinBuilder twin = new TwinBuilder();
    private final List<Proposal> proposals = new ArrayList<>();
    private final SortedMap<String, AssumedFact> assumed = new TreeMap<>();
    private final Moment moment;
    private final SortedMap<String, Optional<Room>> rooms = new TreeMap<>();
    private final Figures figures;
    private final Ground ground;
    private final Routing routing;
    private final Placement placement;
    private final Front front;
    private final SortedSet<Condition> unseen = new TreeSet<>();

    /** Draws the skeleton. */
    public Sketch(Estate estate, Instant now, Duration horizon) {
        this(estate, now, horizon, Moment.PREDICTION);
    }

    /** Draws the skeleton of an estate in the midst of a change. */
    public Sketch(Estate estate, Instant now, Duration horizon, Moment moment) {
        this(estate, now, horizon, moment, false);
    }

    /**
     * The same.
     *
     * @param unseen true where what nobody declared counts too: causes that links, copies and certificates share, and a failover that nobody tried
     */
    public Sketch(Estate estate, Instant now, Duration horizon, Moment moment, boolean unseen) {
        this.moment = moment;
        this.estate = estate;
        this.now = now;
        this.horizon = horizon;
        this.figures = new Figures(this);
        this.ground = new Ground(this);
        this.routing = new Routing(this);
        this.placement = new Placement(this);
        this.front = new Front(this);
        ground.draw();
        if (unseen) {
            this.unseen.addAll(new Unseen(this).draw());
        }
        placement.draw();
        ground.drawThings();
        front.draw();
        if (unseen) {
            this.unseen.addAll(new SharedChanges(this).draw());
        }
    }

    /**
     * Where a simulated change stands.
     *
     * @param simulating {@code simulate} plays changes: people act by the clock, and no scenario is proposed
     * @param keepsAddresses tries what would be if a new load balancer had the old one's address
     * @param born what is made at {@code now}
     * @param made what changes have made so far, before {@code now}
     * @param patched what was given another specification so far
     * @param before the estate as it stood before
     */
    public record Moment(
            boolean simulating,
            boolean keepsAddresses,
            Set<Reference> born,
            Set<Reference> made,
            Set<Reference> patched,
            Optional<Sketch> before) {
        /** Nothing is changed. */
        public static final Moment PREDICTION =
                new Moment(false, false, Set.of(), Set.of(), Set.of(), Optional.empty());
    }

    public Estate estate() {
        return estate;
    }

    public Instant now() {
        return now;
    }

    public Duration horizon() {
        return horizon;
    }

    public TwinBuilder twin() {
        return twin;
    }

    /** The estate as it stood before the phase of a change; empty outside of a simulated change. */
    public Optional<Sketch> before() {
        return moment.before();
    }

    /** Rates and repair times. */
    public Figures figures() {
        return figures;
    }

    /** Faults that nobody declared; none where they do not count. */
    public SortedSet<Condition> unseen() {
        return Collections.unmodifiableSortedSet(unseen);
    }

    /** True where a new load balancer is taken to have the old one's address. */
    public boolean keepsAddresses() {
        return moment.keepsAddresses();
    }

    /** True while {@code simulate} plays a change: people then act by the clock, and no scenario is proposed. */
    public boolean simulating() {
        return moment.simulating();
    }

    /** True where the thing is made at {@code now}, by a change. */
    public boolean born(Reference reference) {
        return moment.born().contains(reference);
    }

    /** True where a change made the thing before {@code now}. */
    public boolean made(Reference reference) {
        return moment.made().contains(reference);
    }

    /** True where a change gives the thing another specification at {@code now}. */
    public boolean patched(Reference reference) {
        return moment.patched().contains(reference);
    }

    /** Sites, links, causes, clusters. */
    public Ground ground() {
        return ground;
    }

    /** Room in a cluster's node pools; empty where their sizes are not known. */
    public Optional<Room> room(String cluster) {
        return rooms.computeIfAbsent(
                cluster,
                name -> Optional.ofNullable(ground.clusters().get(name)).flatMap(found -> Room.of(this, found)));
    }

    /** Paths between sites. */
    public Routing routing() {
        return routing;
    }

    /** Workloads, hosted services and what they need. */
    public Placement placement() {
        return placement;
    }

    /** Products, host names, routes, load balancers. */
    public Front front() {
        return front;
    }

    /** Proposes a scenario. */
    public void propose(Proposal proposal) {
        proposals.add(proposal);
    }

    /** What was proposed, in order. */
    public List<Proposal> proposals() {
        return Collections.unmodifiableList(proposals);
    }

    /** The owner's value for a default, or the catalogue's; the latter is listed as assumed. Use for durations. */
    public Fact<Duration> duration(Assumption<Duration> assumption) {
        Optional<Fact<Duration>> declared = estate.declaredDefault(assumption)
                .flatMap(text -> Durations.parse(text.value()).map(value -> text.map(_ -> value)));
        return declared.orElseGet(() -> note(assumption, Durations.words(assumption.value())));
    }

    /** As {@link #duration}, for numbers. */
    public Fact<Double> number(Assumption<Double> assumption) {
        Optional<Fact<Double>> declared = estate.declaredDefault(assumption).flatMap(Sketch::parse);
        return declared.orElseGet(() -> note(assumption, String.valueOf(assumption.value())));
    }

    private static Optional<Fact<Double>> parse(Fact<String> text) {
        try {
            return Optional.of(text.map(Double::valueOf));
        } catch (NumberFormatException notANumber) {
            return Optional.empty(); // the reader of Assumptions reports it
        }
    }

    private <T> Fact<T> note(Assumption<T> assumption, String value) {
        assumed.put(assumption.id(), new AssumedFact("", assumption.id(), value, assumption.source()));
        return assumption.fact();
    }

    /** Notes an assumption about one thing. */
    public <T> Fact<T> assume(Reference of, String id, T value, String source) {
        assumed.put(id + " " + of, new AssumedFact(of.text(), id, String.valueOf(value), source));
        return new Fact<>(value, new Assumed(id, source));
    }

    /** Everything that was assumed so far, by id. */
    public Collection<AssumedFact> assumed() {
        return Collections.unmodifiableCollection(assumed.values());
    }

    /** A place for a thing that no file declares. */
    static Declared nowhere() {
        return new Declared("", 1, "");
    }
}
