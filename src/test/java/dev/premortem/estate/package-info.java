/** Tests of how a twin is compiled. */
@NullMarked
package dev.premortem.estate;

import org.jspecify.annotations.NullMarked;
