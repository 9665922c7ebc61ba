/** The kit that tests share. Main type: {@link dev.premortem.testing.FakeRun}. */
@NullMarked
package dev.premortem.testing;

import org.jspecify.annotations.NullMarked;
