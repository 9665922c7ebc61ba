package dev.premortem.source;

import dev.premortem.fact.Fact;
import dev.premortem.source.declared.Clusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/** Says to which cluster the objects of a file belong: the deepest folder that a cluster claims. */
final class Ownership {
    private record Claimed(String folder, String cluster) {}

    private final List<Claimed> claims = new ArrayList<>();
    private final List<String> clusters;

    /** @param files all files of the tree, to tell a path relative to the document from one relative to the tree */
    Ownership(List<Clusters.Found> found, NavigableSet<String> files) {
        this.clusters = found.stream().map(one -> one.cluster().name()).toList();
        for (Clusters.Found one : found) {
            String file = one.cluster().place().file();
            if (one.paths().isEmpty()) {
                claims.add(new Claimed(conventional(folder(file)), one.cluster().name()));
            }
            for (Fact<String> path : one.paths()) {
                claims.add(new Claimed(
                        resolve(folder(file), path.value(), files),
                        one.cluster().name()));
            }
        }
        claims.sort(Comparator.<Claimed>comparingInt(claim -> -claim.folder().length())
                .thenComparing(Claimed::folder)
                .thenComparing(Claimed::cluster));
    }

    /** A folder called premortem speaks for the one that it stands in. */
    private static String conventional(String folder) {
        return folder.equals("premortem")
                ? ""
                : folder.endsWith("/premortem") ? folder.substring(0, folder.length() - "/premortem".length()) : folder;
    }

    static String folder(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "" : file.substring(0, slash);
    }

    /** A path as a document means it: relative to its own folder or, where nothing is there, to the tree. */
    static String resolve(String folder, String path, NavigableSet<String> files) {
        String near = normal(folder.isEmpty() ? path : folder + "/" + path);
        if (exists(near, files)) {
            return near;
        }
        String parent = normal(conventional(folder).isEmpty() ? path : conventional(folder) + "/" + path);
        return exists(parent, files) ? parent : normal(path);
    }

    static boolean exists(String path, NavigableSet<String> files) {
        String below = files.ceiling(path + "/");
        return path.isEmpty() || files.contains(path) || (below != null && below.startsWith(path + "/"));
    }

    private static String normal(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", 0)) {
            if (part.equals("..") && !parts.isEmpty()) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    /** The cluster of a file; empty where several are declared and none claims it. */
    Optional<String> of(String file) {
        if (clusters.isEmpty()) {
            return Optional.of("default");
        }
        Optional<String> deepest = claims.stream()
                .map(Claimed::folder)
                .filter(folder -> folder.isEmpty() || file.equals(folder) || file.startsWith(folder + "/"))
                .findFirst();
        List<String> owners = claims.stream()
                .filter(claim -> deepest.filter(claim.folder()::equals).isPresent())
                .map(Claimed::cluster)
                .toList();
        if (owners.size() == 1) {
            return Optional.of(owners.getFirst());
        }
        if (clusters.size() == 1) {
            return Optional.of(clusters.getFirst());
        }
        // Clusters declared side by side without paths: a folder called as a cluster is its own.
        return clusters.stream()
                .filter(cluster -> ("/" + file).contains("/" + cluster + "/"))
                .findFirst()
                .or(() -> owners.stream().findFirst());
    }
}
