@NullMarked
package dev.premortem.kept;

import org.jspecify.annotations.NullMarked;
