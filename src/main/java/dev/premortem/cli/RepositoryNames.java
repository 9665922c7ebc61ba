package dev.premortem.cli;

import dev.premortem.report.SourceNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds out how files are called from the root of their repository: relative and absolute paths of one tree give the same names. */
final class RepositoryNames {
    private RepositoryNames() {}

    static SourceNames of(List<Path> roots) {
        SortedMap<String, String> names = new TreeMap<>();
        for (Path root : roots) {
            if (Files.exists(root)) {
                String shown = roots.size() > 1 ? root.toString().replace('\\', '/') + "/" : "";
                names.put(shown, base(root));
            }
        }
        return new SourceNames(names);
    }

    /** From the folder with {@code .git}; without one from where the reader stands; else from the tree itself. */
    private static String base(Path root) {
        Path real = real(root);
        Path folder = Files.isDirectory(real) || real.getParent() == null ? real : real.getParent();
        for (Path here = folder; here != null; here = here.getParent()) {
            if (Files.exists(here.resolve(".git"))) {
                return below(here, folder);
            }
        }
        Path standing = real(Path.of(""));
        return folder.startsWith(standing) ? below(standing, folder) : "";
    }

    private static String below(Path from, Path folder) {
        String name = from.relativize(folder).toString().replace('\\', '/');
        return name.isEmpty() ? "" : name + "/";
    }

    /** Links resolved, because code scanning looks for files by their real names. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException gone) {
            return path.toAbsolutePath().normalize();
        }
    }
}
