package dev.premortem.source.chart;

import dev.premortem.estate.Installation;
import dev.premortem.estate.MadeCertificate;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Provenance;
import dev.premortem.fact.Tree;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads from the templates of charts in the tree which certificates they make at each installation, and for how long. */
public final class MadeCertificates {
    private static final String FOLDER = "/templates/";

    private final SortedMap<String, Tree> charts = new TreeMap<>();
    private final SortedMap<String, Tree> values = new TreeMap<>();
    private final SortedMap<String, MadeCertificate> found = new TreeMap<>();

    private MadeCertificates() {}

    /**
     * One for each chart: the one that ends first.
     *
     * @param texts text of each file, templates too
     */
    public static List<MadeCertificate> of(SortedMap<String, String> texts, Collection<Tree> documents) {
        MadeCertificates reader = new MadeCertificates();
        for (Tree document : documents) {
            String file = "/" + document.place().file();
            if (file.endsWith("/Chart.yaml")) {
                reader.charts.put(Installations.folder(document.place().file()), document);
            } else if (file.endsWith("/values.yaml")) {
                reader.values.put(Installations.folder(document.place().file()), document);
            }
        }
        if (!reader.charts.isEmpty()) {
            texts.forEach(reader::template);
        }
        return List.copyOf(reader.found.values());
    }

    private void template(String file, String text) {
        int at = ("/" + file).indexOf(FOLDER);
        if (at < 0 || !text.contains("gen")) {
            return;
        }
        String folder = at == 0 ? "" : file.substring(0, at - 1);
        Tree chart = charts.get(folder);
        if (chart == null) {
            return;
        }
        Generators generators = new Generators(text);
        for (Generators.Call call : generators.calls()) {
            if (call.guards().stream().anyMatch(guard -> off(folder, guard))) {
                continue;
            }
            lifetime(folder, call, new Declared(file, call.line(), "")).ifPresent(lifetime -> {
                String name = chart.text("name").map(Fact::value).orElse(folder);
                add(new MadeCertificate(
                        Reference.of("chart", name),
                        new Declared(file, call.line(), ""),
                        name,
                        folder,
                        lifetime,
                        generators.looksUp(),
                        use(text, file)));
            });
        }
    }

    private void add(MadeCertificate made) {
        found.merge(
                made.reference().text() + " " + made.folder(),
                made,
                (first, second) ->
                        second.lifetime().value().compareTo(first.lifetime().value()) < 0 ? second : first);
    }

    private Optional<Tree> value(String folder, String path) {
        return Optional.ofNullable(values.get(folder))
                .flatMap(tree -> Installation.below(tree, List.of(path.split("\\.", -1))));
    }

    /** True where the chart's own defaults leave the call out. */
    private boolean off(String folder, String guard) {
        boolean not = guard.startsWith("!");
        Optional<String> set = value(folder, not ? guard.substring(1) : guard)
                .map(tree -> tree.text().map(Fact::value).orElse(tree instanceof Tree.Scalar ? "" : "set"));
        boolean holds = set.filter(text -> !text.isEmpty() && !text.equals("false") && !text.equals("0"))
                .isPresent();
        return holds == not;
    }

    private Optional<Fact<Duration>> lifetime(String folder, Generators.Call call, Declared place) {
        Optional<Fact<String>> set =
                call.value().flatMap(path -> value(folder, path)).flatMap(Tree::text);
        Optional<Fact<Duration>> valued = set.filter(text -> text.value().matches("[0-9]{1,6}"))
                .map(text -> text.map(days -> Duration.ofDays(Integer.parseInt(days))));
        Provenance here = place;
        return valued.or(() -> call.days().map(days -> new Fact<>(Duration.ofDays(days), here)))
                .filter(lifetime -> !lifetime.value().isZero());
    }

    private static MadeCertificate.Use use(String text, String file) {
        String words = (file + " " + text).toLowerCase(java.util.Locale.ROOT);
        if (words.contains("cabundle") || words.contains("webhook") || words.contains("apiservice")) {
            return MadeCertificate.Use.WEBHOOK;
        }
        return words.contains("ingress") || words.contains("gateway")
                ? MadeCertificate.Use.ROUTE
                : MadeCertificate.Use.OTHER;
    }
}
