/** BIND zone files. */
@NullMarked
package dev.premortem.source.dns;

import org.jspecify.annotations.NullMarked;
