package dev.premortem.report;

import dev.premortem.outage.Outage;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code explain}: everything known about one outage, or the page of a mechanism. */
public final class ExplainText {
    private ExplainText() {}

    /** One outage whole: no limit on what is listed, every remedy, every source. */
    public static String outage(Outage outage, Instant now, View view) {
        Sheet sheet = new Sheet(view.colour());
        OutageText text = new OutageText(sheet, view, now);
        Sentences say = new Sentences(now);
        text.heading(outage);
        sheet.labelled(
                "kind",
                outage.mechanism() + ", class " + outage.outageClass() + ", "
                        + outage.confidence().word());
        sheet.labelled("pivot", outage.pivot() + ": held up, it prevents the outage");
        list(sheet, "down", outage.products());
        list(sheet, "with", outage.services());
        list(sheet, "lives", outage.lives());
        sheet.labelled("when", say.when(outage));
        sheet.labelled("lasts", say.lasts(outage));
        range(sheet, outage);
        outage.minutesPerYear()
                .ifPresent(minutes -> sheet.labelled(
                        "costs",
                        "about " + Words.band(minutes) + Sentences.summed(outage)
                                + (outage.rateKnown() ? "" : ", from assumed rates")));
        text.why(outage);
        moments(sheet, outage);
        Places places = new Places(view.prefix());
        outage.instances()
                .forEach(instance ->
                        sheet.labelled("where", instance.of(), places.at(instance.place()), Sheet.Tint.NONE));
        for (Remedy remedy : outage.remedies()) {
            text.remedy("fix", remedy, outage.rateKnown());
        }
        if (!outage.assumptions().isEmpty()) {
            sheet.line("  assumes");
            text.sources(outage);
        }
        sheet.line("  page    premortem explain " + outage.mechanism());
        return sheet.text();
    }

    private static void list(Sheet sheet, String label, List<String> names) {
        if (!names.isEmpty()) {
            sheet.labelled(label, String.join(", ", names));
        }
    }

    private static void range(Sheet sheet, Outage outage) {
        Outage.DurationRange range = outage.durationRange();
        sheet.labelled(
                "range",
                "at least " + Words.duration(range.atLeast()) + ", typically " + Words.duration(range.typical()) + ", "
                        + range.atMost()
                                .map(most -> "at most " + Words.duration(most))
                                .orElse("no end without a person"));
    }

    private static void moments(Sheet sheet, Outage outage) {
        List<Step> dated =
                outage.chain().stream().filter(step -> step.at().isPresent()).toList();
        for (int i = 0; i < dated.size(); i++) {
            String at = Words.clock(dated.get(i).at().orElseThrow());
            String text = at + "  " + dated.get(i).condition();
            if (i == 0) {
                sheet.labelled("order", text);
            } else {
                sheet.under(text, "", Sheet.Tint.NONE, 2);
            }
        }
    }

    /** The page of a mechanism, packed into the program; empty where there is none. */
    public static Optional<String> mechanism(String id) {
        try (InputStream page = ExplainText.class.getResourceAsStream("/docs/mechanisms/" + id + ".md")) {
            if (page == null) {
                return Optional.empty();
            }
            return Optional.of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
