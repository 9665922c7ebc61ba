package dev.premortem.source.gitops;

import dev.premortem.estate.Reference;
import dev.premortem.estate.UnreadValues;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.render.Unread;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Values that none of the releases reads that have them: one file of values may serve several charts. */
final class Unheeded {
    private static final Pattern ANCHOR = Pattern.compile("(?:^|[\\s:\\[{,-])&[A-Za-z0-9_]");

    private record Asked(ChartJob job, List<Unread> unread) {}

    private final List<Asked> all = new ArrayList<>();
    private final SortedMap<String, Integer> had = new TreeMap<>();
    private final SortedMap<String, Integer> unread = new TreeMap<>();

    /** Counts a release that was rendered, or could not be and may read all; {@code own} is what a chart of the tree sets for those in it. */
    void add(ChartJob job, List<Tree> own, Rendered came) {
        SortedSet<String> here = new TreeSet<>();
        job.values().forEach(values -> lines(values, here));
        own.forEach(values -> lines(values, here));
        here.forEach(at -> had.merge(at, 1, Integer::sum));
        SortedSet<String> dead = new TreeSet<>();
        came.unread().forEach(value -> dead.add(value.place().at()));
        dead.forEach(at -> unread.merge(at, 1, Integer::sum));
        all.add(new Asked(job, came.unread()));
    }

    private static void lines(Tree values, SortedSet<String> into) {
        values.entries().forEach(entry -> {
            into.add(entry.place().at());
            lines(entry.value(), into);
        });
        values.items().forEach(item -> lines(item, into));
    }

    /** Each value once, with the first release that has it. */
    List<UnreadValues> found(SortedMap<String, String> texts) {
        SortedSet<String> told = new TreeSet<>();
        SortedMap<String, UnreadValues> found = new TreeMap<>();
        for (Asked asked : all) {
            List<UnreadValues.Value> values = asked.unread().stream()
                    .filter(value -> had.getOrDefault(value.place().at(), 0)
                            .equals(unread.get(value.place().at())))
                    .filter(value -> !shared(value, texts))
                    .filter(value -> told.add(value.place().at() + " " + value.path()))
                    .map(value -> new UnreadValues.Value(value.path(), value.place(), value.instead(), value.empty()))
                    .toList();
            if (!values.isEmpty()) {
                ChartJob job = asked.job();
                Reference reference = new Reference(job.of().text() + "/values/" + job.release());
                Declared place = values.getFirst().place();
                found.putIfAbsent(
                        reference.text(),
                        new UnreadValues(
                                reference, place, job.namespace(), job.release(), chart(job.source()), values));
            }
        }
        return List.copyOf(found.values());
    }

    /** True where YAML itself reads it: an anchor stands in it. */
    private static boolean shared(Unread value, SortedMap<String, String> texts) {
        String text = texts.getOrDefault(value.place().file(), "");
        return text.lines()
                .skip(value.place().line() - 1L)
                .limit(Math.max(1, value.until() - value.place().line() + 1L))
                .anyMatch(line -> ANCHOR.matcher(line).find());
    }

    private static String chart(ChartSource source) {
        return switch (source) {
            case ChartSource.Folder folder -> last(folder.path());
            case ChartSource.Archive archive -> last(archive.file());
            case ChartSource.Remote remote -> last(remote.chart());
            case ChartSource.Named named -> named.chart();
        };
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
