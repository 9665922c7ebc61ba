package dev.premortem.fidelity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** The list of known hazards and fine cases beside the shared estates, scored against what {@code check} finds there. */
final class KnownHazards {
    private final List<Scored> scored;

    private KnownHazards(List<Scored> scored) {
        this.scored = List.copyOf(scored);
    }

    /**
     * One row of the list.
     *
     * @param mechanisms any of these is right
     */
    record Case(String tree, String file, int line, Set<String> mechanisms, boolean hazard, boolean sure, String id) {
        static Case of(Map<String, String> row) {
            return new Case(
                    row.getOrDefault("tree", ""),
                    row.getOrDefault("file", ""),
                    Integer.parseInt(row.getOrDefault("line", "0")),
                    new TreeSet<>(List.of(row.getOrDefault("mechanism", "").split("\\|"))),
                    row.getOrDefault("verdict", "").equals("hazard"),
                    row.getOrDefault("sure", "").equals("high"),
                    row.getOrDefault("id", ""));
        }
    }

    /**
     * A row with what was found for it.
     *
     * @param by outages of its mechanism with evidence at its line
     * @param others outages of another mechanism there
     */
    record Scored(Case row, List<Found> by, List<Found> others) {
        /** True for a hazard that was found. */
        boolean recalled() {
            return row.hazard() && !by.isEmpty();
        }

        /** True for a fine case that is told at high or above. */
        boolean falseAlarm() {
            return !row.hazard() && by.stream().anyMatch(Found::high);
        }
    }

    /** How many of how many. */
    record Figure(long found, long of) {
        /** Found of each hundred. */
        double percent() {
            return of == 0 ? 0 : 100.0 * found / of;
        }
    }

    /**
     * Scores the list of a folder of estates.
     *
     * @param check what {@code check --format json} prints for a tree
     */
    static KnownHazards score(Path estates, Function<Path, String> check) {
        Map<String, List<Case>> byTree = new LinkedHashMap<>();
        for (Map<String, String> row : Csv.read(estates.resolve("known-hazards.csv"))) {
            Case known = Case.of(row);
            byTree.computeIfAbsent(known.tree(), _ -> new ArrayList<>()).add(known);
        }
        List<Scored> scored = new ArrayList<>();
        byTree.forEach((tree, cases) -> {
            List<Found> found = Found.of(check.apply(estates.resolve(tree)));
            for (Case known : cases) {
                List<Found> near = found.stream()
                        .filter(outage -> outage.near(known.file(), known.line()))
                        .toList();
                scored.add(new Scored(
                        known,
                        near.stream()
                                .filter(outage -> known.mechanisms().contains(outage.mechanism()))
                                .toList(),
                        near.stream()
                                .filter(outage -> !known.mechanisms().contains(outage.mechanism()))
                                .toList()));
            }
        });
        return new KnownHazards(scored);
    }

    /** All rows, as the list has them. */
    List<Scored> scored() {
        return scored;
    }

    /** Hazards that are marked sure. */
    Figure sure() {
        return hazards(one -> one.row().sure());
    }

    /** All hazards. */
    Figure all() {
        return hazards(_ -> true);
    }

    /** Fine cases told at high or above. */
    Figure falseAlarms() {
        return new Figure(
                scored.stream().filter(Scored::falseAlarm).count(),
                scored.stream().filter(one -> !one.row().hazard()).count());
    }

    /** Hazards by mechanism; where several are right, by the list's first. */
    Map<String, Figure> byMechanism() {
        Map<String, Figure> figures = new TreeMap<>();
        Set<String> names = new TreeSet<>();
        scored.stream().filter(one -> one.row().hazard()).forEach(one -> names.add(name(one.row())));
        names.forEach(name -> figures.put(name, hazards(one -> name(one.row()).equals(name))));
        return figures;
    }

    static String name(Case row) {
        return String.join(" or ", row.mechanisms());
    }

    private Figure hazards(Predicate<Scored> which) {
        List<Scored> hazards = scored.stream()
                .filter(one -> one.row().hazard() && which.test(one))
                .toList();
        return new Figure(hazards.stream().filter(Scored::recalled).count(), hazards.size());
    }
}
