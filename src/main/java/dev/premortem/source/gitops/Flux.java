package dev.premortem.source.gitops;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What Flux makes of a tree: Kustomizations from the roots on, and their objects with variables put in. */
final class Flux {
    private static final String UNREAD = ", whose values are not read: unknown here, not fine";

    private final Builder builder;
    private final FluxRoots roots;
    private final Index index;
    private final Ledger ledger;
    private final List<Manifest> deployed = new ArrayList<>();

    /** A sync with the variables of those above it. */
    private record Step(Sync sync, Optional<Variables> above) {}

    Flux(Builder builder, FluxRoots roots, Index index, Ledger ledger) {
        this.builder = builder;
        this.roots = roots;
        this.index = index;
        this.ledger = ledger;
    }

    /** Everything that the roots bring. */
    List<Manifest> deploy(List<Sync> from) {
        List<Step> level =
                from.stream().map(sync -> new Step(sync, Optional.empty())).toList();
        SortedSet<String> done = new TreeSet<>();
        while (!level.isEmpty()) {
            List<Built> built = builder.build(level.stream().map(Step::sync).toList());
            List<Step> next = new ArrayList<>();
            for (int i = 0; i < level.size(); i++) {
                step(level.get(i), built.get(i), next);
            }
            next.removeIf(step -> !done.add(key(step.sync())));
            level = next;
        }
        return once();
    }

    /** What two Kustomizations bring from one place is one object; the later one knows more variables. */
    private List<Manifest> once() {
        SortedMap<String, Integer> last = new TreeMap<>();
        for (int i = 0; i < deployed.size(); i++) {
            last.put(identity(deployed.get(i)), i);
        }
        List<Manifest> kept = new ArrayList<>();
        for (int i = 0; i < deployed.size(); i++) {
            if (last.getOrDefault(identity(deployed.get(i)), i) == i) {
                kept.add(deployed.get(i));
            }
        }
        return kept;
    }

    private static String identity(Manifest manifest) {
        return manifest.cluster().orElse("") + "\n" + manifest.identity() + "\n"
                + manifest.tree().place().at();
    }

    private static String key(Sync sync) {
        return sync.cluster().orElse("") + "\n" + sync.namespace() + "/" + sync.name() + "\n" + sync.folder();
    }

    private void step(Step step, Built built, List<Step> next) {
        Sync sync = step.sync();
        ledger.used.addAll(built.used());
        Objects objects = index.of(sync.cluster());
        built.objects().forEach(objects::add);
        objects.made(built.made());
        boolean own = sync.spec().at("postBuild").isPresent();
        Variables variables = own
                ? variables(sync, objects)
                : step.above().orElseGet(Variables::new).timid();
        boolean puts = !variables.none();
        step.above().ifPresent(variables::beneath);
        for (Manifest object : built.objects()) {
            Manifest whole = (puts ? variables.into(object) : object).in(sync.cluster());
            objects.add(whole);
            deployed.add(whole);
            if (HelmReleases.is(whole)) {
                index.variables(whole, variables);
            } else if (whole.kind().equals("Kustomization") && whole.of(FluxRoots.GROUP)) {
                roots.sync(whole)
                        .ifPresent(found -> next.add(new Step(
                                found.in(whole.remote().or(sync::cluster)),
                                puts ? Optional.of(variables) : Optional.empty())));
            }
        }
        if (sync.spec()
                .text("suspend")
                .filter(text -> text.value().equals("true"))
                .isPresent()) {
            ledger.leftOut(
                    sync.place(), "Kustomization", sync.name() + " is suspended: what runs may differ from its files");
        }
        for (String name : variables.missed) {
            ledger.leftOut(sync.place(), "Kustomization", "${" + name + "} " + variables.why(name));
        }
        variables.missed.clear();
    }

    /** The variables of a Kustomization: those of each source in order, then its own. */
    private Variables variables(Sync sync, Objects objects) {
        Variables variables = new Variables();
        for (Tree from : sync.spec().items("postBuild.substituteFrom")) {
            String kind = from.text("kind").map(Fact::value).orElse("");
            String name = from.text("name").map(Fact::value).orElse("");
            Optional<Manifest> held = objects.find(kind, sync.namespace(), name).or(() -> anywhere(kind, name));
            if (held.isEmpty() && kind.equals("Secret") && made(name, variables)) {
                continue;
            }
            if (held.isEmpty()) {
                variables.blind();
                ledger.leftOut(
                        from.place(),
                        "Kustomization",
                        "variables come from the " + kind + " " + name
                                + ", which is not in this tree: unknown here, not fine");
                continue;
            }
            for (String part : List.of("data", "stringData")) {
                for (Tree.Entry entry : held.get().tree().entries(part)) {
                    Optional<Fact<String>> value = entry.value().text();
                    if (kind.equals("ConfigMap") && value.isPresent() && !Sops.is(entry.value())) {
                        variables.set(entry.key(), value.get());
                    } else {
                        variables.hide(
                                entry.key(),
                                "is in the Secret " + name
                                        + (Sops.is(held.get().tree())
                                                ? ", encrypted with SOPS: unknown here, not fine"
                                                : UNREAD));
                    }
                }
            }
        }
        for (Tree.Entry entry : sync.spec().entries("postBuild.substitute")) {
            entry.value().text().ifPresent(value -> variables.set(entry.key(), value));
        }
        return variables;
    }

    /** Hides the names that an ExternalSecret or a SealedSecret says its Secret has; false where there is none. What stood before is only a default. */
    private boolean made(String name, Variables variables) {
        List<Tree.Entry> entries = new ArrayList<>();
        anywhere("ExternalSecret", name).ifPresent(made -> {
            entries.addAll(made.tree().entries("spec.target.template.data"));
            made.tree()
                    .items("spec.data")
                    .forEach(item -> item.text("secretKey")
                            .ifPresent(key -> variables.hide(key.value(), "is in the Secret " + name + UNREAD)));
        });
        anywhere("SealedSecret", name)
                .ifPresent(made -> entries.addAll(made.tree().entries("spec.encryptedData")));
        entries.forEach(entry -> variables.hide(entry.key(), "is in the Secret " + name + UNREAD));
        return !entries.isEmpty();
    }

    /** A ConfigMap that a later Kustomization brings; Flux tries again until it is there. */
    private Optional<Manifest> anywhere(String kind, String name) {
        return builder.raw(kind, name);
    }
}
