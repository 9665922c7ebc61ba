package dev.premortem.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.source.text.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The order in which documents arrive must not show. */
class OrderTest {
    private static String show(Reading reading) {
        return reading.estate().things() + "\n"
                + reading.estate().objects().stream()
                        .map(object -> object.reference().text())
                        .toList() + "\n" + reading.coverage();
    }

    @Test
    void givesTheSameEstateForShuffledDocuments() {
        long seed = 20261125;
        Random random = new Random(seed);
        TreeMap<String, String> texts = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            String name = "n" + random.nextInt(12);
            String text = switch (random.nextInt(6)) {
                case 0 ->
                    "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + "}\nspec: {selector: {app: " + name
                            + "}}\n";
                case 1 ->
                    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name
                            + "}\nspec: {template: {spec: {containers: [{name: c, env: [{name: A_HOST, value: n"
                            + random.nextInt(12) + "}]}]}}}\n";
                case 2 -> "apiVersion: premortem.dev/v1\nkind: Site\nmetadata: {name: " + name + "}\n";
                case 3 ->
                    "apiVersion: premortem.dev/v1\nkind: Link\nmetadata: {name: " + name + "}\nspec: {between: [n1, n"
                            + random.nextInt(12) + "], mtu: 1500}\n";
                case 4 ->
                    "apiVersion: premortem.dev/v1\nkind: Cluster\nmetadata: {name: " + name
                            + "}\nspec: {site: n1, path: d" + random.nextInt(3) + "}\n";
                default ->
                    "apiVersion: cert-manager.io/v1\nkind: Issuer\nmetadata: {name: " + name + "}\nspec: {acme: {}}\n";
            };
            texts.put("d" + random.nextInt(4) + "/f" + i + ".yaml", text);
        }
        Reading first = Sources.readTexts(texts);
        List<Document> documents = new ArrayList<>(first.documents());
        for (int round = 0; round < 50; round++) {
            Collections.shuffle(documents, random);
            assertEquals(show(first), show(Sources.assemble(first, documents)), "seed " + seed + ", round " + round);
        }
    }

    @Test
    void readsATreeTwiceTheSame() {
        Path shared = Path.of("..", "shared", "estates", "rendered");
        if (!Files.isDirectory(shared)) {
            Assumptions.abort("no ../shared/estates here");
        }
        assertEquals(
                show(Sources.read(List.of(shared), Limits.DEFAULT)),
                show(Sources.read(List.of(shared), Limits.DEFAULT)));
    }
}
