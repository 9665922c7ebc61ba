package dev.premortem.source.gitops;

import dev.premortem.fact.Tree;
import dev.premortem.source.gitops.Built.Gap;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.OverlayJob;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.render.Renderers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Builds folders with kustomize where there is one, and by following them where there is none. */
final class Builder {
    private final Folders folders;
    private final Walk walk;
    private final Renderers renderers;
    private final Ledger ledger;
    private final List<Manifest> manifests;
    private final SortedSet<String> said = new TreeSet<>();

    Builder(Folders folders, Walk walk, Renderers renderers, Ledger ledger, List<Manifest> manifests) {
        this.folders = folders;
        this.walk = walk;
        this.renderers = renderers;
        this.ledger = ledger;
        this.manifests = manifests;
    }

    Walk walk() {
        return walk;
    }

    /** What came of building one sync. */
    record Attempt(Sync sync, Rendered came) {
        boolean done() {
            return came.done();
        }
    }

    /** What each sync makes, in order. */
    List<Built> build(List<Sync> syncs) {
        return attempt(syncs).stream().map(this::told).toList();
    }

    /** Tries to build each sync. */
    List<Attempt> attempt(List<Sync> syncs) {
        if (syncs.isEmpty()) {
            return List.of();
        }
        SortedMap<String, String> written = new TreeMap<>();
        List<OverlayJob> jobs = new ArrayList<>();
        for (Sync sync : syncs) {
            if (folders.kustomization(sync.folder()).isEmpty()) {
                written.put(file(sync.folder()), kustomization(sync.folder()));
            }
            jobs.add(new OverlayJob(sync.place(), sync.folder(), sync.additions()));
        }
        FileTree files = written.isEmpty() ? folders.tree : folders.tree.with(written);
        List<Rendered> rendered = renderers.overlays(files, jobs);
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < syncs.size(); i++) {
            attempts.add(new Attempt(syncs.get(i), rendered.get(i)));
        }
        return attempts;
    }

    /** What an attempt gave or, where it failed, what following the files gives; says what is wrong with it. */
    Built told(Attempt attempt) {
        Sync sync = attempt.sync();
        Rendered came = attempt.came();
        Built walked = walk.around(sync.folder(), new Tree.Mapping(sync.place(), sync.additions()));
        ledger.problems.addAll(came.problems());
        came.by().ifPresent(ledger.builders::add);
        if (came.done()) {
            List<Manifest> objects = new ArrayList<>();
            for (Tree tree : came.objects()) {
                objects.add(Rendering.manifest(tree, objects.size()));
            }
            walked.objects().stream().filter(Inflation::is).forEach(objects::add);
            walked.gaps().stream()
                    .filter(Walk::remote)
                    .forEach(gap -> ledger.leftOut(gap.place(), gap.kind(), gap.reason()));
            return new Built(List.copyOf(objects), walked.used(), walked.made(), List.of());
        }
        came.gap()
                .filter(gap -> !gap.equals("is not rendered") && said.add(gap))
                .ifPresent(gap -> ledger.leftOut(
                        sync.place(), "Kustomization", "not built (" + gap + "); its files are read as they stand"));
        for (Gap gap : walked.gaps()) {
            ledger.leftOut(gap.place(), gap.kind(), gap.reason());
        }
        return walked;
    }

    private static String file(String folder) {
        return folder.isEmpty() ? "kustomization.yaml" : folder + "/kustomization.yaml";
    }

    /** The kustomization that Flux makes for a folder without one. */
    private String kustomization(String folder) {
        StringBuilder text = new StringBuilder("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n");
        List<String> paths = walk.listed(folder);
        text.append(paths.isEmpty() ? "resources: []\n" : "resources:\n");
        for (String path : paths) {
            String near = folder.isEmpty() ? path : path.substring(folder.length() + 1);
            text.append("- '").append(near.replace("'", "''")).append("'\n");
        }
        return text.toString();
    }

    /** An object of the tree as it stands, by kind and name; empty where clusters have one each, of which nothing says whose is meant. */
    Optional<Manifest> raw(String kind, String name) {
        List<Manifest> found = manifests.stream()
                .filter(one -> one.kind().equals(kind) && one.name().equals(name) && !Samples.is(one.file()))
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }
}
