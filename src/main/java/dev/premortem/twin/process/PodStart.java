package dev.premortem.twin.process;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Process;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way of a workload's pods back to running: evicted when what they stand on is lost, scheduled where there is room, waiting for a node
 * where there is none. The gates for the settled form and for "at once" belong to the mechanism that adds it.
 *
 * @param running holds while no pod is missing or pending; the condition that it writes
 * @param needs what it watches
 * @param times how long each step takes
 * @param born true where the pods are made at the beginning of the run (a new workload, a changed template that replaces all at once)
 */
public record PodStart(String key, String mechanism, Condition running, Needs needs, Times times, boolean born)
        implements Process {
    /**
     * What the pods need.
     *
     * @param home what they stand on now; its loss ends them
     * @param room there is room for them elsewhere
     * @param control what schedules them; all must hold at the moment of scheduling, none afterwards
     */
    public record Needs(Condition home, Condition room, List<Condition> control) {
        public Needs {
            control = List.copyOf(control);
        }
    }

    /**
     * Lengths of the steps.
     *
     * @param eviction from the loss of the home to pods that are made anew elsewhere
     * @param start from scheduled to ready
     * @param node from a pending pod to a new node; empty where the pool is at its maximum
     */
    public record Times(Duration eviction, Duration start, Optional<Duration> node) {}

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
        List<Condition> all = new ArrayList<>(List.of(needs.home(), needs.room()));
        all.addAll(needs.control());
        return List.copyOf(all);
    }

    @Override
    public Behaviour begin() {
        return new Life();
    }

    private enum Stage {
        RUNNING,
        /** Its home is lost; nobody has noticed yet. */
        LOST,
        /** Waits for what schedules, or for room. */
        PENDING,
        /** A node is being made for it. */
        NODE,
        STARTING
    }

    /** What outlives a change of the estate. */
    private record State(Stage stage, boolean moved, long due) {}

    private final class Life implements Behaviour {
        private Stage stage = Stage.RUNNING;
        /** Number of the present stage: a wake that carries another is out of date. */
        private int number;

        /** End of the present stage. */
        private long due = Long.MAX_VALUE;

        /** True once the pods were made anew, away from the home that was lost. */
        private boolean moved;

        private int runningNumber;
        private int homeNumber;
        private int roomNumber;
        private int[] controlNumbers = new int[0];

        @Override
        public void start(Run run) {
            runningNumber = run.number(running);
            homeNumber = run.number(needs.home());
            roomNumber = run.number(needs.room());
            controlNumbers = needs.control().stream().mapToInt(run::number).toArray();
            java.util.Optional<State> before =
                    run.carried().filter(State.class::isInstance).map(State.class::cast);
            if (before.isPresent()) {
                restore(run, before.get());
            } else if (born) {
                run.set(runningNumber, false, "");
                schedule(run);
            } else if (!run.holds(homeNumber)) {
                lose(run);
            } else {
                run.set(runningNumber, true, "");
            }
        }

        private void restore(Run run, State before) {
            stage = before.stage();
            moved = before.moved();
            run.set(runningNumber, stage == Stage.RUNNING, "");
            if (before.due() != Long.MAX_VALUE && stage != Stage.RUNNING && stage != Stage.PENDING) {
                number++;
                due = Math.max(before.due(), run.now());
                run.wakeAt(due, number);
            } else {
                changed(run);
            }
        }

        @Override
        public java.util.Optional<Object> carry() {
            return java.util.Optional.of(new State(stage, moved, due));
        }

        @Override
        public void changed(Run run) {
            switch (stage) {
                case RUNNING -> {
                    if (!moved && !run.holds(homeNumber)) {
                        lose(run);
                    }
                }
                case LOST -> {
                    if (run.holds(homeNumber)) {
                        enter(run, Stage.STARTING, times.start());
                    }
                }
                case PENDING, NODE -> schedule(run);
                case STARTING -> {
                    if (!moved && !run.holds(homeNumber)) {
                        lose(run);
                    }
                }
            }
        }

        @Override
        public void wake(Run run, int tag) {
            if (tag != number) {
                return;
            }
            switch (stage) {
                case LOST -> {
                    moved = true;
                    schedule(run);
                }
                case NODE -> {
                    run.note(running, "a new node takes the pod");
                    enter(run, Stage.STARTING, times.start());
                }
                case STARTING -> {
                    stage = Stage.RUNNING;
                    number++;
                    run.set(runningNumber, true, "");
                }
                case RUNNING, PENDING -> {}
            }
        }

        private void lose(Run run) {
            run.set(runningNumber, false, "");
            enter(run, Stage.LOST, times.eviction());
        }

        private void schedule(Run run) {
            boolean may = allHold(run, controlNumbers);
            boolean back = run.holds(homeNumber);
            if (may && (run.holds(roomNumber) || (back && moved))) {
                moved = !back;
                enter(run, Stage.STARTING, times.start());
            } else if (stage == Stage.NODE) {
                return; // the node goes on being made
            } else if (may && times.node().isPresent()) {
                run.note(running, "no room: the pod is pending until a node has started");
                enter(run, Stage.NODE, times.node().get());
            } else {
                if (stage != Stage.PENDING) {
                    run.note(running, may ? "no room: the pod is pending" : "nothing schedules the pod");
                }
                stage = Stage.PENDING;
                number++;
            }
        }

        private static boolean allHold(Run run, int[] numbers) {
            for (int number : numbers) {
                if (!run.holds(number)) {
                    return false;
                }
            }
            return true;
        }

        private void enter(Run run, Stage next, Duration length) {
            stage = next;
            number++;
            due = run.now() + length.toMillis();
            run.wakeAt(due, number);
        }
    }
}
