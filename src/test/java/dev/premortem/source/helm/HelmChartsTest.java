package dev.premortem.source.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Edit;
import dev.premortem.estate.MadeCertificate;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.text.EditedText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A chart with an owner's values comes out as objects whose fields know which line set them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HelmChartsTest {
    private final HelmTests tree = GateChart.add(new HelmTests(), "charts/gate").file("mine.yaml", GateChart.MINE);
    private Rendered rendered = Rendered.not("not yet");
    private Rendered again = Rendered.not("not yet");
    private Rendered plain = Rendered.not("not yet");

    @BeforeAll
    void render() {
        List<Rendered> all = HelmTests.charts()
                .render(
                        tree.tree(),
                        List.of(
                                tree.job("charts/gate", "mine.yaml"),
                                tree.job("charts/gate"),
                                tree.job("charts/gate", "mine.yaml")));
        rendered = all.get(0);
        plain = all.get(1);
        again = all.get(2);
    }

    private Tree object(String kind) {
        return object(rendered, kind);
    }

    private static Tree object(Rendered from, String kind) {
        return from.objects().stream()
                .filter(tree ->
                        tree.text("kind").map(Fact::value).filter(kind::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + ": " + from.gap() + from.problems()));
    }

    private Tree container() {
        return object("Deployment").items("spec.template.spec.containers").getFirst();
    }

    private static String at(Optional<Tree> found) {
        return found.orElseThrow().place().at();
    }

    private static String value(Tree tree, String path) {
        return tree.text(path).orElseThrow().value();
    }

    private int line(String file, String text) {
        List<String> lines = tree.texts.getOrDefault(file, "").lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new AssertionError("no " + text + " in " + file);
    }

    private String place(String file, String text) {
        return file + ":" + line(file, text);
    }

    @Test
    void everythingOfTheChartComesOut() {
        assertEquals(Optional.empty(), rendered.gap(), () -> rendered.problems().toString());
        assertEquals(
                "CustomResourceDefinition, PodDisruptionBudget, ServiceAccount, Secret, Service, Deployment, Job,"
                        + " ValidatingWebhookConfiguration",
                String.join(
                        ", ",
                        rendered.objects().stream()
                                .map(found -> value(found, "kind"))
                                .toList()));
        assertEquals(Optional.of("helm 3.21.0 (helm-java 0.0.21)"), rendered.by());
    }

    @Test
    void theSameJobGivesTheSameObjects() {
        assertEquals(rendered, again);
    }

    @Test
    void whatTheOwnerSetHasTheOwnersLine() {
        assertEquals("mine.yaml:3", at(object("Deployment").at("spec.replicas")));
        assertEquals("mine.yaml:4", at(object("Deployment").at("spec.minReadySeconds")));
        Tree port = container().items("ports").stream()
                .filter(item -> value(item, "name").equals("admin"))
                .findFirst()
                .orElseThrow();
        assertEquals(place("mine.yaml", "9000"), at(port.at("containerPort")));
        assertEquals(place("mine.yaml", "9001"), at(port.at("hostPort")));
    }

    @Test
    void aFieldThatIsAValueIsEditedInTheValuesFile() {
        Declared place = object("Deployment").at("spec.replicas").orElseThrow().place();
        EditedText edited =
                EditedText.of(tree.texts.getOrDefault(place.file(), ""), List.of(new Edit.SetValue(place, "5")), 50);
        assertEquals(List.of(), edited.failed());
        assertEquals(GateChart.MINE.replace("replicas: 2", "replicas: 5"), edited.text());
    }

    @Test
    void aFieldThatHasAValueInItHasTheLineButIsNotEdited() {
        Declared place = container().at("image").orElseThrow().place();
        assertEquals("docker.io/gate:v3.1.4", value(container(), "image"));
        assertEquals("mine.yaml:6", place.at());
        EditedText edited =
                EditedText.of(GateChart.MINE, List.of(new Edit.SetValue(place, "other"), new Edit.Remove(place)), 50);
        assertEquals(2, edited.failed().size());
        assertEquals(GateChart.MINE, edited.text());
    }

    @Test
    void whatTheChartSetsHasTheLineOfItsValues() {
        assertEquals(
                place("charts/gate/values.yaml", "LoadBalancer"),
                at(object("Service").at("spec.type")));
        assertEquals(
                place("charts/gate/values.yaml", "IfNotPresent"), at(container().at("imagePullPolicy")));
        assertEquals(
                place("charts/gate/values.yaml", "runAsUser"), at(container().at("securityContext.runAsUser")));
    }

    @Test
    void aMappingThatIsCopiedWholeIsEditedAsAWhole() {
        Declared limits = container().at("resources.limits").orElseThrow().place();
        EditedText edited = EditedText.of(GateChart.MINE, List.of(new Edit.AddField(limits, "cpu", "500m")), 50);
        assertEquals(GateChart.MINE.replace("300Mi\n", "300Mi\n    cpu: 500m\n"), edited.text());
        assertEquals(
                place("charts/gate/values.yaml", "runAsNonRoot"), at(container().at("securityContext.runAsNonRoot")));
    }

    @Test
    void whatTheTemplateSaysHasTheLineOfTheTemplate() {
        assertEquals(
                place("charts/gate/templates/_pod.tpl", "terminationGrace"),
                at(object("Deployment").at("spec.template.spec.terminationGracePeriodSeconds")));
        assertEquals(
                place("charts/gate/templates/service.yaml", "automount"),
                at(object("ServiceAccount").at("automountServiceAccountToken")));
        assertEquals(
                place("charts/gate/templates/deployment.yaml", "kind: Deployment"),
                at(object("Deployment").at("kind")));
        assertEquals(
                place("charts/gate/templates/_helpers.tpl", "instance:"),
                at(object("Deployment")
                        .at("spec.template.metadata.labels")
                        .flatMap(labels -> ((Tree.Mapping) labels).get("app.kubernetes.io/instance"))));
    }

    @Test
    void aPlaceOfATemplateIsNeverEdited() {
        String file = "charts/gate/templates/service.yaml";
        Declared place = object("ServiceAccount")
                .at("automountServiceAccountToken")
                .orElseThrow()
                .place();
        String text = tree.texts.getOrDefault(file, "");
        EditedText edited = EditedText.of(
                text,
                List.of(
                        new Edit.SetValue(place, "false"),
                        new Edit.AddField(place, "key", "value"),
                        new Edit.AddField(object("ServiceAccount").place(), "key", "value"),
                        new Edit.Remove(object("ServiceAccount").place())),
                50);
        assertEquals(4, edited.failed().size());
        assertEquals(text, edited.text());
    }

    @Test
    void aSwitchThatTheOwnerSetIsThePlaceOfWhatItDecides() {
        Tree volume = object("Deployment").items("spec.template.spec.volumes").getFirst();
        assertEquals(place("mine.yaml", "enabled: false"), at(volume.at("emptyDir")));
        Tree claimed =
                object(plain, "Deployment").items("spec.template.spec.volumes").getFirst();
        assertEquals(place("charts/gate/templates/_pod.tpl", "claimName:"), at(claimed.at("persistentVolumeClaim")));
    }

    @Test
    void itemsOfAListAndTemplatesInValuesHaveTheirLines() {
        List<Tree> arguments = container().items("args");
        assertEquals(
                "--entry.admin=:9000 --entry.web=:8081 --log=debug --name=web",
                String.join(
                        " ",
                        arguments.stream()
                                .map(item -> item.text().orElseThrow().value())
                                .toList()));
        assertEquals(place("mine.yaml", "9000"), at(Optional.of(arguments.get(0))));
        assertEquals(place("mine.yaml", "8081"), at(Optional.of(arguments.get(1))));
        assertEquals(place("mine.yaml", "--log"), at(Optional.of(arguments.get(2))));
        assertEquals("arguments[0]", arguments.get(2).place().field());
        assertEquals(place("mine.yaml", "--name"), at(Optional.of(arguments.get(3))));
        assertTrue(arguments.get(3).place().field().startsWith(Rendered.MADE));
    }

    @Test
    void whatIsMadeAtEachRenderingIsMasked() {
        Tree secret = object("Secret");
        assertEquals(MadeCertificate.MADE, value(secret, "metadata.annotations.made"));
        assertEquals("0", value(secret, "metadata.annotations.found"));
        Tree.Mapping data = (Tree.Mapping) secret.at("data").orElseThrow();
        assertEquals(
                MadeCertificate.MADE,
                data.get("tls.crt").orElseThrow().text().orElseThrow().value());
        assertEquals(place("charts/gate/templates/secret.yaml", "tls.crt"), at(data.get("tls.crt")));
        Tree hook = object("ValidatingWebhookConfiguration").items("webhooks").getFirst();
        assertEquals(MadeCertificate.MADE, value(hook, "clientConfig.caBundle"));
    }

    @Test
    void hooksComeOutButTestsDoNot() {
        assertEquals("migrate", value(object("Job"), "metadata.name"));
        assertFalse(rendered.objects().stream()
                .anyMatch(found -> value(found, "kind").equals("Pod")));
    }
}
