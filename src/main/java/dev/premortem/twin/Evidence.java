package dev.premortem.twin;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Provenance;
import java.util.Locale;

/**
 * One fact behind a condition, as it is shown.
 *
 * @param text in words that a person knows: {@code pods send up to 1,450 + 50 = 1,500 bytes}
 * @param value as it stands at its place: {@code 1500}
 * @param provenance where it comes from
 */
public record Evidence(String text, String value, Provenance provenance) {
    /** Evidence whose text is its value. */
    public Evidence(String text, Provenance provenance) {
        this(text, text, provenance);
    }

    /** The evidence that a fact gives. */
    public static Evidence of(Fact<?> fact) {
        return of(plain(fact), fact);
    }

    /** A fact with a text of its own. */
    public static Evidence of(String text, Fact<?> fact) {
        return new Evidence(text, plain(fact), fact.provenance());
    }

    private static String plain(Fact<?> fact) {
        return fact.value() instanceof Enum<?> word
                ? word.name().toLowerCase(Locale.ROOT)
                : String.valueOf(fact.value());
    }
}
