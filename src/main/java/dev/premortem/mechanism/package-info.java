/** One file per way in which things break. Main type: {@link dev.premortem.mechanism.Mechanism}. */
@NullMarked
package dev.premortem.mechanism;

import org.jspecify.annotations.NullMarked;
