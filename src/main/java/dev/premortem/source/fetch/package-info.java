/** Charts from elsewhere, where the user asked for that: {@link dev.premortem.source.fetch.ChartFetcher} is the only place that opens a connection for a chart. */
@NullMarked
package dev.premortem.source.fetch;

import org.jspecify.annotations.NullMarked;
