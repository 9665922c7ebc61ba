package dev.premortem.source.openpsa;

import dev.premortem.engine.cuts.FaultTree;
import dev.premortem.engine.cuts.Kind;
import dev.premortem.fact.Problem;
import dev.premortem.source.openpsa.Names.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A common-cause group: its members become gates over new events, one for each combination of members that may fail together. Open-PSA model exchange
 * format 2.0d, 6.1. As in SCRAM 0.16 a combination is called by its members in brackets, levels above the last factor have no events, and a phi-factor
 * is the share of each single combination of its level, which the specification leaves open.
 */
final class CommonCauses {
    /** More combinations than this are no model any more. */
    private static final int MOST_EVENTS = 100_000;

    /** How far the sum of phi-factors may be from one. */
    private static final double SUM_TOLERANCE = 1e-4;

    private final String file;
    private final Element group;
    private final String scope;
    private final Model model;
    private final List<Element> members;
    private final Element distribution;
    /** The expression of each factor, by level from the first one that the model has. */
    private final List<Element> factors;
    /** The nodes of the events that stand for so many members at once, by number of members less one. */
    private final List<List<Integer>> events = new ArrayList<>();

    /** How the factors of the levels are meant. */
    enum Model {
        BETA("beta-factor"),
        MGL("MGL"),
        ALPHA("alpha-factor"),
        PHI("phi-factor");

        private final String name;

        Model(String name) {
            this.name = name;
        }

        private static Optional<Model> called(String name) {
            return List.of(values()).stream()
                    .filter(one -> one.name.equals(name))
                    .findFirst();
        }

        /** The number of members that the first factor is about. */
        private int firstLevel(int members) {
            return switch (this) {
                case BETA -> members;
                case MGL -> 2;
                case ALPHA, PHI -> 1;
            };
        }
    }

    private CommonCauses(String file, Element group, String scope) throws Unreadable {
        this.file = file;
        this.group = group;
        this.scope = scope;
        this.model = Model.called(group.attribute("model"))
                .orElseThrow(() -> wrong(
                        group,
                        "a common-cause group of the model \"" + group.attribute("model") + "\"",
                        "beta-factor, MGL, alpha-factor or phi-factor"));
        this.members = part("members").meaning();
        if (members.size() < 2) {
            throw wrong(group, "a common-cause group of " + members.size() + " members", "two or more");
        }
        this.distribution = only(part("distribution"));
        this.factors = factors();
    }

    /** Reads a group, and makes each member known by its name as an element of the group's container. */
    static CommonCauses read(String file, Element group, String scope, boolean hidden, Names names) throws Unreadable {
        CommonCauses made = new CommonCauses(file, group, scope);
        for (Element member : made.members) {
            names.add(member, scope, hidden);
        }
        return made;
    }

    private Element part(String name) throws Unreadable {
        return group.meaning().stream()
                .filter(child -> child.name.equals(name))
                .findFirst()
                .orElseThrow(() -> wrong(group, "a common-cause group without <" + name + ">", "<" + name + ">"));
    }

    private Element only(Element around) throws Unreadable {
        List<Element> found = around.meaning();
        if (found.size() != 1) {
            throw wrong(around, "<" + around.name + "> with " + found.size() + " expressions", "one");
        }
        return found.getFirst();
    }

    /** Factors stand in one element or alone, in any order; without a level each is about one member more than the one before. */
    private List<Element> factors() throws Unreadable {
        List<Element> said = group.meaning().stream()
                .filter(child -> child.name.equals("factor"))
                .toList();
        said = said.isEmpty() ? part("factors").meaning() : said;
        int first = model.firstLevel(members.size());
        SortedMap<Integer, Element> found = new TreeMap<>();
        int before = first - 1;
        for (Element factor : said) {
            String text = factor.attribute("level");
            int level = text.isEmpty() ? before + 1 : text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
            if (level < first || level > members.size() || found.putIfAbsent(level, only(factor)) != null) {
                throw wrong(
                        factor,
                        "a factor of level " + (text.isEmpty() ? level : text),
                        "for " + model.name + " with " + members.size() + " members: levels " + first + " to "
                                + members.size() + ", each once");
            }
            before = level;
        }
        if (found.isEmpty() || found.lastKey() != first + found.size() - 1) {
            throw wrong(group, "a common-cause group without all factors", "a factor for each level from " + first);
        }
        return List.copyOf(found.values());
    }

    /** Makes the events and says what each member is. */
    void define(Formulas formulas, Names names, Expressions expressions) throws Unreadable {
        double[] shares = shares(expressions);
        List<String> shown = new ArrayList<>();
        List<List<Integer>> of = new ArrayList<>();
        for (Element member : members) {
            shown.add(names.find(member.attribute("name"), scope)
                    .map(names::shown)
                    .orElse(""));
            of.add(new ArrayList<>());
        }
        int left = MOST_EVENTS;
        for (int level = 1; level <= shares.length; level++) {
            List<Integer> made = new ArrayList<>();
            // A level that nothing fails at has no events: beta-factor knows one and all.
            if (level == 1 || level == members.size() || model != Model.BETA) {
                for (int[] chosen = first(level); chosen.length > 0; chosen = next(chosen)) {
                    if (--left < 0) {
                        throw wrong(group, "more than " + MOST_EVENTS + " combinations of members", "fewer members");
                    }
                    List<String> together = new ArrayList<>();
                    for (int member : chosen) {
                        together.add(shown.get(member));
                    }
                    int event = formulas.builder.event("[" + String.join(" ", together) + "]", shares[level - 1]);
                    made.add(event);
                    for (int member : chosen) {
                        of.get(member).add(event);
                    }
                }
            }
            events.add(List.copyOf(made));
        }
        for (int member = 0; member < members.size(); member++) {
            Definition known =
                    names.find(members.get(member).attribute("name"), scope).orElseThrow();
            int[] causes = of.get(member).stream().mapToInt(Integer::intValue).toArray();
            formulas.builder.define(formulas.node(known), Kind.OR, 0, 0, causes);
        }
    }

    private static int[] first(int level) {
        int[] chosen = new int[level];
        for (int at = 0; at < level; at++) {
            chosen[at] = at;
        }
        return chosen;
    }

    /** The next combination; empty after the last one. */
    private int[] next(int... chosen) {
        int[] now = chosen.clone();
        int at = now.length - 1;
        while (at >= 0 && now[at] == members.size() - now.length + at) {
            at--;
        }
        if (at < 0) {
            return new int[0];
        }
        now[at]++;
        for (int after = at + 1; after < now.length; after++) {
            now[after] = now[after - 1] + 1;
        }
        return now;
    }

    /** Writes the probabilities of the group's events where they belong. */
    void fill(FaultTree tree, Expressions expressions, double... probabilities) throws Unreadable {
        double[] shares = shares(expressions);
        for (int level = 0; level < events.size(); level++) {
            for (int node : events.get(level)) {
                probabilities[tree.event(node)] = Math.clamp(shares[level], 0, 1);
            }
        }
    }

    /** The probability of one combination of each number of members, from one on. */
    private double[] shares(Expressions expressions) throws Unreadable {
        double total = checked(distribution, expressions);
        double[] given = new double[factors.size()];
        for (int at = 0; at < given.length; at++) {
            given[at] = checked(factors.get(at), expressions);
        }
        double[] shares = switch (model) {
            case BETA -> beta(given[0]);
            case MGL -> greek(given);
            case ALPHA -> alpha(given);
            case PHI -> phi(given, expressions.sampled());
        };
        for (int at = 0; at < shares.length; at++) {
            shares[at] *= total;
        }
        return shares;
    }

    private double[] beta(double beta) {
        double[] shares = new double[members.size()];
        shares[0] = 1 - beta;
        shares[members.size() - 1] = beta;
        return shares;
    }

    private double[] greek(double... rho) {
        double[] shares = new double[rho.length + 1];
        double product = 1;
        for (int level = 1; level <= shares.length; level++) {
            double more = level <= rho.length ? rho[level - 1] : 0;
            shares[level - 1] = product * (1 - more) / choices(members.size() - 1, level - 1);
            product *= more;
        }
        return shares;
    }

    private double[] alpha(double... alpha) throws Unreadable {
        double sum = 0;
        for (int at = 0; at < alpha.length; at++) {
            sum += (at + 1) * alpha[at];
        }
        if (sum <= 0) {
            throw wrong(group, "alpha-factors that are all zero", "one above zero");
        }
        double[] shares = new double[alpha.length];
        for (int at = 0; at < shares.length; at++) {
            shares[at] = (at + 1) * alpha[at] / sum / choices(members.size() - 1, at);
        }
        return shares;
    }

    /** Drawn factors need not add up to one at each point. */
    private double[] phi(double[] phi, boolean drawn) throws Unreadable {
        double sum = 0;
        for (double one : phi) {
            sum += one;
        }
        if (!drawn && Math.abs(sum - 1) > SUM_TOLERANCE) {
            throw wrong(group, "phi-factors with a sum of " + sum, "a sum of 1");
        }
        return phi.clone();
    }

    private static double choices(int of, int take) {
        double choices = 1;
        for (int at = 1; at <= take; at++) {
            choices = choices * (of - take + at) / at;
        }
        return choices;
    }

    private double checked(Element expression, Expressions expressions) throws Unreadable {
        double value = expressions.value(expression, scope);
        if (expressions.sampled()) {
            return Math.clamp(value, 0, 1);
        }
        if (!(value >= 0 && value <= 1)) {
            throw wrong(expression, "a probability of " + value, "one from 0 to 1");
        }
        return value;
    }

    private Unreadable wrong(Element at, String found, String expected) {
        return new Unreadable(new Problem(file, at.line, "", found, expected, ""));
    }
}
