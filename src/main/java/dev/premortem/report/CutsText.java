package dev.premortem.report;

import dev.premortem.outage.Cuts;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** {@code cuts} for people: how long a year, which sets of conditions, and what each condition is worth. */
final class CutsText {
    private static final double MINUTES_A_YEAR = 525_960;
    private static final int MOST_SETS = 20;
    private static final int MOST_IMPORTANT = 10;
    private static final int MOST_PRODUCTS = 15;

    private final Cuts cuts;
    private final View view;
    private final Sheet sheet;

    CutsText(Cuts cuts, View view) {
        this.cuts = cuts;
        this.view = view;
        this.sheet = new Sheet(view.colour());
    }

    String render() {
        headline();
        if (!view.quiet()) {
            sets();
            importance();
            products();
        }
        if (!cuts.remarks().isEmpty()) {
            sheet.blank();
            cuts.remarks().forEach(sheet::paragraph);
        }
        return sheet.text();
    }

    private void headline() {
        Cuts.Probability probability = cuts.probability();
        if (safe()) {
            sheet.paragraph("No fault that is known here takes "
                    + (cuts.top().equals("any product") ? "a product" : cuts.top())
                    + " down. What is declared can fail: sites, links, node pools, hosted services (premortem init begins"
                    + " to declare).");
        } else if (cuts.exposure().isPresent()) {
            exposed(cuts.exposure().get());
        } else if (probability.exact().isPresent()) {
            sheet.paragraph(cuts.top() + " fails with probability "
                    + digits(probability.exact().getAsDouble())
                    + probability
                            .band()
                            .map(band -> " (90 %: " + digits(band.low()) + " to " + digits(band.high()) + ")")
                            .orElse("")
                    + ".");
        } else if (probability.minCutUpperBound().isPresent()) {
            sheet.paragraph(cuts.top() + " fails with probability "
                    + digits(probability.minCutUpperBound().getAsDouble())
                    + " or less by the sets that were found"
                    + (probability.leftOut().isPresent()
                            ? ", and what was left out adds no more than "
                                    + digits(probability.leftOut().getAsDouble())
                            : "")
                    + ".");
        } else {
            sheet.paragraph(cuts.top() + ":");
        }
        if (cuts.exposure().isEmpty() && probability.rareEvent().isPresent()) {
            sheet.paragraph("Sum over "
                    + (probability.leftOut().isPresent() ? "the sets below " : "its minimal cut sets ")
                    + digits(probability.rareEvent().getAsDouble())
                    + (probability.minCutUpperBound().isPresent()
                            ? ", min-cut upper bound "
                                    + digits(probability.minCutUpperBound().getAsDouble())
                            : "")
                    + (probability.exact().isPresent() && probability.leftOut().isPresent()
                            ? "; what they leave out adds no more than "
                                    + digits(probability.leftOut().getAsDouble())
                            : "")
                    + ".");
        }
    }

    private boolean safe() {
        return cuts.exposure().isPresent()
                && cuts.count().filter(all -> all.signum() == 0).isPresent()
                && cuts.order().isEmpty()
                && cuts.cutOff().isEmpty();
    }

    private void exposed(Cuts.Exposure exposure) {
        int all = exposure.declared() + exposure.assumed();
        sheet.paragraph(cuts.top() + " is down about "
                + Words.figure(exposure.minutesPerYear().typical()) + " min a year (90 %: "
                + Words.figure(exposure.minutesPerYear().low()) + " to "
                + Words.figure(exposure.minutesPerYear().high()) + "), "
                + (exposure.timesPerYear() < 0.1
                        ? "less than once in ten years. "
                        : "about " + Words.figure(exposure.timesPerYear()) + " times a year. ")
                + (exposure.assumed() == 0
                        ? "All rates are declared."
                        : Words.count(exposure.assumed()) + " of " + Words.of(all, "rate") + " "
                                + (exposure.assumed() == 1 ? "is" : "are")
                                + " assumed: that is an estimate, faults only."));
        if (cuts.probability().leftOut().isPresent()) {
            sheet.paragraph("What the sets below leave out adds no more than "
                    + Words.figure(cuts.probability().leftOut().getAsDouble() * MINUTES_A_YEAR) + " min a year.");
        }
    }

    private void sets() {
        if (safe()) {
            return;
        }
        sheet.blank();
        String upTo = cuts.order()
                        .map(order -> " of up to " + Words.of(order, "condition"))
                        .orElse("")
                + (cuts.cutOff().isPresent()
                        ? " of probability " + leastOf(cuts.cutOff().getAsDouble())
                        : "");
        String count = cuts.count()
                .map(all -> String.format(Locale.ROOT, "%,d", all)
                        + (all.equals(BigInteger.ONE) ? " minimal cut set" : " minimal cut sets"))
                .orElse("Minimal cut sets");
        String orders = cuts.byOrder().entrySet().stream().map(this::ofOrder).collect(Collectors.joining(", "));
        sheet.paragraph(count + upTo + (orders.isEmpty() ? "." : ": " + orders + "."));
        if (cuts.sets().isEmpty()) {
            return;
        }
        sheet.blank();
        sheet.line(cuts.exposure().isPresent() ? "  min a year  lost together" : "  probability  lost together");
        List<Cuts.CutSet> shown =
                view.all() ? cuts.sets() : cuts.sets().stream().limit(MOST_SETS).toList();
        shown.forEach(set -> row(weight(set), String.join(", ", set.conditions())));
        if (shown.size() < cuts.sets().size()) {
            sheet.line("              and more (--all, or --format json with --limit)");
        } else if (cuts.truncated()) {
            sheet.line("              and more (--limit)");
        }
    }

    private String leastOf(double cutOff) {
        return digits(cutOff).replaceFirst("\\.?0+(e|$)", "$1")
                + (cuts.exposure().isPresent() ? " (" + Words.figure(cutOff * MINUTES_A_YEAR) + " min a year)" : "")
                + " or more";
    }

    private String ofOrder(Map.Entry<Integer, BigInteger> entry) {
        return String.format(Locale.ROOT, "%,d", entry.getValue()) + " of " + Words.of(entry.getKey(), "condition");
    }

    private String weight(Cuts.CutSet set) {
        OptionalDouble probability = set.probability();
        if (probability.isEmpty()) {
            return "";
        }
        return cuts.exposure().isPresent()
                ? Words.figure(probability.getAsDouble() * MINUTES_A_YEAR)
                : digits(probability.getAsDouble());
    }

    private void row(String number, String text) {
        List<String> lines = Words.wrap(text, Sheet.WIDTH - 14);
        for (int i = 0; i < lines.size(); i++) {
            String left = i == 0 ? " ".repeat(Math.max(0, 12 - Words.length(number))) + number : " ".repeat(12);
            sheet.ready(left + "  " + lines.get(i));
        }
    }

    private void importance() {
        if (cuts.importance().isEmpty()) {
            return;
        }
        sheet.blank();
        sheet.paragraph("What each condition is worth: the share of the downtime that goes when it never fails, and how"
                + " many times likelier the loss is while it has failed.");
        sheet.blank();
        sheet.line("     share   times  condition");
        cuts.importance().stream()
                .limit(view.all() ? cuts.importance().size() : MOST_IMPORTANT)
                .forEach(one -> sheet.line(String.format(
                        Locale.ROOT,
                        "%9s %7s  %s%s",
                        share(one.criticality()),
                        one.raw() >= 9_999_500 ? "many" : Words.figure(one.raw()),
                        one.condition(),
                        one.birnbaum() < 0 ? " (its loss helps)" : "")));
        int more = cuts.importance().size() - MOST_IMPORTANT;
        if (more > 0 && !view.all()) {
            sheet.line("                    and " + Words.count(more) + " more (--all)");
        }
    }

    private static String share(double share) {
        double percent = share * 100;
        return percent >= 10
                ? String.format(Locale.ROOT, "%.0f %%", percent)
                : percent < 0.01 && percent >= 0 ? "< 0.01 %" : String.format(Locale.ROOT, "%.2g %%", percent);
    }

    private void products() {
        if (cuts.products().size() < 2 || safe()) {
            return;
        }
        sheet.blank();
        sheet.line("  min a year  product");
        cuts.products().stream()
                .limit(view.all() ? cuts.products().size() : MOST_PRODUCTS)
                .forEach(product -> row(
                        product.minutesPerYear().isPresent()
                                ? Words.figure(product.minutesPerYear().getAsDouble())
                                : "?",
                        product.product()));
        int more = cuts.products().size() - MOST_PRODUCTS;
        if (more > 0 && !view.all()) {
            sheet.line("              and " + Words.count(more) + " more (--all)");
        }
    }

    private static String digits(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.6g", value);
    }
}
