package dev.premortem.model;

import dev.premortem.estate.Estate;
import dev.premortem.estate.KubernetesObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What Flux applies things by. */
public final class FluxObjects {
    private FluxObjects() {}

    /** Its Kustomizations and HelmReleases, sorted by reference. */
    public static List<KubernetesObject> releases(Estate estate) {
        List<KubernetesObject> releases = new ArrayList<>();
        for (KubernetesObject object : estate.objects("Kustomization")) {
            if (object.apiVersion().startsWith("kustomize.toolkit.fluxcd.io/")) {
                releases.add(object);
            }
        }
        for (KubernetesObject object : estate.objects("HelmRelease")) {
            if (object.apiVersion().startsWith("helm.toolkit.fluxcd.io/")) {
                releases.add(object);
            }
        }
        releases.sort(Comparator.comparing(KubernetesObject::reference));
        return releases;
    }
}
