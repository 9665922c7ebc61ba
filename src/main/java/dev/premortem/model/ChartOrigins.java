package dev.premortem.model;

import dev.premortem.estate.Estate;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From which repository a release takes its chart: Flux, Argo CD, k3s. */
final class ChartOrigins {
    private ChartOrigins() {}

    /** The address of the repository, with the chart's name where that is part of it; empty where it is not said here. */
    static Optional<Fact<String>> of(Estate estate, Release release) {
        Optional<KubernetesObject> object = estate.object(release.reference());
        return object.flatMap(found -> switch (found.kind()) {
            case "HelmRelease" -> flux(estate, found);
            case "Application" -> argo(found, release.chart());
            case "HelmChart" ->
                found.tree().text("spec.repo").or(() -> found.tree().text("spec.chart"));
            default -> Optional.empty();
        });
    }

    private static Optional<Fact<String>> flux(Estate estate, KubernetesObject release) {
        for (String at : List.of("spec.chart.spec.sourceRef", "spec.chartRef")) {
            Optional<Tree> reference = release.tree().at(at);
            Optional<String> kind =
                    reference.flatMap(found -> found.text("kind")).map(Fact::value);
            Optional<String> name =
                    reference.flatMap(found -> found.text("name")).map(Fact::value);
            String namespace = reference
                    .flatMap(found -> found.text("namespace"))
                    .map(Fact::value)
                    .orElse(release.namespace());
            if (kind.isPresent() && name.isPresent()) {
                return estate.object(Reference.object(release.cluster(), namespace, kind.get(), name.get()))
                        .flatMap(source -> source.tree().text("spec.url"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Fact<String>> argo(KubernetesObject application, String chart) {
        return Stream.concat(
                        application.tree().at("spec.source").stream(),
                        application.tree().items("spec.sources").stream())
                .filter(source -> source.text("chart")
                        .filter(named -> named.value().endsWith(chart))
                        .isPresent())
                .flatMap(source -> source.text("repoURL").stream())
                .findFirst();
    }

    /** The version that a release pins: its own, or the tag of its OCIRepository. */
    static Optional<Fact<String>> version(Estate estate, Release release) {
        return release.version()
                .or(() -> estate.object(release.reference())
                        .filter(found -> found.kind().equals("HelmRelease"))
                        .flatMap(found -> found.tree().at("spec.chartRef").flatMap(reference -> {
                            String name =
                                    reference.text("name").map(Fact::value).orElse("");
                            String namespace =
                                    reference.text("namespace").map(Fact::value).orElse(found.namespace());
                            return estate.object(Reference.object(found.cluster(), namespace, "OCIRepository", name));
                        }))
                        .flatMap(source -> source.tree().text("spec.ref.tag")));
    }
}
