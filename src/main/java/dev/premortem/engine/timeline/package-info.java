/** Deterministic discrete-event simulation of a twin: when, how long, in which order, and why. Main type: {@link dev.premortem.engine.timeline.Timeline}. */
@NullMarked
package dev.premortem.engine.timeline;

import org.jspecify.annotations.NullMarked;
