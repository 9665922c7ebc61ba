package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Git servers and registries that a GitOps controller deploys from what they themselves hold: with the cluster, the way to build it is lost. */
public final class SourcesInside {
    private static final List<String> KINDS = List.of("GitRepository", "OCIRepository", "Bucket");

    private final Sketch sketch;
    private final Inside inside;
    private final List<Delivery> deliveries = new ArrayList<>();

    private SourcesInside(Sketch sketch) {
        this.sketch = sketch;
        this.inside = new Inside(sketch);
        for (KubernetesObject object : sketch.estate().objects()) {
            if (object.apiVersion().startsWith("kustomize.toolkit.fluxcd.io/")
                    && !Inside.yes(object.tree().text("spec.suspend"))) {
                flux(object);
            } else if (object.kind().equals("Application")
                    && object.apiVersion().startsWith("argoproj.io/")) {
                argo(object);
            }
        }
    }

    /**
     * A folder that a controller applies.
     *
     * @param url where it gets it; empty where that is written nowhere here
     * @param path folder in there, without slashes at its ends; empty for all of it
     */
    private record Delivery(KubernetesObject by, Optional<Fact<String>> url, String path) {
        boolean covers(String file) {
            return path.isEmpty() || file.startsWith(path + "/") || file.contains("/" + path + "/");
        }
    }

    /** Those of each cluster. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        return new SourcesInside(sketch).items();
    }

    private void flux(KubernetesObject object) {
        Tree tree = object.tree();
        String kind = tree.text("spec.sourceRef.kind").map(Fact::value).orElse("");
        String namespace =
                tree.text("spec.sourceRef.namespace").map(Fact::value).orElse(object.namespace());
        if (!KINDS.contains(kind)) {
            return;
        }
        // the source that a bootstrap or a FluxInstance makes stands in no file
        Optional<Fact<String>> url = tree.text("spec.sourceRef.name")
                .map(name -> Reference.object(object.cluster(), namespace, kind, name.value()))
                .flatMap(sketch.estate()::object)
                .flatMap(source ->
                        source.tree().text("spec.url").or(() -> source.tree().text("spec.endpoint")));
        deliveries.add(new Delivery(object, url, path(tree.text("spec.path"))));
    }

    private void argo(KubernetesObject object) {
        List<Tree> sources = new ArrayList<>(object.tree().items("spec.sources"));
        object.tree().at("spec.source").ifPresent(sources::add);
        for (Tree source : sources) {
            if (source.text("path").isPresent()) {
                source.text("repoURL")
                        .ifPresent(url ->
                                deliveries.add(new Delivery(object, Optional.of(url), path(source.text("path")))));
            }
        }
    }

    private static String path(Optional<Fact<String>> path) {
        return path.map(Fact::value).orElse("").replaceAll("^[./]+", "").replaceAll("/+$", "");
    }

    private SortedMap<String, List<Standstill.Item>> items() {
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        SortedMap<String, Boolean> told = new TreeMap<>();
        for (Delivery delivery : deliveries) {
            String cluster = delivery.by().cluster();
            Optional<Inside.Server> server = server(cluster, delivery);
            if (server.isPresent()
                    && waits(delivery, server.get())
                    && told.putIfAbsent(
                                    cluster + " "
                                            + delivery.url().map(Fact::value).orElse(""),
                                    true)
                            == null) {
                items.computeIfAbsent(cluster, _ -> new ArrayList<>()).add(item(delivery, server.get()));
            }
        }
        return items;
    }

    private Optional<Inside.Server> server(String cluster, Delivery delivery) {
        return delivery.url().flatMap(url -> inside.serving(cluster, url.value()));
    }

    /** True where the server itself comes through this delivery and through none from outside, or from where is not known. */
    private boolean waits(Delivery delivery, Inside.Server server) {
        boolean itself = server.files().stream().anyMatch(delivery::covers);
        boolean other = deliveries.stream()
                .filter(one -> one.by().cluster().equals(server.cluster()))
                .filter(one -> server(server.cluster(), one).isEmpty())
                .anyMatch(one -> server.files().stream().anyMatch(one::covers));
        return itself && !other;
    }

    private Standstill.Item item(Delivery delivery, Inside.Server server) {
        Fact<String> url = delivery.url().orElseThrow();
        String name = delivery.by().kind() + " " + delivery.by().name();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.of(name + " applies what " + url.value() + " holds", url));
        evidence.add(new Evidence(
                server.name() + " serves that, and is among it",
                new Declared(server.files().getFirst(), 1, "")));
        return new Standstill.Item(
                delivery.by().reference(),
                url.provenance() instanceof Declared place ? place : new Declared("", 1, ""),
                server.name() + " answers",
                server.name() + " is lost with the cluster, and with it what would build it",
                "what builds " + server.cluster() + " is fetched from " + server.name() + " inside of it",
                evidence,
                Confidence.LIKELY);
    }
}
