/** Reads what a Prometheus server measured already. Main type: {@link dev.premortem.source.prometheus.Prometheus}. */
@NullMarked
package dev.premortem.source.prometheus;

import org.jspecify.annotations.NullMarked;
