package dev.premortem.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.twin.process.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogueTablesTest {
    private static Renewal k0s(String version, String issuer) {
        return Distributions.renewal("k0s", Optional.of(version), issuer).orElseThrow();
    }

    @Test
    void k0sKeepsItsPromiseForCasOfItsOwnName() {
        assertTrue(k0s("v1.33.4+k0s.0", "kubernetes-ca").kept());
        assertFalse(k0s("v1.33.4+k0s.0", "Custom CA").kept());
        assertFalse(k0s("v1.34.10+k0s.0", "Custom CA").kept());
        assertTrue(k0s("v1.35.1+k0s.0", "Custom CA").kept());
        assertFalse(k0s("v1.21.1+k0s.0", "kubernetes-ca").kept());
        assertEquals(
                Instant.parse("2026-02-19T00:00:00Z"),
                k0s("v1.33.4+k0s.0", "Custom CA").fix().orElseThrow().availableFrom());
    }

    @Test
    void k3sRenewsAtAStartNearTheEnd() {
        Instant end = Instant.parse("2026-06-01T00:00:00Z");
        Renewal before =
                Distributions.renewal("k3s", Optional.of("v1.32.4+k3s1"), "").orElseThrow();
        Renewal since =
                Distributions.renewal("k3s", Optional.of("v1.32.5+k3s1"), "").orElseThrow();
        Instant hundredDays = end.minus(Duration.ofDays(100));
        assertFalse(before.promisedAt(hundredDays, end));
        assertTrue(since.promisedAt(hundredDays, end));
        assertEquals(
                Optional.of(Duration.ofDays(90)),
                Distributions.renewal("rke2", Optional.of("v1.28.9+rke2r1"), "")
                        .orElseThrow()
                        .left());
    }

    @Test
    void theExactSetLimitFollowsTheDate() {
        assertEquals(
                new Bucket.Rule.Window(5, Duration.ofDays(7)),
                AcmeLimits.exactSet(Instant.parse("2022-03-04T18:00:00Z")));
        assertEquals(
                new Bucket.Rule.Tokens(5, Duration.ofDays(7)),
                AcmeLimits.exactSet(Instant.parse("2026-03-04T18:00:00Z")));
        assertEquals(
                "5 certificates per exact set of names, and one more every 33 h 36 min",
                AcmeLimits.words(AcmeLimits.exactSet(Instant.parse("2026-03-04T18:00:00Z"))));
    }

    @Test
    void imagesAreFoundByTheEndOfTheirRepository() {
        assertEquals(
                List.of("/var/lib/postgresql/data"),
                StatePaths.of("docker.io/library/postgres:16.2").orElseThrow().paths());
        assertEquals(
                List.of("/var/lib/postgresql"),
                StatePaths.of("postgres:18-alpine").orElseThrow().paths());
        assertEquals(Optional.empty(), StatePaths.of("docker.io/bitnami/mongo:7"));
        assertEquals(Optional.empty(), StatePaths.of("example.com/team/mysql-exporter:1"));
        assertEquals(
                List.of("/data/db"),
                StatePaths.of("registry.example.com:5000/library/mongo@sha256:abc")
                        .orElseThrow()
                        .paths());
    }

    @Test
    void repackagedImagesKeepTheirStateElsewhere() {
        assertEquals(
                List.of("/bitnami/postgresql"),
                StatePaths.of("docker.io/bitnamilegacy/postgresql:16")
                        .orElseThrow()
                        .paths());
        assertEquals(
                List.of("/config"),
                StatePaths.of("lscr.io/linuxserver/sonarr:4").orElseThrow().paths());
        assertEquals(Optional.empty(), StatePaths.of("docker.io/bitnami/rabbitmq:4"));
        assertEquals(
                List.of("/var/lib/grafana"),
                StatePaths.of("docker.io/grafana/grafana:12.0.1").orElseThrow().paths());
        assertEquals(
                List.of("/var/lib/influxdb2"),
                StatePaths.of("influxdb:2.7-alpine").orElseThrow().paths());
        assertEquals(Optional.empty(), StatePaths.of("influxdb:latest"));
        assertEquals(
                List.of("/var/lib/gitea", "/etc/gitea"),
                StatePaths.of("gitea/gitea:1.24-rootless").orElseThrow().paths());
    }

    @Test
    void versionsAreComparedByNumber() {
        assertTrue(Version.parse("v1.9.0")
                .orElseThrow()
                .before(Version.parse("1.10").orElseThrow()));
        assertEquals(Optional.empty(), Version.parse("latest"));
    }
}
