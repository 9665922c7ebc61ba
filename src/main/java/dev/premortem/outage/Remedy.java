package dev.premortem.outage;

import dev.premortem.estate.Edit;
import java.util.List;
import java.util.Optional;

/**
 * What prevents an outage.
 *
 * @param title what to do, in a line
 * @param edits changes of the estate that it was tried with
 * @param patch unified diff of the user's own files; empty for an act
 * @param steps what a person does, in order
 * @param verified the engines were run on the changed estate, the outage was gone and nothing failed that did not fail before
 * @param shortens verified to shorten the outage to less than a tenth instead of ending it
 * @param parts titles of the remedies that it is made of, where one alone would not do; empty for most
 * @param note why it is not verified, or what the proof did not see; empty where there is nothing to say
 */
public record Remedy(
        String title,
        List<Edit> edits,
        String patch,
        List<String> steps,
        boolean verified,
        boolean shortens,
        Optional<Band> minutesSavedPerYear,
        List<String> parts,
        String note) {
    /** A proposal that nobody tried yet. */
    public static Remedy proposed(String title, List<Edit> edits, List<String> steps) {
        return joint(title, edits, steps, List.of());
    }

    /** A proposal made of several that help only together. */
    public static Remedy joint(String title, List<Edit> edits, List<String> steps, List<String> parts) {
        return new Remedy(
                title,
                List.copyOf(edits),
                "",
                List.copyOf(steps),
                false,
                false,
                Optional.empty(),
                List.copyOf(parts),
                "");
    }

    /** The same with a note. */
    public Remedy noted(String why) {
        return new Remedy(title, edits, patch, steps, verified, shortens, minutesSavedPerYear, parts, why);
    }
}
