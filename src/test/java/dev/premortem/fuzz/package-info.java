/** Fuzz targets of the readers; on their seeds in every build, at random by {@code scripts/fuzz}. */
@NullMarked
package dev.premortem.fuzz;

import org.jspecify.annotations.NullMarked;
