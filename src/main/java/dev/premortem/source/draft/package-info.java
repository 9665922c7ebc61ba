/** A first file of declared kinds from what can be read. Main type: {@link dev.premortem.source.draft.Draft}. */
@NullMarked
package dev.premortem.source.draft;

import org.jspecify.annotations.NullMarked;
