package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Outage;
import dev.premortem.testing.Outlook;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkFailureTest {
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
            metadata: {name: first}
            spec:
              between: [north, south]
              mtu: 1500
              preference: 10
              provider: carrier-a
            ---
            apiVersion: premortem.dev/v1
            kind: HostedService
            metadata: {name: store}
            spec: {site: south, runsOn: vm, replicas: 2, network: host}
            ---
            apiVersion: premortem.dev/v1
            kind: HostedService
            metadata: {name: front}
            spec:
              site: north
              runsOn: vm
              replicas: 2
              network: host
              dependsOn:
                - to: hosted-service/store
                  network: host
            ---
            apiVersion: premortem.dev/v1
            kind: Product
            metadata: {name: shop}
            spec: {needs: [hosted-service/front]}
            """;

    private static String second(String provider) {
        return ESTATE + """
                ---
                apiVersion: premortem.dev/v1
                kind: Link
                metadata: {name: second}
                spec:
                  between: [north, south]
                  mtu: 1500
                  preference: 20
                  provider: PROVIDER
                """.replace("PROVIDER", provider);
    }

    @Test
    void theOnlyLinkCutsTheSitesApart() {
        Outage outage = Outlook.of(ESTATE)
                .outage("link-failure", "path/north/south")
                .takesDown("shop")
                .outage();
        assertEquals(List.of("link/first"), outage.trigger().faults());
    }

    @Test
    void aSecondLinkOfAnotherProviderHoldsAgainstEachSingleLoss() {
        Outlook outlook = Outlook.of(second("carrier-b"));
        assertTrue(
                outlook.prediction().outages().stream()
                        .filter(outage -> outage.mechanism().equals("link-failure"))
                        .allMatch(outage -> outage.trigger().faults().size() > 1),
                outlook.prediction()::toString);
    }

    @Test
    void oneProviderBehindBothLinksIsACommonCause() {
        Outage outage = Outlook.of(second("carrier-a"))
                .outage("link-failure", "path/north/south")
                .takesDown("shop")
                .outage();
        assertEquals(List.of("cause/carrier-a"), outage.trigger().faults());
    }

    @Test
    void aMeshOfManySitesOutlivesAnyOneLink() {
        StringBuilder estate = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            estate.append("apiVersion: premortem.dev/v1\nkind: Site\nmetadata: {name: s" + i + "}\nspec: {}\n---\n");
            estate.append("apiVersion: premortem.dev/v1\nkind: HostedService\nmetadata: {name: h" + i
                    + "}\nspec: {site: s" + i + ", dependsOn: [hosted-service/h" + (i + 1) % 12 + "]}\n---\n");
            for (int j = i + 1; j < 12; j++) {
                estate.append("apiVersion: premortem.dev/v1\nkind: Link\nmetadata: {name: l" + i + "-" + j
                        + "}\nspec: {between: [s" + i + ", s" + j + "], mtu: 1500, preference: " + (1 + i * j % 7)
                        + "}\n---\n");
            }
        }
        estate.append(
                "apiVersion: premortem.dev/v1\nkind: Product\nmetadata: {name: p}\nspec: {needs: [hosted-service/h0]}\n");
        Outlook.of(estate.toString()).noOutage("link-failure");
    }
}
