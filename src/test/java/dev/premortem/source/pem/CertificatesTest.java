package dev.premortem.source.pem;

import static dev.premortem.source.Readings.problems;
import static dev.premortem.source.Readings.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Certificate;
import dev.premortem.source.Reading;
import dev.premortem.source.Readings;
import dev.premortem.source.Sources;
import dev.premortem.source.text.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    private static final String LEAF = """
            -----BEGIN CERTIFICATE-----
            MIIBpjCCAUygAwIBAgIBAjAKBggqhkjOPQQDAjAXMRUwEwYDVQQDDAxFeGFtcGxl
            IFJvb3QwHhcNMjUwMjI0MTAxMTEyWhcNMjYwMjI0MTAxMTEyWjAjMSEwHwYDVQQD
            DBhhcGlzZXJ2ZXIta3ViZWxldC1jbGllbnQwWTATBgcqhkjOPQIBBggqhkjOPQMB
            BwNCAAQua31xN1xHz3Z1slmMtpJdYwsWCwGRxoJoUd/AiLk/Y7BwLVbMvPhJbE1f
            p1AJgBoFYUyddV18qVrY18E5Whhto30wezAuBgNVHREEJzAlghJrdWJlcm5ldGVz
            LmRlZmF1bHSCD2FwaS5leGFtcGxlLmNvbTAJBgNVHRMEAjAAMB0GA1UdDgQWBBTM
            V0cM5mD3gssQLkkmEpo1UnT/+TAfBgNVHSMEGDAWgBRQe6PqAnkyIe9e/yd85KcI
            k70ifjAKBggqhkjOPQQDAgNIADBFAiEA2j+QtiL53eAhnZsskrylxCKtoyIyiTST
            /dCCpd87V6wCIEVPPHVHzshzd28sfFU+0cTemJxJaNizO2Q07dYBwNCa
            -----END CERTIFICATE-----
            """;
    private static final String ROOT = """
            -----BEGIN CERTIFICATE-----
            MIIBSzCB8qADAgECAgEBMAoGCCqGSM49BAMCMBcxFTATBgNVBAMMDEV4YW1wbGUg
            Um9vdDAeFw0yNTAyMjQwMDAwMDBaFw0zNTAyMjQwMDAwMDBaMBcxFTATBgNVBAMM
            DEV4YW1wbGUgUm9vdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGVv3wzvPS27
            oK3Amr1vXJ54z7jk82PaXEgsoJmLKVcuM1kgPUZnSDZ/25/ML172g47HTHhsy/tN
            FD8p76ncqqqjLzAtMAwGA1UdEwQFMAMBAf8wHQYDVR0OBBYEFFB7o+oCeTIh717/
            J3zkpwiTvSJ+MAoGCCqGSM49BAMCA0gAMEUCIQD5sVuaY1wyxiGJhYUQ8JpgIToD
            tRbDaR1782rhfCfkxgIgXeoyEcjKQqcAqPjfNqAvTmPwT3XMNw+kY6y0sFSCaBU=
            -----END CERTIFICATE-----
            """;
    private static final String CLUSTER = """
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: s}
            ---
            apiVersion: premortem.dev/v1
            kind: Cluster
            metadata: {name: main}
            spec: {site: s, certificates: [pki]}
            """;

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsTheCertificatesOfACluster() {
        Reading reading = Readings.of(
                "premortem/c.yaml", CLUSTER, "premortem/pki/kubelet-client.crt", "a comment\n" + LEAF + ROOT);
        assertEquals(List.of(), problems(reading));
        Certificate leaf = thing(reading.estate(), Certificate.class, "certificate/main/kubelet-client");
        assertEquals("2026-02-24T10:11:12Z", leaf.notAfter().toString());
        assertEquals("Example Root", leaf.issuer());
        assertEquals("main", leaf.cluster().orElseThrow());
        assertEquals("kubelet-client", leaf.role());
        assertEquals(List.of("kubernetes.default", "api.example.com"), leaf.names());
        assertEquals(2, leaf.place().line());
        assertTrue(thing(reading.estate(), Certificate.class, "certificate/main/kubelet-client/2")
                .authority());
    }

    @Test
    void readsACertificateInDerAsTheSameInPem(@TempDir Path tree) throws IOException {
        byte[] der = Base64.getMimeDecoder().decode(LEAF.replaceAll("-----[A-Z ]+-----", ""));
        for (String ending : List.of("crt", "cer", "der")) {
            Files.write(tree.resolve("a." + ending), der);
        }
        Files.write(tree.resolve("cut.crt"), Arrays.copyOf(der, 100));
        Files.write(tree.resolve("keys.der"), new byte[] {0x30, (byte) 0x82, 1, 2, 0, 0});
        Reading reading = Sources.read(List.of(tree), Limits.DEFAULT);
        Certificate pem =
                Readings.of("a.pem", LEAF).estate().all(Certificate.class).getFirst();
        List<Certificate> read = reading.estate().all(Certificate.class);
        assertEquals(
                List.of("a.cer", "a.crt", "a.der"),
                read.stream().map(each -> each.place().file()).toList());
        read.forEach(each -> {
            assertEquals(pem.notAfter(), each.notAfter());
            assertEquals(pem.names(), each.names());
            assertEquals(1, each.place().line());
        });
        assertEquals(2, problems(reading).size(), problems(reading).toString());
        assertTrue(
                problems(reading).getFirst().startsWith("cut.crt:1: "),
                problems(reading).toString());
    }

    @Test
    void namesTheLineOfAGarbledCertificate() {
        Reading reading = Readings.of(
                "x.pem",
                LEAF + "-----BEGIN CERTIFICATE-----\nMIIgarbage!!\n-----END CERTIFICATE-----\n",
                "y.pem",
                "nothing\n");
        int line = LEAF.split("\n").length + 1;
        assertTrue(
                problems(reading).get(0).startsWith("x.pem:" + line + ": certificate is garbled"),
                problems(reading).toString());
        assertTrue(
                problems(reading).get(1).startsWith("y.pem:1: holds no certificate"),
                problems(reading).toString());
        assertEquals(1, reading.estate().all(Certificate.class).size());
    }

    @Test
    void keepsNoPrivateKey() {
        String key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n";
        Reading reading = Readings.of("both.pem", key + LEAF);
        assertFalse(reading.documents().toString().contains("c2VjcmV0"));
        assertTrue(reading.texts().isEmpty());
        assertEquals(
                4, reading.estate().all(Certificate.class).getFirst().place().line());
    }

    @Test
    void readsKubeconfigs() {
        Reading reading = Readings.of(
                "premortem/c.yaml",
                CLUSTER,
                "premortem/pki/admin.conf",
                "apiVersion: v1\nkind: Config\nclusters:\n- name: c\n  cluster: {certificate-authority-data: "
                        + base64(ROOT)
                        + "}\nusers:\n- name: admin\n  user: {client-certificate-data: " + base64(LEAF)
                        + ", client-key-data: c2VjcmV0}\n");
        assertEquals(List.of(), problems(reading));
        assertEquals(
                "admin",
                thing(reading.estate(), Certificate.class, "certificate/main/admin")
                        .role());
        assertTrue(thing(reading.estate(), Certificate.class, "certificate/main/c-ca")
                .authority());
        assertFalse(reading.documents().toString().contains("c2VjcmV0"));
    }

    @Test
    void readsTraefiksStoreAndSecrets() {
        Reading reading = Readings.of(
                "acme.json",
                        "{\"le\": {\"Account\": {\"PrivateKey\": \"c2VjcmV0\"}, \"Certificates\": [{\"domain\": {\"main\": \"*.example.com\"}, \"certificate\": \""
                                + base64(LEAF + ROOT) + "\", \"key\": \"c2VjcmV0\"}]}}\n",
                "s.yaml",
                        "apiVersion: v1\nkind: Secret\ntype: kubernetes.io/tls\nmetadata: {name: t, namespace: ns}\ndata: {tls.crt: "
                                + base64(LEAF) + ", tls.key: c2VjcmV0}\n");
        assertEquals(List.of(), problems(reading));
        assertEquals(
                "*.example.com",
                thing(reading.estate(), Certificate.class, "certificate/acme.json/le/*.example.com")
                        .role());
        assertEquals(
                "default/ns/Secret/t",
                thing(reading.estate(), Certificate.class, "certificate/default/ns/t")
                        .secret()
                        .orElseThrow()
                        .text());
        assertFalse(reading.documents().toString().contains("c2VjcmV0"));
        assertFalse(reading.texts().containsKey("acme.json"));
    }

    @Test
    void saysThatACertificateFileIsMissing() {
        assertTrue(problems(Readings.of("c.yaml", CLUSTER))
                .getFirst()
                .startsWith("c.yaml:8: spec.certificates[0]: no certificate file"));
    }
}
