package dev.premortem.source.gitops;

import dev.premortem.fact.Tree;
import dev.premortem.source.chart.Releases;
import dev.premortem.source.declared.DeclaredKinds;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.render.Renderers;
import dev.premortem.source.text.Secrets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** From the documents of a tree to what its deployment makes of them. */
public final class Deployment {
    private final List<Manifest> manifests;
    private final Function<String, Optional<String>> owners;
    private final Environments environments;
    private final Folders folders;
    private final Ledger ledger = new Ledger();
    private final Walk walk;
    private final Builder builder;
    private final Rendering rendering;
    private final Index index = new Index();
    private final List<Wanted> wanted = new ArrayList<>();

    /** Files that are still read although a chart that takes them is not rendered, with its cluster or nothing. */
    private final SortedMap<String, String> needed = new TreeMap<>();

    /** Files about which everything is said already. */
    private final SortedSet<String> said = new TreeSet<>();

    /** The ApplicationSet that may deploy a file. */
    private Function<String, Optional<String>> may = _ -> Optional.empty();

    private Deployment(
            List<Manifest> manifests, FileTree files, Renderers renderers, Function<String, Optional<String>> owners) {
        this.manifests = new YttOverlays(files).untouched(manifests, ledger);
        this.environments = new Environments(this.manifests, owners);
        this.owners = owners;
        this.folders = new Folders(this.manifests, files);
        this.walk = new Walk(folders);
        this.builder = new Builder(folders, walk, renderers, ledger, this.manifests);
        this.rendering = new Rendering(folders, renderers, ledger);
    }

    /**
     * Deploys.
     *
     * @param owners the declared cluster that a file belongs to; empty where none is declared
     */
    public static Deployed of(
            List<Manifest> manifests, FileTree files, Renderers renderers, Function<String, Optional<String>> owners) {
        return new Deployment(manifests, files, renderers, owners).deploy();
    }

    private Deployed deploy() {
        Artifacts artifacts = new Artifacts(folders, manifests);
        FluxRoots finder = new FluxRoots(folders, walk, artifacts, ledger);
        List<Sync> roots = clusters(finder.of(manifests));
        List<Manifest> deployed = new ArrayList<>();
        Argo argo = new Argo(folders, builder, rendering, ledger, this::owner);
        if (!roots.isEmpty()) {
            deployed.addAll(new Flux(builder, finder, index, ledger).deploy(roots));
            besides(roots, deployed);
            List<Manifest> applications =
                    deployed.stream().filter(Deployment::argos).toList();
            deployed.removeIf(Deployment::argos);
            deployed.addAll(argo.deploy(applications));
            may = argo::mayReach;
            // charts first: the folders of those that are rendered are reached
            charts(deployed, artifacts);
            rest("Flux Kustomization", _ -> true, deployed);
        } else {
            plain(argo, deployed);
            charts(deployed, artifacts);
            // the defaults and the head of a chart that is rendered stand in its objects
            deployed.removeIf(one -> !one.object() && !always(one.tree()) && ledger.used.contains(one.file()));
        }
        return new Deployed(
                List.copyOf(deployed),
                List.copyOf(ledger.problems),
                ledger.leftOut(),
                Collections.unmodifiableSortedSet(ledger.used),
                List.copyOf(ledger.releases),
                ledger.things(folders.tree.texts()),
                Collections.unmodifiableSortedSet(ledger.builders));
    }

    /** A tree without roots of Flux: Argo CD's, or what people run by hand. */
    private void plain(Argo argo, List<Manifest> deployed) {
        ArgoRoots.Found roots = new ArgoRoots(folders, builder, ledger, this::owner).of(manifests);
        List<Manifest> applications = new ArrayList<>(roots.applications());
        deployed.addAll(roots.beside());
        for (Delivered made : render(new ChartFolders(folders).applications(manifests))) {
            ledger.used.addAll(made.delivery().gap().isEmpty() ? made.wanted().files() : List.of());
            made.delivery()
                    .gap()
                    .filter(_ -> !Rendering.because(made.delivery().gap()).isEmpty())
                    .ifPresent(_ -> missed(made.wanted(), made.delivery().gap(), new TreeSet<>()));
            made.delivery().objects().forEach(one -> (argos(one) ? applications : deployed).add(one));
        }
        if (!applications.isEmpty()) {
            deployed.addAll(argo.deploy(applications));
            said.addAll(argo.reached());
            SortedSet<String> tops = new TreeSet<>();
            argo.reached().forEach(file -> tops.add(top(file)));
            may = argo::mayReach;
            if (!argo.reached().isEmpty()) {
                rest(
                        "Argo CD Application",
                        file -> tops.contains(top(file)) && !argo.reached().contains(file),
                        deployed);
                return;
            }
            // roots that lead to no folder here say nothing of what else is here
        }
        Helmfiles helmfiles = new Helmfiles(folders, ledger, this::owner);
        wanted.addAll(helmfiles.of(manifests));
        deployed.addAll(new Overlays(folders, walk, builder, ledger, owners).deploy(manifests));
        boolean lone = wanted.isEmpty()
                && !Helmfiles.templates(folders)
                && manifests.stream().noneMatch(HelmReleases::is);
        if (deployed.isEmpty() && lone) {
            wanted.addAll(new ChartFolders(folders).wanted(manifests));
        }
        if (manifests.stream()
                        .noneMatch(
                                one -> one.object() || Folders.last(one.file()).equals("Chart.yaml"))
                && lone) {
            wanted.addAll(new PackedCharts(folders, ledger).wanted());
        }
        deployed.addAll(charts(deployed));
        rest("", _ -> false, deployed);
    }

    static boolean argos(Manifest manifest) {
        return Application.is(manifest) || Application.set(manifest);
    }

    private Optional<String> owner(String file) {
        return environments.of(file).or(() -> owners.apply(file));
    }

    /** Somebody applied the roots by hand, and with them what stands beside them. */
    private void besides(List<Sync> roots, List<Manifest> deployed) {
        SortedMap<String, Optional<String>> beside = new TreeMap<>();
        roots.forEach(root -> beside.putIfAbsent(Folders.folder(root.anchor()), root.cluster()));
        SortedSet<String> files = new TreeSet<>();
        for (Manifest manifest : manifests) {
            Optional<String> cluster = beside.get(Folders.folder(manifest.file()));
            if (cluster != null
                    && manifest.object()
                    && !always(manifest.tree())
                    && !Folders.kustomization(manifest)
                    && !ledger.used.contains(manifest.file())) {
                deployed.add(manifest.in(cluster));
                files.add(manifest.file());
            }
        }
        ledger.used.addAll(files);
    }

    /**
     * The outermost folder of a file. Argo CD decides about those in which it deploys something; the files of the root and of other folders
     * may be deployed by other means.
     */
    private static String top(String file) {
        return file.indexOf('/') < 0 ? file : file.substring(0, file.indexOf('/') + 1);
    }

    /** What nobody brings: left out where the tool decides about its file, else kept as it stands. */
    private void rest(String tool, Predicate<String> decides, List<Manifest> deployed) {
        SortedSet<String> used = new TreeSet<>(ledger.used);
        boolean whole =
                manifests.stream().noneMatch(one -> one.object() && !always(one.tree()) && !Samples.is(one.file()));
        for (Manifest manifest : manifests) {
            String file = manifest.file();
            boolean done = used.contains(file) || (tool.startsWith("Argo") && argos(manifest));
            boolean sample = !whole && Samples.is(file) && !DeclaredKinds.is(manifest.tree());
            if (always(manifest.tree()) && (!sample || done)) {
                deployed.add(manifest);
            } else if (!done && !sample && decides.test(file)) {
                may.apply(file)
                        .ifPresentOrElse(
                                set -> ledger.leftOut(
                                        manifest.tree().place(),
                                        manifest.kind(),
                                        "the ApplicationSet at " + set
                                                + " may deploy it: its clusters are not known here"),
                                () -> ledger.aside(
                                        manifest.tree().place(), manifest.kind(), "no " + tool + " reaches this file"));
            } else if (!done && folders.idlePatch(file)) {
                ledger.aside(manifest.tree().place(), manifest.kind(), "a patch that no kustomization takes in");
            } else if (!done && sample) {
                ledger.aside(manifest.tree().place(), manifest.kind(), Samples.REASON);
            } else if (!done) {
                // without a name here, a declared cluster is found by the file when the estate is put together
                Optional<String> cluster = environments
                        .of(file)
                        .or(() -> Optional.ofNullable(needed.get(file)).filter(text -> !text.isEmpty()));
                Manifest placed = manifest.in(cluster);
                deployed.add(Helmfiles.is(manifest) || said.contains(file) ? placed.came(Optional.empty()) : placed);
            }
        }
    }

    /** Says what SOPS hides; its names are still read. */
    private void encrypted(List<Manifest> deployed) {
        deployed.replaceAll(one -> {
            if (one.tree().at("sops").isEmpty() || !Sops.is(one.tree())) {
                return one;
            }
            ledger.leftOut(one.tree().place(), one.kind(), "encrypted with SOPS: unknown here, not fine");
            return one.came(Optional.empty());
        });
    }

    private Optional<String> cluster(Manifest manifest) {
        return manifest.cluster().or(() -> owner(manifest.file()));
    }

    private record Delivered(Wanted wanted, Rendering.Delivery delivery) {}

    private List<Delivered> render(List<Wanted> asked) {
        List<Wanted> possible =
                asked.stream().filter(one -> one.job().isPresent()).toList();
        List<Rendering.Delivery> deliveries = rendering.charts(possible.stream()
                .map(one -> new Rendering.Order(one.job().orElseThrow(), one.cluster()))
                .toList());
        List<Delivered> made = new ArrayList<>();
        for (int i = 0; i < possible.size(); i++) {
            made.add(new Delivered(possible.get(i), deliveries.get(i)));
        }
        return made;
    }

    /** What helmfiles and lone charts make; says what is not rendered. */
    private List<Manifest> charts(List<Manifest> deployed) {
        SortedSet<String> releases = new TreeSet<>();
        Stream.concat(deployed.stream(), manifests.stream())
                .filter(HelmReleases::is)
                .forEach(one -> releases.add(one.namespace() + "/" + one.name()));
        List<Wanted> asked = new ArrayList<>();
        for (Wanted one : wanted) {
            Optional<String> again =
                    one.job().map(job -> job.namespace() + "/" + job.release()).filter(releases::contains);
            again.ifPresentOrElse(
                    name -> ledger.aside(one.place(), one.kind(), "the HelmRelease " + name + " counts"),
                    () -> asked.add(one));
        }
        List<Manifest> objects = new ArrayList<>();
        SortedSet<String> used = new TreeSet<>();
        for (Wanted one : asked) {
            one.gap().map(Rendered::not).ifPresent(ledger.releases::add);
            if (one.gap().isPresent()) {
                missed(one, one.gap(), used);
            }
        }
        for (Delivered made : render(asked)) {
            if (made.delivery().gap().isPresent()) {
                missed(made.wanted(), made.delivery().gap(), used);
            } else {
                used.addAll(made.wanted().files());
                objects.addAll(made.delivery().objects());
            }
        }
        used.removeAll(needed.keySet());
        ledger.used.addAll(used);
        return objects;
    }

    /** Values of a chart that is known are read as values; all others are as unknown as their chart. */
    private void missed(Wanted one, Optional<String> gap, SortedSet<String> used) {
        boolean known = Releases.KNOWN.contains(one.chart());
        boolean folder = one.kind().equals("Chart");
        if (known || folder) {
            one.files().forEach(file -> needed.put(file, one.cluster().orElse("")));
        } else {
            used.addAll(one.files());
        }
        if (folder && !Rendering.because(gap).isEmpty()) {
            said.addAll(one.files());
        }
        if ((!known || one.kind().equals(PackedCharts.KIND))
                && (!folder || !Rendering.because(gap).isEmpty())) {
            ledger.leftOut(
                    one.place(),
                    one.kind(),
                    "the chart " + one.chart() + " is not rendered" + Rendering.because(gap)
                            + "; what it makes is not known");
        }
    }

    /** Renders what is asked for, all of it at once. */
    private void charts(List<Manifest> deployed, Artifacts artifacts) {
        deployed.addAll(new ResourceSets(ledger).of(deployed));
        encrypted(deployed);
        if (deployed.stream().noneMatch(HelmReleases::is)) {
            return;
        }
        deployed.stream()
                .filter(Manifest::object)
                .forEach(one -> index.of(cluster(one)).add(one));
        List<Rendering.Order> orders = new ArrayList<>();
        List<Integer> at = new ArrayList<>();
        for (int i = 0; i < deployed.size(); i++) {
            Manifest release = deployed.get(i);
            if (!HelmReleases.is(release)) {
                continue;
            }
            Optional<String> cluster = cluster(release);
            HelmReleases.Asked asked = new HelmReleases(folders, artifacts, index.of(cluster), ledger)
                    .ask(release, index.variables(release));
            deployed.set(
                    i,
                    asked.job().isPresent()
                            ? asked.manifest()
                            : asked.manifest().came(asked.gap()));
            if (asked.job().isEmpty()) {
                ledger.releases.add(Rendered.not(asked.gap().orElse("name no chart")));
            }
            if (asked.job().isPresent()) {
                orders.add(
                        new Rendering.Order(asked.job().get(), release.remote().or(() -> cluster)));
                at.add(i);
            }
        }
        List<Rendering.Delivery> deliveries = rendering.charts(orders);
        for (int i = 0; i < deliveries.size(); i++) {
            Rendering.Delivery delivery = deliveries.get(i);
            deployed.set(at.get(i), deployed.get(at.get(i)).came(delivery.gap()));
            deployed.addAll(postRendered(delivery.objects(), deployed.get(at.get(i))));
        }
    }

    /** What {@code spec.postRenderers} of a release changes in what its chart makes. */
    private List<Manifest> postRendered(List<Manifest> objects, Manifest release) {
        Walk.Collecting into = new Walk.Collecting();
        into.objects.addAll(objects);
        for (Tree step : release.tree().items("spec.postRenderers")) {
            step.at("kustomize").ifPresent(new Transforms(folders, Folders.folder(release.file()), into)::apply);
        }
        return into.objects;
    }

    /** What is declared to us, zone files and certificates: no deployment decides about them. */
    private static boolean always(Tree tree) {
        return tree instanceof Tree.Scalar
                || DeclaredKinds.is(tree)
                || Secrets.kubeconfig(tree)
                || Secrets.acmeStore(tree);
    }

    /** Each root with its cluster: the declared one that owns its file, or one named by folders where there are several. */
    private List<Sync> clusters(List<Sync> roots) {
        List<String> anchors = roots.stream().map(Sync::anchor).toList();
        SortedMap<String, String> derived = ClusterNames.of(anchors);
        if (roots.stream().map(Sync::folder).distinct().count() > 1) {
            roots.forEach(root -> root.cluster().ifPresent(name -> derived.put(root.anchor(), name)));
        }
        SortedMap<String, String> names = ClusterNames.settle(anchors, derived, owners);
        return roots.stream()
                .map(root -> root.in(Optional.ofNullable(names.get(root.anchor()))))
                .toList();
    }
}
