package dev.premortem.fact;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes quantities from their text: {@code 500m}, {@code 1.5}, {@code 512Mi}, {@code 1e3}. Empty where the text is none. */
public final class Quantities {
    private static final Pattern QUANTITY =
            Pattern.compile("([-+]?[0-9]*\\.?[0-9]+)(?:([eE][-+]?[0-9]{1,2})|([numkMGTPE]|[KMGTPE]i))?");
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Quantities() {}

    /** A Kubernetes quantity, in thousandths. */
    public static Optional<Long> thousandths(String text) {
        long plain = plain(text);
        if (plain >= 0) {
            return Optional.of(plain);
        }
        return quantity(text).map(value -> value.movePointRight(3)).flatMap(Quantities::ceiling);
    }

    /** A Kubernetes quantity, in whole units. */
    public static Optional<Long> whole(String text) {
        return quantity(text).flatMap(Quantities::ceiling);
    }

    /** Thousandths of what nearly all quantities are, few digits with a binary unit, {@code m} or nothing; -1 for others, which need exact decimals. */
    private static long plain(String text) {
        int digits = 0;
        long number = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            number = 10 * number + text.charAt(digits++) - '0';
            if (digits > 5) {
                return -1;
            }
        }
        if (digits == 0) {
            return -1;
        }
        return switch (text.substring(digits)) {
            case "" -> 1000 * number;
            case "m" -> number;
            case "Ki" -> 1000 * number << 10;
            case "Mi" -> 1000 * number << 20;
            case "Gi" -> 1000 * number << 30;
            default -> -1;
        };
    }

    private static Optional<Long> ceiling(BigDecimal value) {
        BigDecimal up = value.setScale(0, RoundingMode.CEILING);
        return up.abs().compareTo(MOST) > 0 ? Optional.empty() : Optional.of(up.longValue());
    }

    private static Optional<BigDecimal> quantity(String text) {
        Matcher matcher = QUANTITY.matcher(text);
        if (text.length() > 40 || !matcher.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        if (matcher.group(2) != null) {
            return Optional.of(
                    number.scaleByPowerOfTen(Integer.parseInt(matcher.group(2).substring(1))));
        }
        String suffix = matcher.group(3);
        if (suffix == null) {
            return Optional.of(number);
        }
        if (suffix.endsWith("i")) {
            int power = "KMGTPE".indexOf(suffix.charAt(0)) + 1;
            return Optional.of(number.multiply(BigDecimal.valueOf(1024).pow(power)));
        }
        int power = suffix.equals("k")
                ? 3
                : "num".contains(suffix) ? 3 * ("num".indexOf(suffix) - 3) : 3 * ("MGTPE".indexOf(suffix) + 2);
        return Optional.of(number.scaleByPowerOfTen(power));
    }
}
