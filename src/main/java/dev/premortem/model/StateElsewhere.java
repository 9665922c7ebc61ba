package dev.premortem.model;

import dev.premortem.catalogue.StatePaths;
import dev.premortem.estate.ConfigMap;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What shows that a folder which an image must keep by the table holds nothing here: the state is in another folder, in a database, or there is none. */
public final class StateElsewhere {
    private static final Set<String> DURABLE = Set.of("persistentVolumeClaim", "claimTemplate", "hostPath", "nfs");

    private StateElsewhere() {}

    /** True where the settings of the container say so: a cache, also beside the one program that uses it, a database elsewhere, a program that keeps nothing unless it is told to. */
    public static boolean keepsNothingHere(
            Sketch sketch, Workload workload, Workload.Container container, StatePaths.Row row) {
        return cache(container)
                || gateway(container, row)
                || beside(workload, container, row)
                || inDatabase(sketch, workload, container, row)
                || !keeps(sketch, workload, row);
    }

    /** A gateway of MinIO hands everything on to another store. https://github.com/minio/minio/tree/RELEASE.2022-03-26T06-49-28Z/docs/gateway */
    private static boolean gateway(Workload.Container container, StatePaths.Row row) {
        return row.image().equals("minio/minio")
                && container.arguments().stream()
                        .map(Fact::value)
                        .collect(java.util.stream.Collectors.joining(" "))
                        .matches("(?s).*\\bgateway\\s+(s3|gcs|azure|hdfs)\\b.*");
    }

    /** True where a mount says so: an init container fills the folder, or the state is on another volume. */
    public static boolean mountedElsewhere(Workload workload, Workload.Container container, Storage at) {
        return filled(workload, at) || elsewhere(workload, container, at);
    }

    /** The variables of the row that name another database, each with the value that does not. */
    private static boolean inDatabase(
            Sketch sketch, Workload workload, Workload.Container container, StatePaths.Row row) {
        Map<String, String> names = StatePaths.databaseSettings(row);
        if (names.isEmpty()) {
            return false;
        }
        Map<String, String> environment = environment(sketch, workload, container);
        return names.entrySet().stream()
                .anyMatch(name -> environment.containsKey(name.getKey())
                        && !environment.get(name.getKey()).equals(name.getValue()));
    }

    /** Literal values, those of ConfigMaps, and an empty text for what comes from a Secret. */
    private static Map<String, String> environment(Sketch sketch, Workload workload, Workload.Container container) {
        Map<String, String> environment = new TreeMap<>();
        List<Tree> containers = sketch.estate()
                .object(workload.reference())
                .map(object -> object.tree().items("spec.template.spec.containers"))
                .orElse(List.of());
        for (Tree item : containers) {
            if (item.text("name")
                    .filter(name -> name.value().equals(container.name()))
                    .isEmpty()) {
                continue;
            }
            Set<String> maps = new TreeSet<>();
            item.items("envFrom")
                    .forEach(from -> from.text("configMapRef.name").ifPresent(name -> maps.add(name.value())));
            maps(sketch, workload)
                    .filter(map -> maps.contains(map.name()))
                    .forEach(map -> map.data().forEach((key, value) -> environment.put(key, value.value())));
            item.items("env").stream()
                    .filter(variable -> variable.at("valueFrom").isPresent())
                    .forEach(variable -> variable.text("name").ifPresent(name -> environment.put(name.value(), "")));
        }
        container.environment().forEach((name, value) -> environment.put(name, value.value()));
        return environment;
    }

    private static Stream<ConfigMap> maps(Sketch sketch, Workload workload) {
        return sketch.estate().all(ConfigMap.class).stream()
                .filter(map -> map.cluster().equals(workload.cluster())
                        && map.namespace().equals(workload.namespace()));
    }

    /** True where an init container of the pod writes into the volume at each start: a copy of its settings, a restore. */
    private static boolean filled(Workload workload, Storage at) {
        return at.mounts().stream().anyMatch(mount -> written(workload, mount.volume()));
    }

    private static boolean written(Workload workload, String volume) {
        return workload.initContainers().stream()
                .flatMap(container -> container.mounts().stream())
                .anyMatch(mount -> !mount.readOnly() && mount.volume().equals(volume));
    }

    /** True where a volume that lasts is mounted elsewhere, and settings of its own may say that the state is there. */
    private static boolean elsewhere(Workload workload, Workload.Container container, Storage at) {
        if (!at.mounts().isEmpty()) {
            return false;
        }
        boolean settings = container.mounts().stream()
                .anyMatch(mount ->
                        kind(workload, mount).filter(Storage::unwritable).isPresent());
        return container.mounts().stream()
                        .filter(mount -> !mount.readOnly()
                                && kind(workload, mount)
                                        .filter(DURABLE::contains)
                                        .isPresent())
                        .map(mount -> mount.path().value())
                        .anyMatch(path -> settings || named(container, path))
                // told to use a folder that is filled at each start
                || container.mounts().stream()
                        .anyMatch(mount -> !mount.readOnly()
                                && named(container, mount.path().value())
                                && written(workload, mount.volume()));
    }

    private static Optional<String> kind(Workload workload, Workload.Mount mount) {
        return workload.volumes().stream()
                .filter(volume -> volume.name().equals(mount.volume()))
                .map(volume -> volume.kind().value())
                .findFirst();
    }

    private static boolean named(Workload.Container container, String path) {
        return Stream.concat(
                        container.arguments().stream().map(Fact::value),
                        container.environment().values().stream().map(Fact::value))
                .anyMatch(text -> text.contains(path));
    }

    /** False where the program keeps nothing unless its settings say so, and no ConfigMap of the pod does. */
    private static boolean keeps(Sketch sketch, Workload workload, StatePaths.Row row) {
        Optional<Pattern> wanted = StatePaths.keepsWhere(row);
        return wanted.isEmpty()
                || maps(sketch, workload)
                        .filter(map -> workload.volumes().stream()
                                .anyMatch(volume -> volume.source().equals(map.name())))
                        .flatMap(map -> map.data().values().stream())
                        .anyMatch(text -> wanted.get().matcher(text.value()).find());
    }

    /** A Redis that is told to save nothing is a cache on purpose. */
    private static boolean cache(Workload.Container container) {
        return container.arguments().stream()
                .anyMatch(argument -> argument.value().contains("save"));
    }

    /** A store of keys beside the one program that uses it, in the same pod: it lives and dies with that, and is its cache. */
    private static boolean beside(Workload workload, Workload.Container container, StatePaths.Row row) {
        return (row.image().contains("redis") || row.image().contains("valkey"))
                && workload.containers().stream()
                        .map(each -> each.image().value())
                        .anyMatch(image -> !image.equals(container.image().value())
                                && !image.contains("exporter")
                                && !image.contains("metrics")
                                && !image.contains("sentinel"));
    }
}
