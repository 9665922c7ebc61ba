package dev.premortem.source.helm;

import dev.premortem.fact.Tree;
import dev.premortem.source.helm.EffectiveValues.Leaf;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another value for a leaf, of the same type and shape, that is found again in what is rendered.
 *
 * @param full the other value
 * @param core the part of it that no other value has
 * @param coreWas what stands at the core's place in the leaf's own value
 */
record Mark(Leaf leaf, Tree.Scalar full, String core, String coreWas) {
    private static final Pattern VERSION = Pattern.compile("(v?)([0-9]+\\.[0-9]+)(\\.[0-9]+)?([-+].*)?");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]+(\\.[0-9]+)?([a-zA-Z%]{0,2})");
    /** Words that templates compare with: the structure may hang on them. */
    private static final Pattern WORD = Pattern.compile("[a-zA-Z]{1,24}");

    /** The mark of a leaf; empty for what cannot be marked so: booleans, nulls and empty strings. */
    static Optional<Mark> of(Leaf leaf) {
        String was = leaf.scalar().value();
        return switch (leaf.scalar().kind()) {
            case NULL, BOOLEAN -> Optional.empty();
            case INTEGER -> {
                String number = String.valueOf((was.length() > 3 ? 20_000 : 2_000) + leaf.number());
                yield Optional.of(
                        mark(leaf, was.startsWith("-") ? "-" + number : number, number, was.replace("-", "")));
            }
            case NUMBER -> {
                String number = "0.7" + (10_000 + leaf.number()) + "1";
                yield Optional.of(mark(leaf, number, number, was));
            }
            case STRING -> was.isBlank() ? Optional.empty() : Optional.of(string(leaf, was));
        };
    }

    private static Mark mark(Leaf leaf, String full, String core, String coreWas) {
        Tree.Scalar scalar =
                new Tree.Scalar(leaf.scalar().place(), leaf.scalar().kind(), full);
        return new Mark(leaf, scalar, core, coreWas);
    }

    private static Mark string(Leaf leaf, String was) {
        Matcher version = VERSION.matcher(was);
        Matcher amount = AMOUNT.matcher(was);
        if (amount.matches() && !was.contains(".")) {
            String unit = amount.group(2);
            String number = String.valueOf(30_000 + leaf.number());
            return mark(leaf, number + unit, number, was.substring(0, was.length() - unit.length()));
        }
        if (version.matches()) {
            String core = version.group(2) + "." + (40_000 + leaf.number());
            String rest = version.group(4) == null ? "" : version.group(4);
            String coreWas = version.group(2) + (version.group(3) == null ? "" : version.group(3));
            return mark(leaf, version.group(1) + core + rest, core, coreWas);
        }
        String core = token(leaf.number());
        int end = was.stripTrailing().length();
        return mark(leaf, was.substring(0, end) + core + was.substring(end), core, "");
    }

    /** Letters that may stand in names of every kind. */
    private static String token(int number) {
        StringBuilder out = new StringBuilder("qz");
        int rest = number;
        for (int i = 0; i < 3; i++) {
            out.append((char) ('a' + rest % 26));
            rest /= 26;
        }
        return out.append('z').toString();
    }

    /** True where the mark may change which objects and fields there are. */
    boolean daring() {
        String was = leaf.scalar().value();
        return was.equals("0") || WORD.matcher(was).matches();
    }

    /** True where a text without a check tells this mark for sure. */
    boolean sure() {
        return core.startsWith("qz");
    }

    /** A rendered text as it would be without this mark. */
    String undone(String text) {
        return text.replace(full.value(), leaf.scalar().value()).replace(core, coreWas);
    }
}
