/** Tests of the timeline. */
@NullMarked
package dev.premortem.engine.timeline;

import org.jspecify.annotations.NullMarked;
