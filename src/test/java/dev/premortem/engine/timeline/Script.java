package dev.premortem.engine.timeline;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Process;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A process that does what it is told: settings by instant, and for each change that it watches what it answers. */
final class Script implements Process {
    private final String key;
    private final Kind kind;
    private final List<Line> lines = new ArrayList<>();
    private final List<Condition> watches = new ArrayList<>();
    private final List<Condition> writes = new ArrayList<>();
    private Optional<Answer> answer = Optional.empty();
    private Optional<Object> handsOver = Optional.empty();

    /** One setting; its place in the order of settings is its tag. */
    record Line(long at, Condition condition, boolean holds, String text) {}

    /** What it does when something that it watches changed. */
    interface Answer {
        void changed(Run run);
    }

    Script(String key, Kind kind) {
        this.key = key;
        this.kind = kind;
    }

    static Script healing(String key) {
        return new Script(key, Kind.HEALING);
    }

    Script set(long at, Condition condition, boolean holds, String text) {
        lines.add(new Line(at, condition, holds, text));
        return writing(condition);
    }

    Script writing(Condition condition) {
        if (!writes.contains(condition)) {
            writes.add(condition);
        }
        return this;
    }

    Script onChange(Condition watched, Answer does) {
        watches.add(watched);
        answer = Optional.of(does);
        return this;
    }

    Script handingOver(Object state) {
        handsOver = Optional.of(state);
        return this;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String mechanism() {
        return "test";
    }

    @Override
    public List<Condition> writes() {
        return List.copyOf(writes);
    }

    @Override
    public List<Condition> watches() {
        return List.copyOf(watches);
    }

    @Override
    public Behaviour begin() {
        return new Behaviour() {
            @Override
            public void start(Run run) {
                run.carried().ifPresent(state -> run.note(new Condition(key), "carried " + state));
                if (run.continued()) {
                    run.note(new Condition(key), "goes on");
                }
                // Planned from last to first, so that the order of planning is never the order of events.
                for (int i = lines.size() - 1; i >= 0; i--) {
                    if (lines.get(i).at() >= run.now()) {
                        run.wakeAt(lines.get(i).at(), i);
                    }
                }
                lines.stream()
                        .filter(line -> line.at() < run.now())
                        .sorted(Comparator.comparingLong(Line::at))
                        .forEach(line -> run.set(line.condition(), line.holds(), line.text()));
            }

            @Override
            public void wake(Run run, int tag) {
                Line line = lines.get(tag);
                run.note(line.condition(), key + " " + tag);
                run.set(line.condition(), line.holds(), line.text());
            }

            @Override
            public void changed(Run run) {
                answer.ifPresent(does -> does.changed(run));
            }

            @Override
            public Optional<Object> carry() {
                return handsOver;
            }
        };
    }
}
