package dev.premortem.source.chart;

import dev.premortem.estate.Release;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The values of one release, each with the line that set it or, where none did, the chart's default as an assumption. */
final class ChartValues {
    private final Release release;
    private final String source;

    ChartValues(Release release, String source) {
        this.release = release;
        this.source = source;
    }

    Tree tree() {
        return release.values();
    }

    Optional<Tree> at(String path) {
        return release.values()
                .at(path)
                .filter(found -> !(found instanceof Tree.Scalar scalar) || scalar.kind() != Tree.Scalar.Kind.NULL);
    }

    /** The place of a value's key or, where it is not set, of the nearest key above it. */
    Declared place(String path) {
        Tree here = release.values();
        Declared place = here.place();
        for (String key : path.split("\\.", 0)) {
            Optional<Tree.Entry> found = here.entries().stream()
                    .filter(entry -> entry.key().equals(key))
                    .findFirst();
            if (found.isEmpty()) {
                return place;
            }
            place = found.get().place();
            here = found.get().value();
        }
        return place;
    }

    Optional<Fact<String>> text(String path) {
        return release.values().text(path).filter(fact -> !fact.value().isBlank());
    }

    /** The text at a path, or the chart's default as an assumption that names the field. */
    Fact<String> text(String path, String standard) {
        return text(path).orElseGet(() -> assumed(path, standard));
    }

    Fact<Boolean> flag(String path, boolean standard) {
        return text(path).map(fact -> fact.map("true"::equals)).orElseGet(() -> assumed(path, standard));
    }

    Fact<Integer> integer(String path, int standard) {
        return text(path)
                .filter(fact -> fact.value().matches("[0-9]{1,9}"))
                .map(fact -> fact.map(Integer::parseInt))
                .orElseGet(() -> assumed(path, standard));
    }

    <T> Fact<T> assumed(String path, T standard) {
        return new Fact<>(standard, new Assumed("chart." + release.chart() + "." + path, source));
    }

    /** Compares the version of the chart; an unknown version counts as the newest. */
    boolean before(int major) {
        return numbers(release.version().map(Fact::value).orElse("999")).getFirst() < major;
    }

    /** Leading numbers of a version, at least one: {@code v10.19.4} is 10, 19, 4; a range counts by its first number. */
    static List<Integer> numbers(String version) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : version.replaceAll("^[^0-9]*", "").split("[^0-9]+", 0)) {
            if (!part.isEmpty() && part.length() < 9) {
                numbers.add(Integer.parseInt(part));
            }
        }
        return numbers.isEmpty() ? List.of(999) : numbers;
    }
}
