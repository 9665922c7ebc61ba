package dev.premortem.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class QuantitiesTest {
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(
            Map.entry("", BigDecimal.ONE),
            Map.entry("n", new BigDecimal("1e-9")),
            Map.entry("u", new BigDecimal("1e-6")),
            Map.entry("m", new BigDecimal("1e-3")),
            Map.entry("k", new BigDecimal("1e3")),
            Map.entry("M", new BigDecimal("1e6")),
            Map.entry("G", new BigDecimal("1e9")),
            Map.entry("T", new BigDecimal("1e12")),
            Map.entry("Ki", new BigDecimal(1L << 10)),
            Map.entry("Mi", new BigDecimal(1L << 20)),
            Map.entry("Gi", new BigDecimal(1L << 30)),
            Map.entry("Ti", new BigDecimal(1L << 40)));

    @Test
    void shortOnesAreCountedAsExactDecimalsAre() {
        Random random = new Random(26);
        List<String> units = UNITS.keySet().stream().sorted().toList();
        for (int round = 0; round < 5_000; round++) {
            String number = String.valueOf(random.nextInt(1_000_000) >> random.nextInt(20));
            String text = (random.nextInt(5) == 0 ? "0" : "") + number + (random.nextInt(4) == 0 ? ".5" : "");
            String unit = units.get(random.nextInt(units.size()));
            Optional<Long> expected = Optional.of(new BigDecimal(text)
                            .multiply(UNITS.get(unit))
                            .movePointRight(3)
                            .setScale(0, RoundingMode.CEILING))
                    .filter(value -> value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
                    .map(BigDecimal::longValueExact);
            assertEquals(expected, Quantities.thousandths(text + unit), text + unit);
        }
    }

    @Test
    void whatIsNoneIsEmpty() {
        for (String text : List.of("", "m", "Gi", "1 Gi", "1g", "1Gib", "--1", "0x10", "1e", "९")) {
            assertEquals(Optional.empty(), Quantities.thousandths(text), text);
        }
    }
}
