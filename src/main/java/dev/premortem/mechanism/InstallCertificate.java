package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Edit;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.MadeCertificate;
import dev.premortem.estate.Observation;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Route;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.model.Proposal;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Step;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A chart makes its certificate while it is installed, for a number of days that its template names, and nothing but the next upgrade makes it anew. A release
 * that is left alone for that long stops working on a day that no file shows. Certificates whose end can be read are told by certificate-expiry.
 */
@AutoService(Mechanism.class)
public final class InstallCertificate implements Mechanism {
    private static final String SPRIG =
            "helm/helm and Masterminds/sprig: genCA, genSelfSignedCert and genSignedCert take the days of validity (2026-11)";

    /** Long enough for the life of a cluster, as charts that set it themselves have it. */
    private static final int LONG_DAYS = 3650;

    @Override
    public String id() {
        return "install-certificate";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.B;
    }

    @Override
    public boolean mendable() {
        return true;
    }

    @Override
    public void contribute(Sketch sketch) {
        for (MadeCertificate made : sketch.estate().all(MadeCertificate.class)) {
            Duration left = ends(sketch, made)
                    .map(end -> Duration.between(sketch.now(), end))
                    .orElse(made.lifetime().value());
            if (left.compareTo(sketch.horizon()) <= 0) {
                draw(sketch, made, left);
            }
        }
    }

    private static Condition valid(MadeCertificate made) {
        return Condition.of(made.reference().text(), "install-certificate");
    }

    /** The end, where somebody has seen when it was made. */
    private static Optional<Instant> ends(Sketch sketch, MadeCertificate made) {
        List<Observation> seen = new ArrayList<>(sketch.estate().observations(made.reference(), "installedAt"));
        for (KubernetesObject object : holders(sketch, made)) {
            seen.addAll(sketch.estate().observations(object.reference(), "issuedAt"));
        }
        return seen.stream()
                .flatMap(observation -> instant(observation).stream())
                .max(Instant::compareTo)
                .map(at -> at.plus(made.lifetime().value()));
    }

    private static Optional<Instant> instant(Observation observation) {
        try {
            return observation.value().text().map(Fact::value).map(Instant::parse);
        } catch (DateTimeParseException notAnInstant) {
            return Optional.empty(); // the reader of observations takes any value: this one says nothing about a date
        }
    }

    /** Rendered objects of the chart in which a value stands for what is made at install. */
    private static List<KubernetesObject> holders(Sketch sketch, MadeCertificate made) {
        String folder = made.folder().isEmpty() ? "" : made.folder() + "/";
        return sketch.estate().objects().stream()
                .filter(object ->
                        object.kind().equals("Secret") || object.kind().endsWith("WebhookConfiguration"))
                .filter(object -> object.tree()
                        .scalars()
                        .anyMatch(scalar -> scalar.value().equals(MadeCertificate.MADE)
                                && scalar.place().file().startsWith(folder)))
                .toList();
    }

    private void draw(Sketch sketch, MadeCertificate made, Duration left) {
        Condition valid = valid(made);
        if (sketch.twin().defines(valid)) {
            return;
        }
        String days = made.lifetime().value().toDays() + " days";
        sketch.twin()
                .basic(
                        valid,
                        true,
                        Meaning.of(
                                id(),
                                "the certificate that chart " + made.chart() + " made is valid",
                                "the certificate that chart " + made.chart() + " made ends"));
        sketch.twin()
                .gate(
                        Condition.of(made.reference().text(), "trusted"),
                        new Gate.All(List.of(valid)),
                        Meaning.of(id(), "what chart " + made.chart() + " serves is trusted", refused(made)));
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("made for " + days, made.place()));
        if (!made.lifetime().provenance().equals(made.place())) {
            evidence.add(Evidence.of(days, made.lifetime()));
        }
        evidence.add(new Evidence("the template's functions", new Assumed("behaviour.sprig", SPRIG)));
        for (KubernetesObject holder : holders(sketch, made)) {
            evidence.add(new Evidence(
                    "held by " + holder.kind() + " " + holder.name(),
                    holder.tree().place()));
            routes(sketch, holder)
                    .forEach(route -> sketch.twin().require(sketch.front().route(route), valid));
        }
        Optional<Instant> end = ends(sketch, made);
        sketch.propose(new Proposal(
                id(),
                Trigger.Type.TIME,
                outageClass(),
                valid,
                List.of(new Proposal.Loss(valid, atLeastAnHour(left), Proposal.Loss.FOR_EVER)),
                Set.of(),
                end,
                end.isPresent() ? Confidence.LIKELY : Confidence.POSSIBLE,
                when(made, end, days),
                diagnosis(),
                List.of(new Step(
                        valid.name(),
                        "chart " + made.chart() + " makes its certificate at install for " + days + "; "
                                + (made.kept()
                                        ? "upgrades keep the one that is there, so nothing renews it"
                                        : "nothing but the next upgrade renews it"),
                        Optional.empty(),
                        evidence)),
                List.of(new Instance(made.reference().text(), made.place()))));
    }

    private static Duration atLeastAnHour(Duration left) {
        return left.compareTo(Duration.ofHours(1)) < 0 ? Duration.ofHours(1) : left;
    }

    private static String refused(MadeCertificate made) {
        return switch (made.use()) {
            case WEBHOOK ->
                "the API server refuses what chart " + made.chart()
                        + "'s webhook must see: changes stop, pods that run live on";
            case ROUTE -> "clients refuse what chart " + made.chart() + " serves";
            case OTHER -> "what trusts the certificate of chart " + made.chart() + " refuses it";
        };
    }

    private static String when(MadeCertificate made, Optional<Instant> end, String days) {
        String unless = made.kept() ? "" : ", unless it is upgraded before";
        return end.map(at -> "on " + LocalDate.ofInstant(at, ZoneOffset.UTC) + " when its certificate ends" + unless)
                .orElse(days + " after its " + (made.kept() ? "first install" : "last install or upgrade"));
    }

    private static List<Route> routes(Sketch sketch, KubernetesObject holder) {
        return sketch.estate().all(Route.class).stream()
                .filter(route -> route.secret()
                        .map(secret -> Reference.object(route.cluster(), route.namespace(), "Secret", secret.value()))
                        .filter(holder.reference()::equals)
                        .isPresent())
                .toList();
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Remedy> remedies = new ArrayList<>();
        for (MadeCertificate made : sketch.estate().all(MadeCertificate.class)) {
            if (!valid(made).name().equals(outage.pivot())) {
                continue;
            }
            List<String> anew = new ArrayList<>();
            if (made.kept()) {
                anew.add("delete the Secret that holds it: the template keeps what it finds");
            }
            anew.add("upgrade the release, and restart what read the old one at its start");
            if (made.lifetime().provenance() instanceof Declared place
                    && !place.field().isEmpty()) {
                remedies.add(Remedy.proposed(
                        last(place.field()) + ": " + made.lifetime().value().toDays() + " → " + LONG_DAYS,
                        List.of(new Edit.SetValue(place, String.valueOf(LONG_DAYS))),
                        anew));
            }
            remedies.add(Remedy.proposed("make it anew before it ends, or let cert-manager issue it", List.of(), anew));
        }
        return remedies;
    }

    private static String last(String field) {
        return field.substring(field.lastIndexOf('.') + 1);
    }
}
