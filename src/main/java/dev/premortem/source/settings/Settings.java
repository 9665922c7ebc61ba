package dev.premortem.source.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@code .premortem.yaml} files say. */
public record Settings(SortedMap<String, Setting> options) {
    public static Settings of(List<Path> roots) {
        return new Settings(new TreeMap<>());
    }
}
