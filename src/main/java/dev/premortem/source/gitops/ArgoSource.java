package dev.premortem.source.gitops;

import static dev.premortem.source.gitops.Application.isTrue;
import static dev.premortem.source.gitops.Application.text;

import dev.premortem.estate.Reference;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.text.Embedded;
import dev.premortem.source.text.Harvest;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** What one source of an Application is: a chart, a kustomization or plain files. */
sealed interface ArgoSource {
    /**
     * A chart.
     *
     * @param values all of them, later ones win
     */
    record Chart(ChartJob job, List<Tree> values) implements ArgoSource {}

    record Overlay(Sync sync) implements ArgoSource {}

    record Plain(List<Manifest> objects) implements ArgoSource {}

    /** Only files for other sources. */
    record Files() implements ArgoSource {}

    record Unknown(String reason) implements ArgoSource {}

    /** Reads sources. */
    final class Reader {
        private final Folders folders;
        private final SortedSet<String> reached;

        /** @param reached gets the files that a source names */
        Reader(Folders folders, SortedSet<String> reached) {
            this.folders = folders;
            this.reached = reached;
        }

        ArgoSource read(Application application, Tree source, Optional<String> cluster) {
            String chart = text(source, "chart");
            if (!chart.isEmpty()) {
                String url = text(source, "repoURL");
                String repository = url.contains("://") ? url : "oci://" + url;
                ChartSource remote = new ChartSource.Remote(repository, chart, text(source, "targetRevision"));
                return chart(application, source, remote, "", cluster);
            }
            Optional<ChartSource> packed = artifact(source);
            if (packed.isPresent()) {
                return chart(application, source, packed.get(), "", cluster);
            }
            if (source.at("path").isEmpty()) {
                return source.at("ref").isPresent() ? new Files() : new Unknown("a source without a path");
            }
            String path = text(source, "path");
            Optional<String> folder =
                    folders.resolve(path, application.manifest().file());
            if (folder.isEmpty()) {
                return new Unknown("no folder " + path + " is in this tree (" + text(source, "repoURL") + ")");
            }
            if (folders.file(join(folder.get(), "Chart.yaml"))) {
                // values beside the chart count only where they are named: they are of other environments
                folders.below(folder.get()).stream()
                        .filter(file -> !Folders.last(file).matches("values[-_.].+\\.ya?ml"))
                        .forEach(reached::add);
                return chart(application, source, new ChartSource.Folder(folder.get()), folder.get(), cluster);
            }
            if (folders.kustomization(folder.get()).isPresent()) {
                return new Overlay(sync(application, source, folder.get(), cluster));
            }
            return source.at("plugin").isPresent()
                    ? new Unknown("the plugin of its source is not run")
                    : new Plain(plain(source, folder.get()));
        }

        /** A chart that the repository's own address names: {@code oci://registry/charts/name} with its root as the path. */
        private static Optional<ChartSource> artifact(Tree source) {
            String url = text(source, "repoURL");
            String path = text(source, "path");
            int slash = url.lastIndexOf('/');
            boolean root = path.isEmpty() || path.equals(".") || path.equals("./");
            return url.startsWith("oci://") && root && source.at("helm").isPresent() && slash > "oci://".length()
                    ? Optional.of(new ChartSource.Remote(
                            url.substring(0, slash), url.substring(slash + 1), text(source, "targetRevision")))
                    : Optional.empty();
        }

        private static String join(String folder, String name) {
            return folder.isEmpty() ? name : folder + "/" + name;
        }

        private Sync sync(Application application, Tree source, String folder, Optional<String> cluster) {
            Manifest manifest = application.manifest();
            Tree spec = Grafts.mapping(source.place());
            for (Tree.Entry entry : source.entries("kustomize")) {
                spec = switch (entry.key()) {
                    case "namespace" -> Grafts.put(spec, List.of("targetNamespace"), entry.value());
                    case "images" -> Grafts.put(spec, List.of("images"), images(entry.value()));
                    default -> Grafts.put(spec, List.of(entry.key()), entry.value());
                };
            }
            return new Sync(
                    manifest.name(), application.namespace(), source.place(), spec, folder, manifest.file(), cluster);
        }

        /** {@code old=new:tag} or {@code name:tag}, as {@code kustomize edit set image} takes it, as entries of a kustomization. */
        private static Tree images(Tree texts) {
            List<Tree> entries = new ArrayList<>();
            for (Tree item : texts.items()) {
                String text = item.text().map(Fact::value).orElse("");
                int equals = text.indexOf('=');
                String to = text.substring(equals + 1);
                int at = to.indexOf('@');
                int colon = at < 0 ? to.lastIndexOf(':') : -1;
                int end = at >= 0 ? at : colon > to.lastIndexOf('/') ? colon : to.length();
                String name = equals < 0 ? to.substring(0, end) : text.substring(0, equals);
                Tree entry = Grafts.put(Grafts.mapping(item.place()), List.of("name"), Grafts.text(item.place(), name));
                if (equals >= 0) {
                    entry = Grafts.put(entry, List.of("newName"), Grafts.text(item.place(), to.substring(0, end)));
                }
                if (end < to.length()) {
                    String key = at >= 0 ? "digest" : "newTag";
                    entry = Grafts.put(entry, List.of(key), Grafts.text(item.place(), to.substring(end + 1)));
                }
                entries.add(entry);
            }
            return new Tree.Sequence(texts.place(), List.copyOf(entries));
        }

        /** Files of a folder, or below it with {@code recurse}; patterns are of the path inside of the folder. */
        private List<Manifest> plain(Tree source, String folder) {
            boolean recurse = isTrue(source, "directory.recurse");
            String include = text(source, "directory.include");
            String exclude = text(source, "directory.exclude");
            List<Manifest> objects = new ArrayList<>();
            for (String file : folders.below(folder)) {
                String inside = folder.isEmpty() ? file : file.substring(folder.length() + 1);
                boolean taken = (recurse || !inside.contains("/"))
                        && (include.isEmpty() || matches(include, inside))
                        && (exclude.isEmpty() || !matches(exclude, inside));
                if (taken) {
                    reached.add(file);
                    folders.documents(file).stream()
                            .filter(Manifest::object)
                            .filter(one -> !Folders.kustomization(one))
                            .forEach(objects::add);
                }
            }
            return objects;
        }

        static boolean matches(String pattern, String path) {
            if (pattern.length() > 256) {
                return false;
            }
            try {
                PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
                return matcher.matches(Path.of(path));
            } catch (IllegalArgumentException _) {
                // a pattern that Argo CD would refuse too takes nothing
                return false;
            }
        }

        private ArgoSource chart(
                Application application, Tree source, ChartSource chart, String folder, Optional<String> cluster) {
            List<Tree> values = new ArrayList<>();
            boolean may = isTrue(source, "helm.ignoreMissingValueFiles");
            for (Fact<String> file :
                    Application.texts(source, "helm.valueFiles").toList()) {
                Optional<String> lacks = valueFile(file.value(), folder, application, values);
                if (lacks.isPresent() && !may) {
                    return new Unknown(lacks.get());
                }
            }
            source.at("helm.values")
                    .flatMap(found -> Embedded.read(found, new Harvest()))
                    .ifPresent(values::add);
            source.at("helm.valuesObject").ifPresent(values::add);
            for (Tree parameter : source.items("helm.parameters")) {
                parameter(parameter).ifPresent(values::add);
            }
            Manifest manifest = application.manifest();
            String release = text(source, "helm.releaseName");
            ChartJob job = new ChartJob(
                    new Reference(
                            cluster.orElse("default") + "/" + manifest.namespace() + "/Application/" + manifest.name()),
                    source.place(),
                    chart,
                    release.isEmpty() ? manifest.name() : release,
                    application.namespace(),
                    List.copyOf(values),
                    !isTrue(source, "helm.skipCrds"));
            return new Chart(job, job.values());
        }

        /** One of {@code helm.parameters}, as {@code --set} reads it. */
        private static Optional<Tree> parameter(Tree parameter) {
            String name = text(parameter, "name");
            Optional<Tree> value = parameter.at("value").filter(found -> found instanceof Tree.Scalar);
            if (name.isEmpty() || value.isEmpty() || name.contains("[") || name.contains(",")) {
                return Optional.empty();
            }
            String text = value.get().text().map(Fact::value).orElse("");
            Tree.Scalar.Kind kind = isTrue(parameter, "forceString")
                    ? Tree.Scalar.Kind.STRING
                    : text.equals("true") || text.equals("false")
                            ? Tree.Scalar.Kind.BOOLEAN
                            : text.matches("0|-?[1-9][0-9]{0,17}") ? Tree.Scalar.Kind.INTEGER : Tree.Scalar.Kind.STRING;
            Tree scalar = new Tree.Scalar(value.get().place(), kind, text);
            List<String> keys = List.of(name.split("(?<!\\\\)\\.", -1)).stream()
                    .map(key -> key.replace("\\.", "."))
                    .toList();
            return Optional.of(Grafts.put(Grafts.mapping(parameter.place()), keys, scalar));
        }

        private Optional<String> valueFile(String path, String folder, Application application, List<Tree> values) {
            if (path.contains("://")) {
                return Optional.of("the values " + path + " are not read");
            }
            Optional<String> file = path.startsWith("$")
                    ? near(
                            path.substring(path.indexOf('/') + 1),
                            application.manifest().file())
                    : path.startsWith("/") ? Folders.join("", path) : Folders.join(folder, path);
            Optional<String> there = file.filter(folders::file);
            if (there.isEmpty()) {
                return Optional.of("the values file " + path + " is not in this tree");
            }
            reached.add(there.get());
            for (Manifest document : folders.documents(there.get())) {
                if (Sops.is(document.tree())) {
                    return Optional.of("the values file " + path + " is encrypted with SOPS: unknown here, not fine");
                }
                values.add(document.tree());
            }
            return Optional.empty();
        }

        /** A file of another source, which may be this tree or a folder of it. */
        private Optional<String> near(String path, String file) {
            int slash = path.lastIndexOf('/');
            String above = slash < 0 ? "" : path.substring(0, slash);
            return folders.resolve(above, file).flatMap(found -> Folders.join(found, path.substring(slash + 1)));
        }
    }
}
