/** From files to an estate, and from edits to patches of the user's own files. Main type: {@link dev.premortem.source.Sources}. */
@NullMarked
package dev.premortem.source;

import org.jspecify.annotations.NullMarked;
