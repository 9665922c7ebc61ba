package dev.premortem.source;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Coverage;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.text.Secrets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts what was understood: per kind, and of what has to be rendered. */
final class Understood {
    private static final int GAP = 0;
    private static final int UNDERSTOOD = 1;
    private static final int ASIDE = 2;

    private final SortedMap<String, int[]> counts = new TreeMap<>();

    private Understood() {}

    /** Counts documents against the gaps at their places; a gap where no document stands was left out before it became one. */
    static List<Coverage.Kind> kinds(List<Document> documents, List<Coverage.NotUnderstood> gaps) {
        Map<String, List<Coverage.NotUnderstood>> byPlace = new LinkedHashMap<>();
        gaps.forEach(gap -> byPlace.computeIfAbsent(gap.file() + ":" + gap.line(), place -> new ArrayList<>())
                .add(gap));
        Set<String> files = new HashSet<>();
        gaps.forEach(gap -> files.add(gap.file()));
        Understood understood = new Understood();
        TreeSet<String> met = new TreeSet<>();
        for (Document document : documents) {
            Declared at = document.tree().place();
            String place = files.contains(at.file()) ? at.at() : "";
            List<Coverage.NotUnderstood> here = byPlace.getOrDefault(place, List.of());
            String kind = kind(document.tree());
            if (here.isEmpty()) {
                understood.count(kind.isEmpty() ? "values" : kind, UNDERSTOOD);
            } else {
                met.add(place);
                Coverage.NotUnderstood gap = here.removeFirst();
                understood.count(kind.isEmpty() ? gap.kind() : kind, gap.aside() ? ASIDE : GAP);
            }
        }
        byPlace.forEach((place, rest) -> {
            if (!met.contains(place)) {
                rest.forEach(gap -> understood.count(gap.kind(), gap.aside() ? ASIDE : GAP));
            }
        });
        return understood.counts.entrySet().stream()
                .map(entry -> new Coverage.Kind(
                        entry.getKey(),
                        Arrays.stream(entry.getValue()).sum(),
                        entry.getValue()[UNDERSTOOD],
                        entry.getValue()[ASIDE]))
                .toList();
    }

    private void count(String kind, int what) {
        counts.computeIfAbsent(kind.isEmpty() ? "no kind" : kind, name -> new int[3])[what]++;
    }

    private static String kind(Tree tree) {
        if (tree instanceof Tree.Scalar scalar) {
            return scalar.value().contains("-----BEGIN ") ? "certificate file" : "zone file";
        }
        return Secrets.kubeconfig(tree)
                ? "kubeconfig"
                : Secrets.acmeStore(tree)
                        ? "ACME store"
                        : tree.text("kind").map(Fact::value).orElse("");
    }

    /** The reason without the chart's name, so that forty charts elsewhere are one line. */
    private static String alike(String reason) {
        if (reason.equals("is not rendered")) {
            return "rendering is off";
        }
        return reason.contains("--fetch gets it")
                ? "elsewhere (--fetch gets those with an exact version)"
                : reason.contains("only an exact one") ? "elsewhere, without an exact version" : reason;
    }

    /**
     * What became of releases, one result for each.
     *
     * @param builders programs that built kustomizations
     */
    static Coverage.Rendering rendering(List<Rendered> results, Collection<String> builders) {
        SortedMap<String, Integer> gaps = new TreeMap<>();
        TreeSet<String> by = new TreeSet<>(builders);
        for (Rendered result : results) {
            result.gap().map(Understood::alike).ifPresent(reason -> gaps.merge(reason, 1, Integer::sum));
            result.by().ifPresent(by::add);
        }
        List<Coverage.Rendering.Gap> sorted = gaps.entrySet().stream()
                .map(entry -> new Coverage.Rendering.Gap(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing((Coverage.Rendering.Gap gap) -> -gap.releases())
                        .thenComparing(Coverage.Rendering.Gap::reason))
                .toList();
        return new Coverage.Rendering(results.size(), sorted, List.copyOf(by));
    }
}
