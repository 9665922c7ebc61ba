@NullMarked
package dev.premortem.source.operator;

import org.jspecify.annotations.NullMarked;
