@NullMarked
package dev.premortem.source.openpsa;

import org.jspecify.annotations.NullMarked;
