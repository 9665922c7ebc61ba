package dev.premortem.source.gitops;

import dev.premortem.estate.AbsentChart;
import dev.premortem.estate.Thing;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Problem;
import dev.premortem.outage.Coverage.NotUnderstood;
import dev.premortem.source.render.Rendered;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a deployment leaves out and why, and which files it used. */
final class Ledger {
    final List<Problem> problems = new ArrayList<>();

    private final List<NotUnderstood> leftOut = new ArrayList<>();
    private final SortedSet<String> said = new TreeSet<>();

    /** Files whose content stands in what was deployed. */
    final SortedSet<String> used = new TreeSet<>();

    /** What became of each release that has to be rendered. */
    final List<Rendered> releases = new ArrayList<>();

    /** What became of their values. */
    final Unheeded unheeded = new Unheeded();

    /** Charts that charts of the tree take in and that are nowhere. */
    final List<AbsentChart> absent = new ArrayList<>();

    /** Programs that built kustomizations. */
    final SortedSet<String> builders = new TreeSet<>();

    void leftOut(Declared place, String kind, String reason) {
        add(new NotUnderstood(place.file(), place.line(), kind, reason));
    }

    /** Leaves out on purpose. */
    void aside(Declared place, String kind, String reason) {
        add(NotUnderstood.aside(place.file(), place.line(), kind, reason));
    }

    private void add(NotUnderstood one) {
        if (said.add(one.file() + ":" + one.line() + "\n" + one.kind() + "\n" + one.reason())) {
            leftOut.add(one);
        }
    }

    /** What charts tell besides their objects. */
    List<Thing> things(SortedMap<String, String> texts) {
        List<Thing> things = new ArrayList<>(unheeded.found(texts));
        things.addAll(absent);
        return List.copyOf(things);
    }

    List<NotUnderstood> leftOut() {
        return List.copyOf(leftOut);
    }
}
