package dev.premortem.twin.process;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Process;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One host name, the load balancer that its record should point at, and what the caches of its users hold. All three move in one process
 * so that nobody pokes anybody (semantics 1.8): a load balancer that is made anew has a new address unless that is pinned, the record
 * keeps the old one until somebody corrects it, and each of 60 equal groups of caches keeps its answer until that has lived its life.
 */
public record NameAndAddress(
        String key, String mechanism, Address address, Answers answers, Corrector corrector, Told told)
        implements Process {
    /** Groups of caches that the users of a name are divided into. */
    public static final int GROUPS = 60;

    private static final int READY = 1000;
    private static final int CORRECT = 100_000_000;

    /**
     * The conditions that it writes, and the record's name for people.
     *
     * @param ready load balancer with an address that answers; written
     * @param right the record points at that address; written. Held up from outside it means that a person corrected the record
     * @param served every user's cache holds the right answer; written
     * @param record {@code www.example.com}
     */
    public record Told(Condition ready, Condition right, Condition served, String record) {}

    @Override
    public Kind kind() {
        return Kind.PROPAGATION;
    }

    @Override
    public List<Condition> writes() {
        return List.of(told.ready(), told.right(), told.served());
    }

    @Override
    public List<Condition> watches() {
        return List.of(address.exists(), told.right());
    }

    @Override
    public Behaviour begin() {
        return new Life();
    }

    /**
     * What outlives a change of the estate: the address, the record, what each group of caches holds and when it looks again.
     *
     * @param loadBalancer the one that existed when the run ended, empty for none
     * @param live its address, empty while there is none that answers
     * @param readyAt when the one that is being made answers; {@link Long#MAX_VALUE} for never
     * @param record address in the record; empty for no record
     * @param correctAt when the record will be corrected; {@link Long#MAX_VALUE} for never
     * @param made how many load balancers were made so far
     * @param held answer of each group
     * @param looks instant at which each group looks again
     */
    public record State(
            String loadBalancer,
            String live,
            long readyAt,
            String record,
            long correctAt,
            int made,
            List<String> held,
            List<Long> looks) {
        /** Share of users whose answer is the live address. */
        public double share() {
            return live.isEmpty() ? 0 : held.stream().filter(live::equals).count() / (double) held.size();
        }
    }

    /** What others may ask about the users of the name while a run goes on. */
    public interface Users {
        /** Share of users whose answer is an address that lives. */
        double served();
    }

    /** State of one run. */
    private final class Life implements Behaviour, Users {
        private String loadBalancer = "";
        private String live = "";
        private String last = "";
        private long readyAt = Long.MAX_VALUE;
        private String record = "";
        private long correctAt = Long.MAX_VALUE;
        private int made;
        private final String[] held = new String[GROUPS];
        private final long[] looks = new long[GROUPS];
        private final boolean[] waiting = new boolean[GROUPS];

        @Override
        public void start(Run run) {
            java.util.Optional<State> before =
                    run.carried().filter(State.class::isInstance).map(State.class::cast);
            if (before.isPresent()) {
                restore(run, before.get());
            } else {
                fresh(run.now());
                if (run.continued() && address.present().isEmpty()) {
                    live = ""; // its load balancer is made by the change that began this run
                    loadBalancer = "";
                }
                show(run, "");
            }
            follow(run);
        }

        @Override
        public double served() {
            return state().share();
        }

        @Override
        public Optional<Object> carry() {
            return Optional.of(state());
        }

        private void fresh(long now) {
            loadBalancer = address.loadBalancer();
            live = address.present().isEmpty() ? "its present address" : address.present();
            record = address.recorded().isEmpty() ? live : address.recorded();
            last = record;
            Arrays.fill(held, record);
            long life = answers.lives(false);
            for (int i = 0; i < GROUPS; i++) {
                looks[i] = now + (2 * i + 1) * life / (2 * GROUPS);
            }
        }

        @Override
        public void changed(Run run) {
            if (run.holds(told.right()) && !live.isEmpty() && !record.equals(live)) {
                correct(run);
            }
            follow(run);
        }

        /** Brings the load balancer in line with what is wanted. */
        private void follow(Run run) {
            boolean wanted =
                    run.holds(address.exists()) && !address.loadBalancer().isEmpty();
            boolean same = loadBalancer.equals(address.loadBalancer());
            if (!live.isEmpty() && (!wanted || !same)) {
                live = "";
                correctAt = Long.MAX_VALUE;
                show(run, "the load balancer is deleted, and its address with it");
            }
            if (!wanted) {
                loadBalancer = "";
                readyAt = Long.MAX_VALUE;
            } else if (live.isEmpty() && (readyAt == Long.MAX_VALUE || !same)) {
                loadBalancer = address.loadBalancer();
                made++;
                readyAt = run.now() + address.provisioning().toMillis();
                run.note(told.ready(), "a new load balancer is being made");
                run.wakeAt(readyAt, READY + made);
            }
        }

        @Override
        public void wake(Run run, int tag) {
            if (tag >= CORRECT) {
                if (run.now() == correctAt) {
                    correct(run);
                }
            } else if (tag >= READY) {
                if (run.now() == readyAt) {
                    answer(run);
                }
            } else {
                look(run, tag);
            }
        }

        private void answer(Run run) {
            readyAt = Long.MAX_VALUE;
            live = address.pinned().orElseGet(() -> "new address " + made + " (it was " + last + ")");
            boolean moved = !live.equals(record);
            show(
                    run,
                    moved
                            ? "the load balancer answers under " + live + ", the record " + told.record()
                                    + " still says " + record
                            : "the load balancer answers under " + live);
            if (moved) {
                plan(run);
            }
        }

        private void plan(Run run) {
            switch (corrector) {
                case Corrector.Nobody _ -> {}
                case Corrector.Program program ->
                    correctAt = run.now() + program.interval().toMillis();
                case Corrector.Person person ->
                    correctAt = run.now() + person.delay().toMillis();
            }
            if (correctAt != Long.MAX_VALUE) {
                run.wakeAt(correctAt, CORRECT);
            }
        }

        private void correct(Run run) {
            correctAt = Long.MAX_VALUE;
            record = live;
            last = live;
            boolean person = corrector instanceof Corrector.Person;
            show(run, (person ? "a person corrects the record " : "the record follows: ") + told.record());
            for (int i = 0; i < GROUPS; i++) {
                if (!held[i].equals(record)) {
                    expect(run, i);
                }
            }
            run.note(
                    told.served(),
                    "caches keep the old answer for up to "
                            + java.time.Duration.ofMillis(answers.lives(false)).toSeconds() + " s, until "
                            + Instant.ofEpochMilli(Arrays.stream(looks).max().orElseThrow()));
        }

        private void expect(Run run, int group) {
            long life = answers.lives(false);
            if (looks[group] <= run.now()) {
                looks[group] += (Math.floorDiv(run.now() - looks[group], life) + 1) * life;
            }
            if (!waiting[group]) {
                waiting[group] = true;
                run.wakeAt(looks[group], group);
            }
        }

        private void look(Run run, int group) {
            waiting[group] = false;
            held[group] = record;
            looks[group] = run.now() + answers.lives(record.isEmpty());
            show(run, "");
            double back = Arrays.stream(held).filter(live::equals).count() / (double) GROUPS;
            run.note(told.served(), "share " + Math.round((1 - back) * 1000) / 1000.0);
        }

        private void show(Run run, String text) {
            boolean answers = !live.isEmpty();
            run.set(told.ready(), answers, answers ? "" : text);
            run.set(told.right(), answers && record.equals(live), text);
            boolean all = answers;
            for (String each : held) {
                all &= each.equals(live);
            }
            run.set(told.served(), all, all ? "every cache has the new answer" : "");
        }

        State state() {
            List<Long> next = new ArrayList<>();
            for (long look : looks) {
                next.add(look);
            }
            return new State(loadBalancer, live, readyAt, record, correctAt, made, List.of(held), List.copyOf(next));
        }

        void restore(Run run, State state) {
            loadBalancer = state.loadBalancer();
            live = state.live();
            last = state.record();
            readyAt = state.readyAt();
            record = state.record();
            correctAt = state.correctAt();
            made = state.made();
            for (int i = 0; i < GROUPS; i++) {
                held[i] = state.held().get(i);
                looks[i] = state.looks().get(i);
                if (!held[i].equals(record)) {
                    expect(run, i);
                }
            }
            if (readyAt != Long.MAX_VALUE) {
                run.wakeAt(Math.max(readyAt, run.now()), READY + made);
                readyAt = Math.max(readyAt, run.now());
            }
            if (correctAt != Long.MAX_VALUE) {
                correctAt = Math.max(correctAt, run.now());
                run.wakeAt(correctAt, CORRECT);
            }
            show(run, "");
        }
    }
}
