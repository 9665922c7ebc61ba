/** Benchmarks of the engines on made-up estates. Main type: {@link dev.premortem.bench.SweepBenchmark}. */
@NullMarked
package dev.premortem.bench;

import org.jspecify.annotations.NullMarked;
