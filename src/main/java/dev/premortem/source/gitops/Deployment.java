package dev.premortem.source.gitops;

import dev.premortem.fact.Tree;
import dev.premortem.source.declared.DeclaredKinds;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.Renderers;
import dev.premortem.source.text.Secrets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** From the documents of a tree to what its deployment makes of them. */
public final class Deployment {
    private final List<Manifest> manifests;
    private final Function<String, Optional<String>> owners;
    private final Folders folders;
    private final Ledger ledger = new Ledger();
    private final Walk walk;
    private final Builder builder;
    private final Rendering rendering;
    private final Index index = new Index();

    private Deployment(
            List<Manifest> manifests, FileTree files, Renderers renderers, Function<String, Optional<String>> owners) {
        this.manifests = manifests;
        this.owners = owners;
        this.folders = new Folders(manifests, files);
        this.walk = new Walk(folders);
        this.builder = new Builder(folders, walk, renderers, ledger, manifests);
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
        if (!roots.isEmpty()) {
            deployed.addAll(new Flux(builder, finder, index, ledger).deploy(roots));
        }
        rest(roots, deployed);
        charts(deployed, artifacts);
        return new Deployed(
                List.copyOf(deployed),
                List.copyOf(ledger.problems),
                ledger.leftOut(),
                Collections.unmodifiableSortedSet(ledger.used));
    }

    /** What no root brings: kept where no root decides, or left out. */
    private void rest(List<Sync> roots, List<Manifest> deployed) {
        SortedMap<String, Optional<String>> beside = new TreeMap<>();
        roots.forEach(root -> beside.putIfAbsent(Folders.folder(root.anchor()), root.cluster()));
        for (Manifest manifest : manifests) {
            Optional<String> cluster = beside.get(Folders.folder(manifest.file()));
            if (roots.isEmpty() || always(manifest.tree())) {
                deployed.add(manifest);
            } else if (cluster != null && manifest.object() && !ledger.used.contains(manifest.file())) {
                // somebody applied the root by hand, and with it what stands beside it
                deployed.add(manifest.in(cluster));
            } else if (!ledger.used.contains(manifest.file())) {
                ledger.leftOut(manifest.tree().place(), manifest.kind(), "no Flux Kustomization reaches this file");
            }
        }
    }

    private Optional<String> cluster(Manifest manifest) {
        return manifest.cluster().or(() -> owners.apply(manifest.file()));
    }

    /** Renders what is asked for, all of it at once. */
    private void charts(List<Manifest> deployed, Artifacts artifacts) {
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
            if (asked.job().isPresent()) {
                orders.add(new Rendering.Order(asked.job().get(), cluster));
                at.add(i);
            }
        }
        List<Rendering.Delivery> deliveries = rendering.charts(orders);
        for (int i = 0; i < deliveries.size(); i++) {
            Rendering.Delivery delivery = deliveries.get(i);
            deployed.set(at.get(i), deployed.get(at.get(i)).came(delivery.gap()));
            deployed.addAll(delivery.objects());
        }
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
        SortedMap<String, String> names =
                ClusterNames.of(roots.stream().map(Sync::anchor).toList());
        return roots.stream()
                .map(root ->
                        root.in(owners.apply(root.anchor()).or(() -> Optional.ofNullable(names.get(root.anchor())))))
                .toList();
    }
}
