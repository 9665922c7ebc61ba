package dev.premortem.predict;

import dev.premortem.estate.Estate;
import dev.premortem.outage.Coverage;
import dev.premortem.outage.Prediction;

/** From an estate to the outages that wait in it. */
public final class Predictor {
    private Predictor() {}

    /** Predicts. The same inputs give the same result. */
    public static Prediction predict(Estate estate, Coverage coverage, Request request, Editor editor) {
        throw new IllegalStateException("being written");
    }
}
