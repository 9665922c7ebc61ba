package dev.premortem.report;

import dev.premortem.outage.Band;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is said of an outage in words, whatever the format: when, how long, what it costs, what a proof gave.
 *
 * @param now the moment that {@code in 3 d} counts from
 */
record Sentences(Instant now) {
    private static final Duration ACCEPT_FOR = Duration.ofDays(180);

    /** When it starts, without a full stop. */
    String when(Outage outage) {
        StringBuilder when = new StringBuilder();
        if (outage.starts().isPresent()) {
            Instant starts = outage.starts().get();
            when.append(Words.instant(starts)).append(", ").append(Words.distance(now, starts));
        } else {
            when.append(
                    switch (outage.trigger().type()) {
                        case FAULT -> outage.trigger().faults().isEmpty() ? "already now" : "any time" + often(outage);
                        case CHANGE -> "with the change, not before";
                        case TIME, CHURN -> "not known to the day";
                    });
        }
        outage.recurs()
                .ifPresent(again -> when.append("; then every ")
                        .append(Words.duration(again.every()))
                        .append(", ")
                        .append(Words.of(again.count(), "time"))
                        .append(" within the horizon"));
        if (!outage.alsoBy().isEmpty()) {
            List<String> others =
                    outage.alsoBy().stream().map(Sentences::trigger).distinct().toList();
            when.append("; also by ").append(Words.few(others, 3));
        }
        return when.toString();
    }

    /** What sets it off, or the moment. */
    static String trigger(Trigger trigger) {
        if (!trigger.faults().isEmpty()) {
            return String.join(" with ", trigger.faults());
        }
        return trigger.at().map(Words::instant).orElse("a " + trigger.type().word());
    }

    /** A word in place of a number where nobody declared a rate. */
    private static String often(Outage outage) {
        if (outage.rateKnown() || outage.minutesPerYear().isEmpty()) {
            return "";
        }
        double times = outage.minutesPerYear().get().typical()
                / Math.max(1, outage.duration().toMinutes());
        return times >= 0.7 ? ", yearly by published rates" : ", rare by published rates";
    }

    /** How long it lasts and what sets that. */
    String lasts(Outage outage) {
        StringBuilder lasts = new StringBuilder();
        if (outage.endsByItself()) {
            lasts.append(about(outage)).append(Words.duration(outage.duration()));
        } else {
            lasts.append("until somebody acts: about ").append(Words.duration(outage.attended()));
        }
        lasts.append(", set by ").append(outage.durationSetBy());
        if (outage.endsByItself() && outage.attended().compareTo(outage.duration()) < 0) {
            lasts.append("; about ")
                    .append(Words.duration(outage.attended()))
                    .append(" where somebody mends ")
                    .append(outage.pivot());
        }
        if (outage.shareDown().size() > 2) {
            lasts.append("; half of the users are back after ")
                    .append(back(outage, 0.5))
                    .append(", 99 of 100 after ")
                    .append(back(outage, 0.01));
        }
        return lasts.toString();
    }

    private static String back(Outage outage, double share) {
        List<Outage.Share> shares = outage.shareDown();
        int last = shares.size();
        while (last > 0 && shares.get(last - 1).share() <= share + 1e-9) {
            last--;
        }
        return Words.duration(last < shares.size() ? shares.get(last).offset() : outage.duration());
    }

    /** What it costs in a year, where the rate behind that is declared or observed. */
    Optional<String> costs(Outage outage) {
        return outage.minutesPerYear()
                .filter(minutes -> outage.rateKnown())
                .map(minutes -> about(outage) + Words.band(minutes) + summed(outage));
    }

    private static String about(Outage outage) {
        return outage.confidence() == Confidence.SURE && outage.assumptions().isEmpty() ? "" : "about ";
    }

    /** Minutes of several products are added up. */
    static String summed(Outage outage) {
        int products = outage.products().size();
        return products < 2 ? "" : ", " + products + " products added up";
    }

    /** What proving a remedy gave. */
    static String proof(Remedy remedy) {
        String note = remedy.note().isEmpty() ? "" : "; " + remedy.note();
        if (!remedy.verified()) {
            return remedy.note().startsWith("not ") ? remedy.note() : "not proven" + note;
        }
        return (remedy.shortens()
                        ? "proven in the model: it is over in less than a tenth of the time, nothing new came"
                        : "proven in the model: the outage is gone, nothing new came")
                + note;
    }

    /** Minutes that a proven remedy saves, where that is known and more than nothing. */
    static Optional<Band> saved(Remedy remedy, boolean rateKnown) {
        return remedy.minutesSavedPerYear().filter(saved -> rateKnown && remedy.verified() && saved.high() > 0);
    }

    /** The annotation to paste that accepts it for half a year. */
    String acceptance(Outage outage) {
        return "premortem.dev/accept: \"" + outage.id() + "; until=" + Words.date(now.plus(ACCEPT_FOR))
                + "; reason=…\"";
    }
}
