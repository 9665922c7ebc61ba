/** How well the program does on estates with known hazards and on repositories of others; {@link dev.premortem.fidelity.Fidelity} writes {@code docs/fidelity.md}. */
@NullMarked
package dev.premortem.fidelity;

import org.jspecify.annotations.NullMarked;
