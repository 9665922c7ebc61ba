package dev.premortem.source.chart;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code persistence} of a release of app-template makes: claims, volumes of pods, mounts of containers ({@code lib/pod/fields/_volumes.tpl}). */
final class LaidVolumes {
    private static final String CLAIM = "persistentVolumeClaim";

    private final LaidRelease release;
    private final List<Tree.Entry> items;

    LaidVolumes(LaidRelease release) {
        this.release = release;
        this.items = release.enabled("persistence");
    }

    private static String type(Tree.Entry item) {
        String type = LaidRelease.text(item.value(), "type", CLAIM);
        return type.equals("pvc") ? CLAIM : type;
    }

    private List<Tree.Entry> own() {
        return items.stream()
                .filter(item -> type(item).equals(CLAIM)
                        && item.value().at("existingClaim").isEmpty())
                .toList();
    }

    /** The claims that the chart makes. */
    List<Tree> claims() {
        List<Tree.Entry> own = own();
        List<Tree> claims = new ArrayList<>();
        for (Tree.Entry item : own) {
            Tree labels = Shape.at(item.place())
                    .put("app.kubernetes.io/instance", release.name())
                    .done();
            claims.add(release.object("v1", "PersistentVolumeClaim", item, release.nameOf(item, own.size()), labels)
                    .put("spec", claim(item.value(), item.place()))
                    .done());
        }
        return claims;
    }

    private Tree claim(Tree values, Declared place) {
        Tree requests = Shape.at(place).put("storage", values.at("size")).done();
        return Shape.at(place)
                .put("accessModes", values.at("accessMode").stream().toList())
                .put("resources", Shape.at(place).put("requests", requests).done())
                .put("storageClassName", release.resolved(values, "storageClass"))
                .done();
    }

    /** The claims of a StatefulSet, one for each pod. */
    List<Tree> templates(Tree controller) {
        List<Tree> templates = new ArrayList<>();
        for (Tree template : controller.items("statefulset.volumeClaimTemplates")) {
            Tree metadata =
                    Shape.at(template.place()).put("name", template.at("name")).done();
            templates.add(Shape.at(template.place())
                    .put("metadata", metadata)
                    .put("spec", claim(template, template.place()))
                    .done());
        }
        return templates;
    }

    /** The volumes of the pods of a controller. */
    List<Tree> of(Tree.Entry controller) {
        List<Tree> volumes = new ArrayList<>();
        for (Tree.Entry item : items) {
            boolean all = item.value().at("globalMounts").isPresent()
                    || item.value().at("advancedMounts").isEmpty();
            if (all || own(item.value(), controller.key()).isPresent()) {
                volume(item).ifPresent(volumes::add);
            }
        }
        return volumes;
    }

    private static Optional<Tree> own(Tree item, String controller) {
        return item.at("advancedMounts").flatMap(mounts -> get(mounts, controller));
    }

    private static Optional<Tree> get(Tree tree, String key) {
        return tree instanceof Tree.Mapping mapping ? mapping.get(key) : Optional.empty();
    }

    private Optional<Tree> volume(Tree.Entry item) {
        Tree values = item.value();
        Declared place = values.at("type")
                .or(() -> values.at("existingClaim"))
                .map(Tree::place)
                .orElse(item.place());
        Shape volume = Shape.at(place).put("name", item.key());
        Shape source = Shape.at(place);
        return switch (type(item)) {
            case CLAIM -> {
                Optional<Tree> existing = release.resolved(values, "existingClaim");
                existing.ifPresentOrElse(
                        claim -> source.put("claimName", claim),
                        () -> source.put("claimName", release.nameOf(item, own().size())));
                yield Optional.of(volume.put(CLAIM, source.done()).done());
            }
            case "configMap" ->
                Optional.of(
                        volume.put("configMap", source.put("name", named(item)).done())
                                .done());
            case "secret" ->
                Optional.of(volume.put(
                                "secret", source.put("secretName", named(item)).done())
                        .done());
            case "emptyDir" ->
                Optional.of(volume.put(
                                "emptyDir",
                                source.take(values, "medium", "sizeLimit").done())
                        .done());
            case "hostPath" ->
                Optional.of(volume.put(
                                "hostPath",
                                source.put("path", values.at("hostPath")).done())
                        .done());
            case "nfs" ->
                Optional.of(
                        volume.put("nfs", source.take(values, "path", "server").done())
                                .done());
            case "custom" ->
                values.at("volumeSpec").map(spec -> {
                    spec.entries().forEach(entry -> volume.put(entry.key(), release.resolve(entry.value())));
                    return volume.done();
                });
            default -> Optional.empty();
        };
    }

    private String named(Tree.Entry item) {
        String identifier = LaidRelease.text(item.value(), "identifier", "");
        String otherwise = identifier.isEmpty() ? release.fullName() : release.fullName() + "-" + identifier;
        return release.resolve(LaidRelease.text(item.value(), "name", otherwise));
    }

    /** Where a container of a controller mounts them. */
    List<Tree> mounts(Tree.Entry controller, String container) {
        List<Tree> mounts = new ArrayList<>();
        items.forEach(item -> mounts(item.key(), item.place(), item.value(), controller.key(), container, mounts));
        for (Tree template : controller.value().items("statefulset.volumeClaimTemplates")) {
            String name = LaidRelease.text(template, "name", "");
            if (template.at("globalMounts").isEmpty()
                    && template.at("advancedMounts").isEmpty()) {
                Tree nowhere = Shape.at(template.place()).done();
                mounts.add(mount(name, template.place(), nowhere, nowhere));
            }
            template.items("globalMounts").forEach(mount -> mounts.add(mount(name, template.place(), template, mount)));
            template.at("advancedMounts")
                    .flatMap(by -> get(by, container))
                    .map(Tree::items)
                    .orElse(List.of())
                    .forEach(mount -> mounts.add(mount(name, template.place(), template, mount)));
        }
        return mounts;
    }

    private void mounts(
            String name, Declared place, Tree values, String controller, String container, List<Tree> mounts) {
        boolean none = values.items("globalMounts").isEmpty()
                && values.at("advancedMounts").isEmpty();
        if (none) {
            mounts.add(mount(name, place, values, Shape.at(place).done()));
            return;
        }
        values.items("globalMounts").forEach(mount -> mounts.add(mount(name, place, values, mount)));
        own(values, controller)
                .flatMap(by -> get(by, container))
                .map(Tree::items)
                .orElse(List.of())
                .forEach(mount -> mounts.add(mount(name, place, values, mount)));
    }

    private Tree mount(String name, Declared place, Tree values, Tree mount) {
        boolean host = LaidRelease.says(values, "type", "hostPath");
        Shape shape =
                Shape.at(mount.entries().isEmpty() ? place : mount.place()).put("name", name);
        Optional<Tree> path = release.resolved(mount, "path").or(() -> host ? values.at("hostPath") : Optional.empty());
        path.ifPresentOrElse(found -> shape.put("mountPath", found), () -> shape.put("mountPath", "/" + name));
        return shape.take(mount, "readOnly", "subPath").done();
    }
}
