package dev.premortem.bench;

import dev.premortem.engine.sweep.Sweep;
import dev.premortem.engine.sweep.SweepResult;
import dev.premortem.twin.Twin;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Prints how long the sweep takes by size of the estate, and draws it: both axes in powers of ten, beside a line that grows as the estate does. */
public final class SweepGrowth {
    private static final int[] SIZES = {1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000};
    private static final int[] NEEDS = {2, 5};
    private static final int ROUNDS = 9;
    private static final int HIGHEST = 3;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private SweepGrowth() {}

    private record Series(String name, List<Double> millis) {}

    /** Arguments: the file of the drawing, how many threads, and the largest size, without which it draws. */
    public static void main(String[] arguments) throws IOException {
        List<Series> drawn = new ArrayList<>();
        int threads = Integer.parseInt(arguments[1]);
        int[] sizes = arguments.length < 3
                ? SIZES
                : IntStream.of(SIZES).filter(size -> size <= Integer.parseInt(arguments[2])).toArray();
        OUT.printf(
                "| needs | workloads | conditions | faults | singles ms | on %1$d | sets | and pairs ms | on %1$d | sets"
                        + " | and triples ms | on %1$d | sets |%n",
                threads);
        OUT.println("| --- ".repeat(13) + "|");
        for (int needs : NEEDS) {
            List<Double> singles = new ArrayList<>();
            List<Double> pairs = new ArrayList<>();
            for (int workloads : sizes) {
                Twin twin = EstateTwin.of(workloads, needs).compile(Twin.Form.SETTLED);
                OUT.printf(
                        Locale.ROOT,
                        "| %d | %,d | %,d | %,d |",
                        needs,
                        workloads,
                        twin.size(),
                        twin.faults().size());
                for (int order = 1; order <= HIGHEST; order++) {
                    double millis = millis(twin, order, threads);
                    if (order < HIGHEST) {
                        (order == 1 ? singles : pairs).add(millis);
                    }
                }
                OUT.println();
            }
            drawn.add(new Series("singles, " + needs + " needs", singles));
            drawn.add(new Series("and pairs, " + needs + " needs", pairs));
        }
        if (sizes.length == SIZES.length) {
            Files.writeString(Path.of(arguments[0]), drawing(drawn));
        }
    }

    /** Prints the time of one thread, that of several, and the sets; gives the time of one. */
    private static double millis(Twin twin, int order, int threads) {
        double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
        long sets = 0;
        // In turn, so that whoever else is at work on the machine hits both.
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < best.length; i++) {
                long before = System.nanoTime();
                SweepResult result = Sweep.run(twin, order, new AtOnce(i == 0 ? 1 : threads));
                best[i] = Math.min(best[i], (System.nanoTime() - before) / 1e6);
                sets = result.cuts().values().stream().mapToLong(List::size).sum();
            }
        }
        OUT.printf(Locale.ROOT, "%s%s %,d |", shown(best[0]), shown(best[1]), sets);
        return best[0];
    }

    private static String shown(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? " %.1f |" : " %.0f |", millis);
    }

    private static double x(double workloads) {
        return 70 + 220 * (Math.log10(workloads) - 3);
    }

    private static double y(double millis) {
        return 340 - 80 * Math.log10(millis);
    }

    private static String drawing(List<Series> drawn) {
        String[] colours = {"#1b6ca8", "#d1495b", "#66a182", "#8d5a97"};
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 400\""
                + " font-family=\"sans-serif\" font-size=\"13\">\n<rect width=\"720\" height=\"400\" fill=\"white\"/>\n");
        for (int power = 3; power <= 5; power++) {
            double at = x(Math.pow(10, power));
            svg.append(line(at, y(1), at, y(10_000), "#ddd", ""));
            svg.append(text(at - 20, 362, "%,d".formatted((int) Math.pow(10, power))));
        }
        for (int power = 0; power <= 4; power++) {
            double at = y(Math.pow(10, power));
            svg.append(line(x(1_000), at, x(100_000), at, "#ddd", ""));
            svg.append(text(8, at + 4, "%,d ms".formatted((int) Math.pow(10, power))));
        }
        svg.append(text(250, 388, "workloads"));
        svg.append(line(x(1_000), y(5), x(100_000), y(500), "#888", " stroke-dasharray=\"6 5\""));
        svg.append(text(530, y(500) + 4, "as the estate grows"));
        for (int s = 0; s < drawn.size(); s++) {
            Series series = drawn.get(s);
            StringBuilder points = new StringBuilder();
            for (int i = 0; i < SIZES.length; i++) {
                points.append("%.1f,%.1f ".formatted(x(SIZES[i]), y(series.millis().get(i))));
            }
            svg.append("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>%n"
                    .formatted(colours[s], points.toString().strip()));
            svg.append("<rect x=\"90\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>%n".formatted(24 + 20 * s, colours[s]));
            svg.append(text(108, 35 + 20 * s, series.name()));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String line(double x1, double y1, double x2, double y2, String colour, String more) {
        return "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"%s/>%n"
                .formatted(x1, y1, x2, y2, colour, more);
    }

    private static String text(double x, double y, String text) {
        return "<text x=\"%.1f\" y=\"%.1f\">%s</text>%n".formatted(x, y, text);
    }
}
