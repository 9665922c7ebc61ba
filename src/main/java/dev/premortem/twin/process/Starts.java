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
import java.util.function.Supplier;

/**
 * The fresh starts of a workload whose store does not last: at each one the store is empty and every exact set of names is ordered again
 * from the CA's budget. Refused, the set has no certificate until a later attempt is granted: the next start, or a change of
 * configuration where these are known to come. Replicas share nothing and start in turn.
 *
 * @param clock when it starts
 * @param orders what each start orders
 */
public record Starts(String key, String mechanism, Clock clock, List<Order> orders) implements Process {
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
     */
    public record Order(Condition certificate, String names, Bucket.Rule rule, List<Long> issued) {
        public Order {
            issued = List.copyOf(issued);
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

    private record Held(Bucket budget, List<Boolean> lacks) {}

    private final class Life implements Behaviour {
        private final List<Bucket> budgets = new ArrayList<>();
        private final boolean[][] lacks = new boolean[orders.size()][Math.max(1, clock.replicas())];
        private int count;
        private long next;
        private boolean retryPending;

        @Override
        public void start(Run run) {
            Optional<State> before =
                    run.carried().filter(State.class::isInstance).map(State.class::cast);
            for (int i = 0; i < orders.size(); i++) {
                String names = orders.get(i).names();
                Optional<Held> held =
                        before.flatMap(state -> Optional.ofNullable(state.held().get(names)));
                budgets.add(held.map(known -> known.budget().copy()).orElseGet(warmed(orders.get(i), run.now())));
                if (held.isPresent()) {
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

        private static Supplier<Bucket> warmed(Order order, long now) {
            return () -> Bucket.warmed(
                    order.rule(),
                    order.issued().stream().filter(at -> at <= now).toList());
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
                held.put(orders.get(i).names(), new Held(budgets.get(i).copy(), row));
            }
            return Optional.of(new State(held, next, count));
        }

        private void order(Run run, int i, int replica, String why) {
            Order order = orders.get(i);
            Bucket budget = budgets.get(i);
            int limit = order.rule().limit();
            int left = budget.left(run.now());
            lacks[i][replica] = !budget.take(run.now());
            String text = lacks[i][replica]
                    ? why + ": the order for " + order.names() + " is refused, " + limit + " in "
                            + order.rule().period().toHours() + " h are used up; possible again at "
                            + Instant.ofEpochMilli(budget.nextGrant(run.now()))
                    : why + ": order " + (limit - left + 1) + " of " + limit + " for " + order.names();
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
                        granted = Math.min(granted, budgets.get(i).nextGrant(run.now()));
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
