/** Tests of the engine of cut sets. */
@NullMarked
package dev.premortem.engine.cuts;

import org.jspecify.annotations.NullMarked;
