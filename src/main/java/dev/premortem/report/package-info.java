/** Renders predictions and simulations for people and programs; computes nothing but layout. Main type: {@link dev.premortem.report.Reports}. */
@NullMarked
package dev.premortem.report;

import org.jspecify.annotations.NullMarked;
