package dev.premortem.bench;

import dev.premortem.engine.sweep.Sweep;
import dev.premortem.engine.sweep.SweepResult;
import dev.premortem.twin.Twin;
import dev.premortem.twin.TwinBuilder;
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

/** How long it takes to build and compile a twin and to sweep it, by number of workloads and of needs of each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class SweepBenchmark {
    @Param({"1000", "10000"})
    public int workloads;

    /** Up to so many needs for each workload. */
    @Param({"2", "5"})
    public int dependencies;

    @Param({"1", "2"})
    public int threads;

    private Twin twin = new TwinBuilder().compile(Twin.Form.SETTLED);

    @Setup
    public void compile() {
        twin = buildAndCompile();
    }

    @Benchmark
    public Twin buildAndCompile() {
        return EstateTwin.of(workloads, dependencies).compile(Twin.Form.SETTLED);
    }

    @Benchmark
    public SweepResult singles() {
        return Sweep.run(twin, 1, new AtOnce(threads));
    }

    @Benchmark
    public SweepResult pairs() {
        return Sweep.run(twin, 2, new AtOnce(threads));
    }

    @Benchmark
    public SweepResult triples() {
        return Sweep.run(twin, 3, new AtOnce(threads));
    }
}
