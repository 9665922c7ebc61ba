package dev.premortem.twin;

/**
 * A product: what outages are told for.
 *
 * @param condition holds while all its users are served
 * @param name bare name
 * @param weight above 0
 */
public record Top(Condition condition, String name, double weight) {}
