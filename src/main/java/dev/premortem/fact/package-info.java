/** Where a value comes from. Main type: {@link dev.premortem.fact.Fact}. */
@NullMarked
package dev.premortem.fact;

import org.jspecify.annotations.NullMarked;
