package dev.premortem.testing;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Process;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;

/** A small stand-in for the timeline: one process, conditions without gates, rounds as in semantics 1.7. Conditions hold where nothing was said. */
public final class FakeRun implements Process.Run {
    /** One line of what happened. */
    public record Entry(long at, String condition, Optional<Boolean> holds, String text) {
        @Override
        public String toString() {
            return Instant.ofEpochMilli(at) + " " + condition
                    + holds.map(value -> value ? " holds" : " lost").orElse(" note")
                    + (text.isEmpty() ? "" : ": " + text);
        }
    }

    private record Event(long at, int tag) {}

    private final Process process;
    private final Process.Behaviour behaviour;
    private final long beginning;
    private final Optional<Object> carried;
    private final boolean continued;
    private final Map<Condition, Boolean> values = new TreeMap<>();
    private final Map<Condition, Boolean> pending = new TreeMap<>();
    private final Map<Condition, String> texts = new TreeMap<>();
    /** Conditions that were asked for, by number. */
    private final List<Condition> numbered = new ArrayList<>();

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingInt(Event::tag));
    private final List<Entry> log = new ArrayList<>();
    private long now;

    /** Starts the process at an instant, with some conditions lost. */
    public FakeRun(Process process, Instant beginning, Condition... lost) {
        this(process, beginning, Optional.empty(), false, lost);
    }

    /** Goes on after a change of the estate: the process takes over what the one of the same key handed over, if there was one. */
    public static FakeRun after(FakeRun before, Process process, Condition... lost) {
        Optional<Object> state =
                before.process.key().equals(process.key()) ? before.behaviour.carry() : Optional.empty();
        return new FakeRun(process, Instant.ofEpochMilli(before.now), state, true, lost);
    }

    private FakeRun(
            Process process, Instant beginning, Optional<Object> carried, boolean continued, Condition... lost) {
        this.carried = carried;
        this.continued = continued;
        this.process = process;
        this.beginning = beginning.toEpochMilli();
        this.now = this.beginning;
        for (Condition condition : lost) {
            values.put(condition, false);
        }
        this.behaviour = process.begin();
        behaviour.start(this);
        settle();
    }

    /** Runs up to and including an instant. */
    public FakeRun until(Instant instant) {
        long end = instant.toEpochMilli();
        while (!events.isEmpty() && events.peek().at() <= end) {
            now = events.peek().at();
            while (!events.isEmpty() && events.peek().at() == now) {
                behaviour.wake(this, events.poll().tag());
            }
            settle();
        }
        now = end;
        return this;
    }

    /** Runs for a while. */
    public FakeRun pass(Duration length) {
        return until(Instant.ofEpochMilli(now).plus(length));
    }

    /** Somebody else changes a condition now. */
    public FakeRun change(Condition condition, boolean holds) {
        values.put(condition, holds);
        log.add(new Entry(now, condition.name(), Optional.of(holds), "from outside"));
        if (process.watches().contains(condition)) {
            behaviour.changed(this);
        }
        settle();
        return this;
    }

    private void settle() {
        for (int round = 0; !pending.isEmpty(); round++) {
            if (round > 100) {
                throw new IllegalStateException("more than 100 rounds at " + Instant.ofEpochMilli(now));
            }
            TreeSet<Condition> changed = new TreeSet<>();
            pending.forEach((condition, holds) -> {
                if (holds(condition) != holds) {
                    values.put(condition, holds);
                    changed.add(condition);
                    log.add(new Entry(
                            now,
                            condition.name(),
                            Optional.of(holds),
                            java.util.Objects.requireNonNull(texts.get(condition))));
                }
            });
            pending.clear();
            changed.retainAll(process.watches());
            if (!changed.isEmpty()) {
                behaviour.changed(this);
            }
            while (!events.isEmpty() && events.peek().at() == now) {
                behaviour.wake(this, events.poll().tag());
            }
        }
    }

    /** Everything that happened, in order. */
    public List<Entry> log() {
        return List.copyOf(log);
    }

    /** When a condition changed, as offsets from the beginning; losses and returns in turn. */
    public List<Duration> changes(Condition condition) {
        return log.stream()
                .filter(entry -> entry.condition().equals(condition.name())
                        && entry.holds().isPresent())
                .map(entry -> Duration.ofMillis(entry.at() - beginning))
                .toList();
    }

    /** The run's process. */
    public Process.Behaviour behaviour() {
        return behaviour;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public long beginning() {
        return beginning;
    }

    @Override
    public int number(Condition condition) {
        if (!numbered.contains(condition)) {
            numbered.add(condition);
        }
        return numbered.indexOf(condition);
    }

    @Override
    public boolean holds(int number) {
        return values.getOrDefault(numbered.get(number), true);
    }

    @Override
    public void set(int number, boolean holds, String text) {
        Condition condition = numbered.get(number);
        if (!process.writes().contains(condition)) {
            throw new IllegalStateException(process.key() + " does not write " + condition);
        }
        pending.put(condition, holds);
        texts.put(condition, text);
    }

    @Override
    public void wakeAt(long instant, int tag) {
        if (instant < now) {
            throw new IllegalStateException("a wake in the past");
        }
        events.add(new Event(instant, tag));
    }

    @Override
    public void note(Condition about, String text) {
        log.add(new Entry(now, about.name(), Optional.empty(), text));
    }

    @Override
    public <T> Optional<T> shared(String processKey, Class<T> kind) {
        return Optional.empty();
    }

    @Override
    public Optional<Object> carried() {
        return carried;
    }

    @Override
    public boolean continued() {
        return continued;
    }
}
