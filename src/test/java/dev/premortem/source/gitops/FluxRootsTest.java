package dev.premortem.source.gitops;

import static dev.premortem.source.gitops.FluxTest.KUSTOMIZE;
import static dev.premortem.source.gitops.FluxTest.deployment;
import static dev.premortem.source.gitops.FluxTest.read;
import static dev.premortem.source.gitops.FluxTest.reasons;
import static dev.premortem.source.gitops.FluxTest.sync;
import static dev.premortem.source.gitops.FluxTest.workloads;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.source.Reading;
import dev.premortem.source.render.Renderers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which Kustomizations of Flux are roots, and what none of them reaches. */
class FluxRootsTest {
    @Test
    void aRootThatItsFolderDoesNotListIsARoot() {
        Reading reading = read(
                Renderers.none(),
                "clusters/one/flux-system/gotk-sync.yaml",
                sync("flux-system", "./clusters/one", ""),
                "clusters/one/kustomization.yaml",
                "resources: [syncs/a.yaml, syncs/b.yaml]\n",
                "clusters/one/syncs/a.yaml",
                sync("a", "./apps/a", ""),
                "clusters/one/syncs/b.yaml",
                sync("b", "./apps/b", ""),
                "apps/a/a.yaml",
                deployment("a"),
                "apps/b/b.yaml",
                deployment("b"));
        assertEquals(List.of("default/default/Deployment/a", "default/default/Deployment/b"), workloads(reading));
    }

    @Test
    void whatNoRootReachesIsNotDeployed() {
        Reading reading = read(
                Renderers.none(),
                "clusters/main/flux-system/gotk-sync.yaml",
                sync("flux-system", "./clusters/main", ""),
                "clusters/main/apps.yaml",
                sync("apps", "./apps/overlay", ""),
                "apps/overlay/kustomization.yaml",
                KUSTOMIZE + "resources:\n- ../base/a\n#- ../base/b\n",
                "apps/base/a/kustomization.yaml",
                KUSTOMIZE + "namespace: shop\nresources: [deployment.yaml]\n",
                "apps/base/a/deployment.yaml",
                deployment("a"),
                "apps/base/b/kustomization.yaml",
                KUSTOMIZE + "resources: [deployment.yaml]\n",
                "apps/base/b/deployment.yaml",
                deployment("b"),
                "premortem/site.yaml",
                "apiVersion: premortem.dev/v1\nkind: Site\nmetadata: {name: vie}\nspec: {}\n");
        assertEquals(List.of("default/shop/Deployment/a"), workloads(reading));
        assertEquals(
                List.of("no Flux Kustomization reaches this file"), reasons(reading, "apps/base/b/deployment.yaml"));
        assertEquals(1, reading.estate().all(dev.premortem.estate.Site.class).size());
    }

    @Test
    void aKustomizationAmongThoseThatAreBroughtIsSwitchedOff() {
        Reading reading = read(
                Renderers.none(),
                "clusters/main/ks.yaml",
                sync("cluster", "./apps/overlay", ""),
                "apps/overlay/kustomization.yaml",
                KUSTOMIZE + "resources:\n- ../base/a/ks.yaml\n",
                "apps/base/a/ks.yaml",
                sync("a", "./apps/base/a/app", "  targetNamespace: one\n"),
                "apps/base/a/app/deployment.yaml",
                deployment("a"),
                "apps/base/b/ks.yaml",
                sync("b", "./apps/base/b/app", ""),
                "apps/base/b/app/deployment.yaml",
                deployment("b"));
        assertEquals(List.of("default/one/Deployment/a"), workloads(reading));
    }

    /** A component that patches the Kustomizations beside it: read as one of its own, it would deploy the whole tree once more. */
    @Test
    void takesNoPatchOfAKustomizationForOne() {
        String component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";
        String[] tree = {
            "bootstrap/values.yaml",
            "instance: {sync: {path: k/flux/cluster}}\n",
            "k/flux/cluster/ks.yaml",
            sync("apps", "./k/apps", ""),
            "k/apps/a/ks.yaml",
            sync("a", "./k/apps/a/app", ""),
            "k/apps/a/app/deployment.yaml",
            deployment("a"),
            "k/components/wait/kustomization.yaml",
            component + "patches:\n- target: {kind: Kustomization}\n  path: patches/depend.yaml\n",
            "k/components/wait/patches/depend.yaml",
            "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: unused}\n"
                    + "spec:\n  dependsOn: [{name: storage}]\n"
        };
        assertEquals(List.of("default/default/Deployment/a"), workloads(read(new FakeRenderers(), tree)));
        tree[9] = component;
        assertEquals(2, workloads(read(new FakeRenderers(), tree)).size(), "a file that nothing takes for a patch");
    }

    /** What was left behind by a bootstrapped cluster: nothing brings it, so nothing waits for what it waits for. */
    @Test
    void whatNothingBringsBesideABootstrappedRootIsOff() {
        String[] tree = {
            "bootstrap/values.yaml", "instance: {sync: {path: k/flux/cluster}}\n",
            "k/flux/cluster/ks.yaml", sync("apps", "./k/apps", ""),
            "k/apps/a/ks.yaml", sync("a", "./k/apps/a/app", ""),
            "k/apps/a/app/deployment.yaml", deployment("a"),
            "k/old/apps/b/app/deployment.yaml", deployment("b"),
            "k/old/apps/b/ks.yaml", sync("b", "./k/old/apps/b/app", "")
        };
        assertEquals(List.of("default/default/Deployment/a"), workloads(read(new FakeRenderers(), tree)));
        String[] beside = java.util.Arrays.copyOf(tree, 18);
        beside[10] = "k/two/meta.yaml";
        beside[12] = "k/two/apps.yaml";
        beside[13] = sync("more", "./k/more", "");
        beside[14] = "k/more/ks.yaml";
        beside[15] = sync("c", "./k/c/app", "");
        beside[16] = "k/c/app/deployment.yaml";
        beside[17] = deployment("c");
        List<String> found = workloads(read(new FakeRenderers(), beside));
        assertEquals(3, found.size(), "beside one that brings others: " + found);
        for (int i = 0; i < tree.length; i++) {
            tree[i] = tree[i].replace("k/old/", "clusters/second/");
        }
        assertEquals(2, workloads(read(new FakeRenderers(), tree)).size(), "the folder of another cluster");
    }

    /** The first of a cluster stands beside what it brings, and nothing of that brings more. */
    @Test
    void aRootBesideWhatItBringsIsNotSwitchedOff() {
        Reading reading = read(
                new FakeRenderers(),
                "k/clusters/home/bootstrap/entrypoint.yaml",
                sync("apps", "./k/clusters/home/apps", ""),
                "k/clusters/home/apps/ai/kustomization.yaml",
                KUSTOMIZE + "namespace: ai\nresources: [a.yaml]\n",
                "k/clusters/home/apps/ai/a.yaml",
                sync("a", "./k/apps/a", "  targetNamespace: ai\n"),
                "k/apps/a/deployment.yaml",
                deployment("a"));
        assertEquals(List.of("default/ai/Deployment/a"), workloads(reading));
    }

    /** One Kustomization for all clusters, whose folder is a variable; each cluster patches into it which folder is its own. */
    @Test
    void aRootThatEachClusterPatchesIsARootOfThatCluster() {
        Reading reading = read(
                Renderers.none(),
                "system/base/kustomization.yaml",
                KUSTOMIZE + "resources: [sync.yaml]\n",
                "system/base/sync.yaml",
                sync("flux-system", "./clusters/${ENV}/${NUMBER}", ""),
                "clusters/prod/00/kustomization.yaml",
                KUSTOMIZE + "resources: [../base]\npatches: [{path: ../../../system/prod-00.yaml}]\n",
                "clusters/prod/01/kustomization.yaml",
                KUSTOMIZE + "resources: [../base]\npatches: [{path: ../../../system/prod-01.yaml}]\n",
                "clusters/prod/base/kustomization.yaml",
                KUSTOMIZE + "resources: [../../../system/base, ../../../apps/sync.yaml]\n",
                "system/prod-00.yaml",
                sync("flux-system", "./clusters/prod/00", "  postBuild: {substitute: {ENV: prod, NUMBER: '00'}}\n"),
                "system/prod-01.yaml",
                sync("flux-system", "./clusters/prod/01", "  postBuild: {substitute: {ENV: prod, NUMBER: '01'}}\n"),
                "apps/sync.yaml",
                sync("apps", "./apps/${ENV}/${NUMBER}", "  postBuild: {substitute: {NUMBER: '\"${NUMBER}\"'}}\n"),
                "apps/prod/00/a.yaml",
                deployment("'${NUMBER}'"),
                "apps/prod/01/a.yaml",
                deployment("'a${NUMBER}'"));
        assertEquals(
                List.of("prod-00/default/Deployment/00", "prod-01/default/Deployment/a\"01\""), workloads(reading));
        assertEquals(List.of(), reasons(reading, "system/base/sync.yaml"));
    }
}
