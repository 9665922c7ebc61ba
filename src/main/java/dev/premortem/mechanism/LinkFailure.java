package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import java.util.List;
import java.util.Optional;

/** Sites are joined by too few links: the loss of one, or of what all share, cuts them apart. The gate is the skeleton's routing; this mechanism owns it. */
@AutoService(Mechanism.class)
public final class LinkFailure implements Mechanism {
    @Override
    public String id() {
        return "link-failure";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.F;
    }

    @Override
    public Optional<String> lacks(Sketch sketch) {
        return sketch.ground().links().isEmpty() ? Optional.of("no links declared") : Optional.empty();
    }

    @Override
    public void contribute(Sketch sketch) {
        // Routing draws its gates where traffic crosses, and names this mechanism as their owner.
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        return List.of(Remedy.proposed(
                "a second link that shares neither provider nor duct with the first, or what is needed on both sides",
                List.of(),
                List.of("order it, declare it as a Link, probe its path MTU before traffic depends on it")));
    }
}
