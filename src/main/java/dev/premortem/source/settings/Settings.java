package dev.premortem.source.settings;

import dev.premortem.fact.Problem;
import dev.premortem.predict.OutsideAcceptance;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the {@code .premortem.yaml} files of some roots say, merged: the nearest file wins, and lists that leave out, accept or name clusters add up.
 *
 * @param options values by the long name of their option, without dashes
 * @param ignored files that are not to be read, named as in the reading
 * @param accepted risks that are accepted from outside
 * @param problems what is wrong in the files, named as the user would from where he stands
 * @param files where they are
 */
public record Settings(
        SortedMap<String, Setting> options,
        Predicate<String> ignored,
        List<OutsideAcceptance> accepted,
        List<Problem> problems,
        List<Path> files) {
    /** The name of the file. */
    public static final String NAME = ".premortem.yaml";

    /** The usual name of a file of known outages beside it. */
    public static final String BASELINE = ".premortem-baseline.json";

    private static final int MOST_FOLDERS = 64;

    /** Reads what is found from some roots upwards. Options are those of the first root. */
    public static Settings of(List<Path> roots) {
        SortedMap<String, Setting> options = new TreeMap<>();
        List<Predicate<String>> ignored = new ArrayList<>();
        List<OutsideAcceptance> accepted = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (Path root : roots) {
            Path folder = folder(root);
            String prefix = roots.size() > 1 ? root.toString().replace('\\', '/') + "/" : "";
            for (Path file : above(folder)) {
                SettingsFile read = SettingsFile.read(file, folder, prefix);
                if (root.equals(roots.getFirst())) {
                    read.options().forEach((name, setting) -> merge(options, name, setting));
                }
                ignored.add(read.ignored());
                accepted.addAll(read.accepted());
                problems.addAll(read.problems());
                files.add(file);
            }
        }
        return new Settings(
                Collections.unmodifiableSortedMap(options),
                file -> ignored.stream().anyMatch(one -> one.test(file)),
                accepted.stream().distinct().toList(),
                problems.stream().distinct().sorted().toList(),
                files.stream().distinct().toList());
    }

    private static void merge(SortedMap<String, Setting> options, String name, Setting setting) {
        options.merge(
                name,
                setting,
                (near, far) ->
                        Keys.ADDED.contains(name) ? new Setting(near.value() + "," + far.value(), near.place()) : near);
    }

    private static Path folder(Path root) {
        Path path = root.toString().equals("-") ? Path.of("") : root;
        Path full = path.toAbsolutePath().normalize();
        Path parent = full.getParent();
        return Files.isDirectory(full) || parent == null ? full : parent;
    }

    /** The files from a folder up to the root of its repository, nearest first. */
    private static List<Path> above(Path folder) {
        List<Path> files = new ArrayList<>();
        Path here = folder;
        for (int i = 0; here != null && i < MOST_FOLDERS; i++) {
            Path file = here.resolve(NAME);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                files.add(file);
            }
            here = Files.exists(here.resolve(".git"), LinkOption.NOFOLLOW_LINKS) ? null : here.getParent();
        }
        return files;
    }
}
