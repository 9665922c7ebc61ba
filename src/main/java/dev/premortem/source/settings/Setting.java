package dev.premortem.source.settings;

import dev.premortem.fact.Declared;

/**
 * The value of an option that a file sets.
 *
 * @param value as it would stand on the command line; several ones with commas between them
 */
public record Setting(String value, Declared place) {}
