package dev.premortem.report;

import dev.premortem.fact.Assumed;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Severity;
import dev.premortem.outage.Step;
import dev.premortem.twin.Evidence;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Lays out one outage: the sentence, when, how long, why, what lives, the fix, what it assumes, and the lines to paste. */
final class OutageText {
    /** Places that a step of a chain shows where many outages are told. */
    private static final int FEW = 8;

    private final Sheet sheet;
    private final View view;
    private final Places places;
    private final Sentences say;

    OutageText(Sheet sheet, View view, Instant now) {
        this.sheet = sheet;
        this.view = view;
        this.places = new Places(view.prefix());
        this.say = new Sentences(now);
    }

    /** The whole outage as {@code check} prints it. */
    void print(Outage outage) {
        heading(outage);
        sheet.labelled("when", say.when(outage));
        sheet.labelled("lasts", say.lasts(outage));
        say.costs(outage).ifPresent(costs -> sheet.labelled("costs", costs));
        why(outage, FEW);
        if (!outage.lives().isEmpty()) {
            sheet.labelled("lives", Words.few(outage.lives(), 6));
        }
        fix(outage);
        assumes(outage);
        paste(outage);
    }

    void heading(Outage outage) {
        String mark = outage.confidence() == Confidence.SURE
                ? ""
                : "  " + outage.confidence().word();
        sheet.heading(word(outage.severity()), tint(outage.severity()), outage.title(), outage.id() + mark);
    }

    static String word(Severity severity) {
        return severity.name();
    }

    static Sheet.Tint tint(Severity severity) {
        return switch (severity) {
            case CRITICAL -> Sheet.Tint.CRITICAL;
            case HIGH -> Sheet.Tint.HIGH;
            case MEDIUM -> Sheet.Tint.MEDIUM;
            case LOW -> Sheet.Tint.LOW;
        };
    }

    /** In two lines and a pointer: one that another, printed above, is like. */
    void like(Outage outage, Outage above) {
        heading(outage);
        sheet.labelled("like", above.id() + ", for which see above");
        if (!outage.remedies().isEmpty()) {
            sheet.labelled("fix", outage.remedies().getFirst().title());
        }
        sheet.line("  more    premortem explain " + outage.id() + view.arguments());
    }

    /** The other clusters in which the first of a group waits too, each with its id. */
    void elsewhere(List<Outage> group) {
        List<String> others = group.stream()
                .skip(1)
                .map(outage -> outage.pivot().replaceAll("^cluster/|#.*", "") + " (" + outage.id() + ")")
                .toList();
        if (!others.isEmpty()) {
            sheet.labelled("also", "in " + Words.of(others.size(), "more cluster") + ": " + Words.few(others, 5));
        }
    }

    void why(Outage outage) {
        why(outage, Integer.MAX_VALUE);
    }

    /** The chain; of the evidence of each step so many lines. */
    private void why(Outage outage, int most) {
        boolean first = true;
        for (Step step : outage.chain()) {
            List<Evidence> evidence = step.evidence();
            String place =
                    evidence.isEmpty() ? "" : places.of(evidence.getFirst().provenance());
            if (first) {
                sheet.labelled("why", step.text(), place, Sheet.Tint.NONE);
            } else {
                sheet.under("→ " + step.text(), place, Sheet.Tint.NONE, 2);
            }
            first = false;
            Set<String> shown = new LinkedHashSet<>(Set.of(place));
            for (Evidence more : evidence) {
                String other = places.of(more.provenance());
                if (shown.add(other) && shown.size() <= most) {
                    sheet.deeper(more.text(), other);
                }
            }
            if (shown.size() > most) {
                sheet.deeper("and " + (shown.size() - most) + " more: premortem explain " + outage.id(), "");
            }
        }
    }

    private void fix(Outage outage) {
        if (outage.remedies().isEmpty()) {
            sheet.labelled("fix", "none known to the model");
            return;
        }
        remedy("fix", outage.remedies().getFirst(), outage.rateKnown());
        int more = outage.remedies().size() - 1;
        if (more > 0) {
            sheet.under(Words.of(more, "other way") + ": premortem explain " + outage.id(), "", Sheet.Tint.NONE, 0);
        }
    }

    void remedy(String label, Remedy remedy, boolean rateKnown) {
        List<String> where = remedy.edits().stream()
                .flatMap(edit -> places.of(edit).stream())
                .distinct()
                .toList();
        sheet.labelled(label, remedy.title(), where.isEmpty() ? "" : where.getFirst(), Sheet.Tint.NONE);
        where.stream().skip(1).limit(3).forEach(sheet::right);
        if (where.size() > 4) {
            sheet.right("and " + (where.size() - 4) + " more places");
        }
        if (remedy.patch().isEmpty() && !remedy.steps().isEmpty()) {
            for (int i = 0; i < remedy.steps().size(); i++) {
                sheet.under((i + 1) + ". " + remedy.steps().get(i), "", Sheet.Tint.NONE, 3);
            }
        }
        sheet.under(Sentences.proof(remedy), "", remedy.verified() ? Sheet.Tint.GOOD : Sheet.Tint.NONE, 0);
        Sentences.saved(remedy, rateKnown)
                .ifPresent(saved -> sheet.under("saves about " + Words.band(saved), "", Sheet.Tint.NONE, 0));
    }

    private void assumes(Outage outage) {
        if (outage.assumptions().isEmpty()) {
            return;
        }
        List<String> facts = outage.assumptions().stream()
                .map(fact -> fact.id() + " " + fact.value())
                .distinct()
                .toList();
        sheet.labelled("assumes", Words.few(facts, 4));
    }

    private void paste(Outage outage) {
        String more = "premortem explain " + outage.id() + view.arguments();
        String patch = "premortem fix " + outage.id() + view.arguments();
        String both = more + "     patch   " + patch;
        if (!patched(outage)) {
            sheet.line("  more    " + more);
        } else if (Words.length(both) + Sheet.INDENT <= Sheet.WIDTH) {
            sheet.line("  more    " + both);
        } else {
            sheet.line("  more    " + more);
            sheet.line("  patch   " + patch);
        }
        if (outage.accepted()) {
            sheet.labelled("accept", "accepted: not counted");
        } else {
            sheet.line("  accept  " + say.acceptance(outage));
        }
        String growth = view.baseline().grown().get(outage.id());
        if (growth != null) {
            sheet.labelled("grew", "since the baseline: " + growth);
        }
        outage.foldedUnder().ifPresent(id -> sheet.labelled("part of", id));
    }

    /** True where {@code fix} prints a patch: of an act it has nothing but the steps that stand above. */
    private static boolean patched(Outage outage) {
        return FixText.best(outage).filter(remedy -> !remedy.patch().isEmpty()).isPresent();
    }

    /** Every assumption with its source, for {@code explain}. */
    void sources(Outage outage) {
        outage.assumptions()
                .forEach(fact -> sheet.under(
                        "- " + fact.id() + (fact.of().isEmpty() ? "" : " of " + fact.of()) + ": " + fact.value() + " ("
                                + fact.source() + ")",
                        "",
                        Sheet.Tint.NONE,
                        2));
        Set<String> shown = outage.assumptions().stream()
                .map(fact -> fact.id())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        outage.chain().stream().flatMap(step -> step.evidence().stream()).forEach(evidence -> {
            if (evidence.provenance() instanceof Assumed assumed && shown.add(assumed.id())) {
                sheet.under(
                        "- " + assumed.id() + ": " + evidence.text() + " (" + assumed.source() + ")",
                        "",
                        Sheet.Tint.NONE,
                        2);
            }
        });
    }
}
