package dev.premortem.model;

import dev.premortem.estate.Edit;
import dev.premortem.estate.Release;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Remedy;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What makes a path of a workload last: edits of the values of its chart, or of its own manifest. */
public final class Persistence {
    private static final String WHERE =
            "look at the pod: the claim must be mounted at that path, and a second start must find what the first wrote";

    private Persistence() {}

    /** The same for a folder that an image must keep: a plain manifest that mounts nothing there gets a claim. */
    public static List<Remedy> remedies(
            Sketch sketch, Workload workload, Workload.Container container, String folder, Storage storage) {
        if (storage.life() == Storage.Life.CONTAINER
                && releases(sketch, workload).isEmpty()) {
            Optional<Remedy> claim = NewClaim.of(workload, container, folder, WHERE);
            if (claim.isPresent()) {
                return List.of(claim.get());
            }
        }
        return remedies(sketch, workload, storage);
    }

    /** Proposals, best first; none where neither the values nor the manifest can be changed. */
    public static List<Remedy> remedies(Sketch sketch, Workload workload, Storage storage) {
        List<Remedy> remedies = new ArrayList<>();
        for (Release release : releases(sketch, workload)) {
            Tree values = values(release);
            List<Edit> conflicts = conflicts(values, storage);
            Optional<Edit> persistence = persistence(values);
            List<Edit> both = new ArrayList<>(conflicts);
            persistence.ifPresent(both::add);
            if (both.isEmpty()) {
                continue;
            }
            if (persistence.isPresent()) {
                remedies.add(Remedy.proposed(title(both), both, List.of(WHERE)));
            }
            if (!conflicts.isEmpty()) {
                remedies.add(Remedy.proposed(title(conflicts), conflicts, List.of(WHERE)));
            }
        }
        if (remedies.isEmpty()) {
            switch (storage.life()) {
                case POD -> claim(workload, storage).ifPresent(remedies::add);
                case CONFLICT -> remedies.add(without(unwritable(workload, storage)));
                case CONTAINER, READ_ONLY, DURABLE -> {}
            }
        }
        if (remedies.isEmpty() && storage.life() != Storage.Life.DURABLE) {
            remedies.add(Remedy.proposed(
                    "mount a claim at that path of " + workload.namespace() + "/" + workload.name(),
                    List.of(),
                    List.of(
                            "add a PersistentVolumeClaim, a volume that names it and a volumeMount at exactly that path",
                            WHERE)));
        }
        return remedies;
    }

    /** What Traefik's chart does where persistence is off, with its lines; empty for workloads of other making. */
    public static Optional<Evidence> chartDefault(Sketch sketch, Workload workload) {
        return releases(sketch, workload).stream()
                        .anyMatch(release -> release.chart().equals("traefik"))
                ? Optional.of(
                        new Evidence(
                                "the chart's default is persistence.enabled: false, an emptyDir at persistence.path",
                                new Assumed(
                                        "behaviour.traefik-chart",
                                        "traefik/traefik-helm-chart v10.6.1 traefik/values.yaml:381 and traefik/templates/_podtemplate.tpl:262; alike from v5.0.0 to v41.3.0")))
                : Optional.empty();
    }

    private static List<Release> releases(Sketch sketch, Workload workload) {
        return sketch.estate().all(Release.class).stream()
                .filter(release -> release.cluster().equals(workload.cluster())
                        && (release.namespace().isEmpty() || release.namespace().equals(workload.namespace()))
                        && (workload.name().equals(release.name())
                                || workload.name().startsWith(release.name() + "-")
                                || workload.name().equals(release.chart())))
                .toList();
    }

    /** A chart that wraps another keeps the inner chart's values under its name. */
    private static Tree values(Release release) {
        Tree values = release.values();
        return values.at("persistence").isPresent()
                ? values
                : values.at(release.chart())
                        .filter(Tree.Mapping.class::isInstance)
                        .orElse(values);
    }

    private static Optional<Edit> persistence(Tree values) {
        Optional<Tree> enabled = values.at("persistence.enabled");
        if (enabled.isPresent()) {
            return enabled.get() instanceof Tree.Scalar scalar && !scalar.isTrue()
                    ? Optional.of(new Edit.SetValue(scalar.place(), "true"))
                    : Optional.empty();
        }
        Optional<Tree> persistence = values.at("persistence").filter(Tree.Mapping.class::isInstance);
        boolean ofVolumes = persistence.isPresent()
                && !persistence.get().entries().isEmpty()
                && persistence.get().entries().stream().allMatch(entry -> entry.value() instanceof Tree.Mapping);
        if (ofVolumes) {
            return Optional.empty(); // one entry a volume, as app-template has it: none of them is a switch of all
        }
        return Optional.of(
                persistence.isPresent()
                        ? new Edit.AddField(persistence.get().place(), "enabled", "true")
                        : new Edit.AddField(values.place(), "persistence", "enabled: true"));
    }

    private static List<Edit> conflicts(Tree values, Storage storage) {
        List<Edit> edits = new ArrayList<>();
        if (storage.life() != Storage.Life.CONFLICT && storage.life() != Storage.Life.READ_ONLY) {
            return edits;
        }
        for (Workload.Mount mount : storage.mounts()) {
            for (String list : List.of("volumes", "additionalVolumeMounts")) {
                for (Tree item : values.items(list)) {
                    boolean same = item.text("mountPath")
                            .filter(path -> path.value().equals(mount.path().value()))
                            .isPresent();
                    Edit remove = new Edit.Remove(item.place());
                    if (same && !edits.contains(remove)) {
                        edits.add(remove);
                    }
                }
            }
        }
        return edits;
    }

    private static String title(List<Edit> edits) {
        List<String> parts = new ArrayList<>();
        for (Edit edit : edits) {
            switch (edit) {
                case Edit.SetValue _ -> parts.add("persistence.enabled: false → true");
                case Edit.Repoint repoint -> parts.add(repoint.renamed().to().text());
                case Edit.AddField _ -> parts.add("persistence.enabled: true");
                case Edit.Remove _ -> parts.add("remove the second volume at that path");
                case Edit.AddDocument document -> parts.add(document.file());
                case Edit.CopyDocument copy -> parts.add(copy.file());
                case Edit.Renew renew -> parts.add(renew.certificate().text());
            }
        }
        return String.join("; ", parts);
    }

    private static Remedy without(Workload.Mount mount) {
        return Remedy.proposed(
                "remove the mount of " + mount.volume() + " at " + mount.path().value(),
                List.of(new Edit.Remove(mount.place())),
                List.of(WHERE));
    }

    /** Of two at one path, the one that nothing can be written to; the later one where both can. */
    private static Workload.Mount unwritable(Workload workload, Storage storage) {
        return storage.mounts().stream()
                .filter(mount -> workload.volumes().stream()
                        .anyMatch(volume -> volume.name().equals(mount.volume())
                                && Storage.unwritable(volume.kind().value())))
                .findFirst()
                .orElse(storage.mounts().getLast());
    }

    /** In a plain manifest: a claim in place of the emptyDir. */
    private static Optional<Remedy> claim(Workload workload, Storage storage) {
        if (storage.mounts().isEmpty()) {
            return Optional.empty();
        }
        String volume = storage.mounts().getLast().volume();
        for (Tree item : workload.tree().items("spec.template.spec.volumes")) {
            if (item.text("name").filter(name -> name.value().equals(volume)).isEmpty()) {
                continue;
            }
            for (Tree.Entry entry : item.entries()) {
                if (entry.key().equals("emptyDir")) {
                    String name = workload.name() + "-" + volume;
                    return Optional.of(Remedy.proposed(
                            "a claim in place of the emptyDir",
                            List.of(
                                    new Edit.Remove(entry.place()),
                                    new Edit.AddField(item.place(), "persistentVolumeClaim", "claimName: " + name),
                                    new Edit.AddDocument(workload.place().file(), NewClaim.document(workload, name))),
                            List.of(WHERE)));
                }
            }
        }
        return Optional.empty();
    }
}
