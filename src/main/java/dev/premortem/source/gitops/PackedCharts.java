package dev.premortem.source.gitops;

import dev.premortem.catalogue.Version;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Packed charts of a tree that holds nothing else: each with its defaults, of several versions the newest. */
final class PackedCharts {
    static final String KIND = "packed chart";

    /** As {@code helm package} names them: the chart, a dash, its version. */
    private static final Pattern NAME = Pattern.compile("(?<chart>.+?)-(?<version>v?[0-9]+\\.[0-9]+\\.[0-9]+.*)\\.tgz");

    private final Folders folders;
    private final Ledger ledger;

    PackedCharts(Folders folders, Ledger ledger) {
        this.folders = folders;
        this.ledger = ledger;
    }

    private record Packed(String file, String chart, Optional<Version> version) {
        boolean olderThan(Packed other) {
            return version.isPresent()
                    && other.version.isPresent()
                    && version.get().before(other.version.get());
        }
    }

    /** What is to be rendered; says which versions are passed over. */
    List<Wanted> wanted() {
        SortedMap<String, Packed> newest = new TreeMap<>();
        for (String file : folders.tree.archives().keySet()) {
            Packed packed = packed(file);
            Packed before = newest.get(packed.chart());
            boolean older = before != null && packed.olderThan(before);
            if (!older) {
                newest.put(packed.chart(), packed);
            }
            if (before != null) {
                Packed passed = older ? packed : before;
                ledger.aside(
                        new Declared(passed.file(), 1, ""),
                        KIND,
                        "another version of the chart, " + (older ? before : packed).file() + ", counts");
            }
        }
        List<Wanted> wanted = new ArrayList<>();
        newest.values().forEach(packed -> wanted.add(wanted(packed)));
        return wanted;
    }

    private static Packed packed(String file) {
        Matcher name = NAME.matcher(Folders.last(file));
        return name.matches()
                ? new Packed(file, name.group("chart"), Version.parse(name.group("version")))
                : new Packed(file, Folders.last(file).replaceFirst("\\.tgz$", ""), Optional.empty());
    }

    private static Wanted wanted(Packed packed) {
        Declared place = new Declared(packed.file(), 1, "");
        ChartJob job = new ChartJob(
                new Reference("default/default/Release/" + packed.chart()),
                place,
                new ChartSource.Archive(packed.file()),
                packed.chart(),
                "default",
                List.of(),
                true);
        return new Wanted(
                place,
                KIND,
                packed.chart(),
                List.of(packed.file()),
                Optional.of(job),
                Optional.empty(),
                Optional.empty());
    }
}
