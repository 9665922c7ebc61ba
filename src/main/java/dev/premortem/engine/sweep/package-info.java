/**
 * Which faults, pairs and triples take which products down, by evaluating many scenarios at once. Main type:
 * {@link dev.premortem.engine.sweep.Sweep}.
 */
@NullMarked
package dev.premortem.engine.sweep;

import org.jspecify.annotations.NullMarked;
