package dev.premortem.engine.timeline;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Process;
import dev.premortem.twin.Scenario;
import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** One run: rounds of events, settling and reactions (semantics 1.7). */
final class Kernel {
    static final int MOST_ROUNDS = 100;

    private final Prepared prepared;
    private final Twin twin;
    private final Scenario scenario;
    private final Carried carried;
    private final State state;
    private final Trace trace;
    private final Settling settling;
    private final EventQueue queue = new EventQueue();
    /** Events that were planned in a round for its own instant; they belong to the next round. */
    private final EventHeap later = new EventHeap();

    private final List<Mask> masks = new ArrayList<>();
    /** Processes of the twin by rank, of which only those that are awake run. */
    private final List<Process> processes;

    private final BitSet awake;
    /** By rank. */
    private final Process.Behaviour[] behaviours;

    private final ProcessRun run = new ProcessRun();

    /** Processes that something which they watch changed for in this round. */
    private RankSet told;
    /** The set that {@link #told} is exchanged with. */
    private RankSet reacting;

    /** Who answers whom where a run seems not to come to rest. */
    private final TreeSet<String> answering = new TreeSet<>();

    private long instant;
    private boolean inRounds;

    private record Mask(int condition, boolean loses, int by) {}

    Kernel(Prepared prepared, Scenario scenario, Carried carried) {
        this.prepared = prepared;
        this.twin = prepared.twin();
        this.scenario = scenario;
        this.carried = carried;
        this.state = prepared.calm().copy();
        this.trace = new Trace(twin, scenario, state);
        this.settling = new Settling(twin, state, trace, this::tell);
        this.processes = twin.processes();
        this.awake = prepared.awake(scenario);
        this.behaviours = new Process.Behaviour[processes.size()];
        this.told = new RankSet(processes.size());
        this.reacting = new RankSet(processes.size());
        this.instant = scenario.from();
    }

    Trace run() {
        plan();
        settling.settle(instant);
        for (int p = awake.nextSetBit(0); p >= 0; p = awake.nextSetBit(p + 1)) {
            behaviours[p] = processes.get(p).begin();
        }
        for (int p = awake.nextSetBit(0); p >= 0; p = awake.nextSetBit(p + 1)) {
            behaviours[p].start(run.of(p));
        }
        told.remove(0, processes.size());
        rounds(false);
        settling.record();
        while (!queue.isEmpty() && queue.instant() < scenario.until()) {
            instant = queue.instant();
            rounds(true);
        }
        instant = scenario.until();
        trace.end(carry());
        return trace;
    }

    /** Masks become events before all others of their instant. Those that stand from before the beginning are applied at once. */
    private void plan() {
        for (Scenario.Loss loss : scenario.faults()) {
            mask(loss.condition(), loss.from(), true, 1);
            if (loss.until() < scenario.until()) {
                mask(loss.condition(), loss.until(), true, -1);
            }
        }
        new TreeMap<>(scenario.heldUp()).forEach((condition, since) -> mask(condition, since, false, 1));
    }

    private void mask(Condition condition, long at, boolean loses, int by) {
        int number = twin.number(condition);
        if (number < 0) {
            throw new IllegalStateException("the twin has no condition " + condition);
        }
        masks.add(new Mask(number, loses, by));
        if (at < scenario.from() || (!loses && at == scenario.from())) {
            apply(masks.getLast());
        } else {
            queue.add(at, -1, masks.size() - 1);
        }
    }

    private void apply(Mask mask) {
        if (mask.loses()) {
            state.lose(mask.condition(), mask.by());
        } else {
            state.put(mask.condition(), State.HELD, true);
        }
        settling.mask(mask.condition());
    }

    private void rounds(boolean withEvents) {
        inRounds = withEvents;
        answering.clear();
        for (int round = 0; ; round++) {
            boolean due = withEvents && !queue.isEmpty() && queue.instant() == instant;
            if (!due && !settling.isDue()) {
                return;
            }
            if (round >= MOST_ROUNDS) {
                throw new Livelock(instant, String.join(", ", answering));
            }
            boolean suspect = round >= MOST_ROUNDS - 10;
            if (suspect && due && queue.rank() >= 0) {
                answering.add("process " + processes.get(queue.rank()).key());
            }
            if (due) {
                events();
            }
            if (suspect) {
                Arrays.stream(settling.suspects(8))
                        .forEach(c -> answering.add(twin.condition(c).name()));
            }
            if (settling.isDue()) {
                trace.round();
                settling.settle(instant);
            }
            RankSet react = told;
            told = reacting; // empty since the last round
            reacting = react;
            for (int p = react.next(0); p >= 0; p = react.next(p + 1)) {
                react.remove(p);
                behaviours[p].changed(run.of(p));
                if (suspect) {
                    answering.add("process " + processes.get(p).key());
                }
            }
            for (; !later.isEmpty(); later.remove()) {
                queue.add(later.instant(), later.rank(), later.tag());
            }
        }
    }

    /** All events that are due, in order; what they plan for the same instant waits for the next round. */
    private void events() {
        while (!queue.isEmpty() && queue.instant() == instant) {
            int rank = queue.rank();
            int tag = queue.tag();
            queue.remove();
            if (rank < 0) {
                apply(masks.get(tag));
            } else {
                behaviours[rank].wake(run.of(rank), tag);
            }
        }
    }

    private void tell(int condition) {
        for (int i = prepared.watchersFrom(condition); i < prepared.watchersTo(condition); i++) {
            int watcher = prepared.watcher(i);
            if (awake.get(watcher)) {
                told.add(watcher);
            }
        }
    }

    private Map<String, Object> carry() {
        Map<String, Object> states = new TreeMap<>(carried.states());
        for (int p = awake.nextSetBit(0); p >= 0; p = awake.nextSetBit(p + 1)) {
            String key = processes.get(p).key();
            behaviours[p].carry().ifPresent(state -> states.put(key, state));
        }
        return states;
    }

    /** What the process that acts sees of the run. */
    private final class ProcessRun implements Process.Run {
        private int rank;

        ProcessRun of(int acting) {
            rank = acting;
            return this;
        }

        @Override
        public long now() {
            return instant;
        }

        @Override
        public long beginning() {
            return scenario.from();
        }

        @Override
        public int number(Condition condition) {
            int number = twin.number(condition);
            if (number < 0) {
                throw new IllegalStateException(
                        "process " + processes.get(rank).key() + " names " + condition + ", which nobody defines");
            }
            return number;
        }

        @Override
        public boolean holds(int number) {
            return state.holds(number);
        }

        @Override
        public void set(int number, boolean holds, String text) {
            if (state.writer(number) != rank) {
                throw new IllegalStateException(
                        "process " + processes.get(rank).key() + " may not write " + twin.condition(number));
            }
            if (state.is(number, State.BASE) != holds) {
                settling.set(number, holds, text);
            }
        }

        @Override
        public void wakeAt(long at, int tag) {
            if (at < instant) {
                throw new IllegalStateException("process " + processes.get(rank).key() + " plans an event before now");
            }
            if (at < scenario.until()) {
                if (inRounds && at == instant) {
                    later.add(at, rank, tag);
                } else {
                    queue.add(at, rank, tag);
                }
            }
        }

        @Override
        public void note(Condition about, String text) {
            trace.note(instant, about, text);
        }

        @Override
        public <T> Optional<T> shared(String processKey, Class<T> kind) {
            int other = prepared.rank(processKey);
            return other < 0 || !awake.get(other) || !kind.isInstance(behaviours[other])
                    ? Optional.empty()
                    : Optional.of(kind.cast(behaviours[other]));
        }

        @Override
        public Optional<Object> carried() {
            return Optional.ofNullable(carried.states().get(processes.get(rank).key()));
        }

        @Override
        public boolean continued() {
            return carried.continues();
        }
    }
}
