package dev.premortem.source.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the calls in a chart's template that make certificates ({@code genCA}, {@code genSelfSignedCert}, {@code genSignedCert}) and what they say about the days. Templates are
 * read, never executed. The functions are sprig's: days are the second argument of the first and the fourth of the others.
 */
final class Generators {
    private static final Pattern CALL = Pattern.compile("\\b(genCA|genSelfSignedCert|genSignedCert)(WithKey)?\\s");
    private static final Pattern VALUE = Pattern.compile("\\.Values((?:\\.[A-Za-z0-9_]{1,80}){1,12})");
    private static final Pattern DEFAULT = Pattern.compile("\\bdefault\\s+(\\d{1,6})\\b");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private static final Pattern BLOCK =
            Pattern.compile("\\{\\{-?\\s*(if|else if|else|end|range|with|define|block)\\b([^{}]{0,400})\\}\\}");
    private static final Pattern GUARD = Pattern.compile("(not\\s+)?\\.Values((?:\\.[A-Za-z0-9_]{1,80}){1,12})");

    private static final Pattern NOT =
            Pattern.compile("\\(\\s{0,9}not\\s+(\\.Values(?:\\.[A-Za-z0-9_]{1,80}){1,12})\\s{0,9}\\)");
    private static final Pattern INNERMOST = Pattern.compile("\\([^()]*\\)");

    private static final Pattern GIVEN = Pattern.compile("\\s{0,9}:?=\\s{0,9}([^}\\n]{1,300})\\}\\}");
    private static final int MOST_MENTIONS = 200;

    /** A chain of variables longer than this is no chart's. */
    private static final int MOST_STEPS = 5;

    /**
     * One call.
     *
     * @param line from 1
     * @param days literal number of days
     * @param value path below {@code .Values} that sets the days, tried before the literal
     * @param guards paths below {@code .Values} that must be true for it to be reached, those behind {@code !} false
     */
    record Call(int line, Optional<Integer> days, Optional<String> value, List<String> guards) {}

    /** A template longer than this, or with more calls, is none that a person wrote. */
    private static final int LONGEST = 500_000;

    private static final int MOST_CALLS = 20;
    private static final int LONGEST_ARGUMENT = 1_000;

    private final String text;

    Generators(String text) {
        this.text = text.length() > LONGEST ? "" : text;
    }

    /** Every call whose days can be told from the text. */
    List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        Matcher matcher = CALL.matcher(text);
        for (int i = 0; i < MOST_CALLS && matcher.find(); i++) {
            int wanted = matcher.group(1).equals("genCA") ? 1 : 3;
            List<String> arguments = arguments(matcher.end(), wanted + 1);
            if (arguments.size() > wanted) {
                call(arguments.get(wanted), matcher.start()).ifPresent(calls::add);
            }
        }
        return calls;
    }

    /** True where the template asks the cluster for what is there already. */
    boolean looksUp() {
        return text.contains("lookup ");
    }

    private Optional<Call> call(String argument, int at) {
        String days = argument;
        for (int i = 0; i < MOST_STEPS && days.startsWith("$"); i++) {
            days = assigned(days, at).orElse("");
        }
        Optional<String> value = first(VALUE, days).map(path -> path.substring(1));
        Optional<Integer> number = NUMBER.matcher(days).matches()
                ? Optional.of(Integer.parseInt(days))
                : first(DEFAULT, days).map(Integer::parseInt);
        if (number.isEmpty() && value.isEmpty()) {
            return Optional.empty();
        }
        int line = 1
                + (int) text.substring(0, at)
                        .chars()
                        .filter(letter -> letter == '\n')
                        .count();
        return Optional.of(new Call(line, number, value, guards(at)));
    }

    private static Optional<String> first(Pattern pattern, String in) {
        Matcher matcher = pattern.matcher(in);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** What a variable was last given before a place: the rest of its action. */
    private Optional<String> assigned(String variable, int before) {
        int at = before;
        for (int i = 0; i < MOST_MENTIONS && at > 0; i++) {
            at = text.lastIndexOf(variable, at - 1);
            if (at < 0) {
                return Optional.empty();
            }
            int from = at + variable.length();
            Matcher given = GIVEN.matcher(text.substring(from, Math.min(text.length(), from + LONGEST_ARGUMENT)));
            if (given.lookingAt()) {
                return Optional.of(given.group(1).replaceFirst("-$", "").strip());
            }
        }
        return Optional.empty();
    }

    /** The arguments from a place on, as they stand; at most so many. */
    private List<String> arguments(int from, int most) {
        List<String> arguments = new ArrayList<>();
        int at = from;
        while (arguments.size() < most) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            int end = argument(at);
            if (end <= at) {
                return arguments;
            }
            arguments.add(text.substring(at, end));
            at = end;
        }
        return arguments;
    }

    /** Where the argument that starts at a place ends: behind its closing quote or bracket, or at the next blank. */
    private int argument(int from) {
        int depth = 0;
        int at = from;
        int last = Math.min(text.length(), from + LONGEST_ARGUMENT);
        while (at < last) {
            char letter = text.charAt(at);
            if (letter == '"' || letter == '`') {
                int close = closing(at, letter);
                if (close < 0) {
                    return from;
                }
                at = close;
            } else if (letter == '(') {
                depth++;
            } else if (letter == ')') {
                depth--;
            }
            boolean over =
                    depth < 0 || (depth == 0 && (Character.isWhitespace(letter) || letter == '}' || letter == '|'));
            if (over) {
                return at;
            }
            at++;
        }
        return at;
    }

    private int closing(int open, char quote) {
        for (int i = open + 1; i < Math.min(text.length(), open + LONGEST_ARGUMENT); i++) {
            if (text.charAt(i) == '\\' && quote == '"') {
                i++;
            } else if (text.charAt(i) == quote) {
                return i;
            }
        }
        return -1;
    }

    /** The plain conditions of all blocks that are open at a place; what is not plain counts as true. */
    private List<String> guards(int at) {
        List<String> open = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text.substring(0, at));
        while (matcher.find()) {
            switch (matcher.group(1)) {
                case "if" -> open.add(guards(matcher.group(2).strip()));
                case "else", "else if" -> {
                    if (!open.isEmpty()) {
                        open.set(open.size() - 1, matcher.group(2).isBlank() ? turned(open.getLast()) : "");
                    }
                }
                case "end" -> {
                    if (!open.isEmpty()) {
                        open.removeLast();
                    }
                }
                default -> open.add("");
            }
        }
        return open.stream()
                .flatMap(String::lines)
                .filter(guard -> !guard.isEmpty())
                .toList();
    }

    /** A condition's plain terms, one a line: the one that it is, or those that an {@code and} has beside others. */
    private static String guards(String condition) {
        if (!condition.startsWith("and ")) {
            return guard(condition);
        }
        String flat = NOT.matcher(condition.substring(4)).replaceAll("!$1");
        for (String before = ""; !before.equals(flat); ) {
            before = flat;
            flat = INNERMOST.matcher(flat).replaceAll("_");
        }
        StringBuilder terms = new StringBuilder();
        for (String term : flat.split("\\s+", -1)) {
            terms.append(guard(term.replace("!", "not "))).append('\n');
        }
        return terms.toString().strip();
    }

    private static String guard(String condition) {
        Matcher matcher = GUARD.matcher(condition);
        if (!matcher.matches()) {
            return "";
        }
        return (matcher.group(1) != null ? "!" : "") + matcher.group(2).substring(1);
    }

    /** What holds in the branch for the rest; of several terms nobody knows which one fails. */
    private static String turned(String guard) {
        return guard.isEmpty() || guard.contains("\n") ? "" : guard.startsWith("!") ? guard.substring(1) : "!" + guard;
    }
}
