package dev.premortem.fact;

import java.util.function.Function;

/**
 * A value and where it comes from.
 *
 * @param <T> type of the value; immutable
 */
public record Fact<T>(T value, Provenance provenance) {
    /** The same provenance for a value derived from this one alone. */
    public <U> Fact<U> map(Function<? super T, ? extends U> derive) {
        return new Fact<>(derive.apply(value), provenance);
    }

    /** True for a declared or observed value, false for an assumed one. */
    public boolean known() {
        return !(provenance instanceof Assumed);
    }
}
