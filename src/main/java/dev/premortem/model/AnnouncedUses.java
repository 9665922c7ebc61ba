package dev.premortem.model;

import dev.premortem.catalogue.AcmeClients;
import dev.premortem.catalogue.AcmeLimits;
import dev.premortem.catalogue.AnnouncedChanges;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Issuer;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.twin.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an estate asks of the outside world that closes on an announced day. */
public final class AnnouncedUses {
    private static final List<String> RECEIVERS =
            List.of("AlertmanagerConfig", "VMAlertmanagerConfig", "Secret", "ConfigMap", "GrafanaContactPoint");
    private static final int DEEPEST = 12;

    private AnnouncedUses() {}

    /**
     * One use.
     *
     * @param act a word for what is lost, the same for all of one kind
     * @param of the thing that uses it
     * @param place the line that says so
     * @param from day of the change
     * @param told what is to be told, as a sentence without its date: {@code Opsgenie delivers no alert}
     * @param begun what shows it
     * @param lost what then fails
     * @param why the fact
     * @param instead what to do
     * @param edit the change that does it, where one line is enough
     */
    public record Use(
            String cluster,
            String act,
            Reference of,
            Declared place,
            Instant from,
            String told,
            String begun,
            String lost,
            String why,
            String instead,
            Optional<Edit> edit,
            Evidence evidence,
            String source) {}

    /** All that is known, in the order of the estate; each thing once for each act. */
    public static List<Use> all(Sketch sketch) {
        SortedMap<String, Use> first = new TreeMap<>();
        for (Use use : found(sketch)) {
            first.putIfAbsent(use.act() + " " + use.of().text(), use);
        }
        return List.copyOf(first.values());
    }

    private static List<Use> found(Sketch sketch) {
        List<Use> uses = new ArrayList<>();
        for (Issuer issuer : sketch.estate().all(Issuer.class)) {
            issuer.server()
                    .flatMap(server -> AnnouncedChanges.closed(server.value(), sketch.now())
                            .map(closed -> authority(issuer, server, closed)))
                    .ifPresent(uses::add);
        }
        for (KubernetesObject object : sketch.estate().objects()) {
            repositories(sketch, object, uses);
            if (object.apiVersion().startsWith("appmesh.k8s.aws/")
                    && !AnnouncedChanges.APP_MESH.announced().isAfter(sketch.now())) {
                uses.add(ending(
                        object.cluster(),
                        "mesh",
                        object.reference(),
                        object.tree().text("apiVersion").orElseThrow(),
                        AnnouncedChanges.APP_MESH));
            }
            clients(sketch, object).ifPresent(uses::add);
            if (RECEIVERS.contains(object.kind()) || notifies(object)) {
                receiver(sketch, object.cluster(), object.reference(), object.tree(), uses);
            }
        }
        for (Workload workload : sketch.estate().all(Workload.class)) {
            staples(sketch, workload).ifPresent(uses::add);
        }
        for (Release release : sketch.estate().all(Release.class)) {
            if (release.chart().contains("prometheus")
                    || release.chart().contains("alertmanager")
                    || release.chart().contains("victoria-metrics")
                    || release.chart().contains("grafana")) {
                receiver(sketch, release.cluster(), release.reference(), release.values(), uses);
            }
        }
        return uses;
    }

    /** An order for a certificate that only a client would show, from Let's Encrypt. */
    private static Optional<Use> clients(Sketch sketch, KubernetesObject object) {
        if (!object.kind().equals("Certificate")
                || !object.apiVersion().startsWith("cert-manager.io/")
                || AnnouncedChanges.CLIENT_CERTIFICATES.announced().isAfter(sketch.now())) {
            return Optional.empty();
        }
        List<Fact<String>> usages = object.tree().items("spec.usages").stream()
                .flatMap(usage -> usage.text().stream())
                .toList();
        boolean serves = usages.stream().anyMatch(usage -> usage.value().equals("server auth"));
        String issuer =
                object.tree().text("spec.issuerRef.name").map(Fact::value).orElse("");
        boolean encrypt = sketch.estate().all(Issuer.class).stream()
                .anyMatch(each -> each.cluster().equals(object.cluster())
                        && each.name().equals(issuer)
                        && each.kind().equals("acme")
                        && AcmeLimits.letsEncrypt(each.server().map(Fact::value).orElse("")));
        return usages.stream()
                .filter(usage -> usage.value().equals("client auth") && !serves && encrypt)
                .findFirst()
                .map(usage -> ending(
                        object.cluster(),
                        "client-certificates",
                        object.reference(),
                        usage,
                        AnnouncedChanges.CLIENT_CERTIFICATES));
    }

    /** A client that asks for Must-Staple at each order. */
    private static Optional<Use> staples(Sketch sketch, Workload workload) {
        if (AnnouncedChanges.MUST_STAPLE.announced().isAfter(sketch.now())) {
            return Optional.empty();
        }
        return workload.containers().stream()
                .flatMap(container -> container.arguments().stream()
                        .filter(argument -> argument.value().contains("--must-staple")
                                || argument.value().contains("--ocsp-must-staple"))
                        .filter(_ -> AcmeClients.rule(
                                        container.image().value(),
                                        String.join(
                                                " ",
                                                container.arguments().stream()
                                                        .map(Fact::value)
                                                        .toList()))
                                .isPresent()))
                .findFirst()
                .map(argument -> ending(
                        workload.cluster(),
                        "must-staple",
                        workload.reference(),
                        argument,
                        AnnouncedChanges.MUST_STAPLE));
    }

    private static boolean notifies(KubernetesObject object) {
        return object.apiVersion().startsWith("notification.toolkit.fluxcd.io/")
                && object.kind().equals("Provider");
    }

    private static Use authority(Issuer issuer, Fact<String> server, AnnouncedChanges.Closed closed) {
        return new Use(
                issuer.cluster(),
                "orders",
                new Reference("issuer/" + issuer.cluster() + "/" + issuer.name()), // clusters share names of issuers
                place(server, issuer.place()),
                closed.from(),
                closed.name() + " issues no certificate",
                "a certificate is ordered or renewed",
                "nothing is issued, and each certificate in use ends at its date",
                closed.name() + " issues nothing since "
                        + closed.from().toString().substring(0, 10) + ", and its last certificate ended by "
                        + closed.ended().toString().substring(0, 10),
                "order from another authority",
                Optional.empty(),
                Evidence.of("server " + server.value(), server),
                closed.source());
    }

    private static Declared place(Fact<String> fact, Declared otherwise) {
        return fact.provenance() instanceof Declared place ? place : otherwise;
    }

    private static Use ending(
            String cluster, String act, Reference of, Fact<String> where, AnnouncedChanges.Ending ending) {
        String day = ending.from().toString().substring(0, 10);
        return new Use(
                cluster,
                act,
                of,
                place(where, new Declared("", 1, "")),
                ending.from(),
                ending.name() + " no longer " + ending.what(),
                ending.name() + " is asked",
                ending.name() + " refuses, or does not answer",
                ending.name() + " no longer " + ending.what() + " from " + day + " on",
                ending.instead(),
                Optional.empty(),
                Evidence.of(ending.name() + " is used here", where),
                ending.source());
    }

    private static void receiver(Sketch sketch, String cluster, Reference of, Tree tree, List<Use> uses) {
        if (AnnouncedChanges.OPSGENIE.announced().isAfter(sketch.now())) {
            return;
        }
        opsgenie(tree, 0).ifPresent(found -> uses.add(ending(cluster, "alerts", of, found, AnnouncedChanges.OPSGENIE)));
    }

    /** The first line that sends to Opsgenie. */
    private static Optional<Fact<String>> opsgenie(Tree tree, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        if (tree instanceof Tree.Scalar scalar) {
            boolean sends = scalar.value().contains("opsgenie_configs:")
                    || scalar.value().contains("api.opsgenie.com");
            return sends ? Optional.of(new Fact<>("opsgenie", scalar.place())) : Optional.empty();
        }
        for (Tree.Entry entry : tree.entries()) {
            boolean configured =
                    entry.key().equals("opsgenie_configs") || entry.key().equals("opsgenieConfigs");
            boolean typed = entry.key().equals("type")
                    && entry.value()
                            .text()
                            .filter(text -> text.value().equals("opsgenie"))
                            .isPresent();
            if ((configured && !entry.value().items().isEmpty()) || typed) {
                return Optional.of(new Fact<>("opsgenie", entry.place()));
            }
            Optional<Fact<String>> below = opsgenie(entry.value(), depth + 1);
            if (below.isPresent()) {
                return below;
            }
        }
        for (Tree item : tree.items()) {
            Optional<Fact<String>> below = opsgenie(item, depth + 1);
            if (below.isPresent()) {
                return below;
            }
        }
        return Optional.empty();
    }

    /** Where charts come from: Flux' HelmRepository, Argo CD's sources. */
    private static void repositories(Sketch sketch, KubernetesObject object, List<Use> uses) {
        List<Fact<String>> addresses = new ArrayList<>();
        if (object.kind().equals("HelmRepository")) {
            object.tree().text("spec.url").ifPresent(addresses::add);
        } else if (object.kind().equals("Application")) {
            object.tree().text("spec.source.repoURL").ifPresent(addresses::add);
            object.tree()
                    .items("spec.sources")
                    .forEach(source -> source.text("repoURL").ifPresent(addresses::add));
        }
        for (Fact<String> address : addresses) {
            AnnouncedChanges.repository(address.value(), sketch.now())
                    .ifPresent(gone -> uses.add(repository(object, address, gone)));
        }
    }

    private static Use repository(KubernetesObject object, Fact<String> address, AnnouncedChanges.Repository gone) {
        Declared place = place(address, object.tree().place());
        return new Use(
                object.cluster(),
                "charts",
                object.reference(),
                place,
                gone.from(),
                "a repository of charts is gone",
                "a release is installed, changed or built anew",
                "its chart cannot be fetched; what runs goes on",
                gone.address() + " was removed on " + gone.from().toString().substring(0, 10),
                "take the charts from where they are now",
                Optional.of(new Edit.SetValue(place, "https://" + gone.instead())),
                Evidence.of("address " + address.value(), address),
                gone.source());
    }
}
