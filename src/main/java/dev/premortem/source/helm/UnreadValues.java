package dev.premortem.source.helm;

import dev.premortem.fact.Tree;
import dev.premortem.source.render.Unread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values of a user, and of a chart of the tree for the charts in it, that no template of the chart and of those in it could read. Where it is not certain nothing is said: of what the chart's own
 * values name, of what is read as a whole, of lists, and of what Helm gives to all charts.
 */
final class UnreadValues {
    /** Keys that Helm itself reads, or that are not there to be read. */
    private static final Set<String> HELMS = Set.of("global", "tags", "exports");

    /** Keys that stand below so many others that the one which is read is not what is meant. */
    private static final Set<String> COMMON =
            Set.of("annotations", "enabled", "host", "labels", "name", "path", "port", "type", "url");

    private static final Set<String> COUNTS = Set.of("replicas", "replicacount");

    private final ValueReads reads;
    private final List<Unread> found = new ArrayList<>();

    private UnreadValues(ValueReads reads) {
        this.reads = reads;
    }

    /** In the order of the values; a key stands for all below it. */
    static List<Unread> of(ChartFiles chart, List<Tree> users) {
        Tree defaults = EffectiveValues.defaults(chart);
        List<Tree> all = new ArrayList<>(users);
        all.add(defaults);
        UnreadValues unread = new UnreadValues(ValueReads.of(chart, all));
        users.forEach(user -> unread.walk(user, "", Optional.of(defaults)));
        chart.ownValues().ifPresent(own -> {
            Tree inner = EffectiveValues.ofInner(chart);
            unread.walk(handedOn(chart, own), "", Optional.of(inner));
        });
        return List.copyOf(unread.found);
    }

    /** What a chart of the tree sets for the charts in it: of these it is the user. What its own templates would read is its own affair. */
    private static Tree handedOn(ChartFiles chart, Tree own) {
        SortedMap<String, ChartFiles.Part> parts = new TreeMap<>();
        chart.parts().values().forEach(part -> parts.put(part.valuesPath(), part));
        return new Tree.Mapping(
                own.place(),
                own.entries().stream()
                        .filter(entry -> !entry.key().isEmpty() && parts.containsKey(entry.key()))
                        .toList());
    }

    private void walk(Tree values, String path, Optional<Tree> own) {
        for (Tree.Entry entry : values.entries()) {
            String here = path + entry.key() + "\n";
            if (spared(entry) || reads.whole(here)) {
                continue;
            }
            Optional<Tree> default_ = own.filter(Tree.Mapping.class::isInstance)
                    .flatMap(mapping -> ((Tree.Mapping) mapping).get(entry.key()));
            if (reads.below(here)) {
                walk(entry.value(), here, default_);
            } else if (default_.isEmpty()) {
                found.add(new Unread(
                        here.strip().replace('\n', '.'),
                        entry.place(),
                        Math.max(entry.place().line(), last(entry.value())),
                        instead(path, entry.key()),
                        empty(entry.value())));
            }
        }
    }

    /** Keys that are there for people or for YAML: {@code x-limits: &limits}. */
    private static boolean spared(Tree.Entry entry) {
        String key = entry.key();
        boolean nothing = entry.value() instanceof Tree.Scalar scalar && scalar.kind() == Tree.Scalar.Kind.NULL;
        return nothing
                || HELMS.contains(key)
                || key.startsWith("x-")
                || !key.matches("[\\p{L}].*")
                || key.contains("\n");
    }

    private static boolean empty(Tree value) {
        return value instanceof Tree.Scalar scalar
                ? Set.of("", "false", "0").contains(scalar.value())
                : value.scalars().allMatch(UnreadValues::empty);
    }

    private static int last(Tree value) {
        return value.scalars()
                .mapToInt(scalar -> scalar.place().line())
                .max()
                .orElse(value.place().line());
    }

    /** What is read beside it under almost the same name or, where that is one thing only, what is read under all of its keys elsewhere. */
    private Optional<String> instead(String path, String key) {
        List<String> beside = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        for (String other : reads.paths()) {
            int cut = other.lastIndexOf('\n', other.length() - 2) + 1;
            String name = plain(other.substring(cut, other.length() - 1));
            boolean near = other.substring(0, cut).equals(path);
            if (near && (name.equals(plain(key)) || (COUNTS.contains(name) && COUNTS.contains(plain(key))))) {
                beside.add(other.strip().replace('\n', '.'));
            } else if (other.endsWith("\n" + path + key + "\n") && !(path.isEmpty() && COMMON.contains(key))) {
                elsewhere.add(other.strip().replace('\n', '.'));
            }
        }
        List<String> chosen = beside.isEmpty() ? elsewhere : beside;
        return chosen.size() == 1 ? Optional.of(chosen.getFirst()) : Optional.empty();
    }

    private static String plain(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }
}
