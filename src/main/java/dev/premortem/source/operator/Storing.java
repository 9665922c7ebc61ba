package dev.premortem.source.operator;

import java.util.List;

/** Storage: block, file, object and secret stores. */
final class Storing {
    private static final String ROOK = "https://rook.io/docs/rook/latest-release/CRDs/";

    static final List<Made> ALL = List.of(
            Made.of(
                    "ceph.rook.io",
                    "CephCluster",
                    ROOK + "Cluster/ceph-cluster-crd/",
                    Pods.named("{name}-mon")
                            .count("spec.mon.count", 3)
                            .labels("app=rook-ceph-mon", "rook_cluster={name}")
                            .services("{name}-mon")
                            .when(tree -> tree.text("spec.external.enable")
                                    .filter(text -> text.value().equals("true"))
                                    .isEmpty())),
            Made.of(
                    "ceph.rook.io",
                    "CephObjectStore",
                    ROOK + "Object-Storage/ceph-object-store-crd/",
                    Pods.stateless("rook-ceph-rgw-{name}")
                            .count("spec.gateway.instances", 1)
                            .labels("app=rook-ceph-rgw", "rook_object_store={name}")
                            .services("rook-ceph-rgw-{name}")),
            Made.of(
                    "ceph.rook.io",
                    "CephFilesystem",
                    ROOK + "Shared-Filesystem/ceph-filesystem-crd/",
                    // Each active server has one that stands by.
                    Pods.named("rook-ceph-mds-{name}")
                            .counted(new Count("spec.metadataServer.activeCount", 1, "", 2))
                            .labels("app=rook-ceph-mds", "rook_file_system={name}")),
            Made.of(
                    "minio.min.io",
                    "Tenant",
                    "https://min.io/docs/minio/kubernetes/upstream/reference/operator-crd.html",
                    Pods.named("{name}-pools")
                            .sum("spec.pools", "servers", 1)
                            .storage("spec.pools")
                            .labels("v1.min.io/tenant={name}")
                            .services("minio", "{name}-hl", "{name}-console")),
            Made.of(
                    "vault.banzaicloud.com",
                    "Vault",
                    "https://bank-vaults.dev/docs/operator/",
                    Pods.stateful("{name}")
                            .count("spec.size", 1)
                            .storage("spec.volumeClaimTemplates")
                            .labels("app.kubernetes.io/name=vault", "vault_cr={name}")
                            .services("{name}")));

    private Storing() {}
}
