package dev.premortem.predict;

import dev.premortem.outage.AssumedFact;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Severity;
import java.util.List;
import java.util.Optional;

/** Copies of an outage with one thing changed. */
record Edition(Outage of) {
    Outage ranked(Severity severity, OutageClass outageClass) {
        return copy(severity, outageClass, of.remedies(), of.assumptions(), of.accepted(), of.foldedUnder());
    }

    Outage folded(String under) {
        return copy(
                of.severity(), of.outageClass(), of.remedies(), of.assumptions(), of.accepted(), Optional.of(under));
    }

    Outage with(List<Remedy> remedies) {
        return copy(of.severity(), of.outageClass(), remedies, of.assumptions(), of.accepted(), of.foldedUnder());
    }

    Outage assuming(List<AssumedFact> assumptions) {
        return copy(of.severity(), of.outageClass(), of.remedies(), assumptions, of.accepted(), of.foldedUnder());
    }

    Outage accepted() {
        return copy(of.severity(), of.outageClass(), of.remedies(), of.assumptions(), true, of.foldedUnder());
    }

    private Outage copy(
            Severity severity,
            OutageClass outageClass,
            List<Remedy> remedies,
            List<AssumedFact> assumptions,
            boolean accepted,
            Optional<String> under) {
        return new Outage(
                of.id(),
                of.mechanism(),
                severity,
                of.title(),
                of.trigger(),
                of.pivot(),
                outageClass,
                of.confidence(),
                of.instances(),
                of.products(),
                of.services(),
                of.lives(),
                of.starts(),
                of.duration(),
                of.durationRange(),
                of.durationSetBy(),
                of.endsByItself(),
                of.attended(),
                of.recurs(),
                of.alsoBy(),
                of.shareDown(),
                of.minutesPerYear(),
                of.rateKnown(),
                of.chain(),
                remedies,
                assumptions,
                accepted,
                under);
    }
}
