package dev.premortem.source;

import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.text.FileTexts;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.ListedFile;
import dev.premortem.source.text.TreeWalk;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The files below some roots, before any of them is read. */
public final class Listing {
    private final List<Path> roots;
    private final List<ListedFile> files;
    private final Harvest harvest;

    private Listing(List<Path> roots, List<ListedFile> files, Harvest harvest) {
        this.roots = List.copyOf(roots);
        this.files = files;
        this.harvest = harvest;
    }

    /**
     * Lists all files below the roots. Names are relative to a root; with several roots the root's own name stands before them.
     *
     * @param stamped true to take stamps, for {@link #stamps}
     */
    public static Listing of(List<Path> roots, Means means, boolean stamped) {
        Harvest harvest = new Harvest();
        List<ListedFile> files = new ArrayList<>();
        for (Path root : roots) {
            String prefix = roots.size() > 1 ? root.toString().replace('\\', '/') + "/" : "";
            files.addAll(TreeWalk.list(root, prefix, means.limits(), harvest, means.ignored(), stamped));
        }
        return new Listing(roots, files, harvest);
    }

    /**
     * Reads what is listed.
     *
     * @param hashed true to take hashes, for {@link Contents#content}
     */
    public Contents contents(boolean hashed) {
        FileTexts.Found found = FileTexts.read(files, harvest, hashed);
        return new Contents(roots, found, harvest);
    }

    /** Adds to a key what tells this listing from every other: while it is the same, no file has another content. */
    public void stamps(ContentCache.Key key) {
        StringBuilder all = new StringBuilder();
        for (ListedFile file : files) {
            ListedFile.Stamp stamp = file.stamp();
            all.append(file.name())
                    .append('\0')
                    .append(file.size())
                    .append(' ')
                    .append(stamp.inode())
                    .append(' ')
                    .append(stamp.modified())
                    .append(' ')
                    .append(stamp.changed())
                    .append('\n');
        }
        key.with(all.toString());
        Contents.told(key, harvest);
    }

    /**
     * True where every file was stamped and changed last before a moment. A file that changed since may have been written twice within what the file
     * system takes for the same time.
     */
    public boolean changedBefore(Instant moment) {
        long latest = TimeUnit.MILLISECONDS.toNanos(moment.toEpochMilli());
        return files.stream()
                .allMatch(file -> !file.stamp().equals(ListedFile.Stamp.NONE)
                        && file.stamp().modified() < latest
                        && file.stamp().changed() < latest);
    }
}
