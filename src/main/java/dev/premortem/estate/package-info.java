/** What exists: immutable records and the {@link dev.premortem.estate.Estate} that indexes them. */
@NullMarked
package dev.premortem.estate;

import org.jspecify.annotations.NullMarked;
