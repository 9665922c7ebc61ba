package dev.premortem.source.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.fact.Tree;
import dev.premortem.source.Readings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which differences between a file and a cluster count. */
final class DriftTest {
    private static Tree tree(String spec) {
        return Readings.of("a.yaml", "apiVersion: v1\nkind: X\nmetadata: {name: x}\n" + spec)
                .documents()
                .getFirst()
                .tree();
    }

    private static List<String> drift(String kind, String file, String seen) {
        return Drift.between(kind, tree(file), tree(seen)).stream()
                .map(drift -> drift.field() + " " + drift.declared() + " " + drift.seen())
                .toList();
    }

    private static String pod(String container) {
        return "spec: {template: {spec: {containers: [" + container + "]}}}";
    }

    @Test
    void theSameValueWrittenOtherwiseIsNone() {
        assertEquals(
                List.of(),
                drift(
                        "Deployment",
                        pod("{name: a, resources: {requests: {cpu: 1, memory: 1Gi}, limits: {memory: 0.5Gi}}}"),
                        pod(
                                "{name: a, resources: {requests: {cpu: 1000m, memory: '1073741824'}, limits: {memory: 512Mi}}}")));
        assertEquals(
                List.of(),
                drift(
                        "Certificate",
                        "spec: {duration: 2160h, renewBefore: 15d}",
                        "spec: {duration: 2160h0m0s, renewBefore: 360h0m0s}"));
        assertEquals(List.of(), drift("ConfigMap", "data: {a: \"x\\n\"}", "data: {a: x}"));
    }

    @Test
    void whatTheFileDoesNotSayAndWhatNoOutageDependsOnIsNone() {
        assertEquals(
                List.of(),
                drift(
                        "Deployment",
                        pod("{name: a, image: x}") + "\nmetadata: {labels: {a: b}}",
                        "spec: {replicas: 3, template: {spec: {hostNetwork: true, containers: [{name: sidecar}, {name: a, image: x, imagePullPolicy: Always}]}}}"));
        assertEquals(
                List.of(), drift("Deployment", "spec: {revisionHistoryLimit: 3}", "spec: {revisionHistoryLimit: 10}"));
        assertEquals(List.of(), drift("Role", "rules: [{verbs: [get]}]", "rules: [{verbs: [list]}]"));
        assertEquals(List.of(), drift("Deployment", "spec: {template: {spec: {hostNetwork: false}}}", "spec: {}"));
    }

    @Test
    void containersAreMatchedByNameAndWhatIsGoneIsEmpty() {
        assertEquals(
                List.of(
                        "spec.template.spec.containers[0].image x:2 x:1",
                        "spec.template.spec.nodeSelector[topology.kubernetes.io/zone] a "),
                drift(
                        "StatefulSet",
                        "spec: {template: {spec: {containers: [{name: a, image: 'x:2'}], nodeSelector: {topology.kubernetes.io/zone: a}}}}",
                        pod("{name: other, image: y}, {name: a, image: 'x:1'}")));
    }
}
