/** Reads running clusters: lists only, with the least rights. Main type: {@link dev.premortem.source.live.LiveClusters}. */
@NullMarked
package dev.premortem.source.live;

import org.jspecify.annotations.NullMarked;
