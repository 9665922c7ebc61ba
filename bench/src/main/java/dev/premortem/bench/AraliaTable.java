package dev.premortem.bench;

import dev.premortem.engine.cuts.Budget;
import dev.premortem.engine.cuts.CutAnalysis;
import dev.premortem.engine.cuts.FaultTree;
import dev.premortem.engine.cuts.Wanted;
import dev.premortem.source.openpsa.OpenPsa;
import dev.premortem.source.openpsa.Unreadable;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Prints a table of fault trees: probability, number of minimal cut sets and of those up to order four, each with the CPU seconds of its thread, in a
 * virtual machine that has seen all trees before, and with the largest heap of the three. Reading the file is not counted.
 */
public final class AraliaTable {
    /** Steps of about 100 ns: what warms up every part and still ends. */
    private static final Budget SHORT = new Budget(1 << 18, 10_000_000);

    private static final int ORDER = 4;
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final Budget budget;
    private final Optional<Scram> scram;
    private final double[] sums = new double[3];
    private final int[] answered = new int[3];
    private final double[] others = new double[3];
    private final double[] beside = new double[3];

    private AraliaTable(Budget budget, Optional<Scram> scram) {
        this.budget = budget;
        this.scram = scram;
    }

    /** An answer and what it cost; no text where a limit ended it. */
    private record Answer(Optional<String> text, double seconds, long bytes) {}

    /** Arguments: folder, seconds each answer may take, the other tool or nothing. */
    public static void main(String[] arguments) throws IOException {
        int limit = Integer.parseInt(arguments[1]);
        Optional<Scram> scram = arguments.length > 2 && !arguments[2].isEmpty()
                ? Optional.of(new Scram(Path.of(arguments[2]), limit))
                : Optional.empty();
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
            files = all.filter(file -> file.toString().endsWith(".xml")).sorted().toList();
        }
        new AraliaTable(new Budget(150_000_000, limit * 10_000_000L), scram).print(files);
    }

    private void print(List<Path> files) throws IOException {
        for (Path file : files) {
            read(file).ifPresent(model -> questions(model.tree(), SHORT).forEach(Supplier::get));
        }
        OUT.println("| tree | events | probability | s | minimal cut sets | s | up to order " + ORDER + " | s | MB |"
                + (scram.isPresent() ? " SCRAM s | ratio | s | ratio | s | ratio |" : ""));
        OUT.println("|" + " --- |".repeat(scram.isPresent() ? 15 : 9));
        for (Path file : files) {
            Optional<OpenPsa.Model> model = read(file);
            if (model.isPresent()) {
                row(file, model.get());
            }
        }
        sums();
    }

    private static Optional<OpenPsa.Model> read(Path file) throws IOException {
        try {
            return Optional.of(
                    OpenPsa.read(file.getFileName().toString(), Files.readString(file), Optional.empty()));
        } catch (Unreadable e) {
            System.err.println(e.problem().text());
            return Optional.empty();
        }
    }

    private static List<Supplier<Optional<String>>> questions(FaultTree tree, Budget budget) {
        return List.of(
                () -> CutAnalysis.probabilityOf(tree, budget).probability().stream()
                        .mapToObj(value -> String.format(Locale.ROOT, "%.6g", value))
                        .findFirst(),
                () -> count(CutAnalysis.setsOf(tree, budget), OptionalInt.empty()),
                () -> count(CutAnalysis.within(tree, Wanted.upTo(ORDER), budget), OptionalInt.of(ORDER)));
    }

    /** Where the budget ended first, there are sets of a lower order, which is no answer here. */
    private static Optional<String> count(CutAnalysis found, OptionalInt asked) {
        return found.count().filter(_ -> found.order().equals(asked)).map(BigInteger::toString);
    }

    private void row(Path file, OpenPsa.Model model) throws IOException {
        StringBuilder row = new StringBuilder("| " + name(file) + " | " + model.tree().events());
        StringBuilder more = new StringBuilder();
        long most = 0;
        int question = 0;
        for (Supplier<Optional<String>> asked : questions(model.tree(), budget)) {
            Answer answer = timed(asked);
            most = Math.max(most, answer.bytes());
            row.append(" | ").append(answer.text().orElse("–")).append(" | ").append(figure(answer.seconds()));
            if (answer.text().isPresent()) {
                sums[question] += answer.seconds();
                answered[question]++;
            }
            if (scram.isPresent()) {
                more.append(compared(file, question, answer));
            }
            question++;
        }
        OUT.println(row + " | " + (most >> 20) + " |" + more);
    }

    private String compared(Path file, int question, Answer answer) throws IOException {
        Optional<Double> other = scram.orElseThrow().seconds(file, question);
        if (other.isPresent() && answer.text().isPresent()) {
            others[question] += other.get();
            beside[question] += answer.seconds();
        }
        // the other's clock ticks in hundredths of a second
        boolean tooShort = other.filter(seconds -> seconds >= 0.02).isEmpty();
        String ratio = tooShort || answer.text().isEmpty()
                ? "–"
                : String.format(Locale.ROOT, "%.2f", answer.seconds() / Math.max(0.001, other.get()));
        return " " + other.map(AraliaTable::figure).orElse("–") + " | " + ratio + " |";
    }

    private void sums() {
        String row = "| sum | ";
        for (int question = 0; question < 3; question++) {
            row += " | " + answered[question] + " answered | " + figure(sums[question]);
        }
        StringBuilder more = new StringBuilder();
        for (int question = 0; scram.isPresent() && question < 3; question++) {
            more.append(" ").append(figure(others[question])).append(" | ");
            more.append(String.format(Locale.ROOT, "%.2f", beside[question] / Math.max(0.001, others[question])));
            more.append(" |");
        }
        OUT.println(row + " | |" + more);
    }

    private static Answer timed(Supplier<Optional<String>> asked) {
        System.gc();
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        Optional<String> text = asked.get();
        double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        long bytes = pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        return new Answer(text, seconds, bytes);
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".xml", "");
    }

    private static String figure(double seconds) {
        return String.format(Locale.ROOT, seconds < 0.1 ? "%.3f" : "%.2f", seconds);
    }
}
