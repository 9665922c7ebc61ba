package dev.premortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a first run over a strange repository must not bother people with. */
final class FirstRunTest {
    private static final String SPACE = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";

    private static String database(String name) {
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %1$s, namespace: shop}
            spec:
              replicas: 1
              selector: {matchLabels: {app: %1$s}}
              template:
                metadata: {labels: {app: %1$s}}
                spec: {containers: [{name: db, image: "mongo:7.0.1"}]}
            """.formatted(name);
    }

    @TempDir
    private Path folder;

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Ran check(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "check";
        arguments[1] = folder.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Ran.run(arguments);
    }

    @Test
    void dataOfOtherToolsIsLeftAsideAndLowersNothing() throws IOException {
        write("space.yaml", SPACE);
        for (int i = 0; i < 20; i++) {
            write("hiera/host" + i + ".yaml", "ntp: yes\nntp: no\n");
        }
        Ran ran = check("--coverage");
        assertEquals("", ran.err());
        assertTrue(ran.out().startsWith("All well until"), ran.out());
        assertTrue(ran.out().contains("Read 1 object in 21 files; all understood, 20 left aside."), ran.out());
        assertTrue(ran.out().contains("understood 100 % of what was read and not left aside"), ran.out());
        assertTrue(ran.out().contains("data of another tool"), ran.out());
    }

    @Test
    void whatLooksLikeAManifestIsAGap() throws IOException {
        write("space.yaml", SPACE);
        write("half.yaml", "apiVersion: v1\nmetadata: {name: half}\n");
        assertTrue(check().out().contains("; 1 not understood (--coverage)"), check().out());
    }

    @Test
    void aKeyThatStandsTwiceInAManifestIsStillToldOf() throws IOException {
        write("space.yaml", SPACE + "kind: Namespace\n");
        assertTrue(check().err().contains("stands twice in one mapping"), check().err());
    }

    @Test
    void brokenLinksCountOnlyWhereTheyWouldBeRead() throws IOException {
        write("space.yaml", SPACE);
        Files.createSymbolicLink(folder.resolve("variables.tf"), Path.of("nowhere.tf"));
        assertEquals("", check().err());
        Files.createSymbolicLink(folder.resolve("shop.yaml"), Path.of("nowhere.yaml"));
        assertTrue(check().err().contains("shop.yaml: does not exist; expected a link that leads somewhere"));
    }

    @Test
    void templatesOfAnotherToolAreNamedAndNotListed() throws IOException {
        write("space.yaml", SPACE);
        for (int i = 0; i < 30; i++) {
            write("stacks/a%02d.yaml".formatted(i), "{{ if .Cluster }}\nkind: Pod\n{{ end }}\n");
        }
        Ran ran = check();
        assertEquals(4, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().contains("a00.yaml:2: "), ran.err());
        assertTrue(ran.err().contains("it is a template; render it first"), ran.err());
        assertTrue(ran.err().contains("and 27 like these in files that some tool renders first"), ran.err());
        assertTrue(ran.out().contains("30 problems on stderr"), "all are counted: " + ran.out());
    }

    @Test
    void oneOfManyAlikeTellsItAll() throws IOException {
        for (String name : new String[] {"carts", "orders", "users"}) {
            write(name + ".yaml", database(name));
        }
        String text = check("--fail-on", "none").out();
        assertEquals(1, text.split("  why ", -1).length - 1, text);
        assertEquals(2, text.split("for which see above", -1).length - 1, text);
        for (String name : new String[] {"carts", "orders", "users"}) {
            assertTrue(text.contains("shop/" + name + " breaks at the next new pod"), text);
        }
        String all = check("--fail-on", "none", "--all").out();
        assertFalse(all.contains("for which see above"), all);
    }

    @Test
    void aPatchThatIsSwitchedOffIsNotApplied() throws IOException {
        write("app/space.yaml", SPACE);
        String kustomization = """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [space.yaml]
                """;
        write("app/kustomization.yaml", kustomization);
        write("app/webhookcainjection_patch.yaml", """
                apiVersion: admissionregistration.k8s.io/v1beta1
                kind: MutatingWebhookConfiguration
                metadata: {name: mutating-webhook-configuration}
                """);
        String text = check("--coverage", "--all").out();
        assertTrue(text.contains("a patch that no kustomization takes in"), text);
        assertFalse(text.contains("is refused when it is applied"), text);
        write("app/kustomization.yaml", kustomization + "patches: [{path: webhookcainjection_patch.yaml}]\n");
        assertFalse(check("--coverage").out().contains("takes in"), "a patch that is used");
    }

    @Test
    void templatesOfOtherToolsAreGapsAndNoMistakes() throws IOException {
        write("space.yaml", SPACE);
        write(
                "roles/app/pod.yaml.j2",
                "apiVersion: v1\nkind: Pod\n{% if big %}\nmetadata: {name: {{ name }}}\n{% endif %}\n");
        write("{{cookiecutter.name}}/pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: {{ name }}}\n");
        Ran ran = check("--coverage");
        assertEquals("", ran.err());
        assertTrue(ran.out().contains("2 not understood"), ran.out());
        assertTrue(ran.out().contains("- template: a template of another tool; render it first"), ran.out());
    }

    @Test
    void aPrivateKeyIsNeitherKeptNorAMistake() throws IOException {
        write("space.yaml", SPACE);
        write("certs/tls.pem", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----\n");
        Ran ran = check("--coverage");
        assertEquals("", ran.err());
        assertTrue(ran.out().contains("a private key, which is not kept"), ran.out());
    }

    @Test
    void manyMissesOfOneFileAreOneLine() throws IOException {
        StringBuilder twice = new StringBuilder(SPACE).append("data:\n");
        for (int i = 0; i < 40; i++) {
            twice.append("  key").append(i % 20).append(": value\n");
        }
        write("space.yaml", twice.toString());
        Ran ran = check();
        assertEquals(4, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().contains("and 17 like these in"), ran.err());
    }

    @Test
    void aStepShowsAFewPlacesAndExplainShowsAll() throws IOException {
        for (int i = 0; i < 12; i++) {
            String name = "app%02d".formatted(i);
            write(name + ".yaml", database(name).replace("mongo:7.0.1", "example/" + name + ":latest"));
        }
        String text = check("--mechanism", "image-availability").out();
        assertTrue(text.contains("more: premortem explain"), text);
        assertFalse(text.contains("app11.yaml"), text);
        String id = text.replaceFirst("(?s).*premortem explain (\\w+).*", "$1");
        String all = Ran.run("explain", id, "--in", folder.toString()).out();
        assertTrue(all.contains("app11.yaml"), all);
    }
}
