package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place where machines stand.
 *
 * @param zone value of {@code topology.kubernetes.io/zone} of its nodes
 * @param nodes labels that select its nodes
 * @param parent region or building, itself a site
 * @param provider who runs it; a common cause of all that it runs
 * @param causes names of common causes (power grid, building)
 */
public record Site(
        String name,
        Declared place,
        Optional<Fact<String>> zone,
        Map<String, String> nodes,
        Optional<Fact<String>> parent,
        Optional<Fact<String>> provider,
        List<Fact<String>> causes,
        Failure failure)
        implements Thing {
    @Override
    public Reference reference() {
        return Reference.of("site", name);
    }
}
