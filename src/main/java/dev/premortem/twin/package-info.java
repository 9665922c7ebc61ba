/** The executable model of an estate: conditions, gates, processes, compiled to arrays. Main type: {@link dev.premortem.twin.Twin}. */
@NullMarked
package dev.premortem.twin;

import org.jspecify.annotations.NullMarked;
