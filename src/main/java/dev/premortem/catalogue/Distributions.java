package dev.premortem.catalogue;

import dev.premortem.catalogue.Renewal.Event;
import dev.premortem.catalogue.Renewal.Fix;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What renews control-plane certificates, by distribution and version. Read in the sources of each project on 2026-11-24; the links are in
 * the rows.
 */
public final class Distributions {
    /** Common names of the CAs that k0s makes itself. */
    private static final Set<String> K0S_OWN =
            new TreeSet<>(List.of("kubernetes-ca", "kubernetes-front-proxy-ca", "etcd-ca"));

    private static final Version K0S_RENEWS = new Version(1, 21, 2);
    private static final Version K0S_FIXED = new Version(1, 35, 1);

    /** Tagged on 2026-02-19; nothing was ported back to 1.34 or older. */
    private static final Fix K0S_FIX = new Fix("v1.35.1+k0s.0", Instant.parse("2026-02-19T00:00:00Z"));

    private static final String K0S_SOURCE =
            "k0sproject/k0s pkg/certificate/manager.go; github.com/k0sproject/k0s/issues/6378";

    private static final List<String> K0S_BY_HAND = List.of(
            "on one controller after the other, so that a majority stays: stop k0s",
            "move the leaf certificates (NAME.crt) out of <data-dir>/pki and <data-dir>/pki/etcd; keep ca.* and sa.*",
            "start k0s: a missing leaf is made anew in every version since 1.21.2",
            "look at notBefore of the served certificate, then give people their new kubeconfig files");

    private Distributions() {}

    /**
     * What renews a leaf; empty where the distribution is not in the table.
     *
     * @param name in lower case
     * @param version as declared
     * @param issuer common name of the leaf's issuer
     */
    public static Optional<Renewal> renewal(String name, Optional<String> version, String issuer) {
        Optional<Version> release = version.flatMap(Version::parse);
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "k0s" -> Optional.of(k0s(release, issuer));
            case "kubeadm", "kubespray" -> Optional.of(kubeadm(release));
            case "k3s" -> Optional.of(k3s(release, "k3s"));
            case "rke2" -> Optional.of(k3s(release, "rke2"));
            case "talos" -> Optional.of(talos());
            case "microk8s" -> Optional.of(microk8s());
            case "kops" -> Optional.of(kops());
            case "openshift", "okd" ->
                Optional.of(time(
                        "the operator renews at half life",
                        List.of("oc get csr, and approve: client certificates first, then serving ones"),
                        "openshift/cluster-kube-apiserver-operator pkg/operator/certrotationcontroller"));
            case "eks", "gke", "aks", "doks", "oke" ->
                Optional.of(time(
                        "the provider renews them",
                        List.of("ask the provider"),
                        "documentation of the managed control planes of AWS, Google and Microsoft"));
            default -> Optional.empty();
        };
    }

    private static Renewal k0s(Optional<Version> release, String issuer) {
        String promise = "k0s renews its certificates at every start of the controller";
        boolean own = issuer.isEmpty() || K0S_OWN.contains(issuer);
        Optional<String> broken = Optional.empty();
        Optional<Fix> fix = Optional.empty();
        if (release.filter(version -> version.before(K0S_RENEWS)).isPresent()) {
            broken = Optional.of("before v1.21.2 a start of k0s renews nothing");
        } else if (!own && release.filter(version -> !version.before(K0S_FIXED)).isEmpty()) {
            broken = Optional.of("before v1.35.1 k0s renews only what a CA of its own name issued; here it is '"
                    + issuer + "', so a start renews nothing and says nothing");
            fix = Optional.of(K0S_FIX);
        }
        return new Renewal(Event.START, Optional.empty(), promise, broken, fix, K0S_BY_HAND, K0S_SOURCE);
    }

    private static Renewal kubeadm(Optional<Version> release) {
        boolean old =
                release.filter(version -> version.before(new Version(1, 17, 0))).isPresent();
        return new Renewal(
                Event.UPGRADE,
                Optional.empty(),
                "kubeadm renews them at every upgrade, not at a restart",
                old
                        ? Optional.of("before 1.17 kubeadm upgrade renews nothing on the second and later nodes")
                        : Optional.empty(),
                old ? Optional.of(new Fix("v1.17.0", Instant.parse("2019-12-09T00:00:00Z"))) : Optional.empty(),
                List.of(
                        "on each control-plane node: kubeadm certs renew all",
                        "restart the four static pods: move their manifests away for 20 s and back",
                        "copy the new admin.conf to those who use it"),
                "kubernetes/website kubeadm-certs.md; kubernetes/kubeadm issues 1818 and 1753");
    }

    private static Renewal k3s(Optional<Version> release, String name) {
        boolean early = release.filter(Distributions::ninetyDays).isPresent();
        int days = early ? 90 : 120;
        return new Renewal(
                Event.START,
                Optional.of(Duration.ofDays(days)),
                name + " renews them at a start if at most " + days + " days are left",
                Optional.empty(),
                Optional.empty(),
                List.of(
                        "stop " + name + " on one server, run " + name
                                + " certificate rotate, start it; then the next, agents last",
                        "where the served certificate stays old: delete the secret kube-system/" + name
                                + "-serving and tls/dynamic-cert.json, start again"),
                "k3s-io/docs docs/cli/certificate.md; rancher/rke2-docs docs/security/certificates.md");
    }

    /** The threshold was 90 days until the releases of May 2025. */
    private static boolean ninetyDays(Version version) {
        int first = switch (version.minor()) {
            case 33 -> 1;
            case 32 -> 5;
            case 31 -> 9;
            case 30 -> 13;
            default -> version.minor() > 33 ? 0 : Integer.MAX_VALUE;
        };
        return version.major() == 1 && version.patch() < first;
    }

    private static Renewal talos() {
        return time(
                "Talos renews them at half life while it runs",
                List.of(
                        "talosctl kubeconfig with a valid talosconfig; without one, a new client from the secrets bundle"),
                "siderolabs/talos internal/app/machined/pkg/controllers/secrets");
    }

    private static Renewal microk8s() {
        return new Renewal(
                Event.NONE,
                Optional.empty(),
                "MicroK8s renews nothing by time: only when an address or a name of the node changes",
                Optional.empty(),
                Optional.empty(),
                List.of(
                        "microk8s refresh-certs -e server.crt",
                        "microk8s refresh-certs -e front-proxy-client.crt",
                        "nodes that joined leave and join again"),
                "canonical/microk8s microk8s-resources/actions/common/utils.sh (2026-06-30)");
    }

    private static Renewal kops() {
        return new Renewal(
                Event.NODE,
                Optional.empty(),
                "kOps makes them anew only with a new node",
                Optional.empty(),
                Optional.empty(),
                List.of("kops rolling-update cluster --yes: every node is replaced"),
                "kubernetes/kops docs/getting_started/production.md (2026-08-22)");
    }

    private static Renewal time(String promise, List<String> byHand, String source) {
        return new Renewal(Event.TIME, Optional.empty(), promise, Optional.empty(), Optional.empty(), byHand, source);
    }
}
