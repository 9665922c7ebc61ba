package dev.premortem.outage;

/**
 * An assumption that an outage rests on.
 *
 * @param of reference of the thing it is about, empty for a general one
 * @param id name in the catalogue
 * @param value what was assumed
 * @param source where the figure comes from
 */
public record AssumedFact(String of, String id, String value, String source) implements Comparable<AssumedFact> {
    @Override
    public int compareTo(AssumedFact other) {
        int byId = id.compareTo(other.id);
        return byId != 0 ? byId : (of + value).compareTo(other.of + other.value);
    }
}
