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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Values that none of the releases reads that have them: one file of values may serve several charts. */
final class Unheeded {
    private static final Pattern ANCHOR = Pattern.compile("(?:^|[\\s:\\[{,-])&[A-Za-z0-9_]");

    /** @param values all that it may read */
    private record Asked(ChartJob job, List<Tree> values, List<Unread> unread) {}

    private final List<Asked> all = new ArrayList<>();

    /** Counts a release that was rendered, or could not be and may read all; {@code own} is what a chart of the tree sets for those in it. */
    void add(ChartJob job, List<Tree> own, Rendered came) {
        List<Tree> values = new ArrayList<>(job.values());
        values.addAll(own);
        all.add(new Asked(job, List.copyOf(values), came.unread()));
    }

    /** How many releases leave each line unread that one of them leaves. */
    private Map<String, Integer> unread() {
        Map<String, Integer> unread = new HashMap<>();
        for (Asked asked : all) {
            Set<String> dead = new HashSet<>();
            asked.unread().forEach(value -> dead.add(value.place().at()));
            dead.forEach(at -> unread.merge(at, 1, Integer::sum));
        }
        return unread;
    }

    /** How many releases have each of some lines. */
    private Map<String, Integer> had(Set<String> lines) {
        Map<String, Integer> had = new HashMap<>();
        for (Asked asked : all) {
            Set<String> here = new HashSet<>();
            asked.values().forEach(values -> lines(values, lines, here));
            here.forEach(at -> had.merge(at, 1, Integer::sum));
        }
        return had;
    }

    private static void lines(Tree values, Set<String> wanted, Set<String> into) {
        values.entries().forEach(entry -> {
            String at = entry.place().at();
            if (wanted.contains(at)) {
                into.add(at);
            }
            lines(entry.value(), wanted, into);
        });
        values.items().forEach(item -> lines(item, wanted, into));
    }

    /** Each value once, with the first release that has it. */
    List<UnreadValues> found(SortedMap<String, String> texts) {
        Map<String, Integer> unread = unread();
        if (unread.isEmpty()) {
            return List.of();
        }
        Map<String, Integer> had = had(unread.keySet());
        Set<String> told = new HashSet<>();
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
