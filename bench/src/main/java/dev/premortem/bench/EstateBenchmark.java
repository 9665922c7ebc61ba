package dev.premortem.bench;

import dev.premortem.estate.Estate;
import dev.premortem.mechanism.Mechanism;
import dev.premortem.model.Sketch;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import dev.premortem.twin.Twin;
import java.time.Duration;
import java.time.Instant;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the text of a repository to an estate, and from an estate to a compiled twin with all mechanisms in it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class EstateBenchmark {
    private static final Instant NOW = Instant.parse("2026-01-15T00:00:00Z");

    @Param({"1000", "10000"})
    int workloads;

    private SortedMap<String, String> texts;
    private Estate estate;

    @Setup
    public void read() {
        texts = EstateText.of(workloads);
        estate = Sources.readTexts(texts).estate();
    }

    @Benchmark
    public Reading reading() {
        return Sources.readTexts(texts);
    }

    @Benchmark
    public Twin twin() {
        Sketch sketch = new Sketch(estate, NOW, Duration.ofDays(400));
        ServiceLoader.load(Mechanism.class).forEach(mechanism -> mechanism.contribute(sketch));
        return sketch.twin().compile(Twin.Form.LIVE);
    }
}
