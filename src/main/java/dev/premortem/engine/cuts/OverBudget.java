package dev.premortem.engine.cuts;

/** Thrown when a diagram would need more than its {@link Budget}; the message names the limit that was reached. */
@SuppressWarnings("serial") // never sent anywhere
public final class OverBudget extends Exception {
    OverBudget(String limit) {
        super(limit);
    }

    /** The limit that was reached, such as "1,000,000 nodes". */
    public String limit() {
        return String.valueOf(getMessage());
    }
}
