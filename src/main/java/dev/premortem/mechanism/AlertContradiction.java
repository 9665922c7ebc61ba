package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.model.AlertFindings;
import dev.premortem.model.AlertRule;
import dev.premortem.model.Durations;
import dev.premortem.model.Sketch;
import dev.premortem.model.Standstill;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An alert that contradicts what it watches: it must fire before a renewal can happen, or between two runs of what it watches, so that people learn to ignore it; or
 * it cannot fire before the outage. Seen in public: xunholy/k8s-gitops pull request 4204.
 */
@AutoService(Mechanism.class)
public final class AlertContradiction implements Mechanism {
    @Override
    public String id() {
        return "alert-contradiction";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.A;
    }

    @Override
    public void contribute(Sketch sketch) {
        if (sketch.simulating()) {
            return;
        }
        SortedMap<String, List<AlertFindings.Finding>> early = new TreeMap<>();
        SortedMap<String, List<AlertFindings.Finding>> late = new TreeMap<>();
        for (AlertFindings.Finding finding : AlertFindings.all(sketch)) {
            (finding.silent() ? late : early)
                    .computeIfAbsent(finding.rule().cluster(), _ -> new ArrayList<>())
                    .add(finding);
        }
        early.forEach((cluster, all) -> falseAlarms(sketch, cluster, all));
        late.forEach((cluster, all) -> silent(sketch, cluster, all));
    }

    private static Reference of(AlertRule rule) {
        return new Reference(rule.of().text() + "/" + rule.name());
    }

    private void falseAlarms(Sketch sketch, String cluster, List<AlertFindings.Finding> all) {
        List<AlertFindings.Finding> now =
                all.stream().filter(each -> each.from().isEmpty()).toList();
        List<AlertFindings.Finding> told = now.isEmpty() ? all : now;
        AlertFindings.Finding first = told.getFirst();
        Optional<Instant> moment =
                told.stream().flatMap(each -> each.from().stream()).min(Instant::compareTo);
        String others = told.size() == 1 ? "" : " (and " + (told.size() - 1) + " more alerts)";
        new Standstill(
                        id(),
                        cluster,
                        "false-alarm",
                        outageClass(),
                        new Standstill.Words(
                                "nothing that alerts of " + cluster + " watch is due",
                                "what they watch goes its normal way",
                                "alerts of " + cluster + " are quiet while all is well",
                                "somebody is called although all is well, again and again",
                                "while all is well"))
                .at(moment)
                .propose(
                        sketch,
                        items(told),
                        "alert " + first.rule().name() + " fires while all is well: " + first.reason()
                                + ", it asks for " + Durations.words(first.seconds()) + others);
    }

    private void silent(Sketch sketch, String cluster, List<AlertFindings.Finding> all) {
        AlertFindings.Finding first = all.getFirst();
        String others = all.size() == 1 ? "" : " (and " + (all.size() - 1) + " more alerts)";
        new Standstill(
                        id(),
                        cluster,
                        "silent-alert",
                        outageClass(),
                        new Standstill.Words(
                                "no certificate of " + cluster + " nears its end",
                                "a renewal fails",
                                "alerts of " + cluster + " come in time",
                                "the certificate ends before anybody can act",
                                "when a renewal fails"))
                .propose(
                        sketch,
                        items(all),
                        "alert " + first.rule().name() + " comes too late to act: " + first.reason() + others);
    }

    private static List<Standstill.Item> items(List<AlertFindings.Finding> all) {
        Map<String, Standstill.Item> items = new LinkedHashMap<>();
        for (AlertFindings.Finding finding : all) {
            AlertRule rule = finding.rule();
            items.putIfAbsent(
                    of(rule).text(),
                    new Standstill.Item(
                            of(rule),
                            place(rule),
                            "alert " + rule.name() + " tells what is",
                            "alert " + rule.name()
                                    + (finding.silent() ? " comes too late" : " fires while all is well"),
                            finding.reason(),
                            finding.evidence(),
                            Confidence.LIKELY));
        }
        return List.copyOf(items.values());
    }

    private static Declared place(AlertRule rule) {
        return rule.expression().provenance() instanceof Declared place ? place : new Declared("", 1, "");
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Edit> edits = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        for (AlertFindings.Finding finding : AlertFindings.all(sketch)) {
            AlertRule rule = finding.rule();
            boolean mine = outage.instances().stream().map(Instance::of).anyMatch(of -> of.equals(of(rule).text()));
            if (!mine || finding.better().isEmpty()) {
                continue;
            }
            Duration better = finding.better().get();
            double number = better.toSeconds() / finding.comparison().scale();
            String written = number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
            if (rule.threshold().isPresent()) {
                steps.add(rule.name() + ": write " + written + " as its threshold");
            } else {
                String text = rule.expression()
                        .value()
                        .substring(0, finding.comparison().from());
                edits.add(new Edit.SetValue(place(rule), text + written));
            }
        }
        return List.of(Remedy.proposed(
                outage.pivot().endsWith("#silent-alert")
                        ? "ask earlier, and for a shorter time"
                        : "ask for what is not normal",
                steps.isEmpty() ? edits : List.of(),
                steps));
    }
}
