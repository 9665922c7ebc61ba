package dev.premortem.report;

import dev.premortem.estate.Edit;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Problem;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Coverage;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Severity;
import dev.premortem.outage.Step;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Results whose every text wants out of its place. */
final class Hostile {
    /** Marks, elements, links, people, control characters, what turns the direction, halves of characters, what XML does not have. */
    static final String TEXT = "a|b `c` ``` </pre></details><script>alert(1)</script> ]]> --> &amp; \"q\" 'q' "
            + "@octocat #12 [x](http://evil.example) www.evil.example *b* _i_ $m$ {{x}} \u0000\u001b[31m\u0007"
            + "\u202e\u200b\ud800\uffff\r\n# head\n- item\n";

    private Hostile() {}

    /** So many outages, each text so many times as long. */
    static Prediction prediction(int outages, int times) {
        String text = TEXT.repeat(times);
        List<Outage> all = new ArrayList<>();
        IntStream.range(0, outages).forEach(i -> all.add(outage("h%05d".formatted(i), text)));
        Coverage coverage = new Coverage(
                        9,
                        2,
                        List.of(new Coverage.NotUnderstood(text, 3, text, text)),
                        List.of(new Problem(text, 2, text, text, text, text)),
                        List.of(new Coverage.NotRun("capacity", text)))
                .kinds(List.of(new Coverage.Kind(text, 3, 1)))
                .rendered(new Coverage.Rendering(2, List.of(new Coverage.Rendering.Gap(text, 1)), List.of(text)));
        return Predictions.of(all, coverage);
    }

    private static Outage outage(String id, String text) {
        Outage plain = Predictions.plain(id, Severity.HIGH, OutageClass.A, Confidence.SURE, text);
        Declared place = new Declared(text, 7, text);
        Remedy remedy = new Remedy(
                text,
                List.of(new Edit.SetValue(place, text)),
                "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-" + text + "\n+" + text + "\n",
                List.of(text),
                true,
                false,
                Optional.empty(),
                List.of(),
                text);
        return new Outage(
                plain.id(),
                plain.mechanism(),
                plain.severity(),
                text,
                plain.trigger(),
                text,
                plain.outageClass(),
                plain.confidence(),
                List.of(new Instance(text, place)),
                List.of(text),
                List.of(text),
                List.of(text),
                plain.starts(),
                plain.duration(),
                plain.durationRange(),
                text,
                plain.endsByItself(),
                plain.attended(),
                plain.recurs(),
                plain.alsoBy(),
                plain.shareDown(),
                plain.minutesPerYear(),
                plain.rateKnown(),
                List.of(new Step(text, text, Optional.empty(), List.of(new Evidence(text, text, place)))),
                List.of(remedy),
                List.of(),
                false,
                Optional.empty());
    }
}
