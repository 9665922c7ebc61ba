package dev.premortem.twin.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a CA has counted for the orders of one store: each exact set, and the further budgets that an order for a set must pass which is not
 * known to the CA. State of one run; instants are milliseconds of the epoch and never go back.
 */
public final class Ledger {
    private final List<Starts.Order> orders;
    private final List<Bucket> exact = new ArrayList<>();
    private final Map<String, Bucket> further = new TreeMap<>();
    private final long[] known;
    private final long[][] others;

    /** What was counted until an instant, by what was issued before. */
    public Ledger(List<Starts.Order> orders, long now) {
        this.orders = orders;
        this.known = new long[orders.size()];
        this.others = new long[orders.size()][];
        for (int i = 0; i < orders.size(); i++) {
            List<Long> issued =
                    orders.get(i).issued().stream().filter(at -> at <= now).toList();
            exact.add(Bucket.warmed(orders.get(i).rule(), issued));
            known[i] = issued.stream().mapToLong(Long::longValue).max().orElse(Long.MIN_VALUE / 2);
            for (Starts.Further limit : orders.get(i).further()) {
                further.computeIfAbsent(limit.key(), _ -> Bucket.full(limit.rule()));
            }
            others[i] = orders.get(i).others().stream()
                    .mapToLong(other -> other.nextAfter(now))
                    .toArray();
        }
    }

    /** Goes on with what another counted for a set. */
    void carry(int i, Bucket bucket, long last) {
        exact.set(i, bucket.copy());
        known[i] = last;
    }

    Bucket bucket(int i) {
        return exact.get(i);
    }

    long known(int i) {
        return known[i];
    }

    /** A start with an empty store has a new account: budgets of the account are full again. */
    public void freshStart() {
        for (Starts.Order order : orders) {
            for (Starts.Further limit : order.further()) {
                if (limit.perAccount()) {
                    further.put(limit.key(), Bucket.full(limit.rule()));
                }
            }
        }
    }

    /** Orders a set; false where a budget refuses, which costs nothing. */
    public boolean take(int i, long at) {
        if (possible(i, at) > at) {
            return false;
        }
        if (!renewal(i, at)) {
            orders.get(i).further().forEach(limit -> bucket(limit).spend(at));
        }
        exact.get(i).spend(at);
        known[i] = at;
        return true;
    }

    /** When the set would be granted: where several budgets refuse, the one that is free last decides. */
    public long possible(int i, long at) {
        advance(i, at);
        long possible = exact.get(i).nextGrant(at);
        return limit(i, at)
                .map(limit -> Math.max(possible, bucket(limit).nextGrant(at)))
                .orElse(possible);
    }

    /** The further budget that refuses now and is free last; empty where the exact set's own decides. */
    public Optional<Starts.Further> limit(int i, long at) {
        Optional<Starts.Further> last = Optional.empty();
        if (renewal(i, at)) {
            return last;
        }
        long latest = Math.max(at, exact.get(i).nextGrant(at));
        for (Starts.Further limit : orders.get(i).further()) {
            long free = bucket(limit).nextGrant(at);
            if (free > latest) {
                latest = free;
                last = Optional.of(limit);
            }
        }
        return last;
    }

    private boolean renewal(int i, long at) {
        return at - known[i] <= Starts.KNOWN.toMillis();
    }

    private Bucket bucket(Starts.Further limit) {
        return further.computeIfAbsent(limit.key(), _ -> Bucket.full(limit.rule()));
    }

    /** Others order the same set by their own clocks: whoever comes first takes. */
    private void advance(int i, long at) {
        while (others[i].length > 0) {
            long next = Arrays.stream(others[i]).min().getAsLong();
            int which = 0;
            while (others[i][which] != next) {
                which++;
            }
            Starts.Other other = orders.get(i).others().get(which);
            if (next > at || (next == at && !other.first())) {
                return;
            }
            others[i][which] = next + Math.max(1, other.period());
            if (exact.get(i).take(next)) {
                known[i] = next;
            }
        }
    }
}
