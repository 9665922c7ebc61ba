package dev.premortem.estate;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The things of an estate by kind and reference. Immutable. */
final class Things {
    private final Map<Class<?>, Map<Reference, Thing>> byReference = new HashMap<>();
    private final Map<Class<?>, List<Thing>> byKind = new HashMap<>();
    private final List<Thing> all;

    /** @param things of two with one reference and class the later wins */
    Things(Collection<? extends Thing> things) {
        things.forEach(thing -> byReference
                .computeIfAbsent(thing.getClass(), _ -> new HashMap<>())
                .put(thing.reference(), thing));
        byReference.forEach((kind, found) -> byKind.put(
                kind,
                found.values().stream()
                        .sorted(Comparator.comparing(Thing::reference))
                        .toList()));
        this.all = byKind.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().getSimpleName()))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    /** Every thing, sorted by kind and reference. */
    List<Thing> all() {
        return all;
    }

    /** All things of one kind, sorted by reference. */
    @SuppressWarnings("unchecked") // things are listed by their own class
    <T extends Thing> List<T> all(Class<T> kind) {
        return (List<T>) byKind.getOrDefault(kind, List.of());
    }

    /** The thing of a kind with this reference. */
    <T extends Thing> Optional<T> find(Class<T> kind, Reference reference) {
        return Optional.ofNullable(byReference.getOrDefault(kind, Map.of()).get(reference))
                .map(kind::cast);
    }
}
