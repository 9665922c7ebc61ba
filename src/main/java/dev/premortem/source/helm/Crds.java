package dev.premortem.source.helm;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.Texts;
import java.util.ArrayList;
import java.util.List;

/** The objects of {@code crds/} in a chart and those in it, which Helm installs as they stand and helm-java leaves out. */
final class Crds {
    private Crds() {}

    static List<Tree> of(ChartFiles chart, List<Problem> problems) {
        List<Tree> found = new ArrayList<>();
        Harvest harvest = new Harvest();
        chart.parts().values().forEach(part -> {
            String folder = part.folder() + "crds/";
            chart.files().tailMap(folder).forEach((path, content) -> {
                boolean yaml = path.endsWith(".yaml") || path.endsWith(".yml") || path.endsWith(".json");
                if (path.startsWith(folder) && yaml) {
                    Texts.read(content.origin(), content.text(), _ -> false, Limits.DEFAULT, harvest)
                            .forEach(parsed -> found.add(parsed.tree()));
                }
            });
        });
        problems.addAll(harvest.problems);
        return found.stream()
                .filter(tree -> tree.text("kind").isPresent())
                .filter(distinct())
                .toList();
    }

    /** The same chart may be there under two names. */
    private static java.util.function.Predicate<Tree> distinct() {
        java.util.Set<Declared> places = new java.util.TreeSet<>();
        return tree -> places.add(tree.place());
    }
}
