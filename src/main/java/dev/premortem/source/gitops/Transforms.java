package dev.premortem.source.gitops;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.gitops.Built.Gap;
import dev.premortem.source.text.Embedded;
import dev.premortem.source.text.Harvest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Applies what a kustomization says to the objects that it gathered: namespace, patches, images, replicas. */
final class Transforms {
    private final Folders folders;
    private final String folder;
    private final Walk.Collecting into;

    Transforms(Folders folders, String folder, Walk.Collecting into) {
        this.folders = folders;
        this.folder = folder;
        this.into = into;
    }

    void apply(Tree tree) {
        for (Tree patch : tree.items("patches")) {
            patch(patch, patch);
        }
        for (Tree patch : tree.items("patchesJson6902")) {
            patch(patch, patch);
        }
        for (Tree patch : tree.items("patchesStrategicMerge")) {
            merges(patch);
        }
        tree.at("namespace").filter(found -> found.text().isPresent()).ifPresent(this::namespace);
        tree.items("images").forEach(this::image);
        tree.items("replicas").forEach(this::replicas);
        for (String key : List.of("namePrefix", "nameSuffix")) {
            tree.text(key)
                    .filter(text -> !text.value().isEmpty())
                    .ifPresent(_ -> into.gaps.add(new Gap(
                            tree.at(key).orElse(tree).place(),
                            "Kustomization",
                            key + " is not applied without kustomize")));
        }
    }

    private void namespace(Tree namespace) {
        into.objects.replaceAll(
                object -> object.with(Grafts.put(object.tree(), List.of("metadata", "namespace"), namespace)));
    }

    /** An entry of {@code patches}: inline or in a file, strategic merge or JSON 6902, with a target or with the patch's own name. */
    private void patch(Tree entry, Tree place) {
        List<Tree> bodies = new ArrayList<>();
        entry.text("path").flatMap(path -> Folders.join(folder, path.value())).ifPresent(file -> {
            into.used.add(file);
            folders.documents(file).forEach(document -> bodies.add(document.tree()));
        });
        entry.at("patch").ifPresent(text -> inline(text).ifPresent(bodies::add));
        Optional<Tree> target = entry.at("target");
        for (Tree body : bodies) {
            apply(body, target, place);
        }
    }

    private void merges(Tree entry) {
        Fact<String> text = entry.text().orElse(null);
        if (text == null) {
            return;
        }
        Optional<String> file = Folders.join(folder, text.value()).filter(folders::file);
        if (file.isPresent()) {
            into.used.add(file.get());
            folders.documents(file.get()).forEach(document -> apply(document.tree(), Optional.empty(), entry));
        } else {
            inline(entry).ifPresent(body -> apply(body, Optional.empty(), entry));
        }
    }

    private Optional<Tree> inline(Tree text) {
        return Embedded.read(text, new Harvest());
    }

    private void apply(Tree body, Optional<Tree> target, Tree place) {
        boolean operations = body instanceof Tree.Sequence;
        if (operations && target.isEmpty()) {
            return;
        }
        Patch.Selector selector = target.map(Patch.Selector::of).orElseGet(() -> Patch.Selector.named(body));
        boolean hit = false;
        List<Manifest> after = new ArrayList<>();
        for (Manifest object : into.objects) {
            if (!selector.takes(object)) {
                after.add(object);
                continue;
            }
            hit = true;
            Optional<Tree> patched =
                    operations ? Patch.operations(object.tree(), body.items()) : Patch.merge(object.tree(), body);
            patched.ifPresent(tree -> after.add(object.with(tree)));
        }
        into.objects.clear();
        into.objects.addAll(after);
        if (!hit && target.isEmpty()) {
            into.gaps.add(new Gap(place.place(), "Kustomization", "a patch of nothing that is here"));
        }
    }

    /** Images: a name with a new name, tag or digest, wherever a container names it. */
    private void image(Tree image) {
        Optional<String> name = image.text("name").map(Fact::value);
        name.ifPresent(found -> into.objects.replaceAll(object -> object.with(images(object.tree(), found, image))));
    }

    private static Tree images(Tree tree, String name, Tree image) {
        return switch (tree) {
            case Tree.Scalar scalar -> scalar;
            case Tree.Sequence sequence ->
                new Tree.Sequence(
                        sequence.place(),
                        sequence.values().stream()
                                .map(item -> images(item, name, image))
                                .toList());
            case Tree.Mapping mapping ->
                new Tree.Mapping(
                        mapping.place(),
                        mapping.values().stream()
                                .map(entry -> new Tree.Entry(
                                        entry.key(),
                                        entry.place(),
                                        List.of("containers", "initContainers").contains(entry.key())
                                                ? containers(entry.value(), name, image)
                                                : images(entry.value(), name, image)))
                                .toList());
        };
    }

    private static Tree containers(Tree tree, String name, Tree image) {
        if (!(tree instanceof Tree.Sequence sequence)) {
            return tree;
        }
        List<Tree> items = new ArrayList<>();
        for (Tree item : sequence.values()) {
            String old = item.text("image").map(Fact::value).orElse("");
            int at = old.indexOf('@');
            String bare = at < 0 ? old : old.substring(0, at);
            int colon = bare.lastIndexOf(':');
            String tag = colon > bare.lastIndexOf('/') ? bare.substring(colon) : "";
            bare = tag.isEmpty() ? bare : bare.substring(0, colon);
            if (!bare.equals(name)) {
                items.add(item);
                continue;
            }
            Optional<Tree> newTag = image.at("newTag");
            Optional<Tree> digest = image.at("digest");
            String end = digest.flatMap(Tree::text)
                    .map(text -> "@" + text.value())
                    .or(() -> newTag.flatMap(Tree::text).map(text -> ":" + text.value()))
                    .orElse(at < 0 ? tag : tag + old.substring(at));
            String start = image.text("newName").map(Fact::value).orElse(bare);
            Tree place = digest.or(() -> newTag).or(() -> image.at("newName")).orElse(image);
            items.add(Grafts.put(item, List.of("image"), Grafts.text(place.place(), start + end)));
        }
        return new Tree.Sequence(sequence.place(), List.copyOf(items));
    }

    private void replicas(Tree entry) {
        String name = entry.text("name").map(Fact::value).orElse("");
        Optional<Tree> count = entry.at("count");
        count.ifPresent(found -> into.objects.replaceAll(object -> object.name().equals(name)
                        && List.of("Deployment", "StatefulSet", "ReplicaSet", "ReplicationController")
                                .contains(object.kind())
                ? object.with(Grafts.put(object.tree(), List.of("spec", "replicas"), found))
                : object));
    }
}
