package dev.premortem.estate;

import dev.premortem.fact.Declared;

/** Something of the estate that can be named. Closed: a new kind must say in every switch what it means. */
public sealed interface Thing
        permits AbsentChart,
                Alternative,
                Site,
                Link,
                Cluster,
                HostedService,
                Product,
                Zone,
                Workload,
                Service,
                Route,
                Claim,
                ConfigMap,
                Node,
                Certificate,
                CertificateOrder,
                Issuer,
                Release,
                Installation,
                MadeCertificate,
                UnreadValues {
    /** Its name. Unique in an estate per kind of thing. */
    Reference reference();

    /** Where it is declared. */
    Declared place();
}
