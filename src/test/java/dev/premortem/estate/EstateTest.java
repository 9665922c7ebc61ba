package dev.premortem.estate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EstateTest {
    private static KubernetesObject object(String kind, String name, int line) {
        Declared place = new Declared("a.yaml", line, "");
        return new KubernetesObject(
                Reference.object("main", "shop", kind, name),
                "main",
                "v1",
                kind,
                "shop",
                name,
                Map.of(),
                Map.of(),
                new Tree.Mapping(place, List.of()));
    }

    private static ConfigMap thing(String name, int line) {
        return new ConfigMap(
                Reference.object("main", "shop", "ConfigMap", name),
                new Declared("a.yaml", line, ""),
                "main",
                "shop",
                name,
                Map.of());
    }

    @Test
    void objectsOfAKindAreThoseOfAllThatHaveIt() {
        List<KubernetesObject> objects = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            objects.add(object(List.of("Service", "ServiceEntry", "Pod").get(i % 3), "n" + i % 25, i + 1));
        }
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(objects, new Random(round));
            Estate estate = new Estate(List.of(), objects, List.of(), List.of(), Map.of());
            for (String kind : List.of("Service", "ServiceEntry", "Pod", "Ingress")) {
                assertEquals(
                        estate.objects().stream()
                                .filter(object -> object.kind().equals(kind))
                                .toList(),
                        estate.objects(kind));
            }
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> estate.objects("Pod").clear());
        }
    }

    @Test
    void ofTwoThingsWithOneReferenceTheLaterCounts() {
        Estate estate = new Estate(
                List.of(thing("b", 1), thing("a", 2), thing("b", 3)), List.of(), List.of(), List.of(), Map.of());
        assertEquals(
                List.of(2, 3),
                estate.all(ConfigMap.class).stream()
                        .map(thing -> thing.place().line())
                        .toList());
        assertEquals(List.copyOf(estate.things()), estate.all(ConfigMap.class));
        assertEquals(
                Optional.of(3),
                estate.find(ConfigMap.class, Reference.object("main", "shop", "ConfigMap", "b"))
                        .map(thing -> thing.place().line()));
        assertEquals(Optional.empty(), estate.find(Cluster.class, Reference.object("main", "shop", "ConfigMap", "b")));
    }
}
