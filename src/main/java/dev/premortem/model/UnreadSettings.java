package dev.premortem.model;

import dev.premortem.catalogue.DeadKeys;
import dev.premortem.estate.Release;
import dev.premortem.estate.UnreadValues;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Values on which availability should hang and that the chart of their release does not read: what they ask for is not there. */
public final class UnreadSettings {
    private static final Pattern KEEPS = Pattern.compile(
            "(?i)(?:replicas?|replicaCount|podDisruptionBudget|pdb|(?:anti)?affinity|topologySpreadConstraints|autoscaling|minAvailable"
                    + "|maxUnavailable|(?:liveness|readiness|startup)Probe|persistence|updateStrategy|strategy|priorityClassName)$");

    private UnreadSettings() {}

    /**
     * What was found, one item for each release, in the order of their references.
     *
     * @param missing where what is asked for is not there
     * @param idle values that keep nothing up, or counts of one, which change nothing until they are raised
     */
    public record Found(List<Standstill.Item> missing, List<Standstill.Item> idle) {}

    /** All of an estate. */
    public static Found of(Sketch sketch) {
        SortedMap<String, Standstill.Item> missing = new TreeMap<>();
        SortedMap<String, Standstill.Item> idle = new TreeMap<>();
        SortedSet<String> told = new TreeSet<>();
        for (UnreadValues unread : sketch.estate().all(UnreadValues.class)) {
            List<UnreadValues.Value> values = unread.values().stream()
                    .filter(value -> !value.empty() || value.instead().isPresent())
                    .toList();
            if (!values.isEmpty()) {
                values.forEach(value -> told.add(value.place().at()));
                boolean keeps = values.stream().anyMatch(UnreadSettings::keeps);
                (keeps ? missing : idle).put(unread.reference().text(), item(unread, values));
            }
        }
        for (Release release : sketch.estate().all(Release.class)) {
            List<DeadKeys.Key> dead = DeadKeys.of(
                            release.chart(), release.version().map(Fact::value))
                    .stream()
                    .filter(key -> asks(release, key))
                    .filter(key ->
                            !told.contains(place(release.values(), key.path()).at()))
                    .toList();
            if (!dead.isEmpty()) {
                boolean one = dead.stream()
                        .allMatch(key -> release.values()
                                .text(key.path())
                                .filter(text -> text.value().matches("[01]?"))
                                .isPresent());
                (one ? idle : missing).putIfAbsent(release.reference().text(), item(release, dead));
            }
        }
        return new Found(List.copyOf(missing.values()), List.copyOf(idle.values()));
    }

    /** True for what should keep pods up: its absence is found out on the day it is needed. */
    private static boolean keeps(UnreadValues.Value value) {
        return !value.empty() && KEEPS.matcher(value.path()).find();
    }

    private static Standstill.Item item(UnreadValues unread, List<UnreadValues.Value> values) {
        String name = unread.namespace() + "/" + unread.release();
        List<Evidence> evidence = new ArrayList<>();
        for (UnreadValues.Value value : values) {
            String instead = value.instead().map(path -> "; it reads " + path).orElse("");
            evidence.add(new Evidence(
                    value.path() + " is read by no template of " + unread.chart() + instead, value.place()));
        }
        UnreadValues.Value first = values.stream()
                .filter(UnreadSettings::keeps)
                .findFirst()
                .or(() -> values.stream()
                        .filter(value -> value.instead().isPresent())
                        .findFirst())
                .orElse(values.getFirst());
        String rest = values.size() == 1 ? "" : " and " + (values.size() - 1) + " more";
        return new Standstill.Item(
                unread.reference(),
                first.place(),
                name + " has what its values ask for",
                name + " runs without what " + first.path() + rest + " asks for",
                "no template of " + unread.chart() + " reads " + first.path() + rest + " of " + name
                        + first.instead().map(path -> ", but " + path).orElse(""),
                evidence,
                Confidence.SURE);
    }

    /** True where the value is set to something that its absence would not give. */
    private static boolean asks(Release release, DeadKeys.Key key) {
        boolean counts = !key.unless().isEmpty() && Inside.yes(release.values().text(key.unless()));
        return !counts
                && release.values()
                        .at(key.path())
                        .filter(found -> !(found instanceof Tree.Scalar scalar)
                                || !List.of("", "0", "1").contains(scalar.value())
                                || key.unless().isEmpty())
                        .filter(found -> !(found instanceof Tree.Mapping) || !off(found))
                        .isPresent();
    }

    private static boolean off(Tree mapping) {
        return mapping.entries().isEmpty()
                || mapping.text("enabled")
                        .filter(text -> text.value().equals("false"))
                        .isPresent();
    }

    private static Standstill.Item item(Release release, List<DeadKeys.Key> dead) {
        String name = release.namespace() + "/" + release.name();
        List<Evidence> evidence = new ArrayList<>();
        for (DeadKeys.Key key : dead) {
            evidence.add(new Evidence(
                    key.path() + " is not read by " + release.chart() + "; it reads " + key.instead(),
                    place(release.values(), key.path())));
        }
        DeadKeys.Key first = dead.getFirst();
        evidence.add(new Evidence(
                "what the chart reads", new Assumed("chart." + release.chart() + ".unread", first.source())));
        String rest = dead.size() == 1 ? "" : " and " + (dead.size() - 1) + " more";
        return new Standstill.Item(
                release.reference(),
                place(release.values(), first.path()),
                name + " has what its values ask for",
                name + " runs without what " + first.path() + rest + " asks for",
                "no template of " + release.chart() + " reads " + first.path() + rest + " of " + name + ", but "
                        + first.instead(),
                evidence,
                Confidence.LIKELY);
    }

    /** The line of a key, which tells more than that of its value. */
    private static Declared place(Tree values, String path) {
        Tree here = values;
        Declared place = values.place();
        for (String key : path.split("\\.", -1)) {
            for (Tree.Entry entry : here.entries()) {
                if (entry.key().equals(key)) {
                    place = entry.place();
                    here = entry.value();
                    break;
                }
            }
        }
        return place;
    }
}
