package dev.premortem.report;

import dev.premortem.outage.Advice;
import dev.premortem.outage.Cuts;
import dev.premortem.outage.NextFact;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Simulation;
import java.util.List;

/** Every way in which a result is written, picked by format. */
public final class Reports {
    private Reports() {}

    /** What {@code check} found. Ends with a line feed. */
    public static String check(Prediction prediction, Format format, View view, Basis basis) {
        return switch (format) {
            case TEXT -> new CheckText(prediction, view).render();
            case JSON -> CheckJson.render(prediction, view.baseline());
            case SARIF -> Sarif.render(prediction, view, basis);
            case MARKDOWN -> new CheckMarkdown(prediction, view).render();
            case HTML -> new CheckHtml(prediction, view).render();
            case JUNIT -> new JunitXml(prediction, view, basis).render();
        };
    }

    /** What {@code check} found, where nothing is told of the run itself. */
    public static String check(Prediction prediction, Format format, View view) {
        return check(prediction, format, view, Basis.PLAIN);
    }

    /** The command line refuses these before. */
    private static IllegalArgumentException none(Format format) {
        return new IllegalArgumentException("not written as " + format.word());
    }

    /** One outage whole, for {@code explain}. */
    public static String explained(Outage outage, Prediction prediction, Format format, View view) {
        return switch (format) {
            case TEXT -> ExplainText.outage(outage, prediction.now(), view);
            case JSON -> outage(outage);
            case SARIF, MARKDOWN, HTML, JUNIT -> throw none(format);
        };
    }

    /** One remedy of an outage, for {@code fix}. */
    public static String remedy(Outage outage, Remedy remedy, Format format) {
        return switch (format) {
            case TEXT -> FixText.render(outage, remedy);
            case JSON -> outage(outage);
            case SARIF, MARKDOWN, HTML, JUNIT -> throw none(format);
        };
    }

    /** One outage for programs, as {@code check} has it in its list. */
    private static String outage(Outage outage) {
        return Json.document(json -> CheckJson.outage(json, outage));
    }

    /** What {@code cuts} found. Ends with a line feed. */
    public static String cuts(Cuts cuts, Format format, View view) {
        return switch (format) {
            case TEXT -> new CutsText(cuts, view).render();
            case JSON -> CutsJson.render(cuts);
            case SARIF, MARKDOWN, HTML, JUNIT -> throw none(format);
        };
    }

    /** The remedies that were picked. Ends with a line feed. */
    public static String advice(Advice advice, Format format, View view) {
        return switch (format) {
            case TEXT -> new AdviceText(advice, view).render();
            case JSON -> AdviceJson.render(advice);
            case SARIF, MARKDOWN, HTML, JUNIT -> throw none(format);
        };
    }

    /** What {@code advise --facts} found. Ends with a line feed. */
    public static String facts(List<NextFact> facts, Format format) {
        return switch (format) {
            case TEXT -> NextFactsReport.text(facts);
            case JSON -> NextFactsReport.json(facts);
            case SARIF, MARKDOWN, HTML, JUNIT -> throw none(format);
        };
    }

    /** What {@code simulate} showed. Ends with a line feed. */
    public static String simulate(Simulation simulation, Format format, View view) {
        return switch (format) {
            case TEXT -> new SimulateText(simulation, view).render();
            case JSON -> SimulateJson.render(simulation);
            case SARIF, MARKDOWN, HTML, JUNIT -> throw none(format);
        };
    }
}
