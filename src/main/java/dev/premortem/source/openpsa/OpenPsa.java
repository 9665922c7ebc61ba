package dev.premortem.source.openpsa;

import dev.premortem.engine.cuts.CyclicTree;
import dev.premortem.engine.cuts.FaultTree;
import dev.premortem.engine.cuts.Kind;
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
 * containers, house and basic events with constant or exponential probabilities, parameters and arithmetic.
 */
public final class OpenPsa {
    /** Hours of a mission where the model says none: a year. */
    private static final double YEAR = 8_760;

    /** Events at all points of a sample. */
    private static final int MOST_SAMPLED = 4_000_000;

    private static final String EVENT = "define-basic-event";
    private static final String HOUSE = "define-house-event";
    private static final String GATE = "define-gate";

    private final String file;
    private final Names events;
    private final Names parameters;
    private final SortedSet<String> asked = new TreeSet<>();
    private final List<Problem> remarks = new ArrayList<>();
    private final SortedSet<String> without = new TreeSet<>();
    private final FaultTree.Builder builder = FaultTree.builder();
    private final SortedMap<String, Integer> nodes = new TreeMap<>();
    /** Events that are mentioned and not defined. */
    private final SortedMap<String, Integer> elsewhere = new TreeMap<>();

    private OpenPsa(String file) {
        this.file = file;
        this.events = new Names(file);
        this.parameters = new Names(file);
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
        boolean[] distributed = new boolean[1];
        Expressions expressions = new Expressions(file, parameters, YEAR, (of, values) -> {
            distributed[0] = true;
            return Expressions.mean(of, values);
        });
        List<Definition> gates = new ArrayList<>();
        for (Definition one : events.all()) {
            nodes.put(one.path(), node(one, expressions));
            if (one.element().name.equals(GATE)) {
                gates.add(one);
            }
        }
        if (gates.isEmpty()) {
            throw wrong(root, "no gate", "<define-gate name=\"…\"> with a formula");
        }
        for (Definition gate : gates) {
            List<Element> formula = gate.element().meaning();
            if (formula.size() != 1) {
                throw wrong(gate.element(), "a gate with " + formula.size() + " formulas", "one");
            }
            define(gate, formula.getFirst());
        }
        Definition asking = top(root, gates, top);
        int number = nodes.getOrDefault(asking.path(), -1);
        try {
            FaultTree tree = builder.build(number);
            List<double[]> samples = distributed[0] ? samples(tree) : List.of();
            return new Model(tree, events.shown(asking), unsaid(tree), samples, List.copyOf(remarks));
        } catch (CyclicTree cycle) {
            throw wrong(asking.element(), circle(cycle), "gates without a circle");
        }
    }

    private List<double[]> samples(FaultTree tree) throws Unreadable {
        LatinHypercube sample = new LatinHypercube(MOST_SAMPLED / Math.max(1, tree.events()));
        Deviates deviates = new Deviates(sample);
        SortedSet<String> means = new TreeSet<>();
        List<double[]> samples = new ArrayList<>();
        for (int point = 0; point < sample.points(); point++) {
            int here = point;
            Expressions expressions = new Expressions(
                    file,
                    parameters,
                    YEAR,
                    (of, values) -> deviates.at(of, values, here).orElseGet(() -> {
                        means.add(of.name);
                        return Expressions.mean(of, values);
                    }));
            double[] probabilities = tree.probabilities();
            for (Definition one : events.all()) {
                Optional<Element> said = one.element().meaning().stream().findFirst();
                if (one.element().name.equals(EVENT) && said.isPresent()) {
                    // a normal distribution has no ends, a probability has
                    probabilities[tree.event(nodes.getOrDefault(one.path(), -1))] =
                            Math.clamp(expressions.value(said.get(), one.scope()), 0, 1);
                }
            }
            samples.add(probabilities);
        }
        for (String name : means) {
            remarks.add(new Problem(
                    file,
                    0,
                    "",
                    "<" + name + "> counts with its mean in the band too",
                    "uniform, normal, lognormal",
                    ""));
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
        events.all().forEach(one -> names.put(nodes.getOrDefault(one.path(), -1), events.shown(one)));
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
                case "define-CCF-group" ->
                    throw wrong(
                            one,
                            "a common-cause group, which is not read",
                            "common causes as basic events of their own");
                default ->
                    remarks.add(new Problem(
                            file, one.line, "", "<" + one.name + "> is not read", "a fault tree and its events", ""));
            }
        }
    }

    private int node(Definition one, Expressions expressions) throws Unreadable {
        Optional<Element> said = one.element().meaning().stream().findFirst();
        return switch (one.element().name) {
            case GATE -> builder.gate();
            case HOUSE ->
                builder.constant(said.filter(value -> value.attribute("value").equals("true"))
                        .isPresent());
            default -> {
                if (said.isEmpty()) {
                    without.add(events.shown(one));
                }
                double probability = said.isPresent() ? expressions.value(said.get(), one.scope()) : 0;
                if (!(probability >= 0 && probability <= 1)) {
                    throw wrong(said.orElse(one.element()), "a probability of " + probability, "one from 0 to 1");
                }
                yield builder.event(events.shown(one), probability);
            }
        };
    }

    private void define(Definition gate, Element formula) throws Unreadable {
        int node = nodes.getOrDefault(gate.path(), -1);
        Optional<Kind> kind = kind(formula);
        if (kind.isEmpty()) {
            builder.define(node, Kind.AND, 0, 0, leaf(formula, gate.scope()));
            return;
        }
        int[] inputs = inputs(gate, formula);
        fill(node, formula, kind.get(), inputs);
    }

    private void fill(int node, Element formula, Kind kind, int... inputs) throws Unreadable {
        int low = low(formula, kind);
        int high = high(formula, kind, inputs);
        if (low > (kind == Kind.CARDINALITY ? high : inputs.length)
                && (kind == Kind.CARDINALITY || kind == Kind.AT_LEAST)) {
            remarks.add(new Problem(
                    file,
                    formula.line,
                    "",
                    "<" + formula.name + "> asks for " + low + " or more of " + inputs.length + " inputs"
                            + (kind == Kind.CARDINALITY ? ", and at most " + high : "") + ": it never holds",
                    "bounds that can be met",
                    ""));
        }
        builder.define(node, kind, low, high, inputs);
    }

    private int[] inputs(Definition gate, Element formula) throws Unreadable {
        List<Integer> found = new ArrayList<>();
        TreeSet<Integer> met = new TreeSet<>();
        for (Element child : formula.meaning()) {
            Optional<Kind> kind = kind(child);
            int input;
            if (kind.isEmpty()) {
                input = leaf(child, gate.scope());
            } else {
                int[] inner = inputs(gate, child);
                input = builder.gate();
                fill(input, child, kind.get(), inner);
            }
            if (!met.add(input)) {
                remarks.add(new Problem(
                        file,
                        child.line,
                        "",
                        "\"" + child.attribute("name") + "\" is an input of " + events.shown(gate) + " a second time; "
                                + (counted(formula) ? "counted twice" : "which changes nothing"),
                        "each input once",
                        ""));
            }
            found.add(input);
        }
        int least = formula.name.equals("imply") ? 2 : 1;
        boolean one = formula.name.equals("not");
        if (found.size() < least || one && found.size() != 1 || formula.name.equals("imply") && found.size() != 2) {
            throw wrong(formula, "<" + formula.name + "> with " + found.size() + " inputs", one ? "one" : "more");
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean counted(Element formula) {
        return List.of("atleast", "cardinality", "xor").contains(formula.name);
    }

    private static Optional<Kind> kind(Element formula) {
        return switch (formula.name) {
            case "and" -> Optional.of(Kind.AND);
            case "or" -> Optional.of(Kind.OR);
            case "atleast" -> Optional.of(Kind.AT_LEAST);
            case "not" -> Optional.of(Kind.NOT);
            case "xor" -> Optional.of(Kind.XOR);
            case "nand" -> Optional.of(Kind.NAND);
            case "nor" -> Optional.of(Kind.NOR);
            case "iff" -> Optional.of(Kind.IFF);
            case "imply" -> Optional.of(Kind.IMPLY);
            case "cardinality" -> Optional.of(Kind.CARDINALITY);
            default -> Optional.empty();
        };
    }

    private int low(Element formula, Kind kind) throws Unreadable {
        boolean needed = kind == Kind.AT_LEAST || kind == Kind.CARDINALITY;
        return needed ? whole(formula, formula.attribute("min").isEmpty() ? "k" : "min") : 0;
    }

    private int high(Element formula, Kind kind, int... inputs) throws Unreadable {
        return kind == Kind.CARDINALITY ? Math.min(inputs.length, whole(formula, "max")) : 0;
    }

    private int whole(Element formula, String key) throws Unreadable {
        String text = formula.attribute(key);
        if (!text.matches("[0-9]{1,9}")) {
            throw wrong(formula, "<" + formula.name + "> with " + key + "=\"" + text + "\"", "a whole number");
        }
        return Integer.parseInt(text);
    }

    private int leaf(Element reference, String scope) throws Unreadable {
        boolean known = List.of("gate", "basic-event", "house-event", "event").contains(reference.name);
        if (reference.name.equals("constant")) {
            return builder.constant(reference.attribute("value").equals("true"));
        }
        if (!known) {
            throw wrong(
                    reference,
                    "<" + reference.name + ">",
                    "a reference, or and, or, atleast, not, xor, nand, nor, iff, imply, cardinality");
        }
        String name = reference.attribute("name");
        Optional<Definition> found = events.find(name, scope);
        if (found.isEmpty()) {
            return undefined(reference, name);
        }
        if (found.get().element().name.equals(GATE)) {
            asked.add(found.get().path());
        }
        return nodes.getOrDefault(found.get().path(), -1);
    }

    /** A basic event that is defined elsewhere: its sets can be counted, not its probability. */
    private int undefined(Element reference, String name) throws Unreadable {
        boolean basic = reference.name.equals("basic-event") || reference.name.equals("event");
        if (!basic || name.isEmpty() || name.indexOf('.') >= 0) {
            throw wrong(
                    reference,
                    "the " + reference.name.replace('-', ' ') + " \"" + name + "\" is not defined",
                    "a <define-…> of that name");
        }
        Integer before = elsewhere.get(name);
        if (before != null) {
            return before;
        }
        remarks.add(new Problem(
                file,
                reference.line,
                "",
                "the event \"" + name + "\" is not defined; it counts as a basic event without a probability",
                "<define-basic-event name=\"" + name + "\"> with one",
                ""));
        without.add(name);
        int made = builder.event(name, 0);
        elsewhere.put(name, made);
        return made;
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
                gates.stream().filter(gate -> !asked.contains(gate.path())).toList();
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
