package dev.premortem.fact;

/**
 * A default with its band and its source.
 *
 * @param id stable name, kebab-case words with dots between them; {@code Assumptions.defaults} overrides by it
 * @param value what is used
 * @param low lower end of the plausible band
 * @param high upper end of the plausible band
 * @param source where it was published (URL and date), or that it is an engineering choice
 * @param measure how its owner finds the true value out
 */
public record Assumption<T>(String id, T value, T low, T high, String source, String measure) {
    /** The default as a fact that says that it is assumed. */
    public Fact<T> fact() {
        return new Fact<>(value, new Assumed(id, source));
    }
}
