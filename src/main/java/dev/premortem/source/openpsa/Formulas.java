package dev.premortem.source.openpsa;

import dev.premortem.engine.cuts.FaultTree;
import dev.premortem.engine.cuts.Kind;
import dev.premortem.fact.Problem;
import dev.premortem.source.openpsa.Names.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Formulas of gates, to nodes of a fault tree. */
final class Formulas {
    final FaultTree.Builder builder = FaultTree.builder();
    private final String file;
    private final Names names;
    /** What is odd and was read all the same. */
    private final List<Problem> remarks;
    /** Events that say no probability. */
    private final SortedSet<String> without;
    /** The node of each path. */
    private final SortedMap<String, Integer> nodes = new TreeMap<>();
    /** Paths that a formula mentions. */
    private final SortedSet<String> asked = new TreeSet<>();
    /** Events that are mentioned and not defined. */
    private final SortedMap<String, Integer> elsewhere = new TreeMap<>();

    Formulas(String file, Names names, List<Problem> remarks, SortedSet<String> without) {
        this.file = file;
        this.names = names;
        this.remarks = remarks;
        this.without = without;
    }

    /** Gives what is defined its node. */
    void add(Definition one, int node) {
        nodes.put(one.path(), node);
    }

    /** The node of what is defined; -1 where it has none. */
    int node(Definition one) {
        return nodes.getOrDefault(one.path(), -1);
    }

    /** Whether a formula mentions what is defined. */
    boolean asked(Definition one) {
        return asked.contains(one.path());
    }

    /** Says what a gate is. */
    void define(Definition gate) throws Unreadable {
        List<Element> said = gate.element().meaning();
        if (said.size() != 1) {
            throw wrong(gate.element(), "a gate with " + said.size() + " formulas", "one");
        }
        Element formula = said.getFirst();
        int node = node(gate);
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
                        "\"" + child.attribute("name") + "\" is an input of " + names.shown(gate) + " a second time; "
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
        Optional<Definition> found = names.find(name, scope);
        if (found.isEmpty()) {
            return undefined(reference, name);
        }
        asked.add(found.get().path());
        return node(found.get());
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

    private Unreadable wrong(Element at, String found, String expected) {
        return new Unreadable(new Problem(file, at.line, "", found, expected, ""));
    }
}
