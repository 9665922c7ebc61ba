package dev.premortem.engine.timeline;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The hold model: a queue of steady size from which the first event is taken and planned again for later. Stands in the engine's package to reach the queue. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class EventQueueBenchmark {
    /** Mean time until an event's successor. */
    private static final double MEAN_MILLIS = 3_600_000;

    /** Events in the queue. */
    @Param({"100", "10000", "1000000"})
    public int size;

    /** Delays drawn beforehand, so that the logarithm is not measured. */
    private final long[] delays = new long[1 << 16];

    private EventQueue queue = new EventQueue();
    private int next;

    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < delays.length; i++) {
            delays[i] = (long) (-Math.log(1 - random.nextDouble()) * MEAN_MILLIS);
        }
        queue = new EventQueue();
        for (int i = 0; i < size; i++) {
            queue.add(delays[i & (delays.length - 1)], i % 1000, i);
        }
    }

    @Benchmark
    public long hold() {
        long instant = queue.instant();
        int rank = queue.rank();
        int tag = queue.tag();
        queue.remove();
        queue.add(instant + delays[next++ & (delays.length - 1)], rank, tag);
        return instant;
    }
}
