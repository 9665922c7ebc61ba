/** The {@code premortem.dev/v1} kinds. */
@NullMarked
package dev.premortem.source.declared;

import org.jspecify.annotations.NullMarked;
