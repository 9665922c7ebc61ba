/** Tests of the sweep. */
@NullMarked
package dev.premortem.engine.sweep;

import org.jspecify.annotations.NullMarked;
