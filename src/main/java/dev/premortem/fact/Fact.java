package dev.premortem.fact;

import java.util.Optional;
import java.util.function.Function;

/**
 * A value and where it comes from.
 *
 * @param <T> type of the value; immutable
 * @param spread how far the truth may be from a figure, where that was said; empty for all else
 */
public record Fact<T>(T value, Provenance provenance, Optional<Spread> spread) {
    /** A value of which nobody said how far the truth may be from it. */
    public Fact(T value, Provenance provenance) {
        this(value, provenance, Optional.empty());
    }

    /** The same provenance for a value derived from this one alone, in proportion to it where it has a spread. */
    public <U> Fact<U> map(Function<? super T, ? extends U> derive) {
        return new Fact<>(derive.apply(value), provenance, spread);
    }

    /** The same with how far the truth may be from it. */
    public Fact<T> within(Optional<Spread> another) {
        return new Fact<>(value, provenance, another);
    }

    /** True for a declared or observed value, false for an assumed one. */
    public boolean known() {
        return !(provenance instanceof Assumed);
    }
}
