package dev.premortem.source.declared;

import dev.premortem.estate.Dependency;
import dev.premortem.estate.HostedService;
import dev.premortem.estate.Product;
import dev.premortem.fact.Fact;
import dev.premortem.source.declared.DeclaredKinds.Named;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import java.util.List;
import java.util.Optional;

/** Hosted services and products. */
final class Offers {
    private Offers() {}

    static void hosted(Named named, Fields spec, Harvest harvest) {
        spec.allow(
                "site",
                "runsOn",
                "replicas",
                "network",
                "host",
                "addresses",
                "dependsOn",
                "state",
                "twoCopies",
                "restoreTime",
                "failure");
        Optional<Fact<String>> site = spec.text("site");
        if (site.isEmpty()) {
            spec.lacks("site", "the name of a Site");
        }
        List<Dependency> dependsOn = Dependencies.list(spec, "dependsOn", harvest);
        Optional<Fact<Integer>> replicas = spec.integer("replicas", 0);
        if (named.name().isEmpty() || site.isEmpty()) {
            return;
        }
        harvest.things.add(new HostedService(
                named.name().get(),
                named.place(),
                site.get(),
                spec.word("runsOn", "lxc", "vm", "metal", "saas"),
                replicas.orElseGet(() -> Places.assumed(1, "hosted-service.replicas", "one where not declared")),
                spec.choice("network", Dependency.Crossing.class),
                spec.text("host"),
                spec.texts("addresses"),
                dependsOn,
                spec.texts("state"),
                spec.word("twoCopies", "safe", "unsafe", "unknown"),
                spec.duration("restoreTime"),
                Figures.failure(spec, harvest)));
    }

    static void product(Named named, Fields spec, Harvest harvest) {
        spec.allow("needs", "urls", "tier", "weight", "hours", "via", "from", "owner");
        if (spec.get("needs").isEmpty() && spec.get("urls").isEmpty()) {
            spec.lacks("needs", "a list of references");
        }
        List<Dependency> needs = Dependencies.list(spec, "needs", harvest);
        Optional<Fact<Integer>> tier = spec.integer("tier", 1).filter(found -> {
            if (found.value() > 3) {
                harvest.problem(spec.get("tier").orElse(spec.tree()).place(), "\"" + found.value() + "\"", "1, 2 or 3");
            }
            return found.value() <= 3;
        });
        named.name()
                .ifPresent(name -> harvest.things.add(new Product(
                        name,
                        named.place(),
                        true,
                        needs,
                        spec.texts("urls"),
                        tier,
                        spec.number("weight"),
                        spec.text("hours"),
                        spec.text("via"),
                        spec.texts("from"),
                        spec.text("owner"))));
    }
}
