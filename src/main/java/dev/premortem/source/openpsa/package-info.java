/** Fault trees in the Open-PSA model exchange format. */
@NullMarked
package dev.premortem.source.openpsa;

import org.jspecify.annotations.NullMarked;
