package dev.premortem.report;

import dev.premortem.outage.Band;
import dev.premortem.outage.Coverage;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a result comes to, in a sentence.
 *
 * @param problems where what is wrong is named, such as {@code on stderr}
 */
record Verdict(Prediction prediction, Known known, Findings findings, String problems) {
    /** With less than this share understood nothing is called well. */
    private static final double WELL = 0.75;

    String sentence() {
        return findings.judged().isEmpty() ? well() : waiting();
    }

    /** True where the sentence says no more than that all is well. */
    boolean good() {
        return findings.judged().isEmpty() && !partly() && gaps().isEmpty();
    }

    private boolean partly() {
        return prediction.coverage().share() < WELL;
    }

    private List<Coverage.Rendering.Gap> gaps() {
        return prediction.coverage().rendering().gaps();
    }

    private String well() {
        String until = Words.date(prediction.now().plus(prediction.horizon()));
        boolean borne = findings.aside().stream()
                .anyMatch(outage -> outage.accepted() || known.ids().contains(outage.id()));
        String found = borne
                ? "nothing but what is known or accepted"
                : findings.possible().isEmpty() && findings.chosen().isEmpty()
                        ? "no outage waits here"
                        : "nothing that nobody chose";
        if (!prediction.coverage().problems().isEmpty()) {
            return "No outage found in what could be read; what could not is named " + problems + ".";
        }
        return partly()
                ? "No outage found, but too much was not understood to call this well."
                : gaps().isEmpty()
                        ? "All well until " + until + ": " + found + "."
                        : "No outage found in what was rendered; what was not is unknown, not fine.";
    }

    private String waiting() {
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = findings.groups().stream()
                    .filter(group -> group.getFirst().severity() == severity)
                    .count();
            if (count > 0) {
                counts.add(count + " " + severity.word());
            }
        }
        int groups = findings.groups().size();
        List<Outage> rated = rated();
        String yearly = "";
        if (!rated.isEmpty()) {
            Band sum = rated.stream()
                    .map(outage -> outage.minutesPerYear().orElseThrow())
                    .reduce(new Band(0, 0, 0), Band::plus);
            yearly =
                    " · " + Words.band(sum) + (rated.size() < findings.judged().size() ? " where a rate is known" : "");
        }
        return Words.of(groups, "outage")
                + (groups == 1 ? " waits here: " : " wait here: ")
                + String.join(", ", counts)
                + yearly;
    }

    private List<Outage> rated() {
        return findings.judged().stream()
                .filter(outage -> outage.rateKnown() && outage.minutesPerYear().isPresent())
                .toList();
    }

    /** That no minutes are told, where outages wait and no rate is known. */
    Optional<String> unrated() {
        return findings.judged().isEmpty() || !rated().isEmpty()
                ? Optional.empty()
                : Optional.of("No minutes a year: no failure rate is known here.");
    }

    /** With less than four fifths of the releases rendered the reader knows it before the first outage (ranking 10). */
    Optional<String> unrendered() {
        Coverage.Rendering rendering = prediction.coverage().rendering();
        if (findings.judged().isEmpty() || rendering.rendered() * 5L >= rendering.releases() * 4L) {
            return Optional.empty();
        }
        if (rendering.releases() == 1) {
            return Optional.of("The one release could not be rendered: what it makes is unknown here, not fine.");
        }
        return Optional.of(
                rendering.rendered() == 0
                        ? "None of " + Words.of(rendering.releases(), "release")
                                + " could be rendered: what they make is unknown here, not fine."
                        : "Only " + Words.count(rendering.rendered()) + " of "
                                + Words.of(rendering.releases(), "release")
                                + " could be rendered: what the others make is unknown here, not fine.");
    }
}
