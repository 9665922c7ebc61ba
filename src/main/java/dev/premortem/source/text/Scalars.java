package dev.premortem.source.text;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree.Scalar;
import dev.premortem.fact.Tree.Scalar.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Plain YAML scalars as Kubernetes' decoder reads them (YAML 1.1 booleans, octal by a leading zero, underscores in numbers, dates as
 * strings). Tried against kubectl 1.32's decoder.
 */
final class Scalars {
    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?");
    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
    private static final BigInteger LARGEST = BigInteger.TWO.pow(64);

    private Scalars() {}

    /** A scalar that is neither quoted nor tagged. */
    static Scalar plain(Declared place, String text) {
        if (NULL.contains(text)) {
            return new Scalar(place, Kind.NULL, "");
        }
        if (TRUE.contains(text)) {
            return new Scalar(place, Kind.BOOLEAN, "true");
        }
        if (FALSE.contains(text)) {
            return new Scalar(place, Kind.BOOLEAN, "false");
        }
        char first = text.charAt(0);
        boolean maybeNumber = (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
        return maybeNumber && text.length() <= 64 ? number(place, text) : new Scalar(place, Kind.STRING, text);
    }

    /** True for a decimal of few digits that is written as it is meant: the common case, which needs no arithmetic. */
    private static boolean simple(String text) {
        if (text.length() > 18 || text.charAt(0) < '1' || text.charAt(0) > '9') {
            return text.equals("0");
        }
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** True where a letter stands that no number has, as in a version or an address. */
    private static boolean foreign(String text) {
        for (int i = 0; i < text.length(); i++) {
            char here = text.charAt(i);
            if (here > 'x' || here == ':' || here == '/' || here == ' ' || (here > 'f' && here < 'o')) {
                return true;
            }
        }
        return false;
    }

    private static Scalar number(Declared place, String text) {
        if (simple(text)) {
            return new Scalar(place, Kind.INTEGER, text);
        }
        if (foreign(text)) {
            return new Scalar(place, Kind.STRING, text);
        }
        String digits = text.replace("_", "");
        var integer = INTEGER.matcher(digits);
        if (integer.matches()) {
            BigInteger value = integer.group(2) != null
                    ? new BigInteger(integer.group(2), 16)
                    : integer.group(3) != null
                            ? new BigInteger(integer.group(3), 2)
                            : integer.group(4) != null
                                    ? new BigInteger(integer.group(4), 8)
                                    : new BigInteger(integer.group(5));
            if (value.compareTo(LARGEST) < 0) {
                return new Scalar(
                        place, Kind.INTEGER, ("-".equals(integer.group(1)) ? value.negate() : value).toString());
            }
        }
        if (FLOAT.matcher(digits).matches()) {
            return new Scalar(place, Kind.NUMBER, canonical(digits));
        }
        return new Scalar(place, Kind.STRING, text);
    }

    private static String canonical(String digits) {
        BigDecimal value = new BigDecimal(digits.endsWith(".") ? digits.substring(0, digits.length() - 1) : digits);
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return Math.abs((long) stripped.precision() - stripped.scale()) <= 21
                ? stripped.toPlainString()
                : stripped.toString();
    }
}
