package dev.premortem.report;

import dev.premortem.outage.AcceptedRisk;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code check} for people: the verdict, at most ten outages and three that were chosen, what was not read, what to do next. */
final class CheckText {
    private static final int MOST = 10;
    private static final int MOST_CHOSEN = 3;

    private final Prediction prediction;
    private final View view;
    private final Sheet sheet;
    private final Verdict verdict;
    private final List<Outage> judged;
    private final List<List<Outage>> groups;
    private final List<Outage> possible;
    private final List<Outage> chosen;
    private final List<Outage> aside;

    CheckText(Prediction prediction, View view) {
        this.prediction = prediction;
        this.view = view;
        this.sheet = new Sheet(view.colour());
        Findings findings = Findings.of(prediction, view.baseline(), !view.all());
        this.verdict = new Verdict(prediction, view.baseline(), findings, "on stderr");
        this.judged = findings.judged();
        this.groups = findings.groups();
        this.possible = findings.possible();
        this.chosen = findings.chosen();
        this.aside = findings.aside();
    }

    String render() {
        OutageText outages = new OutageText(sheet, view, prediction.now());
        if (view.quiet()) {
            shown().forEach(outages::heading);
            return sheet.text();
        }
        verdict();
        List<Outage> printed = new ArrayList<>();
        List<Outage> told = view.all() ? shown() : firsts();
        for (Outage outage : told) {
            sheet.blank();
            printed.stream()
                    .filter(above -> !view.all() && Findings.alike(above, outage))
                    .findFirst()
                    .ifPresentOrElse(above -> outages.like(outage, above), () -> outages.print(outage));
            printed.add(outage);
            groups.stream()
                    .filter(group -> group.getFirst().id().equals(outage.id()))
                    .forEach(outages::elsewhere);
        }
        rest();
        ended();
        chosen(outages);
        if (!prediction.outages().isEmpty()) {
            sheet.blank();
        }
        new CoverageText(sheet, view, prediction).print();
        next();
        return sheet.text();
    }

    private List<Outage> firsts() {
        return groups.subList(0, Math.min(MOST, groups.size())).stream()
                .map(List::getFirst)
                .toList();
    }

    private List<Outage> shown() {
        if (!view.all()) {
            return groups.subList(0, Math.min(MOST, groups.size())).stream()
                    .flatMap(List::stream)
                    .toList();
        }
        List<Outage> all = new ArrayList<>(judged);
        all.addAll(possible);
        all.addAll(aside.stream()
                .filter(outage -> outage.outageClass() != OutageClass.F)
                .toList());
        return all;
    }

    private void verdict() {
        Sheet.Tint tint = verdict.good()
                ? Sheet.Tint.GOOD
                : judged.isEmpty()
                        ? Sheet.Tint.MEDIUM
                        : OutageText.tint(judged.getFirst().severity());
        sheet.paragraph(verdict.sentence(), tint);
        verdict.unrated().ifPresent(sheet::paragraph);
        verdict.unrendered().ifPresent(sheet::paragraph);
    }

    private void rest() {
        if (view.all()) {
            return;
        }
        List<String> parts = new ArrayList<>();
        if (groups.size() > MOST) {
            parts.add((groups.size() - MOST) + " more");
        }
        if (!possible.isEmpty()) {
            parts.add(possible.size() + (possible.size() == 1 ? " that rests on a guess" : " that rest on a guess"));
        }
        long accepted = aside.stream().filter(Outage::accepted).count();
        if (accepted > 0) {
            parts.add(accepted + " accepted");
        }
        long known = aside.stream()
                .filter(outage -> !outage.accepted() && view.known().contains(outage.id()))
                .count();
        if (known > 0) {
            parts.add(known + " of the baseline");
        }
        if (aside.size() > accepted + known) {
            parts.add((aside.size() - accepted - known) + " that are part of another");
        }
        if (!parts.isEmpty()) {
            sheet.blank().paragraph("Not shown: " + String.join(", ", parts) + " (--all).");
        }
    }

    /** Acceptances past their end: their outages count again. */
    private void ended() {
        for (AcceptedRisk risk : prediction.acceptances()) {
            if (risk.state() == AcceptedRisk.State.ENDED) {
                sheet.blank()
                        .paragraph("Accepted until " + Words.date(risk.until().minus(Duration.ofDays(1)))
                                + ", which has passed: " + Words.few(risk.outages(), 5) + " ("
                                + (risk.place().file().endsWith(".premortem.yaml") ? "" : view.prefix())
                                + risk.place().at() + ").");
            }
        }
    }

    private void chosen(OutageText outages) {
        List<Outage> lines = new ArrayList<>(chosen);
        if (view.all()) {
            aside.stream()
                    .filter(outage -> outage.outageClass() == OutageClass.F)
                    .forEach(lines::add);
        }
        if (lines.isEmpty()) {
            return;
        }
        sheet.blank().line("---- chosen, not judged");
        if (view.all()) {
            for (Outage outage : lines) {
                outages.print(outage);
                sheet.blank();
            }
            return;
        }
        for (Outage outage : lines.subList(0, Math.min(MOST_CHOSEN, lines.size()))) {
            sheet.labelled("", outage.title(), outage.id(), Sheet.Tint.NONE);
            outage.remedies().stream()
                    .filter(Remedy::verified)
                    .findFirst()
                    .ifPresent(remedy -> sheet.labelled("fix", remedy.title()));
        }
        if (lines.size() > MOST_CHOSEN) {
            sheet.under("and " + (lines.size() - MOST_CHOSEN) + " more (--all)", "", Sheet.Tint.NONE, 0);
        }
    }

    /** Patches name files relative to the tree that was read. */
    private String directory() {
        return view.prefix().isEmpty()
                ? ""
                : " --directory=" + view.prefix().substring(0, view.prefix().length() - 1);
    }

    private void next() {
        List<Outage> fixable = judged.stream()
                .filter(outage -> outage.remedies().stream().anyMatch(Remedy::verified))
                .toList();
        if (!prediction.coverage().problems().isEmpty()) {
            sheet.paragraph("next: mend what stderr names ("
                    + Words.of(prediction.coverage().problems().size(), "problem") + "), then check again");
        } else if (!fixable.isEmpty()) {
            sheet.paragraph(
                    "next: premortem fix " + fixable.getFirst().id() + view.arguments() + " | git apply" + directory());
        } else if (!judged.isEmpty()) {
            sheet.line("next: premortem explain " + judged.getFirst().id() + view.arguments());
        } else if (!prediction.coverage().notRun().isEmpty()) {
            sheet.paragraph("next: declare what no repository holds (premortem.dev/v1: Site, Link, Cluster, Product)");
        } else {
            sheet.paragraph("next: check again with every change; --horizon looks further ahead");
        }
    }
}
