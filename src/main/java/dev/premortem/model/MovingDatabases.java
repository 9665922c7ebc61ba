package dev.premortem.model;

import dev.premortem.catalogue.Images;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Databases that keep their data and take whatever version is newest: PostgreSQL does not start on the data of an older major version. */
public record MovingDatabases(Workload workload, Fact<String> image) {
    private static final String POSTGRES = Images.HUB + "/library/postgres";
    private static final Set<String> NEWEST = Set.of("", "latest", "alpine", "bookworm", "trixie");

    /** All of the estate. */
    public static List<MovingDatabases> all(Sketch sketch) {
        List<MovingDatabases> found = new ArrayList<>();
        for (Workload workload : sketch.placement().workloads().values()) {
            if (workload.replicas().value() > 0
                    && !workload.kind().equals("CronJob")
                    && !workload.kind().equals("Job")) {
                workload.containers().stream()
                        .filter(container -> newest(container.image().value()) && keeps(workload, container))
                        .findFirst()
                        .ifPresent(container -> found.add(new MovingDatabases(workload, container.image())));
            }
        }
        return found;
    }

    private static boolean newest(String image) {
        Optional<Images.Name> name = Images.parse(image);
        return name.filter(each -> each.repository().equals(POSTGRES) && !each.digest() && NEWEST.contains(each.tag()))
                .isPresent();
    }

    /** The data outlive the pod where something durable is mounted at or below the folder of the image. */
    private static boolean keeps(Workload workload, Workload.Container container) {
        return container.mounts().stream()
                .map(mount -> mount.path().value())
                .filter(path -> path.startsWith("/var/lib/postgresql"))
                .anyMatch(path -> Storage.of(workload, container, path, false).life() == Storage.Life.DURABLE);
    }

    /** The line that names the image. */
    public Declared place() {
        return image.provenance() instanceof Declared place ? place : workload.place();
    }
}
