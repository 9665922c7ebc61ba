package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import java.util.List;
import java.util.Optional;

/**
 * What a customer would say is down.
 *
 * @param declared false for a host name that stands for itself because no product names it
 * @param urls host names (with or without scheme and path) it answers under
 * @param tier 1, 2 or 3
 * @param weight overrides the tier's
 * @param from sites or {@code internet}: where its users are
 */
public record Product(
        String name,
        Declared place,
        boolean declared,
        List<Dependency> needs,
        List<Fact<String>> urls,
        Optional<Fact<Integer>> tier,
        Optional<Fact<Double>> weight,
        Optional<Fact<String>> hours,
        Optional<Fact<String>> via,
        List<Fact<String>> from,
        Optional<Fact<String>> owner)
        implements Thing {
    /** The same with who owns it. */
    public Product ownedBy(Fact<String> who) {
        return new Product(name, place, declared, needs, urls, tier, weight, hours, via, from, Optional.of(who));
    }

    @Override
    public Reference reference() {
        return Reference.of("product", name);
    }
}
