package dev.premortem.source.gitops;

import dev.premortem.estate.Reference;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.chart.AppTemplate;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.text.Embedded;
import dev.premortem.source.text.Harvest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** From a HelmRelease of Flux to the job of rendering it. */
final class HelmReleases {
    static final String GROUP = "helm.toolkit.fluxcd.io";

    /**
     * What a HelmRelease asks for.
     *
     * @param manifest the release, with all its values in {@code spec.values}
     * @param gap why it cannot be rendered; with it, no job
     */
    record Asked(Manifest manifest, Optional<ChartJob> job, Optional<String> gap) {}

    private final Folders folders;
    private final Artifacts artifacts;
    private final Objects objects;
    private final Ledger ledger;

    HelmReleases(Folders folders, Artifacts artifacts, Objects objects, Ledger ledger) {
        this.folders = folders;
        this.artifacts = artifacts;
        this.objects = objects;
        this.ledger = ledger;
    }

    static boolean is(Manifest manifest) {
        return (manifest.kind().equals("HelmRelease") && manifest.of(GROUP)) || k3s(manifest);
    }

    /** The HelmChart that k3s' own controller installs. */
    private static boolean k3s(Manifest manifest) {
        return manifest.kind().equals("HelmChart") && manifest.of("helm.cattle.io");
    }

    Asked ask(Manifest release, Variables variables) {
        if (k3s(release)) {
            return k3sChart(release);
        }
        if (release.text("spec.suspend").equals("true")) {
            ledger.leftOut(
                    release.tree().place(),
                    "HelmRelease",
                    release.name() + " is suspended: what runs may differ from its files");
        }
        List<Tree> values = new ArrayList<>();
        Optional<String> gap = Optional.empty();
        for (Tree from : release.tree().items("spec.valuesFrom")) {
            Optional<String> lacks = read(from, release, variables, values);
            gap = gap.or(() -> lacks);
        }
        release.tree().at("spec.values").ifPresent(values::add);
        Manifest whole = values.isEmpty()
                ? release
                : release.with(Grafts.put(
                        release.tree(),
                        List.of("spec", "values"),
                        values.stream().reduce(Grafts::merge).orElseThrow()));
        Source source = source(release);
        Optional<String> lacks = gap.or(source::gap);
        if (lacks.isPresent() || source.chart().isEmpty()) {
            return new Asked(whole, Optional.empty(), lacks);
        }
        String target = release.text("spec.targetNamespace");
        String name = release.text("spec.releaseName");
        String named = !name.isEmpty() ? name : target.isEmpty() ? release.name() : target + "-" + release.name();
        ChartJob job = new ChartJob(
                new Reference(release.cluster().orElse("default") + "/" + release.namespace() + "/HelmRelease/"
                        + release.name()),
                release.tree().place(),
                source.chart().get(),
                named,
                target.isEmpty() ? release.namespace() : target,
                List.copyOf(values),
                !release.text("spec.install.crds").equals("Skip"));
        return new Asked(whole, Optional.of(job), Optional.empty());
    }

    private static Asked k3sChart(Manifest chart) {
        String url = chart.text("spec.repo");
        String name = chart.text("spec.chart");
        boolean oci = name.startsWith("oci://");
        String folder = Inflation.is(chart) ? chart.text("spec.folder") : "";
        if (folder.isEmpty() && (name.isEmpty() || (url.isEmpty() && !oci))) {
            return new Asked(chart, Optional.empty(), Optional.of("it names no chart of a repository"));
        }
        ChartSource source = !folder.isEmpty()
                ? new ChartSource.Folder(folder)
                : oci
                        ? new ChartSource.Remote(
                                name.substring(0, name.lastIndexOf('/')),
                                Folders.last(name),
                                chart.text("spec.version"))
                        : new ChartSource.Remote(url, Folders.last(name), chart.text("spec.version"));
        List<Tree> values = new ArrayList<>();
        chart.tree()
                .at("spec.valuesContent")
                .flatMap(text -> Embedded.read(text, new Harvest()))
                .ifPresent(values::add);
        chart.tree().at("spec.values").ifPresent(values::add);
        for (Tree.Entry set : chart.tree().entries("spec.set")) {
            values.add(Grafts.put(Grafts.mapping(set.place()), keys(set.key()), set.value()));
        }
        ChartJob job = new ChartJob(
                new Reference(
                        chart.cluster().orElse("default") + "/" + chart.namespace() + "/HelmChart/" + chart.name()),
                chart.tree().place(),
                source,
                chart.name(),
                or(chart.text("spec.targetNamespace"), chart.namespace()),
                List.copyOf(values),
                !Inflation.is(chart) || chart.text("spec.includeCRDs").equals("true"));
        return new Asked(chart, Optional.of(job), Optional.empty());
    }

    /** Reads one entry of {@code valuesFrom}; the result says what stands against rendering. */
    private Optional<String> read(Tree from, Manifest release, Variables variables, List<Tree> values) {
        String kind = from.text("kind").map(Fact::value).orElse("ConfigMap");
        String name = from.text("name").map(Fact::value).orElse("");
        String key = from.text("valuesKey").map(Fact::value).orElse("values.yaml");
        String path = from.text("targetPath").map(Fact::value).orElse("");
        boolean optional = from.text("optional")
                .filter(text -> text.value().equals("true"))
                .isPresent();
        Optional<Manifest> held = objects.find(kind, release.namespace(), name);
        Optional<String> file = objects.file(kind, name, key);
        Optional<Tree> whole = file.flatMap(
                        found -> folders.documents(found).stream().findFirst())
                .map(found -> variables.into(found.tree()));
        if (whole.isPresent() && path.isEmpty()) {
            values.add(whole.get());
            return Optional.empty();
        }
        Optional<Tree> text = held.filter(_ -> kind.equals("ConfigMap"))
                .flatMap(found -> found.tree().at("data"))
                .flatMap(data -> Grafts.get(data, key));
        if (text.isPresent() && path.isEmpty()) {
            Optional<Tree> parsed = Embedded.read(text.get(), new Harvest());
            parsed.ifPresent(values::add);
            return parsed.isPresent() ? Optional.empty() : Optional.of("the values in " + name + " are no YAML");
        }
        if (text.isPresent()) {
            values.add(Grafts.put(Grafts.mapping(from.place()), keys(path), text.get()));
            return Optional.empty();
        }
        String why = held.isPresent()
                ? Sops.is(held.get().tree())
                        ? "is encrypted with SOPS: unknown here, not fine"
                        : "keeps its values where they are not read"
                : "is not in this tree: unknown here, not fine";
        String said = "its values come from the " + kind + " " + name + ", which " + why;
        if (path.isEmpty() && !optional) {
            return Optional.of(said);
        }
        ledger.leftOut(from.place(), "HelmRelease", said + (path.isEmpty() ? "" : " (" + path + ")"));
        return Optional.empty();
    }

    /** The keys of a path as Helm's {@code --set} writes it; a part with an index is kept whole. */
    private static List<String> keys(String path) {
        return Arrays.stream(path.split("(?<!\\\\)\\.", -1))
                .map(part -> part.replace("\\.", "."))
                .toList();
    }

    private record Source(Optional<ChartSource> chart, Optional<String> gap) {
        static Source of(ChartSource chart) {
            return new Source(Optional.of(chart), Optional.empty());
        }

        static Source not(String gap) {
            return new Source(Optional.empty(), Optional.of(gap));
        }
    }

    private Source source(Manifest release) {
        Optional<Tree> chart = release.tree().at("spec.chart.spec");
        if (chart.isPresent()) {
            return source(chart.get(), release.namespace(), release);
        }
        Optional<Tree> ref = release.tree().at("spec.chartRef");
        if (ref.isEmpty()) {
            return Source.not("it names no chart");
        }
        String kind = text(ref.get(), "kind");
        String name = text(ref.get(), "name");
        String namespace = or(text(ref.get(), "namespace"), release.namespace());
        Optional<Manifest> held = objects.find(kind, namespace, name);
        if (held.isEmpty()) {
            String why = "the " + kind + " " + namespace + "/" + name + " is not in this tree";
            return name.equals(AppTemplate.CHART) ? Source.of(new ChartSource.Named(name, why)) : Source.not(why);
        }
        return switch (kind) {
            case "OCIRepository" -> oci(held.get());
            case "HelmChart" ->
                source(
                        held.get().tree().at("spec").orElse(held.get().tree()),
                        held.get().namespace(),
                        held.get());
            default -> Source.not("a chart in a " + kind + " cannot be had here");
        };
    }

    private static Source oci(Manifest repository) {
        String url = repository.text("spec.url");
        int slash = url.lastIndexOf('/');
        String version = or(
                repository.text("spec.ref.tag"),
                or(repository.text("spec.ref.semver"), repository.text("spec.ref.digest")));
        return slash < "oci://".length()
                ? Source.not("the OCIRepository " + repository.name() + " has no url with a chart")
                : Source.of(new ChartSource.Remote(url.substring(0, slash), url.substring(slash + 1), version));
    }

    private Source source(Tree chart, String namespace, Manifest asking) {
        String name = text(chart, "chart");
        String kind = text(chart, "sourceRef.kind");
        String repository = text(chart, "sourceRef.name");
        String where = or(text(chart, "sourceRef.namespace"), namespace);
        if (kind.equals("GitRepository") || kind.equals("Bucket")) {
            Optional<String> folder =
                    artifacts.foreign(kind, repository) ? Optional.empty() : folders.resolve(name, asking.file());
            Optional<String> packed =
                    folders.packed(name, asking.file()).filter(_ -> !artifacts.foreign(kind, repository));
            if (packed.isPresent()) {
                return Source.of(new ChartSource.Archive(packed.get()));
            }
            return folder.filter(found -> folders.file(found + "/Chart.yaml") || found.isEmpty())
                    .map(found -> Source.of(new ChartSource.Folder(found)))
                    .orElseGet(() -> Source.not(
                            "its chart " + name + " is in the " + kind + " " + repository + ", not in this tree"));
        }
        Optional<Manifest> held = objects.find("HelmRepository", where, repository);
        return held.map(found ->
                        Source.of(new ChartSource.Remote(found.text("spec.url"), name, text(chart, "version"))))
                .orElseGet(() -> Source.not("the HelmRepository " + where + "/" + repository + " is not in this tree"));
    }

    private static String text(Tree tree, String path) {
        return tree.text(path).map(Fact::value).orElse("");
    }

    private static String or(String one, String other) {
        return one.isEmpty() ? other : one;
    }
}
