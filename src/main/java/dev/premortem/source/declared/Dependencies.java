package dev.premortem.source.declared;

import dev.premortem.estate.Dependency;
import dev.premortem.estate.Dependency.Crossing;
import dev.premortem.estate.Dependency.When;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Declared dependencies: lists of references, or the annotation on a Kubernetes object. */
public final class Dependencies {
    /** First parts of references that name no cluster. */
    private static final Set<String> HEADS = Set.of(
            "link",
            "site",
            "cluster",
            "hosted-service",
            "product",
            "issuer",
            "cause",
            "zone",
            "node-pool",
            "certificate");

    private Dependencies() {}

    /** The list at a key: each item a reference, or a mapping with {@code to}. */
    static List<Dependency> list(Fields fields, String key, Harvest harvest) {
        List<Dependency> found = new ArrayList<>();
        for (Tree item : fields.list(key)) {
            if (item instanceof Tree.Mapping) {
                mapping(Fields.of(item, harvest)).ifPresent(found::add);
            } else {
                item.text()
                        .filter(text -> !text.value().isBlank())
                        .ifPresentOrElse(
                                text -> found.add(of(text.value(), item.place())),
                                () -> harvest.problem(
                                        item.place(),
                                        Fields.describe(item),
                                        "a reference such as main/shop/Deployment/cart"));
            }
        }
        return List.copyOf(found);
    }

    private static Optional<Dependency> mapping(Fields item) {
        item.allow("to", "network", "optional", "timeout", "when");
        Optional<Fact<String>> to = item.text("to");
        if (to.isEmpty()) {
            item.lacks("to", "a reference such as main/shop/Deployment/cart");
        }
        Optional<Crossing> crosses = item.choice("network", Crossing.class).map(Fact::value);
        boolean optional = item.flag("optional").map(Fact::value).orElse(false);
        When when = item.choice("when", When.class).map(Fact::value).orElse(When.RUN);
        Optional<Duration> timeout = item.duration("timeout").map(Fact::value);
        return to.map(text -> {
            Dependency plain = of(text.value(), item.place());
            return new Dependency(plain.to(), crosses, optional || plain.optional(), when, timeout, item.place());
        });
    }

    /** A reference as written, with a leading question mark where optional. */
    private static Dependency of(String text, Declared place) {
        String bare = text.strip();
        boolean optional = bare.startsWith("?");
        Reference to = new Reference(optional ? bare.substring(1).strip() : bare);
        return new Dependency(to, Optional.empty(), optional, When.RUN, Optional.empty(), place);
    }

    /** The annotation's comma-separated references; short forms mean the object's own cluster and namespace. */
    public static List<Dependency> annotation(
            Fact<String> annotation, Declared place, String cluster, String namespace, Set<String> clusters) {
        List<Dependency> found = new ArrayList<>();
        for (String part : annotation.value().split("[,\\n]", 0)) {
            if (!part.isBlank()) {
                Dependency written = of(part, place);
                found.add(new Dependency(
                        complete(written.to(), cluster, namespace, clusters),
                        written.crosses(),
                        written.optional(),
                        written.when(),
                        written.timeout(),
                        place));
            }
        }
        return List.copyOf(found);
    }

    private static Reference complete(Reference written, String cluster, String namespace, Set<String> clusters) {
        if (HEADS.contains(written.head())) {
            return written;
        }
        long parts = written.text().chars().filter(letter -> letter == '/').count() + 1;
        if (parts == 2) {
            return new Reference(cluster + "/" + namespace + "/" + written.text());
        }
        boolean named = clusters.contains(written.head());
        return parts == 3 && !named ? new Reference(cluster + "/" + written.text()) : written;
    }
}
