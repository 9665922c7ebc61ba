package dev.premortem.report;

import dev.premortem.outage.Coverage;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Step;
import dev.premortem.outage.Trigger;
import java.io.IOException;
import java.util.List;

/** {@code check} for programs: every outage, also folded, accepted and beyond the ten. Names are a contract. */
final class CheckJson {
    private CheckJson() {}

    static String render(Prediction prediction, Known known) {
        return Json.document(json -> {
            json.number("schemaVersion", 1);
            json.text("now", prediction.now());
            json.text("horizon", prediction.horizon());
            json.object("estate", counts -> estate(counts, prediction.estate()));
            json.object("coverage", part -> coverage(part, prediction.coverage()));
            json.objects("outages", prediction.outages(), outage -> outage(json, outage));
            json.assumptions("assumptions", prediction.assumptions());
            json.object("baseline", part -> {
                part.strings("known", List.copyOf(known.ids()));
                part.strings("grown", List.copyOf(known.grown().keySet()));
                part.strings("gone", known.gone());
            });
            json.number(
                    "accepted",
                    prediction.outages().stream().filter(Outage::accepted).count());
            json.objects("acceptances", prediction.acceptances(), risk -> {
                json.text("name", risk.name());
                json.text("until", risk.until());
                json.text("reason", risk.reason());
                json.text("state", risk.state().word());
                json.strings("outages", risk.outages());
                json.place(risk.place());
            });
        });
    }

    static void estate(Json json, Prediction.Counts counts) throws IOException {
        json.number("sites", counts.sites());
        json.number("links", counts.links());
        json.number("clusters", counts.clusters());
        json.number("workloads", counts.workloads());
        json.number("products", counts.products());
        json.number("objects", counts.objects());
    }

    private static void coverage(Json json, Coverage coverage) throws IOException {
        json.number("read", coverage.objects());
        json.number("files", coverage.files());
        leftOut(json, "notUnderstood", coverage.gaps());
        leftOut(json, "aside", coverage.asides());
        json.number("share", coverage.share());
        kinds(json, coverage);
        json.object("rendering", part -> {
            part.number("releases", coverage.rendering().releases());
            part.number("rendered", coverage.rendering().rendered());
            part.objects("gaps", coverage.rendering().gaps(), gap -> {
                part.text("reason", gap.reason());
                part.number("releases", gap.releases());
            });
        });
        json.strings("renderers", coverage.rendering().by());
        json.strings(
                "problems",
                coverage.problems().stream().map(problem -> problem.text()).toList());
        json.objects("notRun", coverage.notRun(), idle -> {
            json.text("mechanism", idle.mechanism());
            json.text("lacks", idle.lacks());
        });
    }

    static void kinds(Json json, Coverage coverage) throws IOException {
        json.objects("kinds", coverage.kinds(), kind -> {
            json.text("kind", kind.kind());
            json.number("read", kind.read());
            json.number("understood", kind.understood());
            json.number("aside", kind.aside());
        });
    }

    private static void leftOut(Json json, String name, List<Coverage.NotUnderstood> left) throws IOException {
        json.objects(name, left, one -> {
            json.text("file", one.file());
            json.number("line", Math.max(1, one.line()));
            json.text("kind", one.kind());
            json.text("reason", one.reason());
        });
    }

    static void outage(Json json, Outage outage) throws IOException {
        json.text("id", outage.id());
        json.text("mechanism", outage.mechanism());
        json.text("severity", outage.severity().word());
        json.text("title", outage.title());
        json.object("trigger", part -> trigger(part, outage.trigger()));
        json.text("pivot", outage.pivot());
        json.text("class", outage.outageClass().name());
        json.text("confidence", outage.confidence().word());
        json.objects("instances", outage.instances(), instance -> {
            json.text("of", instance.of());
            json.place(instance.place());
        });
        json.strings("products", outage.products());
        json.strings("services", outage.services());
        json.strings("lives", outage.lives());
        length(json, outage);
        json.band("expectedMinutesPerYear", outage.minutesPerYear());
        json.flag("rateKnown", outage.rateKnown());
        json.objects("chain", outage.chain(), step -> step(json, step));
        json.objects("remedies", outage.remedies(), remedy -> remedy(json, remedy));
        json.assumptions("assumptions", outage.assumptions());
        json.flag("accepted", outage.accepted());
        json.text("foldedUnder", outage.foldedUnder());
    }

    private static void trigger(Json json, Trigger trigger) throws IOException {
        json.text("type", trigger.type().word());
        json.strings("faults", trigger.faults());
        json.text("at", trigger.at());
    }

    private static void length(Json json, Outage outage) throws IOException {
        json.text("starts", outage.starts());
        json.text("duration", outage.duration());
        json.object("durationRange", range -> {
            range.text("atLeast", outage.durationRange().atLeast());
            range.text("typical", outage.durationRange().typical());
            range.text("atMost", outage.durationRange().atMost());
        });
        json.text("durationSetBy", outage.durationSetBy());
        json.text("endsBy", outage.endsByItself() ? "itself" : "person");
        json.text("attended", outage.attended());
        if (outage.recurs().isPresent()) {
            Outage.Recurrence again = outage.recurs().get();
            json.object("recurs", part -> {
                part.text("every", again.every());
                part.number("count", again.count());
                part.number("share", again.share());
            });
        } else {
            json.nothing("recurs");
        }
        json.objects("alsoBy", outage.alsoBy(), trigger -> trigger(json, trigger));
        json.array("shareDown", outage.shareDown(), share -> json.pair(share.offset(), share.share()));
    }

    private static void step(Json json, Step step) throws IOException {
        json.text("condition", step.condition());
        json.text("text", step.text());
        json.text("at", step.at());
        json.objects("evidence", step.evidence(), json::evidence);
    }

    private static void remedy(Json json, Remedy remedy) throws IOException {
        json.text("title", remedy.title());
        json.text("patch", remedy.patch());
        json.strings("steps", remedy.steps());
        json.flag("verified", remedy.verified());
        json.flag("shortens", remedy.shortens());
        json.text("note", remedy.note());
        json.band("minutesSavedPerYear", remedy.minutesSavedPerYear());
    }
}
