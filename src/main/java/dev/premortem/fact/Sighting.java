package dev.premortem.fact;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What stands in the place of a file where a value was seen in something that runs: {@code observed 2026-03-04T10:00:00Z in main/shop/Deployment/cart}.
 *
 * @param at when it was seen
 * @param in the thing that it was seen in
 */
public record Sighting(Instant at, String in) {
    private static final String START = "observed ";
    private static final String MIDDLE = " in ";

    /** The sighting that a file name stands for; empty for a real file. */
    public static Optional<Sighting> of(String file) {
        int middle = file.indexOf(MIDDLE);
        if (!file.startsWith(START) || middle < START.length()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Sighting(
                    Instant.parse(file.substring(START.length(), middle)), file.substring(middle + MIDDLE.length())));
        } catch (DateTimeException notAnInstant) {
            return Optional.empty(); // a file that happens to be called so
        }
    }

    /** True for the name of a sighting. */
    public static boolean is(Declared place) {
        return place.file().startsWith(START) && of(place.file()).isPresent();
    }

    /** What stands where others have a file name. */
    public String file() {
        return START + at + MIDDLE + in;
    }

    /** The place of a field in it. */
    public Declared place(String field) {
        return new Declared(file(), 1, field);
    }
}
