package dev.premortem.source.gitops;

import static dev.premortem.source.gitops.Application.isTrue;
import static dev.premortem.source.gitops.Application.text;

import dev.premortem.estate.Reference;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Helmfiles by their content, read as they stand: no template of theirs is executed. */
final class Helmfiles {
    private final Folders folders;
    private final Ledger ledger;
    private final Function<String, Optional<String>> owners;
    private final SortedMap<String, String> repositories = new TreeMap<>();

    Helmfiles(Folders folders, Ledger ledger, Function<String, Optional<String>> owners) {
        this.folders = folders;
        this.ledger = ledger;
        this.owners = owners;
    }

    /** True for a document that lists releases as a helmfile does. */
    static boolean is(Manifest manifest) {
        List<Tree> releases = manifest.tree().items("releases");
        return manifest.text("apiVersion").isEmpty()
                && !releases.isEmpty()
                && releases.stream()
                        .allMatch(one -> one.text("name").isPresent()
                                && one.text("chart").isPresent());
    }

    /**
     * True where a helmfile that is a template says what of the tree's charts is deployed, and with which values: they are not deployed as their
     * defaults are.
     */
    static boolean templates(Folders folders) {
        return folders.below("").stream()
                .anyMatch(file -> file.endsWith(".gotmpl")
                        && (Folders.last(file).startsWith("helmfile") || ("/" + file).contains("/helmfile.d/")));
    }

    /** The releases of all helmfiles of a tree. */
    List<Wanted> of(List<Manifest> manifests) {
        List<Manifest> found = manifests.stream().filter(Helmfiles::is).toList();
        for (Manifest manifest : manifests) {
            if (manifest.text("apiVersion").isEmpty()) {
                manifest.tree().items("repositories").forEach(this::repository);
            }
        }
        // clusters/east.yaml is as good as clusters/east/helmfile.yaml
        SortedMap<String, String> files = new TreeMap<>();
        found.forEach(one -> files.put(stem(one.file()), one.file()));
        List<String> stems = List.copyOf(files.keySet());
        SortedMap<String, String> names = ClusterNames.settle(
                stems, ClusterNames.of(stems), stem -> owners.apply(files.getOrDefault(stem, stem)));
        List<Wanted> wanted = new ArrayList<>();
        for (Manifest manifest : found) {
            Optional<String> cluster = Optional.ofNullable(names.get(stem(manifest.file())));
            for (Tree release : manifest.tree().items("releases")) {
                release(release, manifest, cluster).ifPresent(wanted::add);
            }
        }
        return wanted;
    }

    private static String stem(String file) {
        return file.replaceFirst("\\.ya?ml$", "") + "/helmfile";
    }

    private void repository(Tree repository) {
        String url = text(repository, "url");
        boolean oci = isTrue(repository, "oci");
        repositories.putIfAbsent(text(repository, "name"), oci && !url.contains("://") ? "oci://" + url : url);
    }

    private Optional<Wanted> release(Tree release, Manifest manifest, Optional<String> cluster) {
        String name = text(release, "name");
        String chart = text(release, "chart");
        if (text(release, "installed").equals("false")) {
            ledger.aside(release.place(), "release", name + " is not installed");
            return Optional.empty();
        }
        List<Tree> values = new ArrayList<>();
        List<String> files = new ArrayList<>();
        Optional<String> gap = Optional.empty();
        for (Tree item : release.items("values")) {
            Optional<String> lacks = values(item, manifest, values, files);
            gap = gap.or(() -> lacks);
        }
        for (Tree set : release.items("set")) {
            Optional<Tree> value = set.at("value");
            if (value.isPresent() && !text(set, "name").isEmpty()) {
                List<String> keys = List.of(text(set, "name").split("\\.", -1));
                values.add(Grafts.put(Grafts.mapping(set.place()), keys, value.get()));
            }
        }
        for (Tree secret : release.items("secrets")) {
            ledger.leftOut(
                    secret.place(),
                    "release",
                    "the secrets of " + name + " are encrypted or not here: unknown here, not fine");
        }
        if ((name + chart + text(release, "namespace")).contains("{{")) {
            gap = Optional.of("it is written as a template, which is not executed");
        }
        Optional<ChartSource> source = source(chart, text(release, "version"), manifest);
        if (source.isEmpty()) {
            gap = gap.or(() -> Optional.of("its chart " + chart + " is in no repository that is named here"));
        }
        String namespace = text(release, "namespace");
        String where = namespace.isEmpty() ? "default" : namespace;
        Optional<ChartJob> job = gap.isPresent()
                ? Optional.empty()
                : source.map(found -> new ChartJob(
                        new Reference(cluster.orElse("default") + "/" + where + "/Release/" + name),
                        release.place(),
                        found,
                        name,
                        where,
                        List.copyOf(values),
                        true));
        return Optional.of(
                new Wanted(release.place(), "release", Folders.last(chart), List.copyOf(files), job, gap, cluster));
    }

    /** Reads one entry of {@code values}: a file, or values as they stand. */
    private Optional<String> values(Tree item, Manifest manifest, List<Tree> values, List<String> files) {
        if (item instanceof Tree.Mapping) {
            values.add(item);
            return Optional.empty();
        }
        String path = item.text().map(Fact::value).orElse("");
        if (path.endsWith(".gotmpl") || path.contains("{{")) {
            ledger.leftOut(item.place(), "values", path + " is a template, which is not executed");
            return Optional.of("its values " + path + " are a template, which is not executed");
        }
        Optional<String> file =
                Folders.join(Folders.folder(manifest.file()), path).filter(folders::file);
        if (file.isEmpty()) {
            return Optional.of("its values file " + path + " is not in this tree");
        }
        files.add(file.get());
        for (Manifest document : folders.documents(file.get())) {
            if (Sops.is(document.tree())) {
                return Optional.of("its values file " + path + " is encrypted with SOPS: unknown here, not fine");
            }
            values.add(document.tree());
        }
        return Optional.empty();
    }

    private Optional<ChartSource> source(String chart, String version, Manifest manifest) {
        if (chart.startsWith("oci://")) {
            int slash = chart.lastIndexOf('/');
            return Optional.of(new ChartSource.Remote(chart.substring(0, slash), chart.substring(slash + 1), version));
        }
        Optional<String> folder =
                Folders.join(Folders.folder(manifest.file()), chart).filter(path -> folders.file(path + "/Chart.yaml"));
        if (folder.isPresent()) {
            return folder.map(ChartSource.Folder::new);
        }
        Optional<String> packed =
                Folders.join(Folders.folder(manifest.file()), chart).filter(folders.tree.archives()::containsKey);
        if (packed.isPresent()) {
            return packed.map(ChartSource.Archive::new);
        }
        int slash = chart.indexOf('/');
        String url = slash < 1 ? null : repositories.get(chart.substring(0, slash));
        return url == null || chart.startsWith(".")
                ? Optional.empty()
                : Optional.of(new ChartSource.Remote(url, chart.substring(slash + 1), version));
    }
}
