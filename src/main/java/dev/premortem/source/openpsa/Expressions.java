package dev.premortem.source.openpsa;

import dev.premortem.fact.Problem;
import dev.premortem.source.openpsa.Names.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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

    private final Drawing drawing;
    private int depth;

    /** @param missionTime hours, what {@code system-mission-time} means */
    Expressions(String file, Names parameters, double missionTime, Drawing drawing) {
        this.file = file;
        this.parameters = parameters;
        this.missionTime = missionTime;
        this.drawing = drawing;
    }

    /** Whether distributions count with values that were drawn, which may lie outside of what a mean may be. */
    boolean sampled() {
        return drawing.sampled();
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
            case "histogram" -> histogram(of, scope);
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

    /**
     * Intervals by their upper bounds, and an expression for each. Which one counts is drawn evenly over their whole length; the mean is that of the expressions, each
     * by the length of its interval (2.0d, 5.4, "Histograms"). SCRAM 0.16 reads the expressions as weights of the intervals instead.
     */
    private double histogram(Element of, String scope) throws Unreadable {
        List<Element> bins = of.meaning();
        if (bins.size() < 2
                || !bins.stream()
                        .skip(1)
                        .allMatch(bin -> bin.name.equals("bin") && bin.meaning().size() == 2)) {
            throw wrong(of, "<histogram>", "a lower bound, then <bin> with upper bound and value, once or more");
        }
        double[] bounds = new double[bins.size()];
        bounds[0] = value(bins.getFirst(), scope);
        for (int bin = 1; bin < bounds.length; bin++) {
            bounds[bin] = value(bins.get(bin).meaning().getFirst(), scope);
            if (!(bounds[bin] > bounds[bin - 1])) {
                throw wrong(bins.get(bin), "an upper bound of " + bounds[bin], "more than " + bounds[bin - 1]);
            }
        }
        double length = bounds[bounds.length - 1] - bounds[0];
        OptionalDouble part = drawing.part(of);
        double mean = 0;
        for (int bin = 1; bin < bounds.length; bin++) {
            Element inside = bins.get(bin).meaning().get(1);
            if (part.isEmpty()) {
                mean += (bounds[bin] - bounds[bin - 1]) / length * value(inside, scope);
            } else if (bounds[0] + part.getAsDouble() * length <= bounds[bin] || bin == bounds.length - 1) {
                return value(inside, scope);
            }
        }
        return mean;
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
            case "periodic-test" -> tested(of, values);
            default -> deviate(of, values);
        };
    }

    /** How many arguments an expression has at least. */
    private int needs(Element of) throws Unreadable {
        return switch (of.name) {
            case "neg", "exp", "log", "log10", "sqrt", "abs", "add", "mul", "min", "max", "mean" -> 1;
            case "exponential", "sub", "div", "pow" -> 2;
            case "uniform-deviate", "normal-deviate", "lognormal-deviate", "gamma-deviate", "beta-deviate" -> 2;
            case "GLM", "Weibull", "periodic-test" -> 4;
            default ->
                throw wrong(
                        of,
                        "an expression <" + of.name + ">, which is not known here",
                        "float, int, bool, parameter, arithmetic, exponential, GLM, Weibull, periodic-test, a deviate or a histogram");
        };
    }

    private double tested(Element of, List<Double> values) throws Unreadable {
        double rate = values.getFirst();
        int between = switch (values.size()) {
            case 4 -> 1;
            case 5 -> 2;
            case 11 -> 3;
            default -> throw wrong(of, "<periodic-test> with " + values.size() + " arguments", "4, 5 or 11 of them");
        };
        double time = values.getLast();
        double delay = values.get(between);
        if (!(delay > 0) || values.stream().anyMatch(value -> !(value >= 0))) {
            throw wrong(of, "<periodic-test> with " + values, "nothing below zero, and some time between tests");
        }
        if (values.size() == 4) {
            return TestedPart.renewed(rate, delay, values.get(2), time);
        }
        if (values.size() == 5) {
            return TestedPart.instant(rate, values.get(1), delay, values.get(3)).unavailable(time);
        }
        if (values.get(6) > delay || Math.max(values.get(5), Math.max(values.get(8), values.get(9))) > 1) {
            throw wrong(
                    of,
                    "<periodic-test> with " + values,
                    "a test shorter than the time between tests; gamma, sigma and omega up to 1");
        }
        return new TestedPart(
                        rate,
                        values.get(1),
                        values.get(2),
                        delay,
                        values.get(4),
                        values.get(5),
                        values.get(6),
                        values.get(7) != 0,
                        values.get(8),
                        values.get(9))
                .unavailable(time);
    }

    private double deviate(Element of, List<Double> values) throws Unreadable {
        double first = values.getFirst();
        double second = values.get(1);
        boolean sound = switch (of.name) {
            case "gamma-deviate", "beta-deviate" -> first > 0 && second > 0;
            case "lognormal-deviate" ->
                values.size() == 2
                        || first > 0 && second >= 1 && values.get(2) > 0 && values.get(2) < 1 && values.get(2) != 0.5;
            default -> true;
        };
        if (!sound) {
            throw wrong(
                    of,
                    "<" + of.name + "> of " + values,
                    of.name.equals("lognormal-deviate")
                            ? "a mean above 0, an error factor of 1 or more, and the level that it is of, such as 0.95"
                            : "both above 0");
        }
        return drawing.value(of, values);
    }

    /** Open-PSA model exchange format 2.0d, 5.3 ("GLM"): gamma at the start, failing at lambda and repaired at mu, at a time. */
    private static double glm(double gamma, double lambda, double mu, double time) {
        double both = lambda + mu;
        return both <= 0 ? gamma : (lambda - (lambda - gamma * both) * Math.exp(-both * time)) / both;
    }

    private Unreadable wrong(Element of, String found, String expected) {
        return new Unreadable(new Problem(file, of.line, "", found, expected, ""));
    }
}
