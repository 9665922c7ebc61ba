package dev.premortem.source.kustomize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Paths as kustomizations write them: relative to the folder of the file, never out of the tree. */
final class Paths {
    private static final Pattern HOST =
            Pattern.compile("(github|gitlab|bitbucket)\\.[a-z]+[/:].*|[^/@ ]+@[^/ ]+:.*|gh:.*");

    private Paths() {}

    /** The folder of a file; empty for the root. */
    static String folder(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "" : file.substring(0, slash);
    }

    /** The last part of a path. */
    static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** A file in a folder. */
    static String in(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    /** True where a file stands in a folder or below it. */
    static boolean below(String file, String folder) {
        return folder.isEmpty() || file.startsWith(folder + "/");
    }

    /** What a relative path means in a folder of the tree; empty where it leads out of the tree. */
    static Optional<String> resolve(String folder, String path) {
        if (path.startsWith("/") || path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>(folder.isEmpty() ? List.of() : List.of(folder.split("/", -1)));
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                // The name of a second root may itself begin with dots or a slash: that part is fixed.
                if (parts.isEmpty()
                        || parts.getLast().equals("..")
                        || parts.getLast().isEmpty()) {
                    return Optional.empty();
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }

    /** True for what is fetched from elsewhere: URLs and the ways to name a git repository. */
    static boolean elsewhere(String text) {
        return text.contains("://")
                || text.startsWith("git::")
                || text.contains("?ref=")
                || text.contains("?version=")
                || text.contains("?timeout=")
                || HOST.matcher(text).matches();
    }

    /** The name of a file of the tree in the copy, which no part of it can lead out of. */
    static String copied(String name) {
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/", -1)) {
            parts.add(
                    switch (part) {
                        case "" -> "%root";
                        case "." -> "%here";
                        case ".." -> "%up";
                        default -> part;
                    });
        }
        return name.isEmpty() ? "tree" : "tree/" + String.join("/", parts);
    }

    /** The relative path from the folder of the wrapping kustomization to a folder of the tree, both in the copy. */
    static String fromTop(String folder) {
        return "../" + copied(folder);
    }
}
