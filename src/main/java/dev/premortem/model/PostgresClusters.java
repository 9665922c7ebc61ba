package dev.premortem.model;

import dev.premortem.estate.Estate;
import dev.premortem.estate.KubernetesObject;
import java.util.List;

/** Databases that CloudNativePG runs. */
public final class PostgresClusters {
    private PostgresClusters() {}

    /** All of an estate, sorted by reference. */
    public static List<KubernetesObject> of(Estate estate) {
        return estate.objects("Cluster").stream()
                .filter(object -> object.apiVersion().startsWith("postgresql.cnpg.io/"))
                .toList();
    }
}
