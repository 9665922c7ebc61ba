package dev.premortem.report;

import dev.premortem.fact.Problem;
import dev.premortem.outage.Coverage;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Step;
import dev.premortem.twin.Evidence;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code check} as one page that needs nothing else: no script, no picture, no connection, which its own policy forbids too. It has what {@code --all
 * --coverage} prints.
 */
final class CheckHtml {
    // closed parts are printed open; severities are words, colour only repeats them
    private static final String STYLE = """

            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.4rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
            summary { cursor: pointer; padding: .3rem 0; }
            details { border-bottom: 1px solid #8886; }
            details > *:not(summary) { margin-left: 1.2rem; }
            dt { font-weight: bold; } dd { margin: 0 0 .5rem 1.2rem; }
            code, pre { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
            pre { overflow-x: auto; border: 1px solid #8886; padding: .5rem; }
            table { border-collapse: collapse; } th, td { text-align: left; padding: .2rem .8rem .2rem 0; }
            td.count, th.count { text-align: right; }
            .critical, .high { color: light-dark(#a00, #f88); } .medium { color: light-dark(#850, #fc6); }
            @media print { details::details-content { content-visibility: visible; block-size: auto; } }
            """;

    private final Prediction prediction;
    private final View view;
    private final Findings findings;
    private final Sentences say;
    private final Places places;
    private final Markup out = new Markup("<!DOCTYPE html>\n");

    CheckHtml(Prediction prediction, View view) {
        this.prediction = prediction;
        this.view = view;
        this.findings = Findings.of(prediction, view.baseline(), false);
        this.say = new Sentences(prediction.now());
        this.places = new Places(view.prefix());
    }

    String render() {
        Verdict verdict =
                new Verdict(prediction, view.baseline(), Findings.of(prediction, view.baseline(), true), "below");
        out.begin("html", "lang", "en");
        head(verdict);
        out.begin("body").begin("main");
        out.leaf("h1", verdict.sentence());
        verdict.unrated().ifPresent(text -> out.leaf("p", text));
        verdict.unrendered().ifPresent(text -> out.leaf("p", text));
        out.leaf(
                "p",
                "Judged as of " + Words.instant(prediction.now()) + ", until "
                        + Words.date(prediction.now().plus(prediction.horizon())) + ".");
        section("Outages", findings.judged(), true);
        section("Resting on a guess", findings.possible(), false);
        section("Chosen, not judged", findings.chosen(), false);
        section("Accepted, known, or part of another", findings.aside(), false);
        coverage();
        out.end().end().end();
        return out.text();
    }

    private void head(Verdict verdict) {
        out.begin("head").empty("meta", "charset", "utf-8");
        out.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; style-src 'sha256-" + hash() + "'; base-uri 'none'; form-action 'none'");
        out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        out.leaf("title", "Premortem: " + verdict.sentence());
        out.marked("style", STYLE).end();
    }

    private static String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void section(String name, List<Outage> outages, boolean open) {
        if (outages.isEmpty()) {
            return;
        }
        out.begin("section").leaf("h2", name + " (" + Words.count(outages.size()) + ")");
        outages.forEach(outage -> outage(outage, open));
        out.end();
    }

    private void outage(Outage outage, boolean open) {
        String id = outage.id();
        if (open) {
            out.begin("details", "id", id, "open", "open");
        } else {
            out.begin("details", "id", id);
        }
        String word = outage.severity().word();
        String confidence = outage.confidence() == dev.premortem.outage.Confidence.SURE
                ? ""
                : " " + outage.confidence().word();
        out.marked(
                "summary",
                "<strong class=\"" + word + "\">" + outage.severity() + "</strong> " + Markup.line(outage.title())
                        + " <code>" + Markup.line(id) + "</code>" + confidence);
        out.begin("dl");
        entry("mechanism", outage.mechanism());
        entry("when", say.when(outage));
        entry("lasts", say.lasts(outage));
        say.costs(outage).ifPresent(costs -> entry("costs", costs));
        why(outage);
        if (!outage.products().isEmpty()) {
            entry("down", String.join(", ", outage.products()));
        }
        if (!outage.lives().isEmpty()) {
            entry("lives", String.join(", ", outage.lives()));
        }
        fixes(outage);
        assumes(outage);
        aside(outage);
        entry("more", "premortem explain " + id + view.arguments());
        out.end().end();
    }

    private void entry(String name, String text) {
        out.leaf("dt", name).leaf("dd", text);
    }

    private void why(Outage outage) {
        if (outage.chain().isEmpty()) {
            return;
        }
        out.leaf("dt", "why").begin("dd").begin("ol");
        for (Step step : outage.chain()) {
            List<Evidence> evidence = step.evidence();
            String place =
                    evidence.isEmpty() ? "" : places.of(evidence.getFirst().provenance());
            Set<String> shown = new LinkedHashSet<>(Set.of(place));
            List<Evidence> more = evidence.stream()
                    .filter(one -> shown.add(places.of(one.provenance())))
                    .toList();
            out.begin("li").marked("span", placed(step.text(), place));
            if (!more.isEmpty()) {
                out.begin("ul");
                more.forEach(one -> out.marked("li", placed(one.text(), places.of(one.provenance()))));
                out.end();
            }
            out.end();
        }
        out.end().end();
    }

    private static String placed(String text, String place) {
        return Markup.line(text) + (place.isEmpty() ? "" : " <code>" + Markup.line(place) + "</code>");
    }

    private void fixes(Outage outage) {
        if (outage.remedies().isEmpty()) {
            entry("fix", "none known to the model");
        }
        for (Remedy remedy : outage.remedies()) {
            out.leaf("dt", "fix").begin("dd").marked("p", placed(remedy.title(), where(remedy)));
            out.leaf("p", Sentences.proof(remedy));
            Sentences.saved(remedy, outage.rateKnown())
                    .ifPresent(saved -> out.leaf("p", "saves about " + Words.band(saved)));
            if (!remedy.patch().isEmpty()) {
                out.leaf("pre", remedy.patch());
            } else if (!remedy.steps().isEmpty()) {
                out.begin("ol");
                remedy.steps().forEach(step -> out.leaf("li", step));
                out.end();
            }
            out.end();
        }
    }

    /** Where its first edit is made; empty for an act. */
    private String where(Remedy remedy) {
        return remedy.edits().stream()
                .flatMap(edit -> places.of(edit).stream())
                .findFirst()
                .orElse("");
    }

    private void assumes(Outage outage) {
        if (outage.assumptions().isEmpty()) {
            return;
        }
        out.leaf("dt", "assumes").begin("dd").begin("ul");
        outage.assumptions()
                .forEach(fact -> out.leaf(
                        "li",
                        fact.id() + (fact.of().isEmpty() ? "" : " of " + fact.of()) + ": " + fact.value() + " ("
                                + fact.source() + ")"));
        out.end().end();
    }

    private void aside(Outage outage) {
        String aside = Findings.aside(outage, prediction, view.baseline());
        String growth = view.baseline().grown().get(outage.id());
        if (growth != null) {
            entry("grew", "since the baseline: " + growth);
        }
        if (aside.isEmpty()) {
            entry("accept", say.acceptance(outage));
        } else {
            entry("aside", aside);
        }
    }

    private void coverage() {
        Coverage coverage = prediction.coverage();
        CoverageWords words = new CoverageWords(prediction);
        out.begin("section").leaf("h2", "Coverage").leaf("p", words.read("", ""));
        words.rendered().ifPresent(text -> out.leaf("p", text));
        words.notRun().ifPresent(text -> out.leaf("p", text));
        kinds(words);
        if (!coverage.problems().isEmpty()) {
            out.begin("details", "open", "open")
                    .leaf("summary", Words.of(coverage.problems().size(), "problem"))
                    .begin("ul");
            coverage.problems().stream().map(Problem::text).forEach(text -> out.leaf("li", text));
            out.end().end();
        }
        leftOut("not understood", coverage.gaps());
        leftOut("left aside, which is no gap", coverage.asides());
        out.end();
    }

    private void kinds(CoverageWords words) {
        if (words.kinds().isEmpty()) {
            return;
        }
        out.begin("table").leaf("caption", words.share()).begin("thead").begin("tr");
        out.leaf("th", "kind", "scope", "col");
        List.of("read", "understood", "aside").forEach(name -> out.leaf("th", name, "scope", "col", "class", "count"));
        out.end().end().begin("tbody");
        for (Coverage.Kind kind : words.kinds()) {
            out.begin("tr").leaf("th", kind.kind(), "scope", "row");
            List.of(kind.read(), kind.understood(), kind.aside())
                    .forEach(count -> out.leaf("td", Words.count(count), "class", "count"));
            out.end();
        }
        out.end().end();
    }

    private void leftOut(String name, List<Coverage.NotUnderstood> left) {
        if (left.isEmpty()) {
            return;
        }
        out.begin("details")
                .leaf("summary", Words.count(left.size()) + " " + name)
                .begin("ul");
        CoverageWords.byReason(left).forEach((reason, gaps) -> {
            out.begin("li").leaf("span", reason).begin("ul");
            gaps.forEach(gap ->
                    out.marked("li", "<code>" + Markup.line(places.at(gap.file(), gap.line())) + "</code>"));
            out.end().end();
        });
        out.end().end();
    }
}
