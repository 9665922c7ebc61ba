package dev.premortem.cli;

import dev.premortem.fact.Problem;
import dev.premortem.outage.Cuts;
import dev.premortem.predict.CutStudy;
import dev.premortem.predict.Request;
import dev.premortem.report.Reports;
import dev.premortem.report.View;
import dev.premortem.source.Reading;
import dev.premortem.source.openpsa.OpenPsa;
import dev.premortem.source.openpsa.Unreadable;
import dev.premortem.source.text.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code premortem cuts}: minimal cut sets, probability and importance. */
@Command(
        name = "cuts",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Tells how many minutes a year a product is down, which minimal sets of faults take it down, and"
                + " what each condition is worth.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  premortem cuts examples/crosslink --product explorer",
            "  premortem cuts . --order 2 --format json",
            "  premortem cuts --open-psa tree.xml --cut-off 1e-9"
        })
final class CutsCommand implements Callable<Integer>, Rooted {
    private final Surroundings around;

    @Mixin
    private PathArgument tree = new PathArgument();

    @Option(names = "--product", paramLabel = "NAME", description = "the product to ask about (default: any of them)")
    @Nullable
    private String product;

    @Option(
            names = "--order",
            paramLabel = "K",
            description = "sets of up to K conditions (default: all; the count is complete for what is asked)")
    @Nullable
    private Integer order;

    @Option(
            names = "--cut-off",
            paramLabel = "P",
            description =
                    "sets of at least this probability, such as 1e-9 (default: all; what the others add is bounded)")
    @Nullable
    private Double cutOff;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "list no more than N sets (default: ${DEFAULT-VALUE})")
    private int limit = 1_000;

    @Option(
            names = "--open-psa",
            paramLabel = "FILE",
            description = "a fault tree in the Open-PSA exchange format instead of an estate")
    @Nullable
    private Path openPsa;

    @Option(
            names = "--top",
            paramLabel = "GATE",
            description = "the gate to ask about, with --open-psa (default: the one that no other uses)")
    @Nullable
    private String top;

    @Option(names = "--all", description = "every set and condition in the text, not the first ones only")
    private boolean all;

    @Mixin
    private Choices choices = new Choices();

    @Mixin
    private LiveOptions live = new LiveOptions();

    CutsCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public List<Path> roots() {
        return tree.roots();
    }

    @Override
    public Integer call() {
        choices.validate();
        if (order != null && order < 1) {
            throw new WrongUsage("--order " + order + "; expected 1 or more");
        }
        if (cutOff != null && !(cutOff > 0 && cutOff <= 1)) {
            throw new WrongUsage("--cut-off " + cutOff + "; expected a probability above 0, up to 1");
        }
        if (limit < 0) {
            throw new WrongUsage("--limit " + limit + "; expected 0 or more");
        }
        if (openPsa == null && top != null) {
            throw new WrongUsage("--top goes with --open-psa; for an estate say --product NAME");
        }
        CutStudy.Wish wish = new CutStudy.Wish(
                Optional.ofNullable(order), cutOff == null ? OptionalDouble.empty() : OptionalDouble.of(cutOff), limit);
        Cuts cuts = openPsa == null ? ofEstate(wish) : ofTree(openPsa, wish);
        View view = new View(all, false, choices.quiet, false, "", "", Set.of());
        choices.write((format, colour) -> Reports.cuts(cuts, format, view.coloured(colour)), around);
        return Exit.FINE;
    }

    private Cuts ofEstate(CutStudy.Wish wish) {
        Estates estates = new Estates(around, choices, live.observer(around, choices));
        Reading reading = estates.read(live.roots(tree.path, around));
        Request request = new Request(
                choices.now(around), Duration.ofDays(400), 1, Set.of(), true, List.of(), Threads.ofTheMachine());
        CutStudy study = CutStudy.of(reading.estate(), request);
        List<String> products = study.products();
        if (products.isEmpty()) {
            throw new WrongUsage("no product is known here: no host name that a route serves, and none declared;"
                    + " expected one to ask about (premortem init begins to declare)");
        }
        if (product != null && !products.contains(product)) {
            throw new WrongUsage("no product is called \"" + product + "\"" + RootCommand.near(product, products)
                    + "; there " + (products.size() == 1 ? "is " : "are ") + few(products));
        }
        try (Progress _ = estates.progress("counting")) {
            return study.cuts(Optional.ofNullable(product), wish);
        }
    }

    private static String few(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(8, names.size())))
                + (names.size() > 8 ? " and " + (names.size() - 8) + " more" : "");
    }

    private Cuts ofTree(Path file, CutStudy.Wish wish) {
        if (tree.path != null || product != null) {
            throw new WrongUsage("--open-psa stands alone; expected no PATH and no --product beside it");
        }
        try {
            if (!Files.isRegularFile(file)) {
                throw new WrongUsage("no such file: " + file);
            }
            if (Files.size(file) > Limits.DEFAULT.fileBytes()) {
                throw new WrongUsage(
                        file + " is larger than " + (Limits.DEFAULT.fileBytes() >> 20) + " MiB, which is not read");
            }
            OpenPsa.Model model = OpenPsa.read(
                    file.toString(), Files.readString(file, StandardCharsets.UTF_8), Optional.ofNullable(top));
            for (Problem remark : model.remarks()) {
                around.err().println(remark.text());
            }
            if (cutOff != null && !model.withoutProbability().isEmpty()) {
                throw new WrongUsage("--cut-off needs the probability of every event, and "
                        + few(List.copyOf(model.withoutProbability()))
                        + (model.withoutProbability().size() == 1 ? " has none" : " have none"));
            }
            return CutStudy.ofTree(
                    model.tree(), model.top(), wish, model.withoutProbability().isEmpty(), model.samples());
        } catch (Unreadable e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new WrongUsage(
                    "cannot read " + file + ": " + e.getClass().getSimpleName() + "; expected an XML file in UTF-8");
        }
    }
}
