package dev.premortem.catalogue;

import java.util.List;
import java.util.Optional;

/** Which storage is attached to one node at a time. What is not listed is unknown: shared file systems do not enforce it. */
public final class StorageClasses {
    /** Where the list comes from. */
    public static final String SOURCE =
            "kubernetes.io/docs/concepts/storage/storage-classes and the drivers' own pages (2026-11-24)";

    private static final List<String> PROVISIONERS = List.of(
            "kubernetes.io/aws-ebs",
            "kubernetes.io/gce-pd",
            "kubernetes.io/azure-disk",
            "kubernetes.io/cinder",
            "kubernetes.io/vsphere-volume",
            "ebs.csi.aws.com",
            "ebs.csi.eks.amazonaws.com",
            "pd.csi.storage.gke.io",
            "disk.csi.azure.com",
            "cinder.csi.openstack.org",
            "csi.vsphere.vmware.com",
            "csi.hetzner.cloud",
            "dobs.csi.digitalocean.com",
            "linodebs.csi.linode.com",
            "csi.scaleway.com",
            "driver.longhorn.io");

    /** Names that the installers of those drivers give their classes. */
    private static final List<String> NAMES = List.of(
            "gp2",
            "gp3",
            "standard-rwo",
            "premium-rwo",
            "managed-csi",
            "managed-csi-premium",
            "managed-premium",
            "hcloud-volumes",
            "do-block-storage",
            "linode-block-storage",
            "longhorn",
            "ceph-block",
            "rook-ceph-block");

    /** Where the drivers whose volumes are a node's own disk say so. */
    public static final String LOCAL_SOURCE =
            "rancher/local-path-provisioner README, openebs.io/docs (local PV hostpath, LVM, ZFS), topolvm/topolvm README,"
                    + " democratic-csi README, kubernetes.io/docs/concepts/storage/volumes#local (2026-11-26)";

    private static final List<String> LOCAL_PROVISIONERS = List.of(
            "rancher.io/local-path",
            "kubernetes.io/no-provisioner",
            "microk8s.io/hostpath",
            "k8s.io/minikube-hostpath",
            "openebs.io/local",
            "local.csi.openebs.io",
            "zfs.csi.openebs.io",
            "topolvm.io",
            "topolvm.cybozu.com",
            "org.democratic-csi.local-hostpath",
            "local.csi.azure.com");

    /** Names that the installers of those drivers give their classes. */
    private static final List<String> LOCAL_NAMES = List.of(
            "local-path",
            "local-hostpath",
            "local-storage",
            "openebs-hostpath",
            "openebs-lvmpv",
            "openebs-zfspv",
            "openebs-zfs",
            "microk8s-hostpath",
            "topolvm-provisioner");

    /** Of these the folder of a disk: nothing holds a volume to the size that was asked for. */
    private static final List<String> FOLDERS =
            List.of("local-path", "local-hostpath", "openebs-hostpath", "microk8s-hostpath");

    private StorageClasses() {}

    /** True for a class of a name that only folders of a node's disk bear, which may grow beyond what was asked for. */
    public static boolean unlimited(String storageClass) {
        return FOLDERS.contains(storageClass);
    }

    /** True for a provisioner whose volumes are a disk of one node: what runs on them runs nowhere else. */
    public static boolean local(String provisioner) {
        return LOCAL_PROVISIONERS.contains(provisioner);
    }

    /** True for a class of a name that only such storage bears. */
    public static boolean namedForLocal(String storageClass) {
        return LOCAL_NAMES.contains(storageClass);
    }

    /** True for a provisioner whose volumes one node at a time may attach. */
    public static boolean oneNode(String provisioner) {
        return PROVISIONERS.contains(provisioner) || provisioner.endsWith("rbd.csi.ceph.com");
    }

    /** True for a class of a name that only such storage bears. */
    public static boolean namedForOneNode(String storageClass) {
        return NAMES.contains(storageClass);
    }

    /** The class of claims without one, where a distribution brings such storage. */
    public static Optional<String> defaultForOneNode(String distribution) {
        return switch (distribution) {
            case "eks" -> Optional.of("an EBS volume, the default of EKS");
            case "gke" -> Optional.of("a persistent disk, the default of GKE");
            case "aks" -> Optional.of("an Azure disk, the default of AKS");
            default -> Optional.empty();
        };
    }
}
