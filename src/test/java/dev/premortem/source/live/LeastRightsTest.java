package dev.premortem.source.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.Readings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The ClusterRoles that ship with the program grant what the code reads, and no more. */
final class LeastRightsTest {
    private static List<Tree> rules() throws IOException {
        return Readings.of("rbac.yaml", Files.readString(Path.of("deploy/rbac.yaml"))).estate().objects().stream()
                .filter(object -> object.kind().equals("ClusterRole"))
                .map(KubernetesObject::tree)
                .flatMap(tree -> tree.items("rules").stream())
                .toList();
    }

    private static List<String> texts(Tree rule, String key) {
        return rule.items(key).stream()
                .flatMap(item -> item.text().map(Fact::value).stream())
                .toList();
    }

    @Test
    void theRolesGrantExactlyTheKindsThatAreRead() throws IOException {
        Set<String> granted = new TreeSet<>();
        for (Tree rule : rules()) {
            for (String group : texts(rule, "apiGroups")) {
                for (String resource : texts(rule, "resources")) {
                    assertTrue(granted.add(group + "/" + resource), "twice: " + group + "/" + resource);
                }
            }
        }
        Set<String> read = new TreeSet<>();
        LiveKinds.all().forEach(kind -> read.add(kind.group() + "/" + kind.plural()));
        assertEquals(read, granted);
    }

    @Test
    void noVerbChangesAnythingAndSecretsAreNotWatched() throws IOException {
        for (Tree rule : rules()) {
            List<String> verbs = texts(rule, "verbs");
            boolean secrets = texts(rule, "resources").contains("secrets");
            assertEquals(secrets ? List.of("get", "list") : List.of("get", "list", "watch"), verbs);
            assertTrue(!secrets || texts(rule, "resources").size() == 1, "secrets stand alone");
        }
    }
}
