package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;

/** An owner's assumption about one thing: {@code Assumptions.spec.set}. */
public record OwnerAssumption(Reference of, String fact, Fact<String> value, String because, Declared place) {}
