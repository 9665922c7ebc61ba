package dev.premortem.model;

import dev.premortem.catalogue.Version;
import dev.premortem.estate.Estate;
import dev.premortem.estate.Installation;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Components that several clusters or environments have, and the fields in which one of them differs from the others. */
public final class Sisters {
    /** So many minor versions behind all others is no roll-out under way. */
    private static final int BEHIND_MINORS = 2;

    private static final int BEHIND_BUILDS = 10;

    /** Fewer peers than this have no majority: then two signs must agree. */
    private static final int FEWEST_PEERS = 3;

    /** So many versions must be compared before the odd one is odd, and at most this share of them may differ. */
    private static final int MANY = 10;

    private static final double FEW = 0.2;
    private static final String BUILD = "[a-zA-Z-]{0,20}\\d{1,8}";

    private Sisters() {}

    /**
     * Sisters of one component.
     *
     * @param name {@code <namespace>/<kind>/<name>} of an object, chart and name of a release
     * @param objects true where they are objects of the twin
     * @param twins true unless they are two objects in clusters that have little else in common: such clusters are of different sizes on purpose
     */
    public record Family(String name, boolean objects, List<Sister> members, boolean twins) {
        Family(String name, boolean objects, List<Sister> members) {
            this(name, objects, members, true);
        }
    }

    /**
     * A field in which some sisters differ from most.
     *
     * @param odd those that differ to their harm
     * @param others those that do not
     */
    public record Difference(Trait.Kind kind, String field, List<Sister> odd, List<Sister> others) {
        /** How the odd ones have it. */
        public Trait oddTrait(Sister sister) {
            return java.util.Objects.requireNonNull(sister.traits().get(field));
        }

        /** How the first of the others has it. */
        public Trait example() {
            return oddTrait(others.getFirst());
        }
    }

    /** The condition that holds where a workload is as its sisters are; it is the pivot of its drift, so it names no cluster before the colon. */
    public static Condition alike(Workload workload) {
        return Condition.of("component/" + family(workload), "as-its-sisters:" + workload.cluster());
    }

    private static String family(Workload workload) {
        return workload.namespace() + "/" + workload.kind() + "/" + workload.name();
    }

    /** All families of two and more: of objects, and of releases by their values, which speak also where no product is seen behind the objects. */
    public static List<Family> families(Estate estate) {
        SortedMap<String, List<Workload>> workloads = new TreeMap<>();
        for (Workload workload : estate.all(Workload.class)) {
            if (Sister.serious(workload.cluster())
                    && !workload.kind().equals("Job")
                    && !workload.kind().equals("Pod")) {
                workloads
                        .computeIfAbsent(family(workload), _ -> new ArrayList<>())
                        .add(workload);
            }
        }
        SortedMap<String, SortedSet<String>> clusters = new TreeMap<>();
        workloads.forEach((name, each) -> each.forEach(one ->
                clusters.computeIfAbsent(one.cluster(), _ -> new TreeSet<>()).add(name)));
        workloads.values().removeIf(each -> each.size() < 2);
        SortedMap<String, List<Installation>> releases = new TreeMap<>();
        for (Installation each : estate.all(Installation.class)) {
            if (Sister.serious(each.environment())) {
                releases.computeIfAbsent(each.family(), _ -> new ArrayList<>()).add(each);
            }
        }
        releases.values().removeIf(each -> each.size() < 2);
        List<Family> families = new ArrayList<>();
        if (!workloads.isEmpty()) {
            List<KubernetesObject> budgets = estate.objects("PodDisruptionBudget");
            WorkloadTraits reader = new WorkloadTraits(budgets);
            workloads.forEach((name, each) -> families.add(
                    new Family(name, true, each.stream().map(reader::of).toList(), twins(each, clusters))));
        }
        releases.forEach((name, each) -> families.add(new Family(name, false, ValueTraits.of(each))));
        return families;
    }

    /** Two clusters are twins where each has at least half of what the other has; three and more speak by their majority. */
    private static boolean twins(List<Workload> pair, SortedMap<String, SortedSet<String>> clusters) {
        if (pair.size() >= FEWEST_PEERS) {
            return true;
        }
        SortedSet<String> one = clusters.getOrDefault(pair.getFirst().cluster(), new TreeSet<>());
        SortedSet<String> other = clusters.getOrDefault(pair.getLast().cluster(), new TreeSet<>());
        long shared = one.stream().filter(other::contains).count();
        return 2 * shared >= Math.max(one.size(), other.size());
    }

    /**
     * Components whose production is behind its staging, where nearly all others have the same version in both: staging goes ahead for a while, and comes to rest
     * again. A family each, with what says so.
     */
    public static SortedMap<Family, List<Difference>> laggards(Estate estate) {
        SortedMap<String, List<Installation>> families = new TreeMap<>();
        for (Installation each : estate.all(Installation.class)) {
            if (Sister.serious(each.environment()) || Sister.rehearsal(each.environment())) {
                families.computeIfAbsent(each.family(), _ -> new ArrayList<>()).add(each);
            }
        }
        families.values().removeIf(each -> each.size() != 2);
        SortedMap<Family, List<Difference>> behind = new TreeMap<>(Comparator.comparing(Family::name));
        int compared = 0;
        int different = 0;
        for (List<Installation> pair : families.values()) {
            List<Sister> sisters = ValueTraits.of(pair);
            Sister production = sisters.get(Sister.serious(pair.getFirst().environment()) ? 0 : 1);
            Sister rehearsal = sisters.get(Sister.serious(pair.getFirst().environment()) ? 1 : 0);
            if (production.serious() == rehearsal.serious()) {
                continue;
            }
            for (String field : production.traits().keySet()) {
                Trait mine =
                        java.util.Objects.requireNonNull(production.traits().get(field));
                Trait theirs = rehearsal.traits().get(field);
                if (mine.kind() == Trait.Kind.VERSION && theirs != null) {
                    compared++;
                    different += mine.value().equals(theirs.value()) ? 0 : 1;
                    if (older(mine.value(), theirs.value())) {
                        Family family = new Family(pair.getFirst().family(), false, sisters);
                        behind.computeIfAbsent(family, _ -> new ArrayList<>())
                                .add(new Difference(
                                        Trait.Kind.VERSION, field, List.of(production), List.of(rehearsal)));
                    }
                }
            }
        }
        return compared >= MANY && different <= FEW * compared ? behind : java.util.Collections.emptySortedMap();
    }

    /** True where one tag is far behind the other: ten builds where it is a single number, otherwise as between sisters. */
    private static boolean older(String mine, String other) {
        return mine.matches(BUILD) && other.matches(BUILD)
                ? Integer.parseInt(mine.replaceFirst("^\\D+", "")) + BEHIND_BUILDS
                        <= Integer.parseInt(other.replaceFirst("^\\D+", ""))
                : behind(mine, other);
    }

    /** The differences of a family that are worth a word, those that start an outage first; empty where none does. */
    public static List<Difference> differences(Family family) {
        SortedSet<String> fields = new TreeSet<>();
        family.members().forEach(member -> fields.addAll(member.traits().keySet()));
        List<Difference> all = new ArrayList<>();
        for (String field : fields) {
            difference(family, field).ifPresent(all::add);
        }
        List<Difference> found = List.copyOf(all);
        all.sort(Comparator.comparing((Difference each) -> !starts(family, each, found))
                .thenComparing(Difference::kind)
                .thenComparing(Difference::field));
        return !all.isEmpty() && starts(family, all.getFirst(), all) ? List.copyOf(all) : List.of();
    }

    private static boolean starts(Family family, Difference each, List<Difference> all) {
        if (family.objects() && each.kind() == Trait.Kind.REPLICAS && decided(each)) {
            return false;
        }
        int peers = each.odd().size() + each.others().size();
        if (peers >= FEWEST_PEERS) {
            boolean alone = family.objects() && each.odd().size() == 1 && each.kind() != Trait.Kind.STRATEGY;
            return each.kind().starts() || alone;
        }
        if (each.kind() == Trait.Kind.PERSISTENCE && family.objects()) {
            return true; // a sister's claim says that the same path holds what must last
        }
        return each.kind() == Trait.Kind.REPLICAS
                && (family.objects()
                        ? family.twins()
                        : all.stream()
                                .anyMatch(other -> other.kind() != Trait.Kind.REPLICAS
                                        && other.kind().redundancy()
                                        && other.odd().equals(each.odd())));
    }

    /** True where somebody wrote the odd counts, and one of the others, in patches for those places alone: how many pods fit is known there and not here. */
    private static boolean decided(Difference each) {
        return each.odd().stream().allMatch(sister -> patched(sister, each.field(), each.others()))
                && each.others().stream().anyMatch(sister -> patched(sister, each.field(), each.odd()));
    }

    /** True where a file that is not the object's own, and that none of those that differ has it from, sets the field of a sister. */
    private static boolean patched(Sister sister, String field, List<Sister> differing) {
        return files(sister, field).stream()
                .anyMatch(file -> !file.equals(sister.place().file())
                        && differing.stream()
                                .noneMatch(other -> files(other, field).contains(file)));
    }

    private static List<String> files(Sister sister, String field) {
        return Optional.ofNullable(sister.traits().get(field)).stream()
                .flatMap(trait -> trait.evidence().stream())
                .map(Evidence::provenance)
                .filter(Declared.class::isInstance)
                .map(place -> ((Declared) place).file())
                .toList();
    }

    private static Optional<Difference> difference(Family family, String field) {
        List<Sister> known = family.members().stream()
                .filter(member -> member.traits().containsKey(field))
                .toList();
        if (known.size() < 2) {
            return Optional.empty();
        }
        Trait.Kind kind = java.util.Objects.requireNonNull(
                        known.getFirst().traits().get(field))
                .kind();
        List<Sister> odd = new ArrayList<>();
        List<Sister> others = new ArrayList<>();
        if (kind.plain()) {
            plain(field, kind, known, odd, others);
        } else {
            for (Sister member : known) {
                boolean good = java.util.Objects.requireNonNull(member.traits().get(field))
                        .good();
                (good ? others : odd).add(member);
            }
        }
        boolean pair = known.size() == 2 && !kind.plain();
        boolean most = others.size() > odd.size() && others.size() >= 2;
        return odd.isEmpty() || others.isEmpty() || !(pair || most)
                ? Optional.empty()
                : Optional.of(new Difference(kind, field, List.copyOf(odd), List.copyOf(others)));
    }

    /** One that has another value than all others, of at least three; a version only where it is far behind. */
    private static void plain(
            String field, Trait.Kind kind, List<Sister> known, List<Sister> odd, List<Sister> others) {
        for (Sister member : known) {
            String mine = value(member, field);
            boolean alone = known.size() >= FEWEST_PEERS
                    && known.stream()
                            .allMatch(other -> other.equals(member)
                                    || (kind == Trait.Kind.VERSION
                                            ? behind(mine, value(other, field))
                                            : !value(other, field).equals(mine) && agree(known, member, field)));
            (alone ? odd : others).add(member);
        }
    }

    private static String value(Sister member, String field) {
        return java.util.Objects.requireNonNull(member.traits().get(field)).value();
    }

    private static boolean agree(List<Sister> known, Sister without, String field) {
        return known.stream()
                        .filter(each -> !each.equals(without))
                        .map(each -> value(each, field))
                        .distinct()
                        .count()
                == 1;
    }

    static boolean behind(String mine, String other) {
        Optional<Version> here = Version.parse(mine);
        Optional<Version> there = Version.parse(other);
        return here.isPresent()
                && there.isPresent()
                && (here.get().major() < there.get().major()
                        || (here.get().major() == there.get().major()
                                && there.get().minor() - here.get().minor() >= BEHIND_MINORS));
    }
}
