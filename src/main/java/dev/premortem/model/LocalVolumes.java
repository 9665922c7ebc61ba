package dev.premortem.model;

import dev.premortem.catalogue.StorageClasses;
import dev.premortem.estate.Claim;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.Optional;
import java.util.stream.Stream;

/** Volumes that are a disk of one node: a pod on one runs on that node or not at all, and the disk's end is the end of the data. */
public final class LocalVolumes {
    private LocalVolumes() {}

    /** What says that a volume of a workload is a node's own: the name of its class, or a local PersistentVolume's. */
    public static Optional<Fact<String>> of(Sketch sketch, Workload workload) {
        Stream<Fact<String>> claimed = workload.volumes().stream()
                .filter(volume -> volume.kind().value().equals("persistentVolumeClaim"))
                .flatMap(volume -> sketch
                        .estate()
                        .find(
                                Claim.class,
                                Reference.object(
                                        workload.cluster(),
                                        workload.namespace(),
                                        "PersistentVolumeClaim",
                                        volume.source()))
                        .flatMap(Claim::storageClass)
                        .stream());
        return Stream.concat(claimed, asked(sketch, workload))
                .filter(name -> local(sketch, workload.cluster(), name.value()))
                .findFirst();
    }

    /** Classes of the claims that a StatefulSet, or an operator for it, makes for each pod. */
    private static Stream<Fact<String>> asked(Sketch sketch, Workload workload) {
        Stream<Fact<String>> templates = workload.tree().items("spec.volumeClaimTemplates").stream()
                .flatMap(template -> template.text("spec.storageClassName").stream());
        Stream<Fact<String>> operator = sketch.estate().object(workload.reference()).stream()
                .filter(object -> !object.kind().equals("StatefulSet"))
                .map(KubernetesObject::tree)
                .flatMap(LocalVolumes::storage);
        return Stream.concat(templates, operator);
    }

    private static Stream<Fact<String>> storage(Tree object) {
        return Stream.of("spec.storage.storageClass", "spec.storage.storageClassName")
                .flatMap(path -> object.text(path).stream());
    }

    private static boolean local(Sketch sketch, String cluster, String name) {
        Optional<String> provisioner = sketch.estate().objects("StorageClass").stream()
                .filter(object ->
                        object.cluster().equals(cluster) && object.name().equals(name))
                .flatMap(object -> object.tree().text("provisioner").stream())
                .map(Fact::value)
                .findFirst();
        return provisioner.map(StorageClasses::local).orElseGet(() -> StorageClasses.namedForLocal(name));
    }
}
