package dev.premortem.source.chart;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The controllers of a release of app-template, with their pods ({@code classes/_deployment.tpl}, {@code lib/pod}, {@code lib/container}). */
final class LaidPods {
    private static final String[] POD_OPTIONS = {
        "affinity",
        "hostNetwork",
        "imagePullSecrets",
        "nodeSelector",
        "priorityClassName",
        "securityContext",
        "terminationGracePeriodSeconds",
        "tolerations",
        "topologySpreadConstraints"
    };

    private final LaidRelease release;
    private final LaidVolumes volumes;

    LaidPods(LaidRelease release) {
        this.release = release;
        this.volumes = new LaidVolumes(release);
    }

    List<Tree> objects() {
        List<Tree.Entry> controllers = release.enabled("controllers");
        List<Tree> objects = new ArrayList<>(volumes.claims());
        controllers.forEach(entry -> controller(entry, controllers.size()).ifPresent(objects::add));
        return objects;
    }

    private Optional<Tree> controller(Tree.Entry entry, int count) {
        Tree values = entry.value();
        String type = LaidRelease.text(values, "type", "deployment").toLowerCase(Locale.ROOT);
        String name = release.nameOf(entry, count);
        Tree labels = release.selector(entry.place(), entry.key());
        Tree selector = Shape.at(entry.place()).put("matchLabels", labels).done();
        return switch (type) {
            case "deployment" ->
                Optional.of(object("apps/v1", "Deployment", entry, name)
                        .put(
                                "spec",
                                Shape.at(entry.place())
                                        .take(values, "replicas")
                                        .put("strategy", strategy(entry, "strategy", "Recreate", "type"))
                                        .put("selector", selector)
                                        .put("template", template(entry))
                                        .done())
                        .done());
            case "statefulset" ->
                Optional.of(object("apps/v1", "StatefulSet", entry, name)
                        .put(
                                "spec",
                                Shape.at(entry.place())
                                        .take(values, "replicas")
                                        .put("serviceName", name)
                                        .put("updateStrategy", strategy(entry, "strategy", "RollingUpdate", "type"))
                                        .put("selector", selector)
                                        .put("template", template(entry))
                                        .put("volumeClaimTemplates", volumes.templates(values))
                                        .done())
                        .done());
            case "daemonset" ->
                Optional.of(object("apps/v1", "DaemonSet", entry, name)
                        .put(
                                "spec",
                                Shape.at(entry.place())
                                        .put("selector", selector)
                                        .put("template", template(entry))
                                        .done())
                        .done());
            case "cronjob" -> Optional.of(cronJob(entry, name));
            case "job" ->
                Optional.of(object("batch/v1", "Job", entry, name)
                        .put(
                                "spec",
                                Shape.at(entry.place())
                                        .put("template", template(entry))
                                        .done())
                        .done());
            default -> Optional.empty();
        };
    }

    private Shape object(String apiVersion, String kind, Tree.Entry entry, String name) {
        return release.object(apiVersion, kind, entry, name, release.selector(entry.place(), entry.key()));
    }

    private Tree cronJob(Tree.Entry entry, String name) {
        Tree job = Shape.at(entry.place())
                .put(
                        "spec",
                        Shape.at(entry.place()).put("template", template(entry)).done())
                .done();
        Tree settings = entry.value()
                .at("cronjob")
                .orElseGet(() -> Shape.at(entry.place()).done());
        Tree spec = Shape.at(entry.place())
                .put("concurrencyPolicy", LaidRelease.text(settings, "concurrencyPolicy", "Forbid"))
                .put("schedule", release.resolved(settings, "schedule"))
                .take(settings, "suspend", "timeZone")
                .put("jobTemplate", job)
                .done();
        return object("batch/v1", "CronJob", entry, name).put("spec", spec).done();
    }

    private static Tree strategy(Tree.Entry entry, String path, String otherwise, String key) {
        Optional<Tree> set = entry.value().at(path).filter(Tree.Scalar.class::isInstance);
        Shape shape = Shape.at(set.map(Tree::place).orElse(entry.place()));
        set.ifPresentOrElse(found -> shape.put(key, found), () -> shape.put(key, otherwise));
        entry.value().at("rollingUpdate").ifPresent(rolling -> {
            Tree limits = Shape.at(rolling.place())
                    .put("maxUnavailable", rolling.at("unavailable"))
                    .put("maxSurge", rolling.at("surge"))
                    .done();
            shape.put("rollingUpdate", limits);
        });
        return shape.done();
    }

    private Tree template(Tree.Entry entry) {
        Tree values = entry.value();
        Shape spec = Shape.at(entry.place());
        for (String option : POD_OPTIONS) {
            Optional<Tree> own = release.resolved(values, "pod." + option);
            spec.put(option, own.or(() -> release.resolved(release.values(), "defaultPodOptions." + option)));
        }
        spec.put("initContainers", containers(entry, "initContainers"))
                .put("containers", containers(entry, "containers"))
                .put("volumes", volumes.of(entry));
        Tree metadata = Shape.at(entry.place())
                .put("labels", podLabels(entry))
                .put("annotations", release.resolved(values, "pod.annotations"))
                .done();
        return Shape.at(entry.place())
                .put("metadata", metadata)
                .put("spec", spec.done())
                .done();
    }

    private Tree podLabels(Tree.Entry entry) {
        List<Tree.Entry> labels =
                new ArrayList<>(release.selector(entry.place(), entry.key()).entries());
        for (String from : List.of("defaultPodOptions.labels", "pod.labels")) {
            Tree values = from.startsWith("pod") ? entry.value() : release.values();
            release.resolved(values, from).ifPresent(found -> labels.addAll(found.entries()));
        }
        return new Tree.Mapping(entry.place().asked(), List.copyOf(labels));
    }

    private List<Tree> containers(Tree.Entry controller, String section) {
        List<Tree> containers = new ArrayList<>();
        for (Tree.Entry entry : controller.value().entries(section)) {
            if (entry.value() instanceof Tree.Mapping && !LaidRelease.says(entry.value(), "enabled", "false")) {
                containers.add(container(controller, whole(controller, entry)));
            }
        }
        return containers;
    }

    /** A container with the defaults that its controller, or the release, has for all. */
    private Tree.Entry whole(Tree.Entry controller, Tree.Entry entry) {
        List<Tree.Entry> all = new ArrayList<>(entry.value().entries());
        Set<String> keys = new LinkedHashSet<>();
        all.forEach(each -> keys.add(each.key()));
        for (Tree from : List.of(controller.value(), release.values())) {
            for (Tree.Entry each : from.entries("defaultContainerOptions")) {
                if (keys.add(each.key())) {
                    all.add(each);
                }
            }
        }
        return new Tree.Entry(
                entry.key(), entry.place(), new Tree.Mapping(entry.value().place(), List.copyOf(all)));
    }

    private Tree container(Tree.Entry controller, Tree.Entry entry) {
        Tree values = release.resolve(entry.value());
        Shape shape = Shape.at(entry.place()).put("name", LaidRelease.text(values, "nameOverride", entry.key()));
        image(values, entry.place()).ifPresent(image -> shape.put("image", image));
        shape.put("imagePullPolicy", values.at("image.pullPolicy"))
                .take(values, "args", "command", "envFrom", "ports", "resources", "restartPolicy", "securityContext")
                .put("env", environment(values));
        for (Tree.Entry probe : values.entries("probes")) {
            if (LaidRelease.says(probe.value(), "enabled", "true")
                    && LaidRelease.says(probe.value(), "custom", "true")) {
                shape.put(
                        probe.key() + "Probe",
                        new Tree.Mapping(probe.place(), probe.value().entries("spec")));
            }
        }
        return shape.put("volumeMounts", volumes.mounts(controller, entry.key()))
                .done();
    }

    private static Optional<Tree> image(Tree values, Declared place) {
        Optional<Tree> image = values.at("image");
        if (image.filter(Tree.Scalar.class::isInstance).isPresent()) {
            return image;
        }
        String repository = LaidRelease.text(values, "image.repository", "");
        String tag = LaidRelease.text(values, "image.tag", "");
        String digest = LaidRelease.text(values, "image.digest", "");
        Declared at = values.at("image.tag")
                .or(() -> values.at("image.repository"))
                .map(Tree::place)
                .orElse(place);
        return repository.isEmpty() || (tag.isEmpty() && digest.isEmpty())
                ? Optional.empty()
                : Optional.of(new Tree.Scalar(
                        at.asked(),
                        Tree.Scalar.Kind.STRING,
                        repository + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest)));
    }

    /** A list stands as it is; of a mapping each key is a name. */
    private static List<Tree> environment(Tree values) {
        Optional<Tree> env = values.at("env");
        List<Tree> listed = env.map(Tree::items).orElse(List.of());
        if (!listed.isEmpty() || env.isEmpty()) {
            return listed;
        }
        List<Tree> variables = new ArrayList<>();
        for (Tree.Entry entry : env.get().entries()) {
            Shape shape = Shape.at(entry.place()).put("name", entry.key());
            if (entry.value() instanceof Tree.Scalar) {
                shape.put("value", entry.value());
            } else if (entry.value().at("value").isPresent()
                    || entry.value().at("valueFrom").isPresent()) {
                shape.take(entry.value(), "value", "valueFrom");
            } else {
                shape.put("valueFrom", entry.value());
            }
            variables.add(shape.done());
        }
        return variables;
    }
}
