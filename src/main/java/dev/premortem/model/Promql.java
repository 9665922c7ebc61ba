package dev.premortem.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The part of PromQL that compares the time on a metric with a number: {@code metric{…} - time() < 21 * 86400}, {@code time() - metric > 900}, with arithmetic, and
 * with aggregations that keep each value or its least. What else an expression may be is not read.
 */
public final class Promql {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(#[^\\n]*)|([0-9]+(?:[smhdwy]|ms)(?:[0-9]+(?:[smhdwy]|ms))*)|([0-9]*\\.?[0-9]+(?:[eE][+-]?[0-9]+)?)"
                    + "|([A-Za-z_:][A-Za-z0-9_:]*)|(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')"
                    + "|(==|!=|<=|>=|=~|!~|[-+*/<>=(){}\\[\\],]))");
    private static final Set<String> KEEP =
            Set.of("min", "max", "avg", "max_over_time", "min_over_time", "last_over_time");
    private static final int LONGEST = 4000;
    private static final int DEEPEST = 40;

    /** One condition on a label. */
    public record Label(String name, String operator, String value) {
        /** True where a value fits. */
        public boolean fits(String other) {
            return switch (operator) {
                case "=" -> other.equals(value);
                case "!=" -> !other.equals(value);
                case "=~" -> matches(other);
                case "!~" -> !matches(other);
                default -> false;
            };
        }

        private boolean matches(String other) {
            try {
                return value.length() < 200 && Pattern.matches(value, other);
            } catch (PatternSyntaxException notOurs) {
                return false;
            }
        }
    }

    /**
     * A comparison of the time on a metric with a number of seconds.
     *
     * @param left true for {@code metric - time() < seconds}: it fires when less is left; false for {@code time() - metric > seconds}: when more has passed
     * @param all true where an aggregation lets it fire only where all values do
     * @param from where the number starts in the text
     * @param scale seconds of one of the number's units
     */
    public record Comparison(
            String metric, List<Label> labels, boolean left, boolean all, double seconds, int from, double scale) {}

    /** A value that is linear in one metric and in time. */
    private record Linear(double metric, double time, double constant, boolean all) {
        boolean plain() {
            return metric == 0 && time == 0;
        }

        Linear times(double factor) {
            return new Linear(metric * factor, time * factor, constant * factor, all);
        }

        Linear plus(Linear other) {
            return new Linear(metric + other.metric, time + other.time, constant + other.constant, all || other.all);
        }
    }

    private record Token(String text, int at) {}

    private final List<Token> tokens;
    private int next;
    private int depth;
    private String metric = "";
    private List<Label> labels = List.of();

    private Promql(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Reads an expression; empty where it is anything else. */
    public static Optional<Comparison> read(String text) {
        Optional<List<Token>> tokens = text.length() > LONGEST ? Optional.empty() : tokens(text);
        return tokens.flatMap(found -> new Promql(found).comparison());
    }

    private static Optional<List<Token>> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length() && matcher.region(at, text.length()).lookingAt()) {
            at = matcher.end();
            if (matcher.group(1) == null) {
                String token = matcher.group().strip();
                tokens.add(new Token(token, at - token.length()));
            }
        }
        return text.substring(at).isBlank() ? Optional.of(tokens) : Optional.empty();
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next).text() : "";
    }

    private boolean take(String text) {
        if (peek().equals(text)) {
            next++;
            return true;
        }
        return false;
    }

    private Optional<Comparison> comparison() {
        Optional<Linear> first = sum();
        String operator = peek();
        if (first.isEmpty() || !Set.of("<", "<=", ">", ">=").contains(operator)) {
            return Optional.empty();
        }
        next++;
        int from = next < tokens.size() ? tokens.get(next).at() : 0;
        Optional<Linear> second = sum();
        if (second.isEmpty() || !second.get().plain() || next < tokens.size()) {
            return Optional.empty();
        }
        Linear value = first.get();
        double unit = 1 / Math.abs(value.metric());
        boolean time =
                value.metric() != 0 && Math.abs(value.metric() + value.time()) < 1e-12 * Math.abs(value.metric());
        boolean left = value.metric() > 0 && operator.startsWith("<");
        boolean passed = value.metric() < 0 && operator.startsWith(">");
        return time && value.constant() == 0 && (left || passed)
                ? Optional.of(new Comparison(
                        metric, labels, left, value.all(), second.get().constant() * unit, from, unit))
                : Optional.empty();
    }

    private Optional<Linear> sum() {
        if (++depth > DEEPEST) {
            return Optional.empty();
        }
        Optional<Linear> value = product();
        while (value.isPresent() && (peek().equals("+") || peek().equals("-"))) {
            double sign = take("+") ? 1 : -1;
            if (sign < 0) {
                next++;
            }
            Optional<Linear> other = product();
            Linear before = value.get();
            value = other.map(found -> before.plus(found.times(sign)));
        }
        depth--;
        return value;
    }

    private Optional<Linear> product() {
        Optional<Linear> value = atom();
        while (value.isPresent() && (peek().equals("*") || peek().equals("/"))) {
            boolean times = take("*");
            if (!times) {
                next++;
            }
            Optional<Linear> other = atom();
            Linear before = value.get();
            if (other.isEmpty()) {
                return Optional.empty();
            }
            if (other.get().plain() && (times || other.get().constant() != 0)) {
                double factor = other.get().constant();
                value = Optional.of(before.times(times ? factor : 1 / factor));
            } else {
                value = times && before.plain() ? Optional.of(other.get().times(before.constant())) : Optional.empty();
            }
        }
        return value;
    }

    private Optional<Linear> atom() {
        if (take("(")) {
            Optional<Linear> inner = sum();
            return take(")") ? inner : Optional.empty();
        }
        if (take("-")) {
            return atom().map(value -> value.times(-1));
        }
        String token = peek();
        if (token.matches("[0-9]*\\.?[0-9]+([eE][+-]?[0-9]+)?")) {
            next++;
            return Optional.of(new Linear(0, 0, Double.parseDouble(token), false));
        }
        if (!token.matches("[A-Za-z_:][A-Za-z0-9_:]*")) {
            return Optional.empty();
        }
        next++;
        String word = token.toLowerCase(Locale.ROOT);
        if (word.equals("time") && take("(")) {
            return take(")") ? Optional.of(new Linear(0, 1, 0, false)) : Optional.empty();
        }
        boolean called = peek().equals("(") || peek().equals("by") || peek().equals("without");
        return called ? call(word) : selector(token);
    }

    /** An aggregation or a function that gives back values that it got. The name of the certificate among the labels that it keeps keeps each. */
    private Optional<Linear> call(String name) {
        boolean over = name.endsWith("_over_time");
        Optional<List<String>> before = grouping();
        if (!KEEP.contains(name) || before.isEmpty() || !take("(")) {
            return Optional.empty();
        }
        Optional<Linear> inner = sum();
        if (!take(")")) {
            return Optional.empty();
        }
        Optional<List<String>> after = grouping();
        if (inner.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        List<String> kept = before.get().isEmpty() ? after.get() : before.get();
        boolean each = over || kept.stream().anyMatch(Promql::names);
        // The least of what is left, and the longest of what has passed, speak for each value; any other one for all of
        // them together.
        boolean any = name.equals(inner.get().metric() > 0 ? "min" : "max");
        return inner.map(
                value -> each || any ? value : new Linear(value.metric(), value.time(), value.constant(), true));
    }

    private static boolean names(String label) {
        return Set.of("name", "instance", "cn", "secret_name", "cronjob", "schedule", "host", "target")
                .contains(label);
    }

    /** The labels of {@code by (…)}; an empty list where nothing is said, and nothing where it is {@code without}. */
    private Optional<List<String>> grouping() {
        if (peek().equals("without")) {
            return Optional.empty();
        }
        if (!take("by")) {
            return Optional.of(List.of());
        }
        List<String> names = new ArrayList<>();
        if (!take("(")) {
            return Optional.empty();
        }
        while (!peek().isEmpty() && !peek().equals(")")) {
            if (!peek().equals(",")) {
                names.add(peek());
            }
            next++;
        }
        return take(")") ? Optional.of(names) : Optional.empty();
    }

    private Optional<Linear> selector(String name) {
        List<Label> read = new ArrayList<>();
        if (take("{")) {
            while (!peek().isEmpty() && !take("}")) {
                String label = peek();
                next++;
                String operator = peek();
                next++;
                String value = peek();
                next++;
                if (value.length() < 2 || !"\"'".contains(value.substring(0, 1))) {
                    return Optional.empty();
                }
                read.add(new Label(label, operator, value.substring(1, value.length() - 1)));
                take(",");
            }
        }
        if (take("[")) {
            next++;
            if (!take("]")) {
                return Optional.empty();
            }
        }
        if (!metric.isEmpty()) {
            return Optional.empty(); // two metrics
        }
        metric = name;
        labels = List.copyOf(read);
        return Optional.of(new Linear(1, 0, 0, false));
    }
}
