package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.catalogue.AnnouncedChanges;
import dev.premortem.estate.Edit;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Catalogue;
import dev.premortem.model.AcmeRun;
import dev.premortem.model.AnnouncedUses;
import dev.premortem.model.Proposal;
import dev.premortem.model.Sketch;
import dev.premortem.model.Standstill;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.process.Expiry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The outside world changes on a day that was announced, and something here rests on how it was: a client that renews by the clock meets certificates that live
 * shorter, an authority or a service that is asked is closed. Seen in public: letsencrypt.org/2025/12/02/from-90-to-45.
 */
@AutoService(Mechanism.class)
public final class AnnouncedChange implements Mechanism {
    @Override
    public String id() {
        return "announced-change";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.B;
    }

    @Override
    public void contribute(Sketch sketch) {
        if (sketch.simulating()) {
            return;
        }
        AcmeRun.all(sketch).forEach(run -> renewals(sketch, run));
        SortedMap<String, List<AnnouncedUses.Use>> byAct = new TreeMap<>();
        for (AnnouncedUses.Use use : AnnouncedUses.all(sketch)) {
            byAct.computeIfAbsent(use.cluster() + " " + use.act(), _ -> new ArrayList<>())
                    .add(use);
        }
        byAct.values().forEach(uses -> propose(sketch, uses));
    }

    /** Plays the runs of a client over the dates: where what is in use ends before the next renewal, its names are down. */
    private void renewals(Sketch sketch, AcmeRun run) {
        Instant until = sketch.now().plus(sketch.horizon());
        List<Expiry.Span> spans = run.spans(sketch, until);
        Optional<Instant> gap = AcmeRun.gap(spans, until);
        Condition valid = Condition.of(run.workload().reference().text(), "certificate");
        if (gap.isEmpty() || sketch.twin().defines(valid)) {
            return;
        }
        Expiry.Span lost = spans.stream()
                .filter(span -> span.notAfter() == gap.get().toEpochMilli())
                .findFirst()
                .orElseThrow();
        Duration life = Duration.ofMillis(lost.notAfter() - lost.from());
        String names = run.hosts().isEmpty() ? run.workload().name() : String.join(", ", run.hosts());
        List<Evidence> evidence = new ArrayList<>(run.evidence());
        evidence.add(new Evidence(
                run.rule().client() + " " + run.rule().what(),
                new Assumed("behaviour.acme-client", run.rule().source())));
        AnnouncedChanges.life(run.profile(), Instant.ofEpochMilli(lost.from()), sketch.now())
                .ifPresent(each -> evidence.add(new Evidence(
                        "a certificate issued from " + day(each.from()) + " on lives " + days(each.life()),
                        new Assumed("behaviour.certificate-life", each.source()))));
        sketch.twin()
                .basic(
                        valid,
                        true,
                        new Meaning(
                                id(),
                                "the certificate of " + names + " is valid",
                                "the certificate of " + names + " lives " + days(life)
                                        + " and ends before the next renewal: clients refuse the connection",
                                evidence));
        String key = "expiry:" + valid.name();
        sketch.twin().process(new Expiry(key, id(), valid, spans));
        sketch.front().productsByHost().keySet().stream()
                .filter(host -> covered(host, run))
                .forEach(host -> sketch.twin().require(sketch.front().host(host), valid));
        if (run.issued(sketch).isEmpty()) {
            sketch.assume(
                    run.workload().reference(),
                    "certificate.issued-at-last-run",
                    true,
                    "no certificate of these names was read: taken as issued by the last run");
        }
        sketch.propose(new Proposal(
                        id(),
                        Trigger.Type.TIME,
                        outageClass(),
                        valid,
                        List.of(),
                        Set.of(key),
                        gap,
                        run.rule().sure() ? Confidence.LIKELY : Confidence.POSSIBLE,
                        "on " + day(gap.get()) + " when a certificate that lives " + days(life)
                                + " ends before its renewal",
                        Catalogue.DIAGNOSE_KNOWN,
                        List.of(),
                        List.of(new Instance(
                                run.workload().reference().text(),
                                run.workload().place())))
                .headed("the certificate of " + names + " ends on " + day(gap.get()) + ", before "
                        + run.rule().client() + " renews it: it lives " + days(life) + " then"));
    }

    private static boolean covered(String host, AcmeRun run) {
        return run.hosts().contains(host)
                || (host.indexOf('.') > 0 && run.hosts().contains("*" + host.substring(host.indexOf('.'))));
    }

    private static String days(Duration life) {
        return life.toHours() % 24 == 0 ? life.toDays() + " days" : life.toHours() + " hours";
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private void propose(Sketch sketch, List<AnnouncedUses.Use> uses) {
        AnnouncedUses.Use first = uses.getFirst();
        boolean later = first.from().isAfter(sketch.now());
        if (first.from().isAfter(sketch.now().plus(sketch.horizon()))) {
            return;
        }
        String when = (later ? "from " : "since ") + day(first.from());
        String headline = first.told() + " " + when + ": " + first.of().name()
                + (uses.size() == 1 ? "" : " and " + (uses.size() - 1) + " more");
        List<Standstill.Item> items = uses.stream()
                .map(use -> new Standstill.Item(
                        use.of(),
                        use.place(),
                        use.of().name() + " works",
                        use.of().name() + ": " + use.lost(),
                        use.why(),
                        List.of(
                                use.evidence(),
                                new Evidence(use.why(), new Assumed("behaviour.announced", use.source()))),
                        Confidence.LIKELY))
                .toList();
        new Standstill(
                        id(),
                        first.cluster(),
                        first.act(),
                        outageClass(),
                        new Standstill.Words(
                                "nobody needs it in " + first.cluster(),
                                first.begun(),
                                first.told() + ": not yet",
                                first.lost(),
                                when))
                .at(later ? Optional.of(first.from()) : Optional.empty())
                .propose(sketch, items, headline);
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Edit> edits = new ArrayList<>();
        String instead = "";
        for (AnnouncedUses.Use use : AnnouncedUses.all(sketch)) {
            if (outage.instances().stream()
                    .anyMatch(instance -> instance.of().equals(use.of().text()))) {
                instead = use.instead();
                use.edit().ifPresent(edits::add);
            }
        }
        return List.of(
                instead.isEmpty()
                        ? Remedy.proposed(
                                "renew when a third of the life is left, and run the client daily",
                                List.of(),
                                List.of(
                                        "take a version of the client that follows the certificate's life or its"
                                                + " authority's advice (ARI)",
                                        "try it with the authority's staging directory"))
                        : Remedy.proposed(instead, edits, List.of()));
    }
}
