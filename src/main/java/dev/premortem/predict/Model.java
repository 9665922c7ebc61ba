package dev.premortem.predict;

import dev.premortem.engine.sweep.Trial;
import dev.premortem.engine.timeline.Prepared;
import dev.premortem.estate.Estate;
import dev.premortem.estate.Link;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Problem;
import dev.premortem.mechanism.Mechanism;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Coverage;
import dev.premortem.twin.ChoiceCycle;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Twin;
import dev.premortem.twin.TwinBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An estate with everything that the mechanisms know of it, compiled.
 *
 * @param notRun mechanisms that lack a fact
 * @param problems bad input that only the twin shows
 * @param families basic conditions by the name of their family
 * @param resting trials when all healing has come to rest
 * @param passing trials before anything healed
 */
record Model(
        Sketch sketch,
        List<Mechanism> mechanisms,
        Prepared prepared,
        Twin settled,
        Twin atOnce,
        List<Coverage.NotRun> notRun,
        List<Problem> problems,
        SortedMap<String, List<Condition>> families,
        Trial resting,
        Trial passing) {
    /** The live twin. */
    Twin live() {
        return prepared.twin();
    }

    static Model of(Estate estate, Request request) {
        return of(estate, request, false);
    }

    /** The same with what nobody declared and still counts: causes that links share, and a failover that nobody tried. */
    static Model withUnseen(Estate estate, Request request) {
        return of(estate, request, true);
    }

    private static Model of(Estate estate, Request request, boolean unseen) {
        try {
            return draw(estate, request, unseen, List.of());
        } catch (ChoiceCycle cycle) {
            // Bad input: a link that is chosen depends on what it carries. Told, and the rest is judged without that
            // need.
            return draw(withoutThingCauses(estate), request, unseen, problems(estate, cycle));
        }
    }

    private static List<Problem> problems(Estate estate, ChoiceCycle cycle) {
        List<Problem> problems = new ArrayList<>();
        String members = cycle.members().stream()
                .map(Condition::thing)
                .distinct()
                .limit(6)
                .collect(Collectors.joining(", "));
        for (Link link : estate.all(Link.class)) {
            boolean member = cycle.members().stream()
                    .anyMatch(condition ->
                            condition.thing().equals(link.reference().text()));
            for (Fact<String> cause : link.causes()) {
                if (member && cause.value().contains("/") && cause.provenance() instanceof Declared place) {
                    problems.add(new Problem(
                            place.file(),
                            place.line(),
                            place.field(),
                            link.reference() + " depends on " + cause.value()
                                    + ", which depends on what is sent over that link (" + members + ")",
                            "a cause that does not itself need the link",
                            "name what the gateway runs on instead"));
                }
            }
        }
        return problems;
    }

    private static Estate withoutThingCauses(Estate estate) {
        List<Link> links = estate.all(Link.class).stream()
                .map(link -> new Link(
                        link.name(),
                        link.place(),
                        link.from(),
                        link.to(),
                        link.mtuBytes(),
                        link.preference(),
                        link.provider(),
                        link.causes().stream()
                                .filter(cause -> !cause.value().contains("/"))
                                .toList(),
                        link.pmtud(),
                        link.mssClampBytes(),
                        link.probe(),
                        link.convergence(),
                        link.oversize(),
                        link.failure()))
                .toList();
        return estate.with(links);
    }

    private static Model draw(Estate estate, Request request, boolean unseen, List<Problem> problems) {
        Sketch sketch = new Sketch(estate, request.now(), request.horizon(), Sketch.Moment.PREDICTION, unseen);
        List<Mechanism> run = new ArrayList<>();
        List<Coverage.NotRun> notRun = new ArrayList<>();
        for (Mechanism mechanism : all()) {
            if (!request.mechanisms().isEmpty() && !request.mechanisms().contains(mechanism.id())) {
                continue;
            }
            mechanism.lacks(sketch).ifPresent(lacks -> notRun.add(new Coverage.NotRun(mechanism.id(), lacks)));
            mechanism.contribute(sketch);
            run.add(mechanism);
        }
        TwinBuilder.Forms forms = sketch.twin().compile();
        return new Model(
                sketch,
                List.copyOf(run),
                Prepared.of(forms.live()),
                forms.settled(),
                forms.atOnce(),
                List.copyOf(notRun),
                Stream.concat(problems.stream(), sketch.figures().unheard().stream())
                        .toList(),
                familiesOf(forms.live()),
                new Trial(forms.settled()),
                new Trial(forms.atOnce()));
    }

    private static SortedMap<String, List<Condition>> familiesOf(Twin live) {
        SortedMap<String, List<Condition>> families = new TreeMap<>();
        for (int i = 0; i < live.size(); i++) {
            if (live.kind[i] == Twin.BASIC) {
                Condition condition = live.condition(i);
                families.computeIfAbsent(condition.family(), _ -> new ArrayList<>())
                        .add(condition);
            }
        }
        return families;
    }

    /** All mechanisms on the class path, sorted by id. */
    static List<Mechanism> all() {
        return ServiceLoader.load(Mechanism.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Mechanism::id))
                .toList();
    }

    Mechanism mechanism(String id) {
        return mechanisms.stream()
                .filter(mechanism -> mechanism.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no mechanism " + id));
    }

    boolean has(String id) {
        return mechanisms.stream().anyMatch(mechanism -> mechanism.id().equals(id));
    }

    /** The pivot that conditions of one kind share: {@code link/backup#packets} for every flow that does not fit. */
    static String family(Condition condition) {
        return condition.family();
    }

    /** Conditions that stand lost from the start, by mechanism and family. */
    SortedMap<String, SortedMap<String, SortedSet<Condition>>> standing() {
        SortedMap<String, SortedMap<String, SortedSet<Condition>>> standing = new TreeMap<>();
        for (int i = 0; i < settled.size(); i++) {
            String mechanism = settled.meaning(i).mechanism();
            if (settled.kind[i] == Twin.BASIC && !settled.initial[i] && !mechanism.isEmpty()) {
                Condition condition = settled.condition(i);
                standing.computeIfAbsent(mechanism, _ -> new TreeMap<>())
                        .computeIfAbsent(family(condition), _ -> new TreeSet<>())
                        .add(condition);
            }
        }
        return standing;
    }
}
