package dev.premortem.estate;

import dev.premortem.fact.Assumption;
import dev.premortem.fact.Fact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that was read, indexed. Immutable; lists are sorted by reference so that the order of files does not show. */
public final class Estate {
    private final Things things;
    private final List<KubernetesObject> objects;
    private final Map<String, List<KubernetesObject>> objectsByKind = new HashMap<>();
    private final SortedMap<String, KubernetesObject> objectsByReference = new TreeMap<>();
    private final List<Observation> observations;
    private final SortedMap<String, List<Observation>> observationsByThing = new TreeMap<>();
    private final List<OwnerAssumption> overrides;
    private final SortedMap<String, Fact<String>> defaults;
    private final List<RemedyCost> costs;

    /** Without costs of remedies. */
    public Estate(
            Collection<? extends Thing> things,
            Collection<KubernetesObject> objects,
            Collection<Observation> observations,
            Collection<OwnerAssumption> overrides,
            Map<String, Fact<String>> defaults) {
        this(things, objects, observations, overrides, defaults, List.of());
    }

    /**
     * @param things of all kinds; of two with one reference and class the later wins
     * @param objects every Kubernetes object as read
     * @param defaults {@code Assumptions.spec.defaults} by the id of the assumption
     * @param costs {@code Assumptions.spec.costs}, in the order of the files
     */
    public Estate(
            Collection<? extends Thing> things,
            Collection<KubernetesObject> objects,
            Collection<Observation> observations,
            Collection<OwnerAssumption> overrides,
            Map<String, Fact<String>> defaults,
            Collection<RemedyCost> costs) {
        this.things = new Things(things);
        this.objects = objects.stream()
                .sorted(Comparator.comparing(KubernetesObject::reference)
                        .thenComparing(object -> object.tree().place()))
                .toList();
        this.objects.forEach(object -> {
            objectsByReference.put(object.reference().text(), object);
            objectsByKind.computeIfAbsent(object.kind(), _ -> new ArrayList<>()).add(object);
        });
        this.observations = observations.stream()
                .sorted(Comparator.comparing(Observation::of)
                        .thenComparing(Observation::fact)
                        .thenComparing(observation -> observation.provenance().at()))
                .toList();
        this.observations.forEach(observation -> observationsByThing
                .computeIfAbsent(observation.of().text(), name -> new ArrayList<>())
                .add(observation));
        this.overrides = List.copyOf(overrides);
        this.defaults = new TreeMap<>(defaults);
        this.costs = List.copyOf(costs);
    }

    /** All things of one kind, sorted by reference. */
    public <T extends Thing> List<T> all(Class<T> kind) {
        return things.all(kind);
    }

    /** The thing of a kind with this reference. */
    public <T extends Thing> Optional<T> find(Class<T> kind, Reference reference) {
        return things.find(kind, reference);
    }

    /** Every thing, sorted by kind and reference. */
    public Collection<Thing> things() {
        return things.all();
    }

    /** Every Kubernetes object as read, sorted by reference. */
    public List<KubernetesObject> objects() {
        return objects;
    }

    /** The Kubernetes objects of one kind, of whatever version, sorted by reference. */
    public List<KubernetesObject> objects(String kind) {
        return Collections.unmodifiableList(objectsByKind.getOrDefault(kind, List.of()));
    }

    /** The Kubernetes object with this reference. */
    public Optional<KubernetesObject> object(Reference reference) {
        return Optional.ofNullable(objectsByReference.get(reference.text()));
    }

    /** Observations of one fact of one thing, oldest first. */
    public List<Observation> observations(Reference of, String fact) {
        return observationsByThing.getOrDefault(of.text(), List.of()).stream()
                .filter(observation -> observation.fact().equals(fact))
                .toList();
    }

    /** All observations. */
    public List<Observation> observations() {
        return observations;
    }

    /** The owner's assumption about a fact of a thing, the last where several are given. */
    public Optional<Fact<String>> override(Reference of, String fact) {
        return overrides.stream()
                .filter(override -> override.of().equals(of) && override.fact().equals(fact))
                .map(OwnerAssumption::value)
                .reduce((first, second) -> second);
    }

    /** All overrides. */
    public List<OwnerAssumption> overrides() {
        return overrides;
    }

    /** What the owner declared in place of a default of the catalogue. */
    public Optional<Fact<String>> declaredDefault(Assumption<?> assumption) {
        return Optional.ofNullable(defaults.get(assumption.id()));
    }

    /** {@code Assumptions.spec.defaults}, by id. */
    public SortedMap<String, Fact<String>> defaults() {
        return Collections.unmodifiableSortedMap(defaults);
    }

    /** What remedies cost, by the owner. */
    public List<RemedyCost> costs() {
        return costs;
    }

    /** An estate with some things replaced or added, all else as it is. */
    public Estate with(Collection<? extends Thing> changed) {
        List<Thing> all = new ArrayList<>(things.all());
        all.addAll(changed);
        return new Estate(all, objects, observations, overrides, defaults, costs);
    }

    /** The same where one default has another value, to try what it would change. */
    public Estate assuming(Assumption<?> assumption, String value) {
        SortedMap<String, Fact<String>> changed = new TreeMap<>(defaults);
        changed.put(assumption.id(), new Fact<>(value, assumption.fact().provenance()));
        return new Estate(things.all(), objects, observations, overrides, changed, costs);
    }
}
