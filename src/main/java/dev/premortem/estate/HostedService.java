package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A service outside of Kubernetes: LXC, VM, metal, SaaS.
 *
 * @param host machine that it shares with others, a common cause
 */
public record HostedService(
        String name,
        Declared place,
        Fact<String> site,
        Optional<Fact<String>> runsOn,
        Fact<Integer> replicas,
        Optional<Fact<Dependency.Crossing>> network,
        Optional<Fact<String>> host,
        List<Fact<String>> addresses,
        List<Dependency> dependsOn,
        List<Fact<String>> state,
        Optional<Fact<String>> twoCopies,
        Optional<Fact<Duration>> restoreTime,
        Failure failure)
        implements Thing {
    @Override
    public Reference reference() {
        return Reference.of("hosted-service", name);
    }
}
