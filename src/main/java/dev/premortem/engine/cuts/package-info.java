/**
 * Minimal sets of faults and the exact probability of a loss, at every order, by decision diagrams. Main type:
 * {@link dev.premortem.engine.cuts.FaultTree}, the question; answers start from it.
 */
@NullMarked
package dev.premortem.engine.cuts;

import org.jspecify.annotations.NullMarked;
