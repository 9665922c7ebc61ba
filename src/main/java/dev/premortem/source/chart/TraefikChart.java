package dev.premortem.source.chart;

import dev.premortem.estate.Claim;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.kubernetes.Services;
import dev.premortem.source.kubernetes.Surroundings;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Traefik's chart makes of a release's values. Read from the templates and values.yaml of traefik/traefik-helm-chart, v8 to v41: the
 * volume {@code data} is always mounted at {@code persistence.path}, first of all mounts, claim or not; nothing compares paths.
 */
public final class TraefikChart {
    static final String SOURCE = "traefik/traefik-helm-chart values.yaml (v5 to v41, checked 2026-11-24)";

    private final Release release;
    private final ChartValues values;
    private final Harvest harvest;
    private final String name;

    private TraefikChart(Release release, Harvest harvest) {
        this.release = release;
        this.values = new ChartValues(release, SOURCE);
        this.harvest = harvest;
        this.name = name();
    }

    /** What it makes: workload, service and claim as things, and autoscaler as an object. */
    public record Made(
            Optional<Workload> workload,
            Optional<Service> service,
            Optional<Claim> claim,
            List<KubernetesObject> objects) {}

    /** Applies the chart. */
    public static Made apply(Release release, Surroundings around, Harvest harvest) {
        TraefikChart chart = new TraefikChart(release, harvest);
        return new Made(chart.workload(around), chart.service(around), chart.claim(), chart.autoscaler());
    }

    private String name() {
        String base = values.text("nameOverride").map(Fact::value).orElse("traefik");
        return values.text("fullnameOverride")
                .map(Fact::value)
                .orElseGet(() -> release.name().contains(base) ? release.name() : release.name() + "-" + base);
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(
                "app.kubernetes.io/name",
                values.text("nameOverride").map(Fact::value).orElse("traefik"));
        labels.put(
                "app.kubernetes.io/instance",
                values.text("instanceLabelOverride")
                        .map(Fact::value)
                        .orElse(values.before(11) ? release.name() : release.name() + "-" + release.namespace()));
        return labels;
    }

    private Reference reference(String kind, String of) {
        return Reference.object(release.cluster(), release.namespace(), kind, of);
    }

    /** Our own annotations on the object of the release speak for the workload that it makes. */
    private Map<String, Fact<String>> releaseAnnotations() {
        Map<String, Fact<String>> found = new LinkedHashMap<>();
        harvest.objects.stream()
                .filter(object -> object.reference().equals(release.reference()))
                .forEach(object -> object.annotations().forEach((key, value) -> {
                    if (key.startsWith("premortem.dev/") && !key.equals("premortem.dev/product")) {
                        found.put(key, value);
                    }
                }));
        return found;
    }

    private Optional<Workload> workload(Surroundings around) {
        if (!values.flag("deployment.enabled", true).value()) {
            return Optional.empty();
        }
        String kind = values.text("deployment.kind", "Deployment").value();
        TraefikPod pod = new TraefikPod(values, name, harvest);
        Map<String, Fact<String>> annotations = new LinkedHashMap<>();
        annotations.putAll(releaseAnnotations());
        values.at("deployment")
                .ifPresent(found -> annotations.putAll(Fields.of(found, harvest).textMap("annotations")));
        // with an autoscaler the chart writes no number, and the least of the autoscaler's is what there is
        Fact<Integer> replicas = values.flag("autoscaling.enabled", false).value()
                ? values.integer("autoscaling.minReplicas", 1)
                : values.integer("deployment.replicas", 1);
        return Optional.of(new Workload(
                reference(kind, name),
                release.place(),
                release.cluster(),
                release.namespace(),
                kind,
                name,
                kind.equals("DaemonSet") ? values.assumed("deployment.kind", 1) : replicas,
                labels(),
                labels(),
                annotations,
                List.of(pod.container(image())),
                List.of(),
                pod.volumes(),
                values.flag("hostNetwork", false).value(),
                Optional.ofNullable(annotations.get("premortem.dev/site")),
                Optional.of(values.text("updateStrategy.type", "RollingUpdate")),
                values.text("serviceAccount.name").map(Fact::value).orElse(name),
                Services.dependencies(object(kind, name, annotations, podTree(kind)), around),
                podTree(kind)));
    }

    private KubernetesObject object(String kind, String of, Map<String, Fact<String>> annotations, Tree tree) {
        return new KubernetesObject(
                reference(kind, of),
                release.cluster(),
                kind.equals("Service") ? "v1" : "apps/v1",
                kind,
                release.namespace(),
                of,
                labels(),
                annotations,
                tree);
    }

    /** A tree with what the chart copies as it is from the values, at the paths where Kubernetes has it. */
    private Tree podTree(String kind) {
        List<Tree.Entry> spec = new ArrayList<>();
        for (String key :
                List.of("affinity", "nodeSelector", "tolerations", "topologySpreadConstraints", "priorityClassName")) {
            values.at(key).ifPresent(found -> spec.add(new Tree.Entry(key, found.place(), found)));
        }
        values.at("deployment.terminationGracePeriodSeconds")
                .ifPresent(found -> spec.add(new Tree.Entry("terminationGracePeriodSeconds", found.place(), found)));
        Tree template = mapping(entry("spec", new Tree.Mapping(release.values().place(), List.copyOf(spec))));
        return mapping(
                entry("apiVersion", scalar("apps/v1")),
                entry("kind", scalar(kind)),
                entry("metadata", metadata(name)),
                entry("spec", mapping(entry("template", template))));
    }

    private Tree metadata(String of) {
        return mapping(entry("name", scalar(of)), entry("namespace", scalar(release.namespace())));
    }

    private Tree.Entry entry(String key, Tree value) {
        return new Tree.Entry(key, value.place(), value);
    }

    private Tree mapping(Tree.Entry... entries) {
        return new Tree.Mapping(release.values().place(), List.of(entries));
    }

    private Tree scalar(String text) {
        return new Tree.Scalar(release.values().place(), Tree.Scalar.Kind.STRING, text);
    }

    private Fact<String> image() {
        Fact<String> tag =
                values.text("image.tag").orElseGet(() -> values.assumed("image.tag", TraefikVersions.of(release)));
        String repository = values.text("image.repository")
                .or(() -> values.text("image.name"))
                .map(Fact::value)
                .orElse("traefik");
        String registry =
                values.text("image.registry").map(found -> found.value() + "/").orElse("");
        return tag.map(text -> registry + repository + (text.isEmpty() ? "" : ":" + text));
    }

    private Optional<Claim> claim() {
        boolean made = values.flag("persistence.enabled", false).value()
                && values.text("persistence.existingClaim").isEmpty();
        return made
                ? Optional.of(new Claim(
                        reference("PersistentVolumeClaim", name),
                        values.place("persistence"),
                        release.cluster(),
                        release.namespace(),
                        name,
                        List.of(values.text("persistence.accessMode", "ReadWriteOnce")
                                .value()),
                        values.text("persistence.storageClass")))
                : Optional.empty();
    }

    private Optional<Service> service(Surroundings around) {
        if (!values.flag("service.enabled", true).value()) {
            return Optional.empty();
        }
        String service = values.text("service.nameOverride").map(Fact::value).orElse(name);
        // From v40 on the type stands in service.spec; an old key there is ignored in silence.
        Fact<String> type = values.text("service.spec.type")
                .or(() -> values.before(40) || release.version().isEmpty()
                        ? values.text("service.type")
                        : Optional.empty())
                .orElseGet(
                        () -> values.assumed(values.before(40) ? "service.type" : "service.spec.type", "LoadBalancer"));
        Map<String, Fact<String>> annotations = new LinkedHashMap<>();
        values.at("service").ifPresent(found -> {
            annotations.putAll(Fields.of(found, harvest).textMap("annotations"));
            annotations.putAll(Fields.of(found, harvest).textMap("annotationsTCP"));
        });
        Tree spec = values.at("service.spec").orElseGet(this::mapping);
        Tree tree = mapping(
                entry("apiVersion", scalar("v1")),
                entry("kind", scalar("Service")),
                entry("metadata", metadata(service)),
                entry("spec", spec));
        Service read = Services.read(object("Service", service, annotations, tree), around, harvest);
        Declared place = values.place("service");
        return Optional.of(new Service(
                read.reference(),
                place,
                read.cluster(),
                read.namespace(),
                read.name(),
                type,
                labels(),
                read.annotations(),
                read.fixedAddress(),
                read.address(),
                read.global(),
                read.affinity(),
                read.externalName(),
                read.dependsOn(),
                read.tree()));
    }

    private List<KubernetesObject> autoscaler() {
        Optional<Tree> autoscaling = values.at("autoscaling")
                .filter(found -> values.flag("autoscaling.enabled", false).value());
        return autoscaling.stream()
                .map(found -> {
                    String kind = values.text("deployment.kind", "Deployment").value();
                    List<Tree.Entry> spec = new ArrayList<>(found.entries());
                    spec.add(
                            entry("scaleTargetRef", mapping(entry("kind", scalar(kind)), entry("name", scalar(name)))));
                    return new KubernetesObject(
                            reference("HorizontalPodAutoscaler", name),
                            release.cluster(),
                            "autoscaling/v2",
                            "HorizontalPodAutoscaler",
                            release.namespace(),
                            name,
                            labels(),
                            Map.of(),
                            mapping(
                                    entry("apiVersion", scalar("autoscaling/v2")),
                                    entry("kind", scalar("HorizontalPodAutoscaler")),
                                    entry("metadata", metadata(name)),
                                    entry("spec", new Tree.Mapping(found.place(), List.copyOf(spec)))));
                })
                .toList();
    }
}
