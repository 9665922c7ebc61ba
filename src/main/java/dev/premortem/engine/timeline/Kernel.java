package dev.premortem.engine.timeline;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Process;
import dev.premortem.twin.Scenario;
import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** One run: rounds of events, settling and reactions (semantics 1.7). */
final class Kernel {
    static final int MOST_ROUNDS = 100;

    private final Twin twin;
    private final Scenario scenario;
    private final Carried carried;
    private final Values values;
    private final Trace trace;
    private final EventQueue queue = new EventQueue();
    /** Events that were planned in a round for its own instant; they belong to the next round. */
    private final EventQueue later = new EventQueue();

    private final BitSet dirty;
    private final String[] texts;
    private final List<Mask> masks = new ArrayList<>();
    private final List<Process> processes;
    private final Process.Behaviour[] behaviours;
    private final ProcessRun[] runs;
    private final Map<String, Integer> ranks = new HashMap<>();
    private final int[][] watchers;
    private final BitSet[] writes;
    private final BitSet told;
    private final boolean[] changedNow;
    private final int[] changes;
    private final int[] peeled;
    private final BitSet waiting;
    /** Conditions whose mask changed in this round. */
    private final BitSet touched;

    private int changeCount;
    private long instant;
    private boolean inRounds;
    private boolean recording;

    private record Mask(int condition, boolean loses, int by) {}

    Kernel(Twin twin, Scenario scenario, Carried carried) {
        this.twin = twin;
        this.scenario = scenario;
        this.carried = carried;
        this.values = new Values(twin);
        this.trace = new Trace(twin, scenario);
        this.dirty = new BitSet(twin.size());
        this.texts = new String[twin.size()];
        this.changedNow = new boolean[twin.size()];
        this.changes = new int[twin.size()];
        this.peeled = new int[twin.size()];
        this.waiting = new BitSet(twin.size());
        this.touched = new BitSet(twin.size());
        this.processes = twin.processes().stream()
                .filter(process -> process.kind() != Process.Kind.HAZARD
                        || scenario.hazards().contains(process.key()))
                .toList();
        this.behaviours = new Process.Behaviour[processes.size()];
        this.runs = new ProcessRun[processes.size()];
        this.told = new BitSet(processes.size());
        this.watchers = watchers();
        this.writes = writes();
        this.instant = scenario.from();
        Arrays.fill(texts, "");
    }

    private int[][] watchers() {
        int[][] byCondition = new int[twin.size()][];
        Arrays.fill(byCondition, new int[0]);
        for (int p = 0; p < processes.size(); p++) {
            ranks.put(processes.get(p).key(), p);
            for (Condition watched : processes.get(p).watches()) {
                int number = twin.number(watched);
                if (number >= 0) {
                    int count = byCondition[number].length;
                    byCondition[number] = Arrays.copyOf(byCondition[number], count + 1);
                    byCondition[number][count] = p;
                }
            }
        }
        return byCondition;
    }

    private BitSet[] writes() {
        BitSet[] byProcess = new BitSet[processes.size()];
        for (int p = 0; p < byProcess.length; p++) {
            byProcess[p] = new BitSet();
            for (Condition written : processes.get(p).writes()) {
                int number = twin.number(written);
                if (number >= 0) {
                    byProcess[p].set(number);
                }
            }
        }
        return byProcess;
    }

    Trace run() {
        plan();
        dirty.set(0, twin.size());
        settle();
        for (int p = 0; p < processes.size(); p++) {
            behaviours[p] = processes.get(p).begin();
            runs[p] = new ProcessRun(p);
        }
        for (int p = 0; p < processes.size(); p++) {
            behaviours[p].start(runs[p]);
        }
        told.clear();
        rounds(false);
        trace.begin(values.now);
        recording = true;
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
            values.lost[mask.condition()] += mask.by();
        } else {
            values.held[mask.condition()] = true;
        }
        dirty.set(mask.condition());
        touched.set(mask.condition());
    }

    private void rounds(boolean withEvents) {
        inRounds = withEvents;
        BitSet reacting = new BitSet(processes.size());
        TreeSet<String> answering = new TreeSet<>();
        for (int round = 0; ; round++) {
            boolean due = withEvents && !queue.isEmpty() && queue.instant() == instant;
            if (!due && dirty.isEmpty()) {
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
                dirty.stream()
                        .limit(8)
                        .forEach(c -> answering.add(twin.condition(c).name()));
            }
            if (!dirty.isEmpty()) {
                trace.round();
                settle();
            }
            reacting.clear();
            reacting.or(told);
            told.clear();
            for (int p = reacting.nextSetBit(0); p >= 0; p = reacting.nextSetBit(p + 1)) {
                behaviours[p].changed(runs[p]);
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
                behaviours[rank].wake(runs[rank], tag);
            }
        }
    }

    private void settle() {
        // What reads a condition stands behind it, so one walk forward meets everything that becomes dirty on the way.
        for (int c = dirty.nextSetBit(0); c >= 0; c = dirty.nextSetBit(c + 1)) {
            int component = twin.component[c];
            if (twin.cyclic[component]) {
                settleCycle(c, twin.componentStart[component], twin.componentStart[component + 1]);
            } else {
                boolean value = values.evaluate(c);
                if (value != values.now[c]) {
                    change(c, value);
                } else {
                    texts[c] = ""; // what its process said does not tell the next change, which will have another cause
                }
            }
        }
        dirty.clear();
        touched.clear();
        for (int i = 0; i < changeCount; i++) {
            changedNow[changes[i]] = false;
        }
        changeCount = 0;
    }

    /** The greatest fixpoint of a cycle: all true, lowered until nothing changes. */
    private void settleCycle(int firstDirty, int from, int to) {
        boolean needless = values.allHold(from, to);
        for (int c = firstDirty; needless && c >= 0 && c < to; c = dirty.nextSetBit(c + 1)) {
            needless = values.evaluate(c);
        }
        dirty.clear(from, to);
        if (needless) {
            return; // everything holds and goes on to hold: nothing above it to look for
        }
        boolean[] old = Arrays.copyOfRange(values.now, from, to);
        int lowered = lower(from, to);
        // Falls are told in the order in which the loss peels the cycle.
        for (int i = 0; i < lowered; i++) {
            if (old[peeled[i] - from]) {
                record(peeled[i], false);
            }
        }
        rises(old, from, to);
    }

    /** Lowers from all true, in passes that skip what no fall has touched. Gives how many fell; they are in {@code peeled}. */
    private int lower(int from, int to) {
        Arrays.fill(values.now, from, to, true);
        int lowered = 0;
        waiting.set(from, to);
        int c = from;
        while (true) {
            c = waiting.nextSetBit(c);
            if (c < 0) {
                c = waiting.nextSetBit(from);
                if (c < 0) {
                    return lowered;
                }
            }
            waiting.clear(c);
            if (values.now[c] && !values.evaluate(c)) {
                values.now[c] = false;
                peeled[lowered++] = c;
                for (int i = twin.outStart[c]; i < twin.outStart[c + 1]; i++) {
                    int reader = twin.out[i];
                    if (reader >= from && reader < to && values.now[reader]) {
                        waiting.set(reader);
                    }
                }
            }
        }
    }

    /** Rises are told from where they entered the cycle: first members that something outside raised, then what reads them. */
    private void rises(boolean[] old, int from, int to) {
        BitSet risen = new BitSet();
        for (int c = from; c < to; c++) {
            if (values.now[c] && !old[c - from]) {
                risen.set(c);
            }
        }
        // In passes by number, which skip what no rise has touched.
        waiting.or(risen);
        int c = waiting.nextSetBit(from);
        while (c >= 0) {
            waiting.clear(c);
            // Before anything is recorded a cycle holds because it starts from all true.
            if (risen.get(c) && (!recording || touched.get(c) || changedInput(c))) {
                risen.clear(c);
                record(c, true);
                for (int i = twin.outStart[c]; i < twin.outStart[c + 1]; i++) {
                    if (risen.get(twin.out[i])) {
                        waiting.set(twin.out[i]);
                    }
                }
            }
            int next = waiting.nextSetBit(c);
            c = next < 0 ? waiting.nextSetBit(from) : next;
        }
        if (!risen.isEmpty()) {
            throw new IllegalStateException("a cycle rose by itself: " + twin.condition(risen.nextSetBit(0)));
        }
    }

    private boolean changedInput(int c) {
        for (int i = twin.inStart[c]; i < twin.inStart[c + 1]; i++) {
            if (changedNow[twin.in[i]]) {
                return true;
            }
        }
        return false;
    }

    private void change(int c, boolean value) {
        values.now[c] = value;
        record(c, value);
    }

    private void record(int c, boolean value) {
        int component = twin.component[c];
        for (int i = twin.outStart[c]; i < twin.outStart[c + 1]; i++) {
            if (twin.component[twin.out[i]] != component) {
                dirty.set(twin.out[i]);
            }
        }
        for (int watcher : watchers[c]) {
            told.set(watcher);
        }
        if (recording) {
            trace.add(
                    instant,
                    c,
                    value,
                    twin.kind[c] == Twin.BASIC || values.lost[c] > 0 ? -1 : cause(c, value),
                    texts[c]);
        }
        texts[c] = "";
        // Only now: a choice that reads itself is not its own cause.
        changedNow[c] = true;
        changes[changeCount++] = c;
    }

    /** The input that changed in this round: for a fall the lost one with the smallest key, for a rise the last that rose. */
    private int cause(int c, boolean value) {
        int found = -1;
        for (int i = twin.inStart[c]; i < twin.inStart[c + 1]; i++) {
            int input = twin.in[i];
            int entry = changedNow[input] ? trace.lastEntry(input) : -1;
            if (entry < 0) {
                continue;
            }
            boolean fits = twin.kind[c] == Twin.NOT || trace.holds(entry) == value;
            if (fits && (found < 0 || (value ? entry > found : input < trace.number(found)))) {
                found = entry;
            }
        }
        if (found < 0 && twin.kind[c] == Twin.FIRST) {
            // The choice moved: a preferred one rose and does not work, or a bad one fell and the next works.
            for (int i = twin.inStart[c]; i < twin.inStart[c + 1] && found < 0; i++) {
                found = changedNow[twin.in[i]] ? trace.lastEntry(twin.in[i]) : -1;
            }
        }
        return found;
    }

    private Map<String, Object> carry() {
        Map<String, Object> states = new TreeMap<>(carried.states());
        for (int p = 0; p < processes.size(); p++) {
            String key = processes.get(p).key();
            behaviours[p].carry().ifPresent(state -> states.put(key, state));
        }
        return states;
    }

    /** What one process sees of the run. */
    private final class ProcessRun implements Process.Run {
        private final int rank;

        ProcessRun(int rank) {
            this.rank = rank;
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
        public boolean holds(Condition condition) {
            int number = twin.number(condition);
            if (number < 0) {
                throw new IllegalStateException(
                        "process " + processes.get(rank).key() + " reads " + condition + ", which nobody defines");
            }
            return values.now[number];
        }

        @Override
        public void set(Condition condition, boolean holds, String text) {
            int number = twin.number(condition);
            if (number < 0 || !writes[rank].get(number)) {
                throw new IllegalStateException("process " + processes.get(rank).key() + " may not write " + condition);
            }
            if (values.base[number] != holds) {
                values.base[number] = holds;
                texts[number] = text;
                dirty.set(number);
            }
        }

        @Override
        public void wakeAt(long at, int tag) {
            if (at < instant) {
                throw new IllegalStateException("process " + processes.get(rank).key() + " plans an event before now");
            }
            if (at < scenario.until()) {
                (inRounds && at == instant ? later : queue).add(at, rank, tag);
            }
        }

        @Override
        public void note(Condition about, String text) {
            trace.note(instant, about, text);
        }

        @Override
        public <T> Optional<T> shared(String processKey, Class<T> kind) {
            Integer other = ranks.get(processKey);
            return other == null || !kind.isInstance(behaviours[other])
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
