/** Tests of how a twin is compiled. */
@NullMarked
package dev.premortem.twin;

import org.jspecify.annotations.NullMarked;
