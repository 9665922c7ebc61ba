package dev.premortem.source.text;

import dev.premortem.fact.Problem;
import dev.premortem.source.cache.CacheTag;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The files of a tree, before any of them is read. Links and sizes past the limits are reported and passed over. */
public final class TreeWalk {
    private static final Set<String> SKIPPED =
            Set.of(".git", "node_modules", ".hg", ".svn", ".premortem.yaml", ".premortem-baseline.json");
    private static final Set<String> TEXT_ENDINGS =
            Set.of("yaml", "yml", "json", "pem", "crt", "cer", "der", "zone", "kubeconfig", "db");
    /** Files in other formats are looked into only when they are not large. */
    private static final long OTHER_BYTES = 4L << 20;

    private static final String STAMPED = "unix:mode,size,ino,lastModifiedTime,ctime";
    // stat(2), POSIX.1: the kinds of files in st_mode
    private static final int S_IFMT = 0170000;
    private static final int S_IFREG = 0100000;
    private static final int S_IFDIR = 0040000;
    private static final int S_IFLNK = 0120000;

    private final Path realRoot;
    private final Limits limits;
    private final Harvest harvest;
    private final Predicate<String> ignored;
    private final boolean stamped;
    private final List<ListedFile> files = new ArrayList<>();
    private long total;

    private TreeWalk(Path realRoot, Limits limits, Harvest harvest, Predicate<String> ignored, boolean stamped) {
        this.realRoot = realRoot;
        this.limits = limits;
        this.harvest = harvest;
        this.ignored = ignored;
        this.stamped = stamped
                && realRoot.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /**
     * Lists all files below a root, which may be a single file. Names are relative to the root, after {@code prefix}.
     *
     * @param ignored names of files and folders that are passed over
     * @param stamped true to take the stamp of each file, where the system has such
     */
    public static List<ListedFile> list(
            Path root, String prefix, Limits limits, Harvest harvest, Predicate<String> ignored, boolean stamped) {
        String shown = prefix.isEmpty() ? root.toString() : prefix.substring(0, prefix.length() - 1);
        try {
            TreeWalk walk = new TreeWalk(root.toRealPath(), limits, harvest, ignored, stamped);
            if (Files.isDirectory(root)) {
                walk.folder(root, prefix, prefix);
            } else if (Files.isRegularFile(root)) {
                String name = prefix.isEmpty() ? String.valueOf(root.getFileName()) : shown;
                walk.file(root.toRealPath(), name, walk.about(root.toRealPath()), true);
            } else {
                harvest.problems.add(new Problem(shown, 0, "", "is no file", "a file or a folder", ""));
            }
            return walk.files;
        } catch (IOException e) {
            harvest.problems.add(new Problem(shown, 0, "", reason(e), "a file or a folder that can be read", ""));
            return List.of();
        }
    }

    static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException ignored -> "does not exist";
            case java.nio.file.AccessDeniedException ignored -> "may not be read";
            case java.nio.file.FileSystemLoopException ignored -> "is a loop of symbolic links";
            case java.nio.file.FileSystemException failed
            when String.valueOf(failed.getReason()).contains("symbolic links") -> "is a loop of symbolic links";
            default -> "cannot be read (" + e.getClass().getSimpleName() + ")";
        };
    }

    /** What stands in a folder; the name is that of its file, relative to the root, after the prefix. */
    private record Entry(Path path, String name) {}

    /** @param before stands before the names of what is in it: the prefix, or the folder's own name and a slash */
    private void folder(Path folder, String name, String before) {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path path : stream) {
                String last = String.valueOf(path.getFileName());
                boolean named = name.equals(before); // the root, which somebody asked for
                if (!named && last.equals(CacheTag.NAME) && CacheTag.is(path)) {
                    harvest.notUnderstood.add(dev.premortem.outage.Coverage.NotUnderstood.aside(
                            name,
                            1,
                            "cache",
                            "a folder that is tagged as a cache by " + CacheTag.NAME + "; what is in it was made"));
                    return;
                }
                if (!SKIPPED.contains(last)) {
                    entries.add(new Entry(path, before + last.replace('\\', '/')));
                }
            }
        } catch (IOException e) {
            problem(name, reason(e), "a folder that can be read");
            return;
        }
        entries.sort(Comparator.comparing(entry -> entry.path().toString()));
        for (Entry entry : entries) {
            if (!ignored.test(entry.name())) {
                entry(entry.path(), entry.name());
            }
        }
    }

    private enum Form {
        FILE,
        FOLDER,
        LINK,
        OTHER
    }

    /** What the system says of a name. */
    private record About(Form form, long size, ListedFile.Stamp stamp) {}

    private About about(Path path) throws IOException {
        if (stamped) {
            // one question for all: a name that has to be asked about twice may have changed in between
            Map<String, Object> all = Files.readAttributes(path, STAMPED, LinkOption.NOFOLLOW_LINKS);
            Form form = switch (Objects.requireNonNull((Integer) all.get("mode")) & S_IFMT) {
                case S_IFREG -> Form.FILE;
                case S_IFDIR -> Form.FOLDER;
                case S_IFLNK -> Form.LINK;
                default -> Form.OTHER;
            };
            return new About(
                    form,
                    number(all, "size"),
                    new ListedFile.Stamp(number(all, "ino"), nanos(all, "lastModifiedTime"), nanos(all, "ctime")));
        }
        BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Form form = basic.isSymbolicLink()
                ? Form.LINK
                : basic.isDirectory() ? Form.FOLDER : basic.isRegularFile() ? Form.FILE : Form.OTHER;
        return new About(form, basic.size(), ListedFile.Stamp.NONE);
    }

    private static long number(Map<String, Object> attributes, String name) {
        return Objects.requireNonNull((Long) attributes.get(name));
    }

    private static long nanos(Map<String, Object> attributes, String name) {
        return Objects.requireNonNull((FileTime) attributes.get(name)).to(TimeUnit.NANOSECONDS);
    }

    private void entry(Path entry, String name) {
        About about;
        try {
            about = about(entry);
        } catch (IOException e) {
            problem(name, reason(e), "a file that can be read");
            return;
        }
        switch (about.form()) {
            case LINK -> link(entry, name);
            case FOLDER -> folder(entry, name, name + "/");
            case FILE -> file(entry, name, about, false);
            case OTHER -> problem(name, "is a pipe, a socket or a device; not read", "a file or a folder");
        }
    }

    /** A link is never followed: what it leads to inside the tree is read at its own name. */
    private void link(Path link, String name) {
        try {
            Path target = link.toRealPath();
            if (!target.startsWith(realRoot)) {
                problem(name, "is a symbolic link out of the tree; not followed", "a file inside of the tree");
            } else if (link.toRealPath(LinkOption.NOFOLLOW_LINKS).startsWith(target)) {
                problem(name, "is a loop of symbolic links; not followed", "a link to something beside or below it");
            } else {
                harvest.notUnderstood.add(dev.premortem.outage.Coverage.NotUnderstood.aside(
                        name,
                        1,
                        "link",
                        "a symbolic link to "
                                + realRoot.relativize(target).toString().replace('\\', '/') + ", which is read there"));
            }
        } catch (IOException e) {
            // what another tool made of a link is its business; only what would be read is missed here
            if (TEXT_ENDINGS.contains(ending(name)) || ending(name).equals("tgz")) {
                problem(name, reason(e), "a link that leads somewhere");
            }
        }
    }

    private void problem(String file, String found, String expected) {
        harvest.problems.add(new Problem(file, 0, "", found, expected, ""));
    }

    private void file(Path path, String name, About about, boolean named) {
        String ending = ending(name);
        long size = about.size();
        boolean expected = named || TEXT_ENDINGS.contains(ending);
        if (size > limits.fileBytes()) {
            problem(
                    name,
                    "has " + mebibytes(size) + " MiB; not read",
                    "at most " + mebibytes(limits.fileBytes()) + " MiB a file");
            return;
        }
        if (!expected && size > OTHER_BYTES && !ending.equals("tgz")) {
            return;
        }
        if (total + size > limits.totalBytes()) {
            problem(
                    name,
                    "is past the limit of what is read in all; not read",
                    "at most " + mebibytes(limits.totalBytes()) + " MiB in all files");
            return;
        }
        total += size;
        files.add(new ListedFile(path, name, size, expected, about.stamp()));
    }

    static String ending(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return last.substring(last.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT);
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1L << 20) - 1) >> 20;
    }
}
