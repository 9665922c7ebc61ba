package dev.premortem.source.live;

import dev.premortem.estate.Certificate;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Values;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The certificate that cert-manager says it issued: what is known of one whose Secret is not read. */
public final class Issued {
    private Issued() {}

    /** The certificate of an order's status; empty where its Secret is among the objects, which says more, or nothing is issued yet. */
    public static Optional<Certificate> of(KubernetesObject order, List<KubernetesObject> objects) {
        Tree tree = order.tree();
        Optional<Reference> secret = tree.text("spec.secretName")
                .map(name -> Reference.object(order.cluster(), order.namespace(), "Secret", name.value()));
        Optional<Instant> begins = instant(tree, "status.notBefore");
        Optional<Fact<String>> end = tree.text("status.notAfter");
        Optional<Instant> ends = instant(tree, "status.notAfter");
        if (secret.isEmpty()
                || begins.isEmpty()
                || ends.isEmpty()
                || objects.stream().anyMatch(object -> object.reference().equals(secret.get()))) {
            return Optional.empty();
        }
        return Optional.of(new Certificate(
                Reference.of(
                        "certificate",
                        order.cluster() + "/" + order.namespace() + "/"
                                + secret.get().name()),
                end.map(Fact::provenance)
                        .filter(Declared.class::isInstance)
                        .map(Declared.class::cast)
                        .orElse(tree.place()),
                secret.get().name(),
                Optional.empty(),
                secret,
                false,
                tree.text("spec.commonName").map(Fact::value).orElse(""),
                tree.text("spec.issuerRef.name").map(Fact::value).orElse(""),
                begins.get(),
                ends.get(),
                tree.items("spec.dnsNames").stream()
                        .flatMap(name -> name.text().map(Fact::value).stream())
                        .toList()));
    }

    private static Optional<Instant> instant(Tree tree, String path) {
        return tree.text(path).map(Fact::value).flatMap(Values::instant);
    }
}
