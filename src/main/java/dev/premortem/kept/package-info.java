/** Predictions as bytes, so that a later run of the same input need not predict again. */
@NullMarked
package dev.premortem.kept;

import org.jspecify.annotations.NullMarked;
