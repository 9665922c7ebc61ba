package dev.premortem.source.gitops;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ResourceSets of the Flux Operator: their resources once for each of the inputs that stand in them. */
final class ResourceSets {
    private static final Pattern INPUT =
            Pattern.compile("<<-?\\s*inputs\\.([A-Za-z_][A-Za-z0-9_.]*)\\s*(?:\\|\\s*quote\\s*)?-?>>");

    private final Ledger ledger;

    ResourceSets(Ledger ledger) {
        this.ledger = ledger;
    }

    private static boolean is(Manifest manifest) {
        return manifest.kind().equals("ResourceSet") && manifest.of("fluxcd.controlplane.io");
    }

    /** What the sets among some manifests make. */
    List<Manifest> of(List<Manifest> manifests) {
        List<Manifest> made = new ArrayList<>();
        manifests.stream().filter(ResourceSets::is).forEach(set -> make(set, made));
        return made;
    }

    private void make(Manifest set, List<Manifest> made) {
        Tree tree = set.tree();
        if (!tree.items("spec.inputsFrom").isEmpty()
                || tree.at("spec.resourcesTemplate").isPresent()) {
            ledger.leftOut(
                    tree.place(),
                    "ResourceSet",
                    "what " + set.name() + " makes of << inputs >> is known to the cluster only");
            return;
        }
        List<Tree> inputs = tree.items("spec.inputs");
        for (Tree input : inputs.isEmpty() ? List.of(Grafts.mapping(tree.place())) : inputs) {
            for (Tree resource : tree.items("spec.resources")) {
                Tree filled = Grafts.each(resource, scalar -> fill(scalar, input));
                Optional<Tree.Scalar> open = filled.scalars()
                        .filter(scalar ->
                                scalar.value().contains("<<") && scalar.value().contains(">>"))
                        .findFirst();
                if (open.isPresent()) {
                    ledger.leftOut(
                            open.get().place(), "ResourceSet", "an expression in << >> that cannot be resolved here");
                } else {
                    made.add(set.with(
                            filled.text("metadata.namespace").isPresent()
                                    ? filled
                                    : Grafts.put(
                                            filled,
                                            List.of("metadata", "namespace"),
                                            Grafts.text(tree.place(), set.namespace()))));
                }
            }
        }
    }

    private static Tree.Scalar fill(Tree.Scalar scalar, Tree input) {
        if (!scalar.value().contains("<<")) {
            return scalar;
        }
        Matcher matcher = INPUT.matcher(scalar.value());
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            Optional<String> value = input.text(matcher.group(1)).map(Fact::value);
            matcher.appendReplacement(out, Matcher.quoteReplacement(value.orElse(matcher.group())));
        }
        matcher.appendTail(out);
        return new Tree.Scalar(scalar.place(), scalar.kind(), out.toString());
    }
}
