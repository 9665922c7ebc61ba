package dev.premortem.source.gitops;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code spec.postBuild} of a Flux Kustomization puts in place of {@code ${NAME}}: the expressions of fluxcd/pkg/envsubst
 * (https://github.com/fluxcd/pkg/tree/main/envsubst, read 2026-11-25), of which the common ones are known here.
 */
final class Variables {
    private static final Pattern EXPRESSION = Pattern.compile(
            "\\$\\$\\{|\\$\\{([_a-zA-Z][_a-zA-Z0-9]*)((?::?[-=]|\\^\\^?|,,?)((?:\\$\\{[^}]*\\}|[^}])*))?\\}");

    private final SortedMap<String, Fact<String>> known = new TreeMap<>();

    /** Names that are set by something unreadable, with what it is. */
    private final SortedMap<String, String> hidden = new TreeMap<>();

    private boolean blind;
    private boolean timid;
    final SortedSet<String> missed = new TreeSet<>();

    /** A value; later ones win. */
    void set(String name, Fact<String> value) {
        known.put(name, value);
        hidden.remove(name);
    }

    /** A name whose value cannot be read. */
    void hide(String name, String why) {
        known.remove(name);
        hidden.put(name, why);
    }

    /** A source of which not even the names are known. */
    void blind() {
        blind = true;
    }

    /**
     * Takes names that are not set here from the variables of a Kustomization above: a webhook that adds them to all is common, and without
     * one nobody would write them.
     */
    void beneath(Variables above) {
        above.known.forEach((name, value) -> {
            if (!known.containsKey(name) && !hidden.containsKey(name)) {
                known.put(name, value);
            }
        });
        above.hidden.forEach((name, why) -> {
            if (!known.containsKey(name)) {
                hidden.putIfAbsent(name, why);
            }
        });
    }

    /** The same for a Kustomization that puts nothing in itself: what is not known stays as it is written. */
    Variables timid() {
        Variables same = new Variables();
        same.beneath(this);
        same.timid = true;
        return same;
    }

    /** True where there is nothing to put in; Flux then leaves the objects as they are. */
    boolean none() {
        return known.isEmpty() && hidden.isEmpty() && !blind;
    }

    /** Why a name has no value here. */
    String why(String name) {
        return hidden.getOrDefault(name, "is set by nothing in this tree");
    }

    /** The object with its variables put in; one that refuses it with Flux's annotation or label stays as it is. */
    Manifest into(Manifest object) {
        for (String where : List.of("metadata.annotations", "metadata.labels")) {
            boolean refused = object.tree()
                    .at(where)
                    .flatMap(found -> Grafts.get(found, "kustomize.toolkit.fluxcd.io/substitute"))
                    .flatMap(Tree::text)
                    .filter(text -> text.value().equals("disabled"))
                    .isPresent();
            if (refused) {
                return object;
            }
        }
        return object.with(into(object.tree()));
    }

    Tree into(Tree tree) {
        return Grafts.each(tree, this::into);
    }

    private Tree.Scalar into(Tree.Scalar scalar) {
        String text = scalar.value();
        if (text.indexOf("${") < 0) {
            return scalar;
        }
        Matcher matcher = EXPRESSION.matcher(text);
        StringBuilder out = new StringBuilder();
        Optional<Declared> place = Optional.empty();
        boolean whole = false;
        while (matcher.find()) {
            if (matcher.group(1) == null) {
                matcher.appendReplacement(out, Matcher.quoteReplacement("${"));
                continue;
            }
            Optional<String> value = value(matcher.group(1), matcher.group(2));
            whole = value.isPresent() && matcher.end() - matcher.start() == text.length();
            Fact<String> from = known.get(matcher.group(1));
            if (whole && from != null && from.provenance() instanceof Declared declared) {
                place = Optional.of(declared);
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(value.orElse(matcher.group())));
        }
        matcher.appendTail(out);
        // the value of a whole scalar stands where the variable is set: that is the line to change
        return typed(scalar, place.orElse(scalar.place()), out.toString(), whole);
    }

    /** Flux puts values into YAML text, so what stands alone is read as YAML again. */
    private static Tree.Scalar typed(Tree.Scalar before, Declared place, String text, boolean whole) {
        if (whole && text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            // people quote a value so that it stays a text
            return new Tree.Scalar(place, Tree.Scalar.Kind.STRING, text.substring(1, text.length() - 1));
        }
        if (whole && (text.equals("true") || text.equals("false"))) {
            return new Tree.Scalar(place, Tree.Scalar.Kind.BOOLEAN, text);
        }
        if (whole
                && text.matches("0|[1-9][0-9]{0,17}")
                && !before.place().field().contains("metadata")) {
            return new Tree.Scalar(place, Tree.Scalar.Kind.INTEGER, text);
        }
        return new Tree.Scalar(place, before.kind(), text);
    }

    /** A default may name another variable. */
    private String nested(String text) {
        Matcher matcher = EXPRESSION.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String found = matcher.group(1) == null
                    ? "${"
                    : value(matcher.group(1), matcher.group(2)).orElse(matcher.group());
            matcher.appendReplacement(out, Matcher.quoteReplacement(found));
        }
        return matcher.appendTail(out).toString();
    }

    private Optional<String> value(String name, String function) {
        Fact<String> found = known.get(name);
        String what = function == null ? "" : function;
        if (found == null && hidden.containsKey(name)) {
            missed.add(name);
            return Optional.empty();
        }
        if (found == null && timid) {
            return Optional.empty();
        }
        boolean standard =
                what.startsWith("-") || what.startsWith("=") || what.startsWith(":-") || what.startsWith(":=");
        if (standard && (found == null || found.value().isEmpty())) {
            return Optional.of(nested(what.substring(what.startsWith(":") ? 2 : 1)));
        }
        if (found == null && blind) {
            missed.add(name);
            return Optional.empty();
        }
        String text = found == null ? "" : found.value();
        return Optional.of(
                switch (what) {
                    case "^^" -> text.toUpperCase(Locale.ROOT);
                    case ",," -> text.toLowerCase(Locale.ROOT);
                    case "^" ->
                        text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
                    case "," ->
                        text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
                    default -> text;
                });
    }
}
