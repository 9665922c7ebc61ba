/** Results: predicted outages, their chains and remedies. Main type: {@link dev.premortem.outage.Outage}. */
@NullMarked
package dev.premortem.outage;

import org.jspecify.annotations.NullMarked;
