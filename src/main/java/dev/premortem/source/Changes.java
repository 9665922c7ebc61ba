package dev.premortem.source;

import dev.premortem.predict.Change;
import java.time.Instant;
import java.util.List;

/** PLACEHOLDER of branch cli until the one of branch source arrives. */
public final class Changes {
    private Changes() {}

    public static Change between(Reading before, Reading after, Instant at) {
        return new Change(at, List.of());
    }
}
