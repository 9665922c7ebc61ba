package dev.premortem.twin.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/**
 * A budget that a CA keeps: how many grants are left, by one of the two rules that were in use. State of one run; instants are milliseconds
 * of the epoch and never go back.
 */
public final class Bucket {
    /** How a budget is computed. */
    public sealed interface Rule {
        /** Most grants at once. */
        int limit();

        /** The period that the limit is for. */
        Duration period();

        /** Refuses while {@code limit} grants lie within the last period: the wait is until the oldest of them is that old. */
        record Window(int limit, Duration period) implements Rule {}

        /**
         * A token bucket as a generic cell rate algorithm: one stored instant, one grant more every period/limit (letsencrypt/boulder
         * {@code ratelimits/gcra.go}).
         */
        record Tokens(int limit, Duration period) implements Rule {}
    }

    private final Rule rule;
    private final long limit;
    private final long period;
    private final Deque<Long> grants = new ArrayDeque<>();

    /** Theoretical arrival time, in units of 1/limit of a millisecond so that period/limit is exact. */
    private long arrival = Long.MIN_VALUE / 4;

    private Bucket(Rule rule) {
        if (rule.limit() < 1 || rule.period().toMillis() < 1) {
            throw new IllegalArgumentException("a budget needs a limit and a period, was " + rule);
        }
        this.rule = rule;
        this.limit = rule.limit();
        this.period = rule.period().toMillis();
    }

    /** A full budget. */
    public static Bucket full(Rule rule) {
        return new Bucket(rule);
    }

    /** A budget from which was taken at these instants before. */
    public static Bucket warmed(Rule rule, Collection<Long> taken) {
        Bucket bucket = new Bucket(rule);
        taken.stream().sorted().forEach(bucket::spend);
        return bucket;
    }

    /** The same budget, to go on apart from this one. */
    public Bucket copy() {
        Bucket copy = new Bucket(rule);
        copy.grants.addAll(grants);
        copy.arrival = arrival;
        return copy;
    }

    /** The rule that it follows. */
    public Rule rule() {
        return rule;
    }

    /** Takes one if there is one; false where it is refused, which costs nothing. */
    public boolean take(long instant) {
        if (nextGrant(instant) > instant) {
            return false;
        }
        spend(instant);
        return true;
    }

    /** Takes one whether or not there is one: what an exempt order, or one that happened before, does. */
    public void spend(long instant) {
        switch (rule) {
            case Rule.Window _ -> {
                grants.addLast(instant);
                // Older ones than the last `limit` decide nothing any more.
                if (grants.size() > limit) {
                    grants.removeFirst();
                }
            }
            case Rule.Tokens _ -> arrival = Math.max(instant * limit, arrival) + period;
        }
    }

    /** The first instant from this one on at which one would be granted. */
    public long nextGrant(long instant) {
        return switch (rule) {
            case Rule.Window _ -> grants.size() < limit ? instant : Math.max(instant, grants.getFirst() + period);
            case Rule.Tokens _ -> {
                long earliest = arrival + period - period * limit;
                yield Math.max(instant, Math.ceilDiv(earliest, limit));
            }
        };
    }

    /** How many would be granted at this instant, one after another. */
    public int left(long instant) {
        return switch (rule) {
            case Rule.Window _ -> {
                long within = grants.stream()
                        .filter(grant -> grant + period > instant)
                        .count();
                yield (int) Math.max(0, limit - within);
            }
            case Rule.Tokens _ -> {
                long used = Math.max(0, arrival - instant * limit);
                yield (int) Math.clamp((period * limit - used) / period, 0, limit);
            }
        };
    }
}
