package dev.premortem.source.openpsa;

import dev.premortem.engine.cuts.CyclicTree;
import dev.premortem.engine.cuts.FaultTree;
import dev.premortem.engine.cuts.LatinHypercube;
import dev.premortem.fact.Problem;
import dev.premortem.source.openpsa.Names.Definition;
import dev.premortem.source.text.Near;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads fault trees of the Open-PSA model exchange format (version 2.0d and what SCRAM 0.16 adds to it, cardinality and imply): gates, nested
 * containers, house and basic events with their expressions, parameters, and common-cause groups.
 */
public final class OpenPsa {
    /** Hours of a mission where the model says none: a year. */
    private static final double YEAR = 8_760;

    /** Events at all points of a sample. */
    private static final int MOST_SAMPLED = 4_000_000;

    private static final String EVENT = "define-basic-event";
    private static final String HOUSE = "define-house-event";
    private static final String GATE = "define-gate";
    /** A member of a common-cause group, which is defined by being one. */
    private static final String MEMBER = "basic-event";

    private final String file;
    private final Names events;
    private final Names parameters;
    private final List<CommonCauses> groups = new ArrayList<>();
    private final List<Problem> remarks = new ArrayList<>();
    private final SortedSet<String> without = new TreeSet<>();
    private final Formulas formulas;

    private OpenPsa(String file) {
        this.file = file;
        this.events = new Names(file);
        this.parameters = new Names(file);
        this.formulas = new Formulas(file, events, remarks, without);
    }

    /**
     * A model as read.
     *
     * @param top name of the gate at the top
     * @param withoutProbability events below the top that say none: counts are right, probabilities are not known
     * @param samples probabilities of all events at points of a sample, where distributions say them; empty where all are single values
     * @param remarks what is odd and was read all the same
     */
    public record Model(
            FaultTree tree,
            String top,
            Collection<String> withoutProbability,
            List<double[]> samples,
            List<Problem> remarks) {}

    /**
     * Reads a model.
     *
     * @param file its name, for people
     * @param top the gate to ask about; where it is empty, the one that no other gate uses
     * @throws Unreadable with file and line, where it is no such model or leaves out what is needed
     */
    public static Model read(String file, String text, Optional<String> top) throws Unreadable {
        return new OpenPsa(file).model(Markup.read(file, text), top);
    }

    private Model model(Element document, Optional<String> top) throws Unreadable {
        Element root =
                document.children().isEmpty() ? document : document.children().getFirst();
        if (!root.name.equals("opsa-mef")) {
            throw wrong(root, "the element <" + root.name + ">", "<opsa-mef>, a model in the Open-PSA format");
        }
        define(root, "", false);
        Means means = new Means();
        Expressions expressions = new Expressions(file, parameters, YEAR, means);
        List<Definition> gates = new ArrayList<>();
        for (Definition one : events.all()) {
            formulas.add(one, node(one, expressions));
            if (one.element().name.equals(GATE)) {
                gates.add(one);
            }
        }
        if (gates.isEmpty()) {
            throw wrong(root, "no gate", "<define-gate name=\"…\"> with a formula");
        }
        for (CommonCauses group : groups) {
            group.define(formulas, events, expressions);
        }
        for (Definition gate : gates) {
            formulas.define(gate);
        }
        Definition asking = top(root, gates, top);
        try {
            FaultTree tree = formulas.builder.build(formulas.node(asking));
            List<double[]> samples = means.met() ? samples(tree) : List.of();
            return new Model(tree, events.shown(asking), unsaid(tree), samples, List.copyOf(remarks));
        } catch (CyclicTree cycle) {
            throw wrong(asking.element(), circle(cycle), "gates without a circle");
        }
    }

    private List<double[]> samples(FaultTree tree) throws Unreadable {
        LatinHypercube sample = new LatinHypercube(MOST_SAMPLED / Math.max(1, tree.events()));
        Deviates deviates = new Deviates(sample);
        List<double[]> samples = new ArrayList<>();
        for (int point = 0; point < sample.points(); point++) {
            Expressions expressions = new Expressions(file, parameters, YEAR, deviates.at(point));
            double[] probabilities = tree.probabilities();
            for (Definition one : events.all()) {
                Optional<Element> said = one.element().meaning().stream().findFirst();
                if (one.element().name.equals(EVENT) && said.isPresent()) {
                    // a normal distribution has no ends, a probability has
                    probabilities[tree.event(formulas.node(one))] =
                            Math.clamp(expressions.value(said.get(), one.scope()), 0, 1);
                }
            }
            for (CommonCauses group : groups) {
                group.fill(tree, expressions, probabilities);
            }
            samples.add(probabilities);
        }
        return List.copyOf(samples);
    }

    /** The events below the top that say no probability. */
    private List<String> unsaid(FaultTree tree) {
        SortedSet<String> found = new TreeSet<>();
        for (int node : tree.order()) {
            int event = tree.event(node);
            if (event >= 0 && without.contains(tree.name(event))) {
                found.add(tree.name(event));
            }
        }
        return List.copyOf(found);
    }

    private String circle(CyclicTree cycle) {
        SortedMap<Integer, String> names = new TreeMap<>();
        events.all().forEach(one -> names.put(formulas.node(one), events.shown(one)));
        List<String> members = new ArrayList<>();
        for (int member : cycle.members()) {
            Optional.ofNullable(names.get(member)).ifPresent(members::add);
        }
        return "the gates " + String.join(", ", members.subList(0, Math.min(8, members.size())))
                + (members.size() > 8 ? " and " + (members.size() - 8) + " more" : "") + " need each other in a circle";
    }

    private void define(Element container, String scope, boolean hidden) throws Unreadable {
        for (Element one : container.meaning()) {
            boolean own = one.attribute("role").isEmpty()
                    ? hidden
                    : one.attribute("role").equals("private");
            switch (one.name) {
                case "define-fault-tree", "define-component" -> {
                    String name = one.attribute("name");
                    if (name.isEmpty()) {
                        throw wrong(one, "a " + one.name + " without a name", "name=\"…\"");
                    }
                    define(one, scope.isEmpty() ? name : scope + "." + name, own);
                }
                case "model-data" -> define(one, scope, hidden);
                case GATE, EVENT, HOUSE -> events.add(one, scope, own);
                case "define-parameter" -> parameters.add(one, scope, own);
                case "define-CCF-group" -> groups.add(CommonCauses.read(file, one, scope, own, events));
                default ->
                    remarks.add(new Problem(
                            file, one.line, "", "<" + one.name + "> is not read", "a fault tree and its events", ""));
            }
        }
    }

    private int node(Definition one, Expressions expressions) throws Unreadable {
        Optional<Element> said = one.element().meaning().stream().findFirst();
        return switch (one.element().name) {
            // what a group makes of its member is a gate too
            case GATE, MEMBER -> formulas.builder.gate();
            case HOUSE ->
                formulas.builder.constant(
                        said.filter(value -> value.attribute("value").equals("true"))
                                .isPresent());
            default -> {
                if (said.isEmpty()) {
                    without.add(events.shown(one));
                }
                double probability = said.isPresent() ? expressions.value(said.get(), one.scope()) : 0;
                if (!(probability >= 0 && probability <= 1)) {
                    throw wrong(said.orElse(one.element()), "a probability of " + probability, "one from 0 to 1");
                }
                yield formulas.builder.event(events.shown(one), probability);
            }
        };
    }

    private Definition top(Element root, List<Definition> gates, Optional<String> wished) throws Unreadable {
        if (wished.isPresent()) {
            Optional<Definition> found = events.find(wished.get(), "")
                    .filter(one -> one.element().name.equals(GATE));
            if (found.isEmpty()) {
                throw wrong(
                        root,
                        "no gate is called \"" + wished.get() + "\"",
                        "the name of a gate" + nearest(wished.get(), gates));
            }
            return found.get();
        }
        List<Definition> tops =
                gates.stream().filter(gate -> !formulas.asked(gate)).toList();
        if (tops.size() != 1) {
            String names =
                    String.join(", ", tops.stream().limit(8).map(events::shown).toList());
            throw wrong(
                    root,
                    tops.isEmpty()
                            ? "every gate is used by another one"
                            : tops.size() + " gates that no other one uses: " + names,
                    "one top, or --top with its name");
        }
        return tops.getFirst();
    }

    private static String nearest(String wished, List<Definition> gates) {
        List<String> names = gates.stream()
                .flatMap(gate -> Stream.of(gate.path(), gate.element().attribute("name")))
                .distinct()
                .toList();
        return Near.nearest(wished, names).map(name -> ", such as " + name).orElse("");
    }

    private Unreadable wrong(Element at, String found, String expected) {
        return new Unreadable(new Problem(file, at.line, "", found, expected, ""));
    }
}
