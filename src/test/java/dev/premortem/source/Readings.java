package dev.premortem.source;

import dev.premortem.estate.Estate;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Thing;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Provenance;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Readings of a few texts, for tests. */
public final class Readings {
    private Readings() {}

    /** Reads file names and texts, in turns. */
    public static Reading of(String... namesAndTexts) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            texts.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return Sources.readTexts(texts);
    }

    /** The thing with a reference, which must be there. */
    public static <T extends Thing> T thing(Estate estate, Class<T> kind, String reference) {
        return estate.find(kind, new Reference(reference))
                .orElseThrow(() -> new AssertionError("no " + reference + " among "
                        + estate.all(kind).stream().map(Thing::reference).toList()));
    }

    /** Problems as one line each. */
    public static List<String> problems(Reading reading) {
        return reading.coverage().problems().stream().map(Problem::text).toList();
    }

    /** Where a fact comes from, as {@code file:line field}. */
    public static String at(Provenance provenance) {
        return provenance instanceof dev.premortem.fact.Declared place
                ? place.at() + " " + place.field()
                : provenance.toString();
    }
}
