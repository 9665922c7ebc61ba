package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Secret stores whose own credentials are Secrets that come from them: one that is there is renewed, one that is gone never comes. */
public final class SecretsOfStores {
    private SecretsOfStores() {}

    /** Those of each cluster. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        for (KubernetesObject store : sketch.estate().objects()) {
            if (store.apiVersion().startsWith("external-secrets.io/")
                    && (store.kind().equals("ClusterSecretStore")
                            || store.kind().equals("SecretStore"))) {
                credentials(store).stream()
                        .flatMap(secret ->
                                makers(sketch, store, secret).stream().map(maker -> item(store, secret, maker)))
                        .findFirst()
                        .ifPresent(item -> items.computeIfAbsent(store.cluster(), _ -> new ArrayList<>())
                                .add(item));
            }
        }
        return items;
    }

    /** A Secret that is named somewhere. */
    private record Named(String namespace, Fact<String> name) {}

    private static List<Named> credentials(KubernetesObject store) {
        List<Named> found = new ArrayList<>();
        store.tree().at("spec.provider").ifPresent(provider -> walk(provider, store.namespace(), found));
        return found;
    }

    private static void walk(Tree tree, String namespace, List<Named> found) {
        for (Tree.Entry entry : tree.entries()) {
            Optional<Fact<String>> name = entry.value().text("name");
            if (entry.key().toLowerCase(Locale.ROOT).endsWith("secretref") && name.isPresent()) {
                String in = entry.value().text("namespace").map(Fact::value).orElse(namespace);
                found.add(new Named(in, name.get()));
            } else {
                walk(entry.value(), namespace, found);
            }
        }
    }

    /** The ExternalSecret that makes a Secret out of the store itself, where nothing else of the tree makes it. */
    private static Optional<KubernetesObject> makers(Sketch sketch, KubernetesObject store, Named secret) {
        List<KubernetesObject> makers = new ArrayList<>();
        for (KubernetesObject object : sketch.estate().objects()) {
            if (!object.cluster().equals(store.cluster()) || !object.namespace().equals(secret.namespace())) {
                continue;
            }
            if (object.kind().equals("Secret")
                    && object.name().equals(secret.name().value())) {
                return Optional.empty();
            }
            String target =
                    object.tree().text("spec.target.name").map(Fact::value).orElse(object.name());
            boolean own = object.tree()
                    .text("spec.secretStoreRef.name")
                    .filter(name -> name.value().equals(store.name()))
                    .isPresent();
            if (object.kind().equals("ExternalSecret")
                    && target.equals(secret.name().value())
                    && own) {
                makers.add(object);
            }
        }
        return makers.stream().findFirst();
    }

    private static Standstill.Item item(KubernetesObject store, Named secret, KubernetesObject maker) {
        Fact<String> from = maker.tree().text("spec.secretStoreRef.name").orElseThrow();
        return new Standstill.Item(
                store.reference(),
                from.provenance() instanceof Declared place
                        ? place
                        : maker.tree().place(),
                store.name() + " has its credentials",
                store.name() + " has no credentials, and no Secret comes from it",
                store.name() + " reads its credentials from " + secret.name().value() + ", which comes from it",
                List.of(
                        Evidence.of(store.kind() + " " + store.name() + " needs it", secret.name()),
                        Evidence.of("ExternalSecret " + maker.name() + " makes it", from)),
                // Whoever built it once put a first Secret there by hand or by a script that is not read.
                Confidence.POSSIBLE);
    }
}
