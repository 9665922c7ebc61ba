package dev.premortem.bench;

import dev.premortem.engine.timeline.Prepared;
import dev.premortem.engine.timeline.Timeline;
import dev.premortem.engine.timeline.Trace;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.Scenario;
import dev.premortem.twin.Twin;
import dev.premortem.twin.TwinBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** How long one run of a year takes, by number of faults on the way, each lost for an hour and repaired. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class TimelineBenchmark {
    /** An estate of gates. */
    @State(Scope.Benchmark)
    public static class Estate {
        @Param({"1000", "10000"})
        public int workloads;

        /** Losses in the year. */
        @Param({"1", "2000"})
        public int losses;

        private Twin twin = new TwinBuilder().compile(Twin.Form.LIVE);
        private Prepared prepared = Prepared.of(twin);
        private Scenario scenario = new Scenario(List.of(), Set.of(), Map.of(), 0, 1);

        @Setup
        public void compile() {
            twin = EstateTwin.of(workloads, 2).compile(Twin.Form.LIVE);
            prepared = Prepared.of(twin);
            scenario = year(twin.faults().stream().map(fault -> fault.condition()).toList(), losses);
        }
    }

    /** Services that need each other. */
    @State(Scope.Benchmark)
    public static class Ring {
        @Param({"200", "2000"})
        public int services;

        private Twin twin = new TwinBuilder().compile(Twin.Form.LIVE);
        private Scenario scenario = new Scenario(List.of(), Set.of(), Map.of(), 0, 1);

        @Setup
        public void compile() {
            twin = ring(services);
            scenario = year(List.of(new Condition("need/0")), 100);
        }
    }

    private static Scenario year(List<Condition> conditions, int losses) {
        SplittableRandom random = new SplittableRandom(1);
        long end = Duration.ofDays(365).toMillis();
        List<Scenario.Loss> list = new ArrayList<>();
        for (int i = 0; i < losses; i++) {
            long from = random.nextLong(end);
            list.add(new Scenario.Loss(
                    conditions.get(random.nextInt(conditions.size())),
                    from,
                    from + Duration.ofHours(1).toMillis()));
        }
        return new Scenario(list, Set.of(), Map.of(), 0, end);
    }

    /** Services that need each other in a ring against the order of names: the loss of one takes all, one after the other. */
    private static Twin ring(int services) {
        TwinBuilder builder = new TwinBuilder();
        Meaning none = Meaning.of("", "", "");
        builder.basic(new Condition("need/0"), true, none);
        for (int i = 0; i < services; i++) {
            Condition next = new Condition("service/%05d".formatted((i + 1) % services));
            List<Condition> needs = i == 0 ? List.of(next, new Condition("need/0")) : List.of(next);
            builder.gate(new Condition("service/%05d".formatted(i)), new Gate.All(needs), none);
        }
        return builder.compile(Twin.Form.LIVE);
    }

    @Benchmark
    public Trace estate(Estate estate) {
        return Timeline.run(estate.twin, estate.scenario);
    }

    /** One run of many on the same twin, as a check makes them. */
    @Benchmark
    public Trace prepared(Estate estate) {
        return Timeline.run(estate.prepared, estate.scenario);
    }

    @Benchmark
    public Trace ring(Ring ring) {
        return Timeline.run(ring.twin, ring.scenario);
    }
}
