package dev.premortem.outage;

/** What an outage rests on. */
public enum Confidence {
    /** The whole chain is declared or observed. */
    SURE,
    /** It rests on the published behaviour of a component. */
    LIKELY,
    /** It rests on a guess about this estate. */
    POSSIBLE;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
