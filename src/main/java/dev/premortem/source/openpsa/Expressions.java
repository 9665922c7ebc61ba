package dev.premortem.source.openpsa;

import dev.premortem.fact.Problem;
import dev.premortem.source.openpsa.Names.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Values of expressions. A distribution counts with its mean. */
final class Expressions {
    private static final int DEEPEST = 200;

    private final String file;
    private final Names parameters;
    private final double missionTime;
    private final TreeSet<String> asking = new TreeSet<>();

    /** @param missionTime hours, what {@code system-mission-time} means */
    Expressions(String file, Names parameters, double missionTime) {
        this.file = file;
        this.parameters = parameters;
        this.missionTime = missionTime;
    }

    /** The value of an expression in a container. */
    double value(Element of, String scope) throws Unreadable {
        if (asking.size() > DEEPEST) {
            throw wrong(of, "parameters that need more than " + DEEPEST + " others", "fewer");
        }
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
        if (!asking.add(found.get().path())) {
            throw wrong(of, "the parameter \"" + name + "\" needs itself", "no circle");
        }
        try {
            return value(expression.get(), found.get().scope());
        } finally {
            asking.remove(found.get().path());
        }
    }

    private List<Double> arguments(Element of, String scope) throws Unreadable {
        List<Double> values = new ArrayList<>();
        for (Element child : of.meaning()) {
            values.add(value(child, scope));
        }
        return values;
    }

    private double calculated(Element of, List<Double> of2) throws Unreadable {
        int needs = switch (of.name) {
            case "exponential", "sub", "div", "pow", "uniform-deviate", "normal-deviate" -> 2;
            case "GLM", "Weibull" -> 4;
            case "lognormal-deviate", "neg", "exp", "log", "log10", "sqrt", "abs", "add", "mul", "min", "max", "mean" ->
                1;
            default ->
                throw wrong(
                        of,
                        "an expression <" + of.name + ">, which is not known here",
                        "float, int, bool, parameter, arithmetic, exponential, GLM, Weibull or a deviate");
        };
        if (of2.size() < needs) {
            throw wrong(of, "<" + of.name + "> with " + of2.size() + " arguments", needs + " or more");
        }
        double first = of2.getFirst();
        return switch (of.name) {
            case "add" -> of2.stream().mapToDouble(Double::doubleValue).sum();
            case "mul" -> of2.stream().reduce(1.0, (a, b) -> a * b);
            case "min" -> of2.stream().mapToDouble(Double::doubleValue).min().orElse(0);
            case "max" -> of2.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            case "mean" ->
                of2.stream().mapToDouble(Double::doubleValue).average().orElse(0);
            case "neg" -> -first;
            case "exp" -> Math.exp(first);
            case "log" -> Math.log(first);
            case "log10" -> Math.log10(first);
            case "sqrt" -> Math.sqrt(first);
            case "abs" -> Math.abs(first);
            case "sub" -> of2.stream().skip(1).reduce(first, (a, b) -> a - b);
            case "div" -> of2.stream().skip(1).reduce(first, (a, b) -> a / b);
            case "pow" -> Math.pow(first, of2.get(1));
            case "uniform-deviate" -> (first + of2.get(1)) / 2;
            case "exponential" -> -Math.expm1(-first * of2.get(1));
            case "GLM" -> glm(first, of2.get(1), of2.get(2), of2.get(3));
            case "Weibull" ->
                of2.get(3) <= of2.get(2) ? 0 : -Math.expm1(-Math.pow((of2.get(3) - of2.get(2)) / first, of2.get(1)));
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
