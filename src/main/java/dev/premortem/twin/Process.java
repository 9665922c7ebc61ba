package dev.premortem.twin;

import java.util.List;
import java.util.Optional;

/**
 * Changes basic conditions over time. A definition: immutable and shared between runs; {@link #begin} makes the state of one run.
 * Every condition has at most one writing process.
 */
@SuppressWarnings("AvoidCommonTypeNames") // the twin has no other; operating-system processes are none of its business
public interface Process {
    /** What it does to the estate, which decides where it runs. */
    enum Kind {
        /** Expiry, churn, budgets: what time brings. Each runs alone, the conditions of all others held. */
        HAZARD,
        /** Pod life, node start, convergence: what mends itself. */
        HEALING,
        /** Caches, addresses: what spreads with a delay. */
        PROPAGATION,
        /** People and their changes. */
        PERSON
    }

    /** Stable name; orders events of one instant, so it must not depend on the order of files. */
    String key();

    Kind kind();

    /** Id of the mechanism that added it. */
    String mechanism();

    /** Conditions that it writes, and no other process does. */
    List<Condition> writes();

    /** Conditions whose changes it wants to be told. */
    List<Condition> watches();

    /** The state of one run. */
    Behaviour begin();

    /** One run of a process. */
    interface Behaviour {
        /** Called once at the run's start; instants before {@code now} only warm up state. */
        void start(Run run);

        /** An event that it scheduled is due. */
        void wake(Run run, int tag);

        /** A watched condition changed in this round. */
        default void changed(Run run) {}

        /** State for a run that goes on from here after a change of the estate; empty for none. */
        default Optional<Object> carry() {
            return Optional.empty();
        }
    }

    /** What a run offers to a process while it acts; not to be kept. Times are milliseconds of the epoch. */
    interface Run {
        /** The present instant. */
        long now();

        /** The instant at which the run began. */
        long beginning();

        /** The number by which this run knows a condition; for those who ask often. */
        int number(Condition condition);

        /** The value of a condition after the last round. */
        boolean holds(int number);

        /** The value of a condition after the last round. */
        default boolean holds(Condition condition) {
            return holds(number(condition));
        }

        /** Sets a condition that the process writes; it shows in the next round. The text says why, in the words of the event; empty for the condition's own. */
        void set(int number, boolean holds, String text);

        /** The same, by name. */
        default void set(Condition condition, boolean holds, String text) {
            set(number(condition), holds, text);
        }

        /** Wakes the process at an instant, which is not before the present one. Events of one instant go by (key, tag). */
        void wakeAt(long instant, int tag);

        /** Notes an event that changes no condition (an order that was granted, a probe that was made). */
        void note(Condition about, String text);

        /** The state that another process shares under its key: addresses, tokens, free room. Empty where it shares none. */
        <T> Optional<T> shared(String processKey, Class<T> kind);

        /** What the process of the same key handed over at the end of an earlier run. */
        default Optional<Object> carried() {
            return Optional.empty();
        }

        /** True where this run goes on from an earlier one: a process without carried state knows that its thing is new. */
        default boolean continued() {
            return false;
        }
    }
}
