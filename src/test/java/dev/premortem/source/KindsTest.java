package dev.premortem.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Coverage;
import dev.premortem.source.kubernetes.KnownKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table of kinds, its page, and the readers say the same. */
class KindsTest {
    @Test
    void thePageAndTheTableAgree() throws IOException {
        List<String> page = Files.readAllLines(Path.of("docs/sources/kinds.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| group |") && !line.startsWith("| ---"))
                .toList();
        List<String> table = new ArrayList<>();
        for (KnownKinds.Row row : KnownKinds.rows()) {
            table.add("| " + (row.group().isEmpty() ? "core" : row.group()) + " | "
                    + String.join(", ", row.kinds()).replace("*", "all others") + " | "
                    + row.part().name().toLowerCase(Locale.ROOT) + " | " + row.meaning() + " |");
        }
        assertEquals(table, page);
    }

    @Test
    void everyReaderHasARowThatSaysSo() {
        TreeSet<String> read = new TreeSet<>();
        KnownKinds.rows().stream()
                .filter(row -> row.part() == KnownKinds.Part.READ)
                .forEach(row -> row.kinds().forEach(kind -> read.add(row.group() + "/" + kind)));
        TreeSet<String> silent = new TreeSet<>(Kinds.kinds());
        silent.removeAll(read);
        assertEquals(new TreeSet<>(), silent);
    }

    @Test
    void noKindHasTwoRows() {
        TreeSet<String> seen = new TreeSet<>();
        for (KnownKinds.Row row : KnownKinds.rows()) {
            for (String kind : row.kinds()) {
                assertTrue(seen.add(row.group() + "/" + kind), row.group() + "/" + kind);
            }
        }
    }

    @Test
    void countsOnlyWhatNoRowNames() {
        Reading reading = Readings.of(
                "k.yaml",
                object("rbac.authorization.k8s.io/v1", "ClusterRole")
                        + object("apiextensions.k8s.io/v1", "CustomResourceDefinition")
                        + object("external-secrets.io/v1", "ExternalSecret")
                        + object("monitoring.coreos.com/v1", "ServiceMonitor")
                        + object("grafana.integreatly.org/v1beta1", "GrafanaDashboard")
                        + object("cert-manager.io/v1", "CertificateRequest")
                        + object("cilium.io/v2", "CiliumNetworkPolicy")
                        + object("example.com/v1", "Certificate")
                        + object("example.org/v1alpha1", "SpecialIngress"));
        assertEquals(
                List.of("Certificate", "SpecialIngress"),
                reading.coverage().notUnderstood().stream()
                        .map(Coverage.NotUnderstood::kind)
                        .toList());
    }

    private static String object(String version, String kind) {
        return "---\napiVersion: " + version + "\nkind: " + kind + "\nmetadata: {name: a}\n";
    }
}
