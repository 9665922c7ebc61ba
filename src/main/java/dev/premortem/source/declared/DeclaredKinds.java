package dev.premortem.source.declared;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Near;
import java.util.List;
import java.util.Optional;

/** Reads the documents of {@code premortem.dev/v1}. */
public final class DeclaredKinds {
    static final List<String> KINDS =
            List.of("Site", "Link", "Cluster", "HostedService", "Product", "DnsZone", "Assumptions", "Observation");

    private final Harvest harvest;

    public DeclaredKinds(Harvest harvest) {
        this.harvest = harvest;
    }

    /** True for a document of ours. */
    public static boolean is(Tree tree) {
        return tree.text("apiVersion")
                .filter(version -> version.value().startsWith("premortem.dev/"))
                .isPresent();
    }

    /** Kind and name, {@code link/primary}; empty for what has no name of its own. */
    public static Optional<String> reference(Tree tree) {
        Optional<String> name = tree.text("metadata.name").map(Fact::value);
        return tree.text("kind").map(Fact::value).flatMap(kind -> switch (kind) {
            case "Site" -> name.map(text -> "site/" + text);
            case "Link" -> name.map(text -> "link/" + text);
            case "Cluster" -> name.map(text -> "cluster/" + text);
            case "HostedService" -> name.map(text -> "hosted-service/" + text);
            case "Product" -> name.map(text -> "product/" + text);
            case "DnsZone" ->
                tree.text("spec.origin").map(Fact::value).or(() -> name).map(text -> "zone/" + text);
            case "Assumptions", "Observation" -> name.map(text -> kind.toLowerCase(java.util.Locale.ROOT) + "/" + text);
            default -> Optional.empty();
        });
    }

    /** Reads all kinds but clusters and zones, which need other files. */
    public void read(Tree tree) {
        Optional<Fact<String>> kind = header(tree);
        if (kind.isEmpty()) {
            return;
        }
        switch (kind.get().value()) {
            case "Site" -> Places.site(named(tree), spec(tree), harvest);
            case "Link" -> Places.link(named(tree), spec(tree), harvest);
            case "HostedService" -> Offers.hosted(named(tree), spec(tree), harvest);
            case "Product" -> Offers.product(named(tree), spec(tree), harvest);
            case "Assumptions" -> Beliefs.assumptions(spec(tree), harvest);
            case "Observation" -> Beliefs.observation(spec(tree), harvest);
            case "Cluster", "DnsZone" -> {}
            default ->
                harvest.problem(
                        kind.get().provenance() instanceof Declared place ? place : tree.place(),
                        "no kind of premortem.dev/v1 is called \"" + kind.get().value() + "\"",
                        "one of " + String.join(", ", KINDS),
                        Near.nearest(kind.get().value(), KINDS)
                                .map(name -> "you meant " + name)
                                .orElse(""));
        }
    }

    /** Checks version and kind. */
    private Optional<Fact<String>> header(Tree tree) {
        Fields fields = Fields.of(tree, harvest);
        fields.allow("apiVersion", "kind", "metadata", "spec");
        fields.text("apiVersion")
                .filter(version -> !version.value().equals("premortem.dev/v1"))
                .ifPresent(version -> harvest.problem(
                        new Declared(
                                tree.place().file(),
                                tree.at("apiVersion").orElse(tree).place().line(),
                                "apiVersion"),
                        "unknown version \"" + version.value() + "\"",
                        "premortem.dev/v1"));
        Optional<Fact<String>> kind = fields.text("kind");
        if (kind.isEmpty()) {
            fields.lacks("kind", "one of " + String.join(", ", KINDS));
        }
        return kind;
    }

    /** The document's name, with a problem where it has none. */
    Named named(Tree tree) {
        Optional<Fact<String>> name =
                tree.text("metadata.name").filter(text -> !text.value().isBlank());
        if (name.isEmpty()) {
            harvest.problem(
                    new Declared(tree.place().file(), tree.place().line(), "metadata.name"), "is missing", "a name");
        }
        return new Named(name.map(Fact::value), tree.place());
    }

    Fields spec(Tree tree) {
        return tree.at("spec")
                .map(spec -> Fields.of(spec, harvest))
                .orElseGet(() -> Fields.of(new Tree.Mapping(tree.place(), List.of()), harvest));
    }

    /** Name of a document, empty where it is missing, and its place. */
    record Named(Optional<String> name, Declared place) {}
}
