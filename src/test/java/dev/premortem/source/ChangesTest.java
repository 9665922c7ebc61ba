package dev.premortem.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.estate.Reference;
import dev.premortem.predict.Change;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static String service(String name, String type) {
        return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + "}\nspec: {type: " + type + "}\n";
    }

    @Test
    void deletesThenCreatesThenPatches() {
        Reading before = Readings.of(
                "a.yaml",
                service("gone", "ClusterIP") + "---\n" + service("kept", "ClusterIP"),
                "b.yaml",
                service("same", "ClusterIP"));
        Reading after = Readings.of(
                "moved.yaml",
                service("kept", "LoadBalancer"),
                "new.yaml",
                service("new", "ClusterIP"),
                "c.yaml",
                "# moved\n" + service("same", "ClusterIP"));
        Change change = Changes.between(before, after, Instant.EPOCH);
        assertEquals(
                List.of(Change.Verb.DELETE, Change.Verb.CREATE, Change.Verb.PATCH),
                change.phases().stream().map(Change.Phase::verb).toList());
        assertEquals(
                List.of(new Reference("default/default/Service/gone")),
                change.phases().get(0).touched());
        assertEquals(
                List.of(new Reference("default/default/Service/new")),
                change.phases().get(1).touched());
        assertEquals(
                List.of(new Reference("default/default/Service/kept")),
                change.phases().get(2).touched());
        assertEquals(2, change.phases().get(0).after().objects().size());
        assertEquals(3, change.phases().get(1).after().objects().size());
    }

    @Test
    void namesWhatAReleaseMakes() {
        String values = "ports: {websecure: {}}\nservice: {enabled: true}\n";
        Change change = Changes.between(
                Readings.of("traefik/values.yaml", values, "x.yaml", service("a", "ClusterIP")),
                Readings.of("traefik-v2/values.yaml", values, "x.yaml", service("a", "ClusterIP")),
                Instant.EPOCH);
        assertEquals(2, change.phases().size());
        assertEquals(
                List.of(
                        "default/default/Deployment/traefik",
                        "default/default/Release/traefik",
                        "default/default/Service/traefik"),
                change.phases().getFirst().touched().stream()
                        .map(Reference::text)
                        .toList());
    }

    @Test
    void isEmptyWhereOnlyCommentsChange() {
        assertEquals(
                List.of(),
                Changes.between(
                                Readings.of("a.yaml", service("a", "ClusterIP")),
                                Readings.of("a.yaml", "# new\n" + service("a", "ClusterIP")),
                                Instant.EPOCH)
                        .phases());
    }
}
