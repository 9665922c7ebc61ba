package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Remedy;
import dev.premortem.testing.Outlook;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SingleSiteTest {
    private static final String ESTATE = """
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: north}
            ---
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: south}
            ---
            apiVersion: premortem.dev/v1
            kind: Link
            metadata: {name: wire}
            spec: {between: [north, south], mtu: 1500}
            ---
            apiVersion: premortem.dev/v1
            kind: Link
            metadata: {name: fibre}
            spec: {between: [north, south], mtu: 1500, preference: 20}
            ---
            apiVersion: premortem.dev/v1
            kind: Cluster
            metadata: {name: a}
            spec: {site: north, path: a}
            ---
            apiVersion: premortem.dev/v1
            kind: Cluster
            metadata: {name: b}
            spec: {site: south, path: b}
            ---
            apiVersion: premortem.dev/v1
            kind: Product
            metadata: {name: shop-north}
            spec: {needs: [a/shop/Deployment/web]}
            ---
            apiVersion: premortem.dev/v1
            kind: Product
            metadata: {name: shop-south}
            spec: {needs: [b/shop/Deployment/web]}
            """;

    private static final String AUTH = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: auth, namespace: auth}
            spec:
              replicas: 2
              selector: {matchLabels: {app: auth}}
              template:
                metadata: {labels: {app: auth}}
                spec: {containers: [{name: auth, image: "example.com/auth:1"}]}
            """;

    private static String web(String auth) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: web
                  namespace: shop
                  annotations:
                    premortem.dev/depends-on: AUTH
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: web, image: "example.com/web:1"}]}
                """.replace("AUTH", auth);
    }

    private static Outlook outlook(String southern) {
        return Outlook.of(
                new TreeMap<>(Map.of(
                        "estate.yaml", ESTATE,
                        "a/auth.yaml", AUTH,
                        "a/web.yaml", web("a/auth/Deployment/auth"),
                        "b/auth.yaml", AUTH,
                        "b/web.yaml", web(southern))),
                Outlook.NOW);
    }

    private static Outlook withoutAuthInTheSouth() {
        return Outlook.of(
                new TreeMap<>(Map.of(
                        "estate.yaml",
                        ESTATE,
                        "a/auth.yaml",
                        AUTH,
                        "a/web.yaml",
                        web("a/auth/Deployment/auth"),
                        "b/web.yaml",
                        web("a/auth/Deployment/auth # OUTAGE single-site"))),
                Outlook.NOW);
    }

    @Test
    void authenticationInOneSiteOfTwoTakesDownTheOthersProduct() {
        withoutAuthInTheSouth()
                .outage("single-site", "a/auth/Deployment/auth")
                .takesDown("shop-south")
                .namesTheMarkedLines();
    }

    @Test
    void replicatingItIsTheVerifiedRemedy() {
        Remedy remedy = withoutAuthInTheSouth()
                .outage("single-site", "a/auth/Deployment/auth")
                .isPreventedBy("run auth/auth in cluster b too")
                .remedy("cluster b");
        assertTrue(remedy.patch().contains("+    premortem.dev/depends-on: b/auth/Deployment/auth"), remedy.patch());
        assertTrue(remedy.patch().contains("OUTAGE single-site"), "the user's comment stays");
    }

    @Test
    void anAuthenticationOfItsOwnHolds() {
        outlook("b/auth/Deployment/auth").noOutage("single-site", "a/auth/Deployment/auth");
        outlook("a/auth/Deployment/auth")
                .outage("single-site", "a/auth/Deployment/auth")
                .takesDown("shop-south");
    }
}
