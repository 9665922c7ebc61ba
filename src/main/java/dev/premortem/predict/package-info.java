/** The main flow: from an estate to predicted outages with verified remedies; simulation of changes. Main type: {@link dev.premortem.predict.Predictor}. */
@NullMarked
package dev.premortem.predict;

import org.jspecify.annotations.NullMarked;
