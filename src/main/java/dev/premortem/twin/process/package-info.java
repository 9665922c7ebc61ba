/** The stock of processes: what changes basic conditions over time. Each is a small immutable definition; its behaviour holds the state of one run. Main type: {@link dev.premortem.twin.Process}. */
@NullMarked
package dev.premortem.twin.process;

import org.jspecify.annotations.NullMarked;
