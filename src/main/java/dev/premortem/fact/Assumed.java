package dev.premortem.fact;

/**
 * A default that stands in for a fact nobody declared.
 *
 * @param id name of the assumption in the {@link Catalogue}
 * @param source where the figure was published, or why it was chosen
 */
public record Assumed(String id, String source) implements Provenance {}
