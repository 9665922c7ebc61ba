/** Tests of how a twin is compiled. */
@NullMarked
package dev.premortem.fact;

import org.jspecify.annotations.NullMarked;
