/** Published facts about components, as tables with sources and dates: what distributions promise, what CAs allow, which paths images must keep. Main type: {@link dev.premortem.catalogue.Distributions}. */
@NullMarked
package dev.premortem.catalogue;

import org.jspecify.annotations.NullMarked;
