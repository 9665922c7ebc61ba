package dev.premortem.engine.timeline;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;

/**
 * The hold model: a queue of steady size from which the first event is taken and planned again after an exponential delay. Prints million events per CPU second of the
 * thread, for the engine's queue, its heap alone, a calendar queue and the simulation library SSJ with its standard list. Stands in the engine's package to reach the queue.
 */
public final class HoldModel {
    private static final int DELAYS = 1 << 16;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final int size;
    private final int steps;
    private final long[] delays = new long[DELAYS];
    private int next;

    private HoldModel(int size, double mean) {
        this.size = size;
        this.steps = Math.max(1_000_000, 2 * size);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < DELAYS; i++) {
            delays[i] = 1 + (long) (-Math.log(1 - random.nextDouble()) * mean);
        }
    }

    /** One queue: what fills it, and many steps. */
    private interface Contender {
        void add(long instant, int number);

        void hold(int steps);
    }

    /** A queue of instants and keys; there is one in each virtual machine, so a call of it costs nothing. */
    interface Queue {
        void add(long instant, long key);

        long instant();

        long key();

        void remove();
    }

    /** Arguments: which queue, how many pending, mean delay in milliseconds. */
    public static void main(String[] arguments) {
        HoldModel model = new HoldModel(Integer.parseInt(arguments[1]), Double.parseDouble(arguments[2]));
        Contender contender =
                switch (arguments[0]) {
                    case "wheels" -> model.wheels();
                    case "heap" -> model.heap();
                    case "calendar" -> model.calendar();
                    case "ssj" -> model.ssj();
                    default -> throw new IllegalArgumentException("wheels, heap, calendar or ssj");
                };
        model.measure(contender);
    }

    private void measure(Contender contender) {
        for (int i = 0; i < size; i++) {
            contender.add(delay(), i);
        }
        contender.hold(2 * steps); // warms up, and lets the queue come to its steady shape
        double best = 0;
        for (int round = 0; round < 3; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            contender.hold(steps);
            long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            best = Math.max(best, steps * 1e3 / (after - before));
        }
        OUT.printf("%.2f%n", best);
    }

    private long delay() {
        return delays[next++ & DELAYS - 1];
    }

    private Contender wheels() {
        EventQueue queue = new EventQueue();
        return new Contender() {
            @Override
            public void add(long instant, int number) {
                queue.add(instant, number % 1000, number);
            }

            @Override
            public void hold(int steps) {
                for (int i = 0; i < steps; i++) {
                    long instant = queue.instant();
                    int rank = queue.rank();
                    int tag = queue.tag();
                    queue.remove();
                    queue.add(instant + delay(), rank, tag);
                }
            }
        };
    }

    private Contender heap() {
        EventHeap queue = new EventHeap();
        return of(new Queue() {
            @Override
            public void add(long instant, long key) {
                queue.add(instant, key);
            }

            @Override
            public long instant() {
                return queue.instant();
            }

            @Override
            public long key() {
                return queue.key();
            }

            @Override
            public void remove() {
                queue.remove();
            }
        });
    }

    private Contender calendar() {
        return of(new CalendarQueue());
    }

    private Contender of(Queue queue) {
        return new Contender() {
            @Override
            public void add(long instant, int number) {
                queue.add(instant, EventHeap.key(number % 1000, number));
            }

            @Override
            public void hold(int steps) {
                for (int i = 0; i < steps; i++) {
                    long instant = queue.instant();
                    long key = queue.key();
                    queue.remove();
                    queue.add(instant + delay(), key);
                }
            }
        };
    }

    private Contender ssj() {
        Simulator simulator = new Simulator();
        simulator.init();
        return new Contender() {
            private int left;

            @Override
            public void add(long instant, int number) {
                new Event(simulator) {
                    @Override
                    public void actions() {
                        schedule(delay());
                        if (--left == 0) {
                            sim.stop();
                        }
                    }
                }.schedule(instant);
            }

            @Override
            public void hold(int steps) {
                left = steps;
                simulator.start();
            }
        };
    }
}
