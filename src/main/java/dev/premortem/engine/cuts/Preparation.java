package dev.premortem.engine.cuts;

import java.util.List;
import java.util.function.Function;

/** Preprocessing: the same function in fewer and more separate gates. */
final class Preparation {
    /** Rounds after which a circuit is taken as it is; most come to rest in three. */
    private static final int MOST_ROUNDS = 12;

    private static final List<Function<Circuit, Rewriting>> PASSES =
            List.of(Flattening::new, Assumption::new, Extraction::new, Factoring::new);

    private Preparation() {}

    static Circuit of(Circuit circuit) {
        Circuit now = circuit;
        long weight = now.weight();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            for (Function<Circuit, Rewriting> pass : PASSES) {
                now = pass.apply(now).run();
            }
            long was = weight;
            weight = now.weight();
            if (weight == was) {
                break;
            }
        }
        return new Grouping(now).run();
    }
}
