package dev.premortem.report;

import dev.premortem.fact.Problem;
import dev.premortem.outage.Coverage;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import dev.premortem.predict.Predictor;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code check} as JUnit XML, for CI that shows tests: a suite for each mechanism, a test for each outage, which fails where the exit code would be 1 for it. A
 * mechanism that found nothing has one test that passes, because some readers refuse a report without tests.
 */
final class JunitXml {
    private static final String COVERAGE = "coverage";

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Prediction prediction;
    private final View view;
    private final Basis basis;
    private final Markup out = new Markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    /** One test. */
    private record Case(String name, String file, Outcome outcome, String message, String type, String text) {}

    private enum Outcome {
        PASSED,
        FAILED,
        SKIPPED
    }

    JunitXml(Prediction prediction, View view, Basis basis) {
        this.prediction = prediction;
        this.view = view;
        this.basis = basis;
    }

    String render() {
        Map<String, List<Case>> suites = suites();
        List<Case> all = suites.values().stream().flatMap(List::stream).toList();
        out.begin("testsuites", counts("premortem", all));
        suites.forEach(this::suite);
        out.end();
        return out.text();
    }

    private Map<String, List<Case>> suites() {
        TreeSet<String> mechanisms = new TreeSet<>(Predictor.mechanisms());
        mechanisms.removeIf(mechanism -> !basis.ran(mechanism));
        prediction.outages().stream().map(Outage::mechanism).forEach(mechanisms::add);
        Map<String, List<Case>> suites = new TreeMap<>();
        for (String mechanism : mechanisms) {
            List<Case> cases = new ArrayList<>();
            prediction.outages().stream()
                    .filter(outage -> outage.mechanism().equals(mechanism))
                    .forEach(outage -> cases.add(test(outage)));
            if (cases.isEmpty()) {
                cases.add(nothing(mechanism));
            }
            suites.put(mechanism, cases);
        }
        suites.put(COVERAGE, List.of(coverage()));
        return suites;
    }

    private Case nothing(String mechanism) {
        return prediction.coverage().notRun().stream()
                .filter(idle -> idle.mechanism().equals(mechanism))
                .findFirst()
                .map(idle ->
                        new Case("no outage waits", "", Outcome.SKIPPED, "did not run: " + idle.lacks(), "not-run", ""))
                .orElseGet(() -> new Case("no outage waits", "", Outcome.PASSED, "", "", ""));
    }

    private Case test(Outage outage) {
        Sheet sheet = new Sheet(false);
        new OutageText(sheet, view, prediction.now()).print(outage);
        String aside = Findings.aside(outage, prediction, view.baseline());
        Outcome outcome = basis.fails(outage, view.baseline())
                ? Outcome.FAILED
                : aside.isEmpty() ? Outcome.PASSED : Outcome.SKIPPED;
        String message = outcome == Outcome.SKIPPED
                ? aside
                : outage.title() + "; when: " + new Sentences(prediction.now()).when(outage);
        String file = SarifResult.primary(outage, basis.names())
                .flatMap(place -> basis.names().uri(place.file()))
                .orElse("");
        return new Case(
                outage.title() + " (" + outage.id() + ")",
                file,
                outcome,
                message,
                outage.severity().word(),
                sheet.text());
    }

    /** Never fails: what was not understood changes no exit code, but nobody shall take it for fine. */
    private Case coverage() {
        Coverage coverage = prediction.coverage();
        CoverageWords words = new CoverageWords(prediction);
        Sheet sheet = new Sheet(false);
        words.rendered().ifPresent(sheet::paragraph);
        sheet.paragraph(words.read("", ""));
        coverage.problems().stream().map(Problem::text).forEach(sheet::paragraph);
        new CoverageText(sheet, view, prediction).list();
        words.notRun().ifPresent(sheet::paragraph);
        boolean whole = coverage.gaps().isEmpty()
                && coverage.problems().isEmpty()
                && coverage.rendering().gaps().isEmpty();
        return new Case(
                "everything that was read was understood",
                "",
                whole ? Outcome.PASSED : Outcome.SKIPPED,
                whole ? "" : words.read("", "") + " " + words.rendered().orElse(""),
                COVERAGE,
                sheet.text());
    }

    private String[] counts(String name, List<Case> cases) {
        return new String[] {
            "name",
            name,
            "tests",
            String.valueOf(cases.size()),
            "failures",
            count(cases, Outcome.FAILED),
            "errors",
            "0",
            "skipped",
            count(cases, Outcome.SKIPPED),
            "time",
            "0"
        };
    }

    private static String count(List<Case> cases, Outcome outcome) {
        return String.valueOf(
                cases.stream().filter(one -> one.outcome() == outcome).count());
    }

    private void suite(String name, List<Case> cases) {
        List<String> attributes = new ArrayList<>(List.of(counts(name, cases)));
        attributes.add("timestamp");
        attributes.add(SECONDS.format(prediction.now()));
        out.begin("testsuite", attributes.toArray(String[]::new));
        if (name.equals(COVERAGE)) {
            properties();
        }
        cases.forEach(one -> test(name, one));
        out.end();
    }

    private void test(String suite, Case one) {
        List<String> attributes =
                new ArrayList<>(List.of("classname", "premortem." + suite, "name", one.name(), "time", "0"));
        if (!one.file().isEmpty()) {
            attributes.add("file");
            attributes.add(one.file());
        }
        String[] words = attributes.toArray(String[]::new);
        if (one.outcome() == Outcome.PASSED && one.text().isEmpty()) {
            out.empty("testcase", words);
            return;
        }
        out.begin("testcase", words);
        switch (one.outcome()) {
            case FAILED -> out.leaf("failure", one.text(), "message", one.message(), "type", one.type());
            case SKIPPED -> out.empty("skipped", "message", one.message());
            case PASSED -> {}
        }
        if (one.outcome() != Outcome.FAILED && !one.text().isEmpty()) {
            out.leaf("system-out", one.text());
        }
        out.end();
    }

    private void properties() {
        Coverage coverage = prediction.coverage();
        out.begin("properties");
        property("read", String.valueOf(coverage.objects()));
        property("files", String.valueOf(coverage.files()));
        property("understood.percent", String.valueOf((long) Math.floor(100 * coverage.share())));
        property("notUnderstood", String.valueOf(coverage.gaps().size()));
        property("aside", String.valueOf(coverage.asides().size()));
        property("problems", String.valueOf(coverage.problems().size()));
        property("releases", String.valueOf(coverage.rendering().releases()));
        property("rendered", String.valueOf(coverage.rendering().rendered()));
        for (Coverage.Kind kind : coverage.kinds()) {
            property("kind." + kind.kind(), kind.understood() + " of " + (kind.read() - kind.aside()) + " understood");
        }
        out.end();
    }

    private void property(String name, String value) {
        out.empty("property", "name", name, "value", value);
    }
}
