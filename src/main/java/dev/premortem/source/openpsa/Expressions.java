package dev.premortem.source.openpsa;

import dev.premortem.fact.Problem;
import dev.premortem.source.openpsa.Names.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Values of expressions. A distribution counts with its mean, or with its value at a point of a sample. */
final class Expressions {
    /** How deep parameters and arithmetic may stand in each other. */
    private static final int DEEPEST = 1_000;

    private final String file;
    private final Names parameters;
    private final double missionTime;
    private final TreeSet<String> asking = new TreeSet<>();
    /** What was worked out: parameters that use each other twice would double the work at every step. */
    private final Map<String, Double> known = new TreeMap<>();

    private final Distribution distribution;
    private int depth;

    /** What a distribution counts with. */
    interface Distribution {
        double value(Element of, List<Double> values);
    }

    /** With means. */
    Expressions(String file, Names parameters, double missionTime) {
        this(file, parameters, missionTime, Expressions::mean);
    }

    /** @param missionTime hours, what {@code system-mission-time} means */
    Expressions(String file, Names parameters, double missionTime, Distribution distribution) {
        this.file = file;
        this.parameters = parameters;
        this.missionTime = missionTime;
        this.distribution = distribution;
    }

    /** The value of an expression in a container. */
    double value(Element of, String scope) throws Unreadable {
        if (depth == DEEPEST) {
            throw wrong(of, "an expression of more than " + DEEPEST + " levels", "fewer");
        }
        depth++;
        try {
            return calculated(of, scope);
        } finally {
            depth--;
        }
    }

    private double calculated(Element of, String scope) throws Unreadable {
        return switch (of.name) {
            case "float", "int" -> number(of);
            case "bool" -> of.attribute("value").equals("true") ? 1 : 0;
            case "parameter" -> parameter(of, scope);
            case "system-mission-time" -> missionTime;
            case "pi" -> Math.PI;
            default -> calculated(of, arguments(of, scope));
        };
    }

    private double number(Element of) throws Unreadable {
        try {
            return Double.parseDouble(of.attribute("value"));
        } catch (NumberFormatException e) {
            throw wrong(of, "\"" + of.attribute("value") + "\"", "a number");
        }
    }

    private double parameter(Element of, String scope) throws Unreadable {
        String name = of.attribute("name");
        Optional<Definition> found = parameters.find(name, scope);
        Optional<Element> expression =
                found.flatMap(one -> one.element().meaning().stream().findFirst());
        if (found.isEmpty() || expression.isEmpty()) {
            throw wrong(of, "the parameter \"" + name + "\" is not defined", "<define-parameter name=\"…\">");
        }
        String path = found.get().path();
        Double before = known.get(path);
        if (before != null) {
            return before;
        }
        if (!asking.add(path)) {
            throw wrong(of, "the parameter \"" + name + "\" needs itself", "no circle");
        }
        try {
            double value = value(expression.get(), found.get().scope());
            known.put(path, value);
            return value;
        } finally {
            asking.remove(path);
        }
    }

    private List<Double> arguments(Element of, String scope) throws Unreadable {
        List<Double> values = new ArrayList<>();
        for (Element child : of.meaning()) {
            values.add(value(child, scope));
        }
        return values;
    }

    private double calculated(Element of, List<Double> values) throws Unreadable {
        int needs = needs(of);
        if (values.size() < needs) {
            throw wrong(of, "<" + of.name + "> with " + values.size() + " arguments", needs + " or more");
        }
        double first = values.getFirst();
        return switch (of.name) {
            case "add" -> values.stream().mapToDouble(Double::doubleValue).sum();
            case "mul" -> values.stream().reduce(1.0, (a, b) -> a * b);
            case "min" -> values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
            case "max" -> values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            case "mean" ->
                values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
            case "neg" -> -first;
            case "exp" -> Math.exp(first);
            case "log" -> Math.log(first);
            case "log10" -> Math.log10(first);
            case "sqrt" -> Math.sqrt(first);
            case "abs" -> Math.abs(first);
            case "sub" -> values.stream().skip(1).reduce(first, (a, b) -> a - b);
            case "div" -> values.stream().skip(1).reduce(first, (a, b) -> a / b);
            case "pow" -> Math.pow(first, values.get(1));
            case "exponential" -> -Math.expm1(-first * values.get(1));
            case "GLM" -> glm(first, values.get(1), values.get(2), values.get(3));
            case "Weibull" ->
                values.get(3) <= values.get(2)
                        ? 0
                        : -Math.expm1(-Math.pow((values.get(3) - values.get(2)) / first, values.get(1)));
            default -> distribution.value(of, values);
        };
    }

    /** How many arguments an expression has at least. */
    private int needs(Element of) throws Unreadable {
        return switch (of.name) {
            case "neg", "exp", "log", "log10", "sqrt", "abs", "add", "mul", "min", "max", "mean" -> 1;
            case "exponential", "sub", "div", "pow" -> 2;
            case "uniform-deviate", "normal-deviate", "lognormal-deviate", "gamma-deviate", "beta-deviate" -> 2;
            case "GLM", "Weibull" -> 4;
            default ->
                throw wrong(
                        of,
                        "an expression <" + of.name + ">, which is not known here",
                        "float, int, bool, parameter, arithmetic, exponential, GLM, Weibull or a deviate");
        };
    }

    /**
     * The mean of a distribution. Parameters as in version 2.0d, 4.3.4: gamma by shape and scale, beta by its two shapes, a lognormal by its mean,
     * error factor and level, or, as SCRAM 0.16 reads two numbers, by mean and deviation of the underlying normal.
     */
    static double mean(Element of, List<Double> values) {
        double first = values.getFirst();
        double second = values.get(1);
        return switch (of.name) {
            case "uniform-deviate" -> (first + second) / 2;
            case "gamma-deviate" -> first * second;
            case "beta-deviate" -> first / (first + second);
            case "lognormal-deviate" -> values.size() == 2 ? Math.exp(first + second * second / 2) : first;
            default -> first;
        };
    }

    /** Open-PSA model exchange format 2.0d, 4.3.3: gamma at the start, failing at lambda and repaired at mu, at a time. */
    private static double glm(double gamma, double lambda, double mu, double time) {
        double both = lambda + mu;
        return both <= 0 ? gamma : (lambda - (lambda - gamma * both) * Math.exp(-both * time)) / both;
    }

    private Unreadable wrong(Element of, String found, String expected) {
        return new Unreadable(new Problem(file, of.line, "", found, expected, ""));
    }
}
