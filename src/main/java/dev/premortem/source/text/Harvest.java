package dev.premortem.source.text;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Observation;
import dev.premortem.estate.OwnerAssumption;
import dev.premortem.estate.RemedyCost;
import dev.premortem.estate.Thing;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Problem;
import dev.premortem.outage.Coverage.NotUnderstood;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What readers bring in: things, objects, observations, and what was wrong or not understood. Grows while files are read. */
public final class Harvest {
    /** Things of the estate. */
    public final List<Thing> things = new ArrayList<>();

    /** Every Kubernetes object. */
    public final List<KubernetesObject> objects = new ArrayList<>();

    public final List<Observation> observations = new ArrayList<>();

    public final List<OwnerAssumption> overrides = new ArrayList<>();

    public final List<RemedyCost> costs = new ArrayList<>();

    /** Defaults of the catalogue that the owner replaced, by id. */
    public final SortedMap<String, Fact<String>> defaults = new TreeMap<>();

    public final List<Problem> problems = new ArrayList<>();

    public final List<NotUnderstood> notUnderstood = new ArrayList<>();

    /** Notes bad input at a place. */
    public void problem(Declared place, String found, String expected) {
        problem(place, found, expected, "");
    }

    /** Notes bad input at a place, with what to do. */
    public void problem(Declared place, String found, String expected, String hint) {
        problems.add(new Problem(place.file(), place.line(), place.field(), found, expected, hint));
    }

    /** Notes what was left out. */
    public void leftOut(Declared place, String kind, String reason) {
        notUnderstood.add(new NotUnderstood(place.file(), place.line(), kind, reason));
    }

    /** Notes what was left out on purpose. */
    public void aside(Declared place, String kind, String reason) {
        notUnderstood.add(NotUnderstood.aside(place.file(), place.line(), kind, reason));
    }
}
