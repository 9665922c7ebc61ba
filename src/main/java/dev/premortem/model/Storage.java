package dev.premortem.model;

import dev.premortem.estate.Workload;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a path of a container lives at last, and how long what is written there lasts.
 *
 * @param life how long it lasts
 * @param mounts the mounts that decide: the one that wins, or all that claim the same path
 * @param words for people: {@code the volume data at /data is an emptyDir: it ends with the pod}
 */
public record Storage(Life life, List<Workload.Mount> mounts, String words, List<Evidence> evidence) {
    /** How long what is written lasts. */
    public enum Life {
        /** Outlives the pod. */
        DURABLE,
        /** Ends with the pod. */
        POD,
        /** Ends with the container, so with every crash. */
        CONTAINER,
        /** Cannot be written at all. */
        READ_ONLY,
        /** Two mounts claim the same path. */
        CONFLICT
    }

    /** True where a restart finds nothing of what was written. */
    public boolean lost() {
        return life == Life.POD || life == Life.CONTAINER;
    }

    /**
     * Resolves a path.
     *
     * @param imageVolume true where the image declares exactly this path as its volume: a mount above it then does not help
     */
    public static Storage of(Workload workload, Workload.Container container, String path, boolean imageVolume) {
        List<Workload.Mount> best = new ArrayList<>();
        int length = -1;
        for (Workload.Mount mount : container.mounts()) {
            String at = clean(mount.path().value());
            boolean fits = imageVolume ? clean(path).equals(at) : within(clean(path), at);
            if (fits && at.length() > length) {
                best.clear();
                length = at.length();
            }
            if (fits && at.length() == length) {
                best.add(mount);
            }
        }
        if (best.isEmpty()) {
            return unmounted(container, path, imageVolume);
        }
        List<Workload.Mount> equal = best.stream()
                .filter(mount ->
                        mount.path().value().equals(best.getLast().path().value()))
                .toList();
        if (equal.size() > 1) {
            List<Evidence> evidence = new ArrayList<>();
            for (Workload.Mount mount : equal) {
                evidence.add(new Evidence(
                        "volume " + mount.volume() + " at " + mount.path().value(),
                        mount.path().provenance()));
                workload.volumes().stream()
                        .filter(volume -> volume.name().equals(mount.volume()))
                        .forEach(volume -> evidence.add(Evidence.of(
                                "volume " + volume.name() + " is of kind "
                                        + volume.kind().value(),
                                volume.kind())));
            }
            return new Storage(
                    Life.CONFLICT,
                    equal,
                    equal.size() + " volumes are mounted at "
                            + equal.getFirst().path().value(),
                    evidence);
        }
        // Kubernetes compares paths as text: '/data' and '/data/' both pass, and the later one hides the earlier.
        return mounted(workload, best.getLast(), path);
    }

    private static Storage unmounted(Workload.Container container, String path, boolean imageVolume) {
        // The runtime mounts an anonymous directory on a volume of the image, even where the root is read-only.
        boolean readOnly = !imageVolume
                && container.readOnlyRoot().map(fact -> fact.value()).orElse(false);
        List<Evidence> evidence = new ArrayList<>(List.of(new Evidence("no volume at " + path, container.place())));
        container
                .readOnlyRoot()
                .filter(fact -> fact.value())
                .ifPresent(fact -> evidence.add(Evidence.of("readOnlyRootFilesystem: true", fact)));
        return new Storage(
                readOnly ? Life.READ_ONLY : Life.CONTAINER,
                List.of(),
                readOnly
                        ? "nothing is mounted at " + path + " and the root is read-only: nothing can be written there"
                        : "nothing is mounted at " + path + ": what is there ends with the container",
                evidence);
    }

    private static Storage mounted(Workload workload, Workload.Mount mount, String path) {
        Optional<Workload.Volume> volume = workload.volumes().stream()
                .filter(candidate -> candidate.name().equals(mount.volume()))
                .findFirst();
        String kind = volume.map(found -> found.kind().value()).orElse("");
        String at = mount.path().value();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.of("volume " + mount.volume() + " at " + at, mount.path()));
        volume.ifPresent(found -> evidence.add(Evidence.of(found.name() + ": " + kind, found.kind())));
        String what = "the volume " + mount.volume() + " at " + at + " is " + article(kind);
        return switch (kind) {
            case "configMap", "secret", "projected", "downwardAPI" ->
                new Storage(Life.READ_ONLY, List.of(mount), what + ": nothing can be written there", evidence);
            case "emptyDir", "ephemeral" ->
                new Storage(Life.POD, List.of(mount), what + ": what is there ends with the pod", evidence);
            default ->
                mount.readOnly()
                        ? new Storage(Life.READ_ONLY, List.of(mount), what + ", mounted read-only", evidence)
                        : new Storage(Life.DURABLE, List.of(mount), what + ": " + path + " lasts", evidence);
        };
    }

    /** True for volumes that Kubernetes always mounts read-only. */
    public static boolean unwritable(String kind) {
        return switch (kind) {
            case "configMap", "secret", "projected", "downwardAPI" -> true;
            default -> false;
        };
    }

    private static String article(String kind) {
        if (kind.isEmpty()) {
            return "a volume";
        }
        return ("aeio".indexOf(kind.charAt(0)) >= 0 ? "an " : "a ") + kind;
    }

    private static boolean within(String path, String mount) {
        return path.equals(mount) || path.startsWith(mount.equals("/") ? mount : mount + "/");
    }

    private static String clean(String path) {
        String clean = path;
        while (clean.length() > 1 && clean.endsWith("/")) {
            clean = clean.substring(0, clean.length() - 1);
        }
        return clean;
    }
}
