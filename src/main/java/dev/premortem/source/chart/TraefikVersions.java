package dev.premortem.source.chart;

import dev.premortem.estate.Release;
import dev.premortem.fact.Fact;
import java.util.List;
import java.util.Optional;

/** Which Traefik a version of its chart brings: {@code appVersion} of Chart.yaml at the tags. */
final class TraefikVersions {
    private record Step(int major, int minor, String traefik) {}

    private static final List<Step> STEPS = List.of(
            new Step(5, 3, "2.1"),
            new Step(9, 0, "2.2.8"),
            new Step(9, 20, "2.4.8"),
            new Step(10, 0, "2.4.9"),
            new Step(10, 24, "2.8.0"),
            new Step(11, 0, "2.8.7"),
            new Step(19, 0, "2.9"),
            new Step(21, 0, "2.9.6"),
            new Step(22, 0, "2.9.9"),
            new Step(23, 0, "2.10.0"),
            new Step(24, 0, "2.10.4"),
            new Step(27, 0, "2.11.0"),
            new Step(28, 0, "3.0.0"),
            new Step(29, 0, "3.0.4"),
            new Step(30, 0, "3.1.0"),
            new Step(33, 0, "3.2.0"),
            new Step(34, 0, "3.3.1"),
            new Step(35, 0, "3.3.5"),
            new Step(36, 0, "3.4.1"),
            new Step(38, 0, "3.6.5"),
            new Step(39, 0, "3.6.7"),
            new Step(40, 0, "3.7.0"),
            new Step(41, 0, "3.7.5"));

    private TraefikVersions() {}

    /** The version that the last known tag before the chart's version brought; empty where the chart's version is unknown. */
    static String of(Release release) {
        Optional<String> version = release.version().map(Fact::value);
        if (version.isEmpty()) {
            return "";
        }
        List<Integer> numbers = ChartValues.numbers(version.get());
        int major = numbers.getFirst();
        int minor = numbers.size() > 1 ? numbers.get(1) : 0;
        return STEPS.stream()
                .filter(step -> step.major() < major || (step.major() == major && step.minor() <= minor))
                .reduce((first, second) -> second)
                .map(Step::traefik)
                .orElse("");
    }
}
