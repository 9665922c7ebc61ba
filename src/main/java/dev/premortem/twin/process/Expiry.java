package dev.premortem.twin.process;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Process;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A certificate that ends, and the renewals that are known to come. What is served is the span that began last: a renewal replaces what
 * was there, even by something shorter. Valid through {@code notAfter} inclusive; lost in the millisecond after it.
 *
 * @param valid the condition that it writes
 * @param spans known certificates and future renewals; a renewal begins at the instant at which it is made
 */
public record Expiry(String key, String mechanism, Condition valid, List<Span> spans) implements Process {
    /**
     * One certificate in use.
     *
     * @param from first instant at which it is used, milliseconds of the epoch
     * @param notAfter last valid instant
     */
    public record Span(long from, long notAfter) {
        /** Of two instants. */
        public static Span of(Instant from, Instant notAfter) {
            return new Span(from.toEpochMilli(), notAfter.toEpochMilli());
        }
    }

    public Expiry {
        List<Span> sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingLong(Span::from).thenComparingLong(Span::notAfter));
        spans = List.copyOf(sorted);
    }

    @Override
    public Kind kind() {
        return Kind.HAZARD;
    }

    @Override
    public List<Condition> writes() {
        return List.of(valid);
    }

    @Override
    public List<Condition> watches() {
        return List.of();
    }

    @Override
    public Behaviour begin() {
        return new Life();
    }

    private boolean validAt(long instant) {
        boolean holds = false;
        for (Span span : spans) {
            if (span.from() <= instant) {
                holds = instant <= span.notAfter();
            }
        }
        return holds;
    }

    private final class Life implements Behaviour {
        @Override
        public void start(Run run) {
            run.set(valid, validAt(run.now()), "");
            next(run);
        }

        @Override
        public void wake(Run run, int tag) {
            for (Span span : spans) {
                if (span.from() == run.now()) {
                    run.note(valid, "renewed until " + Instant.ofEpochMilli(span.notAfter()));
                }
            }
            run.set(valid, validAt(run.now()), "");
            next(run);
        }

        private void next(Run run) {
            long next = Long.MAX_VALUE;
            for (Span span : spans) {
                if (span.from() > run.now()) {
                    next = Math.min(next, span.from());
                }
                if (span.notAfter() >= run.now()) {
                    next = Math.min(next, span.notAfter() + 1);
                }
            }
            if (next != Long.MAX_VALUE) {
                run.wakeAt(next, 0);
            }
        }
    }
}
