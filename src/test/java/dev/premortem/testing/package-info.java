/** The kit that tests share: random twins, a naive judge, seeded rounds. Main type: {@link dev.premortem.testing.RandomTwins}. */
@NullMarked
package dev.premortem.testing;

import org.jspecify.annotations.NullMarked;
