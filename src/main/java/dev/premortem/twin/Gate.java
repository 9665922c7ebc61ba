package dev.premortem.twin;

import java.util.ArrayList;
import java.util.List;

/** Derives a condition from others. Closed: three engines must agree on what a gate means. */
public sealed interface Gate {
    /** The conditions it reads, in order; for {@link First} when and then of each choice in turn. */
    List<Condition> inputs();

    /** Holds while all hold; with none it holds. */
    record All(List<Condition> inputs) implements Gate {}

    /** Holds while one holds; with none it is lost. */
    record Any(List<Condition> inputs) implements Gate {}

    /** Holds while at least {@code k} hold. */
    record AtLeast(int k, List<Condition> inputs) implements Gate {}

    /** What the first that holds in an order of preference decides, even if that does not work; lost if none holds. */
    record First(List<Choice> choices) implements Gate {
        @Override
        public List<Condition> inputs() {
            List<Condition> all = new ArrayList<>(choices.size() * 2);
            for (Choice choice : choices) {
                all.add(choice.when());
                all.add(choice.then());
            }
            return all;
        }
    }

    /** For fault trees read from elsewhere; no mechanism uses it. */
    record Not(Condition input) implements Gate {
        @Override
        public List<Condition> inputs() {
            return List.of(input);
        }
    }

    /** One choice of {@link First}: chosen when the first holds, and then worth the second. */
    record Choice(Condition when, Condition then) {}
}
