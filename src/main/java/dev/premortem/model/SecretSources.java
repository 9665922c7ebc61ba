package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stores of External Secrets whose answers come from one pod of the cluster itself: new Secrets wait for it, those that exist live on. */
public final class SecretSources {
    private static final List<String> ADDRESSES =
            List.of("spec.provider.onepassword.connectHost", "spec.provider.vault.server", "spec.provider.webhook.url");
    private static final Pattern INSIDE =
            Pattern.compile("https?://([a-z0-9-]+)(?:\\.([a-z0-9-]+)(?:\\.svc.*)?)?(?::[0-9]+)?(?:/.*)?");

    private SecretSources() {}

    /** Those that one workload, or one release without a count, stands behind. */
    public static List<Singles.Item> of(Sketch sketch) {
        List<Singles.Item> items = new ArrayList<>();
        for (KubernetesObject object : sketch.estate().objects()) {
            if (object.kind().equals("ClusterSecretStore") || object.kind().equals("SecretStore")) {
                for (String address : ADDRESSES) {
                    object.tree()
                            .text(address)
                            .ifPresent(host -> read(sketch, object, host).ifPresent(items::add));
                }
            }
        }
        return items;
    }

    private static Optional<Singles.Item> read(Sketch sketch, KubernetesObject object, Fact<String> address) {
        Matcher inside = INSIDE.matcher(address.value());
        if (!inside.matches() || !(address.provenance() instanceof Declared place)) {
            return Optional.empty();
        }
        String name = inside.group(1);
        Optional<String> namespace = Optional.ofNullable(inside.group(2));
        List<Workload> pods = sketch.estate().all(Service.class).stream()
                .filter(service -> service.name().equals(name)
                        && service.cluster().equals(object.cluster())
                        && namespace
                                .filter(text -> !text.equals(service.namespace()))
                                .isEmpty())
                .flatMap(service -> sketch.placement().backends(service).stream())
                .toList();
        boolean once = pods.size() == 1 && pods.getFirst().replicas().value() == 1;
        boolean unknown = pods.isEmpty() && unrendered(sketch, object.cluster(), name);
        return once || unknown
                ? Optional.of(new Singles.Item(
                        new Reference(object.reference().text()),
                        place,
                        "every Secret of " + object.name() + " comes from " + name + ", which runs once",
                        List.of(Evidence.of("asks " + name, address)),
                        once ? Confidence.SURE : Confidence.POSSIBLE))
                : Optional.empty();
    }

    /** A release of that name whose values ask for no second pod. */
    private static boolean unrendered(Sketch sketch, String cluster, String name) {
        return sketch.estate().all(Release.class).stream()
                .anyMatch(release ->
                        release.cluster().equals(cluster) && release.name().equals(name) && !many(release));
    }

    private static boolean many(Release release) {
        return ReleaseSingles.counts(release.values()).stream().anyMatch(count -> !count.equals("1"));
    }
}
