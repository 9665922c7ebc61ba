package dev.premortem.source;

import dev.premortem.fact.Problem;
import dev.premortem.outage.Coverage;
import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.text.FileTexts;
import dev.premortem.source.text.Harvest;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** What stands in the files below some roots, before any of it is parsed. */
public final class Contents {
    private final List<Path> roots;
    private final FileTexts.Found found;
    private final Harvest harvest;

    Contents(List<Path> roots, FileTexts.Found found, Harvest harvest) {
        this.roots = roots;
        this.found = found;
        this.harvest = harvest;
    }

    List<Path> roots() {
        return roots;
    }

    SortedMap<String, String> texts() {
        return found.texts();
    }

    SortedMap<String, byte[]> archives() {
        return found.archives();
    }

    /** SHA-256 of each file's bytes; empty where hashes were not asked for. */
    SortedMap<String, byte[]> hashes() {
        return found.hashes();
    }

    /** What was wrong, or left out, before anything is parsed. */
    Harvest harvest() {
        return harvest;
    }

    /** Adds to a key all that a reading is made of. */
    public void content(ContentCache.Key key) {
        found.hashes().forEach((name, hash) -> key.with(name).with(hash));
        told(key, harvest);
    }

    static void told(ContentCache.Key key, Harvest harvest) {
        for (Problem problem : harvest.problems) {
            key.with(problem.text());
        }
        for (Coverage.NotUnderstood left : harvest.notUnderstood) {
            key.with(left.file()).with(left.reason());
        }
    }
}
