package dev.premortem.report;

import dev.premortem.outage.Advice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** {@code advise} for people: a ranked table, and what remains. */
final class AdviceText {
    private static final int INDENT = 4;
    private static final int PREVENTED = 3;

    private final Advice advice;
    private final View view;

    AdviceText(Advice advice, View view) {
        this.advice = advice;
        this.view = view;
    }

    String render() {
        List<String> lines = new ArrayList<>();
        int rank = 0;
        for (Advice.Pick pick : advice.picked()) {
            rank++;
            lines.addAll(first(rank, pick.remedy().title()));
            add(
                    lines,
                    "saves " + (pick.assumed() ? "about " : "") + Words.band(pick.saved())
                            + (pick.assumed() ? " (rates are assumed)" : "")
                            + cost(pick));
            pick.prevents().stream().limit(PREVENTED).forEach(title -> add(lines, title));
            if (pick.prevents().size() > PREVENTED) {
                add(lines, "and " + (pick.prevents().size() - PREVENTED) + " more (--format json)");
            }
            pick.place().ifPresent(place -> lines.add(" ".repeat(INDENT) + view.prefix() + place.at()));
            pick.outages().stream()
                    .limit(1)
                    .forEach(id -> lines.add(" ".repeat(INDENT) + "premortem fix " + id + view.arguments()));
        }
        if (advice.picked().isEmpty()) {
            lines.add("No remedy that was proven in the model saves minutes here.");
        } else {
            lines.add("");
            lines.addAll(Words.wrap(
                    "Each step was proven in the model together with those above it. "
                            + (advice.optimal()
                                    ? "Of the remedies that were proven no other choice within the budget saves more."
                                    : "No choice of them within the budget saves more than "
                                            + Words.figure(advice.upperBound()) + " min a year."),
                    Sheet.WIDTH));
        }
        advice.remarks().forEach(remark -> lines.addAll(Words.wrap(remark, Sheet.WIDTH)));
        lines.addAll(Words.wrap(
                "What remains: " + Words.band(advice.left()) + " of " + Words.band(advice.before()) + ".",
                Sheet.WIDTH));
        return String.join("\n", lines) + "\n";
    }

    private String cost(Advice.Pick pick) {
        String number = BigDecimal.valueOf(pick.cost()).stripTrailingZeros().toPlainString();
        return advice.priced() ? ", costs " + number : pick.cost() == 1 ? "" : ", counts as " + number;
    }

    private static List<String> first(int rank, String title) {
        List<String> wrapped = Words.wrap(title, Sheet.WIDTH - INDENT);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < wrapped.size(); i++) {
            lines.add((i == 0 ? (rank + ".   ").substring(0, INDENT) : " ".repeat(INDENT)) + wrapped.get(i));
        }
        return lines;
    }

    private static void add(List<String> lines, String text) {
        Words.wrap(text, Sheet.WIDTH - INDENT).forEach(line -> lines.add(" ".repeat(INDENT) + line));
    }
}
