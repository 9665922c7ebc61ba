/** Pods and Services that operators make of their own kinds. Main type: {@link dev.premortem.source.operator.Operators}. */
@NullMarked
package dev.premortem.source.operator;

import org.jspecify.annotations.NullMarked;
