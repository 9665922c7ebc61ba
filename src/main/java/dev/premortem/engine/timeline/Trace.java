package dev.premortem.engine.timeline;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Scenario;
import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What happened in a run: every change of a condition with its cause, in flat arrays. */
public final class Trace {
    private final Twin twin;
    private final Scenario scenario;
    private final ChangeLog log = new ChangeLog();
    /** Values and last entries of all conditions; as they were at the end, once the run has ended. */
    private final State state;

    private final List<Note> notes = new ArrayList<>();
    private Carried carried = Carried.NOTHING;
    private int rounds;

    /** An event that changed no condition. */
    public record Note(long instant, Condition condition, String text) {}

    /**
     * A stretch in which a condition was lost.
     *
     * @param until the run's end where it did not come back
     * @param fall entry of the loss, -1 where it was lost from the start
     * @param rise entry of the return, -1 where there was none
     */
    public record Down(long from, long until, int fall, int rise) {}

    Trace(Twin twin, Scenario scenario, State state) {
        this.twin = twin;
        this.scenario = scenario;
        this.state = state;
    }

    void round() {
        rounds++;
    }

    void end(Map<String, Object> states) {
        carried = new Carried(states, true);
    }

    void note(long instant, Condition about, String text) {
        notes.add(new Note(instant, about, text));
    }

    /** Adds an entry and gives its number. */
    int add(long instant, int condition, boolean value, int cause, int earlier, String text) {
        return log.add(instant, condition, value, cause, earlier, text);
    }

    /** The twin that ran. */
    public Twin twin() {
        return twin;
    }

    /** How many changes. */
    public int size() {
        return log.size();
    }

    /** How many rounds of settling. */
    public int rounds() {
        return rounds;
    }

    /** When entry i happened, milliseconds of the epoch. */
    public long instant(int i) {
        return log.instant(i);
    }

    /** What changed. */
    public Condition condition(int i) {
        return twin.condition(log.condition(i));
    }

    int number(int i) {
        return log.condition(i);
    }

    /** Its new value. */
    public boolean holds(int i) {
        return log.holds(i);
    }

    /** The entry that caused it; -1 for a fault, a process, or a mask. */
    public int cause(int i) {
        return log.cause(i);
    }

    /** Why, in the words of the event; empty for the condition's own. */
    public String text(int i) {
        return log.text(i);
    }

    /** The value at the beginning. */
    public boolean initially(Condition condition) {
        int number = twin.number(condition);
        return number >= 0 && initially(number);
    }

    private boolean initially(int number) {
        int first = -1;
        for (int i = state.lastEntry(number); i >= 0; i = log.earlier(i)) {
            first = i;
        }
        return first < 0 ? state.holds(number) : !log.holds(first);
    }

    /** The value at the end of an instant. */
    public boolean holdsAt(Condition condition, long instant) {
        int number = twin.number(condition);
        return number >= 0 && holdsAt(number, instant);
    }

    boolean holdsAt(int number, long instant) {
        for (int i = state.lastEntry(number); i >= 0; i = log.earlier(i)) {
            if (log.instant(i) <= instant) {
                return log.holds(i);
            }
        }
        return initially(number);
    }

    /** Entry of the last change up to the end of an instant, -1 for none. */
    int entryAt(int number, long instant) {
        for (int i = state.lastEntry(number); i >= 0; i = log.earlier(i)) {
            if (log.instant(i) <= instant) {
                return i;
            }
        }
        return -1;
    }

    /** When a condition was lost. What counts is the value at the end of an instant: losses and returns of no length are left out. */
    public List<Down> downs(Condition condition) {
        int number = twin.number(condition);
        List<Integer> entries = new ArrayList<>();
        for (int i = number < 0 ? -1 : state.lastEntry(number); i >= 0; i = log.earlier(i)) {
            entries.add(i);
        }
        List<Down> downs = new ArrayList<>();
        boolean lost = number >= 0 && !initially(number);
        long from = scenario.from();
        int fall = -1;
        for (int k = entries.size() - 1; k >= 0; k--) {
            int i = entries.get(k);
            boolean back = !downs.isEmpty() && downs.getLast().until() == log.instant(i);
            if (log.holds(i) && lost) {
                if (log.instant(i) > from) {
                    downs.add(new Down(from, log.instant(i), fall, i));
                }
                lost = false;
            } else if (!log.holds(i) && !lost) {
                lost = true;
                Down before = back ? downs.removeLast() : new Down(log.instant(i), log.instant(i), i, -1);
                from = before.from();
                fall = before.fall();
            }
        }
        if (lost && scenario.until() > from) {
            downs.add(new Down(from, scenario.until(), fall, -1));
        }
        return downs;
    }

    /** Events that changed no condition, in order. */
    public List<Note> notes() {
        return List.copyOf(notes);
    }

    /** State for a run that goes on from here. */
    public Carried carried() {
        return carried;
    }
}
