package dev.premortem.twin.process;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Process;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The fresh starts of a workload whose store does not last: at each one the store is empty and every exact set of names is ordered again
 * from the CA's budget. Refused, the set has no certificate until a later attempt is granted: the next start, or a change of
 * configuration where these are known to come. Replicas share nothing and start in turn.
 *
 * @param clock when it starts
 * @param orders what each start orders
 */
public record Starts(String key, String mechanism, Clock clock, List<Order> orders) implements Process {
    /** How long the CA knows a set: an order for it is then a renewal, which only the exact set's own budget can refuse. */
    public static final Duration KNOWN = Duration.ofDays(120);

    private static final int START = 0;
    private static final int RETRY = 1;

    /**
     * A regular clock.
     *
     * @param first first start, milliseconds of the epoch
     * @param period between two starts of any replica
     * @param replicas how many pods start in turn
     * @param retry after a refusal, how long until a configuration change makes it order again; empty where only a start does
     */
    public record Clock(long first, Duration period, int replicas, Optional<Duration> retry) {}

    /**
     * One exact set of names.
     *
     * @param certificate holds while every replica serves it
     * @param names as they are told: {@code *.example.com, example.com}
     * @param rule the CA's rule of the day
     * @param issued instants at which it was issued before
     * @param further budgets that a first order must pass too
     * @param others who else orders the same set: the budget of a set is one for all
     */
    public record Order(
            Condition certificate,
            String names,
            Bucket.Rule rule,
            List<Long> issued,
            List<Further> further,
            List<Other> others) {
        public Order {
            issued = List.copyOf(issued);
            further = List.copyOf(further);
            others = List.copyOf(others);
        }

        /** A set that the CA knows and nobody else orders. */
        public Order(Condition certificate, String names, Bucket.Rule rule, List<Long> issued) {
            this(certificate, names, rule, issued, List.of(), List.of());
        }
    }

    /**
     * A budget that orders of different sets share.
     *
     * @param key for what it is kept, as it is told: {@code the registered domain example.com}
     * @param perAccount kept for the account, which a start with an empty store makes anew
     */
    public record Further(String key, Bucket.Rule rule, boolean perAccount) {}

    /**
     * The regular clock of another store that orders the same set.
     *
     * @param start its first start, milliseconds of the epoch
     * @param period between two of its starts, milliseconds
     * @param first where both start at once, it is served first
     */
    public record Other(long start, long period, boolean first) {
        long nextAfter(long now) {
            long step = Math.max(1, period);
            return start > now ? start : start + Math.floorDiv(now - start, step) * step + step;
        }
    }

    public Starts {
        orders = List.copyOf(orders);
    }

    @Override
    public Kind kind() {
        return Kind.HAZARD;
    }

    @Override
    public List<Condition> writes() {
        return orders.stream().map(Order::certificate).toList();
    }

    @Override
    public List<Condition> watches() {
        return List.of();
    }

    @Override
    public Behaviour begin() {
        return new Life();
    }

    /** What outlives a change of the estate: the CA's count, which replica lacks what, and when the next one starts. */
    private record State(Map<String, Held> held, long next, int count) {}

    private record Held(Bucket budget, long known, List<Boolean> lacks) {}

    private final class Life implements Behaviour {
        private Ledger ledger = new Ledger(orders, Long.MIN_VALUE / 4);
        private final boolean[][] lacks = new boolean[orders.size()][Math.max(1, clock.replicas())];
        private int count;
        private long next;
        private boolean retryPending;

        @Override
        public void start(Run run) {
            Optional<State> before =
                    run.carried().filter(State.class::isInstance).map(State.class::cast);
            ledger = new Ledger(orders, run.now());
            for (int i = 0; i < orders.size(); i++) {
                String names = orders.get(i).names();
                Optional<Held> held =
                        before.flatMap(state -> Optional.ofNullable(state.held().get(names)));
                if (held.isPresent()) {
                    ledger.carry(i, held.get().budget(), held.get().known());
                    for (int replica = 0; replica < lacks[i].length; replica++) {
                        List<Boolean> known = held.get().lacks();
                        lacks[i][replica] = replica < known.size() && known.get(replica);
                    }
                }
                run.set(orders.get(i).certificate(), none(lacks[i]), "");
            }
            count = before.map(State::count).orElse(0);
            next = before.map(State::next).filter(at -> at >= run.now()).orElseGet(() -> first(run.now()));
            run.wakeAt(next, START);
            retry(run);
        }

        private long first(long now) {
            long period = Math.max(1, clock.period().toMillis());
            long first = clock.first();
            return first > now ? first : first + Math.floorDiv(now - first, period) * period + period;
        }

        private static boolean none(boolean[] row) {
            boolean any = false;
            for (boolean lack : row) {
                any |= lack;
            }
            return !any;
        }

        @Override
        public void wake(Run run, int tag) {
            if (tag == START) {
                ledger.freshStart();
                int replica = count++ % Math.max(1, clock.replicas());
                for (int i = 0; i < orders.size(); i++) {
                    order(run, i, replica, "a fresh start finds an empty store");
                }
                next = run.now() + Math.max(1, clock.period().toMillis());
                run.wakeAt(next, START);
            } else {
                retryPending = false;
                for (int i = 0; i < orders.size(); i++) {
                    for (int replica = 0; replica < lacks[i].length; replica++) {
                        if (lacks[i][replica]) {
                            order(run, i, replica, "a changed configuration makes it order again");
                        }
                    }
                }
            }
            retry(run);
        }

        /** The CA's count goes on whatever becomes of the estate. */
        @Override
        public Optional<Object> carry() {
            Map<String, Held> held = new TreeMap<>();
            for (int i = 0; i < orders.size(); i++) {
                List<Boolean> row = new ArrayList<>();
                for (boolean lack : lacks[i]) {
                    row.add(lack);
                }
                held.put(orders.get(i).names(), new Held(ledger.bucket(i).copy(), ledger.known(i), row));
            }
            return Optional.of(new State(held, next, count));
        }

        private void order(Run run, int i, int replica, String why) {
            Order order = orders.get(i);
            long possible = ledger.possible(i, run.now());
            Optional<Further> decisive = ledger.limit(i, run.now());
            int left = ledger.bucket(i).left(run.now());
            lacks[i][replica] = !ledger.take(i, run.now());
            Bucket.Rule rule = decisive.map(Further::rule).orElse(order.rule());
            String text = lacks[i][replica]
                    ? why + ": the order for " + order.names() + " is refused, " + rule.limit() + " in "
                            + rule.period().toHours() + " h are used up"
                            + decisive.map(limit -> " for " + limit.key()).orElse("")
                            + "; possible again at " + Instant.ofEpochMilli(possible)
                    : why + ": order " + (order.rule().limit() - left + 1) + " of "
                            + order.rule().limit() + " for " + order.names();
            run.note(order.certificate(), text);
            run.set(order.certificate(), none(lacks[i]), "");
        }

        /** Plans the first change of configuration at which a refused order is granted; those before it change nothing. */
        private void retry(Run run) {
            if (retryPending || clock.retry().isEmpty()) {
                return;
            }
            long granted = Long.MAX_VALUE;
            for (int i = 0; i < orders.size(); i++) {
                for (boolean lack : lacks[i]) {
                    if (lack) {
                        granted = Math.min(granted, ledger.possible(i, run.now()));
                    }
                }
            }
            if (granted != Long.MAX_VALUE) {
                long step = Math.max(1, clock.retry().get().toMillis());
                retryPending = true;
                run.wakeAt(run.now() + Math.max(1, Math.ceilDiv(granted - run.now(), step)) * step, RETRY);
            }
        }
    }
}
