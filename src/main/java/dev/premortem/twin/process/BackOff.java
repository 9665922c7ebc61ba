package dev.premortem.twin.process;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Process;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Containers that are killed while something outside of them does not answer: each kill doubles the wait before the next start, so that they are back only when
 * the wait that runs when it answers again is over.
 *
 * @param running holds while the containers run and are not about to be killed again; the condition that it writes
 * @param asked what their liveness needs to answer
 * @param times lengths of the steps
 */
public record BackOff(String key, String mechanism, Condition running, Condition asked, Times times)
        implements Process {
    /** The first wait, the longest, and how long a container must run until the wait is short again: KEP-4603 (read 2026-11-24). */
    public static final Duration FIRST = Duration.ofSeconds(10);

    public static final Duration LONGEST = Duration.ofSeconds(300);

    private static final Duration CALM = Duration.ofMinutes(10);

    /**
     * Lengths of the steps.
     *
     * @param notice from the first failed probe to the kill
     * @param life from a start to the kill while the probe still fails, the delay before the first probe included
     * @param start from a start to ready
     */
    public record Times(Duration notice, Duration life, Duration start) {}

    @Override
    public Kind kind() {
        return Kind.HEALING;
    }

    @Override
    public List<Condition> writes() {
        return List.of(running);
    }

    @Override
    public List<Condition> watches() {
        return List.of(asked);
    }

    @Override
    public Behaviour begin() {
        return new Life();
    }

    private enum Stage {
        RUNNING,
        /** The probe fails; the kill is due. */
        FAILING,
        /** Killed; the next start is due. */
        WAITING,
        /** Started while what is asked answers; ready when due. */
        STARTING
    }

    /** What outlives a change of the estate. */
    private record State(Stage stage, long due, long pause, long since) {}

    private final class Life implements Behaviour {
        private Stage stage = Stage.RUNNING;
        private int number;
        private long due = Long.MAX_VALUE;

        /** The wait before the next start; the first start after a kill is at once. */
        private long pause;

        /** When the containers were last ready. */
        private long since = Long.MIN_VALUE;

        @Override
        public void start(Run run) {
            Optional<State> before =
                    run.carried().filter(State.class::isInstance).map(State.class::cast);
            before.ifPresent(state -> {
                stage = state.stage();
                due = state.due();
                pause = state.pause();
                since = state.since();
            });
            run.set(running, stage == Stage.RUNNING || stage == Stage.FAILING, "");
            if (stage != Stage.RUNNING) {
                number++;
                run.wakeAt(Math.max(due, run.now()), number);
            }
            changed(run);
        }

        @Override
        public Optional<Object> carry() {
            return Optional.of(new State(stage, due, pause, since));
        }

        @Override
        public void changed(Run run) {
            boolean answers = run.holds(asked);
            switch (stage) {
                case RUNNING -> {
                    if (!answers) {
                        enter(run, Stage.FAILING, times.notice().toMillis());
                    }
                }
                case FAILING -> {
                    if (answers) {
                        stage = Stage.RUNNING;
                        number++;
                    }
                }
                case STARTING -> {
                    if (!answers) {
                        enter(run, Stage.STARTING, times.life().toMillis());
                    } else {
                        enter(run, Stage.STARTING, times.start().toMillis());
                    }
                }
                case WAITING -> {}
            }
        }

        @Override
        public void wake(Run run, int tag) {
            if (tag != number) {
                return;
            }
            switch (stage) {
                case FAILING -> {
                    if (since != Long.MIN_VALUE && run.now() - since >= CALM.toMillis()) {
                        pause = 0;
                    }
                    kill(run);
                }
                case WAITING ->
                    enter(run, Stage.STARTING, (run.holds(asked) ? times.start() : times.life()).toMillis());
                case STARTING -> {
                    if (run.holds(asked)) {
                        stage = Stage.RUNNING;
                        number++;
                        since = run.now();
                        run.set(running, true, "");
                    } else {
                        kill(run);
                    }
                }
                case RUNNING -> {}
            }
        }

        private void kill(Run run) {
            run.set(running, false, "");
            enter(run, Stage.WAITING, pause);
            pause = pause == 0 ? FIRST.toMillis() : Math.min(2 * pause, LONGEST.toMillis());
        }

        private void enter(Run run, Stage next, long length) {
            stage = next;
            number++;
            due = run.now() + length;
            run.wakeAt(due, number);
        }
    }
}
