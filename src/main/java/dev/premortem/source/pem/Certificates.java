package dev.premortem.source.pem;

import dev.premortem.estate.Certificate;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.MadeCertificate;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Harvest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Reads X.509 certificates. An expired one is a fact, a garbled one a problem. */
public final class Certificates {
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN (?:TRUSTED )?CERTIFICATE-----(.*?)(?:-----END (?:TRUSTED )?CERTIFICATE-----|(?=-----BEGIN)|\\z)",
            Pattern.DOTALL);

    private final Harvest harvest;

    public Certificates(Harvest harvest) {
        this.harvest = harvest;
    }

    /**
     * Who uses a certificate.
     *
     * @param reference name of the first certificate; those of its chain count on from it
     */
    private record Use(Reference reference, String role, Optional<String> cluster, Optional<Reference> secret) {}

    /** A PEM file, or what {@code Cluster.spec.certificates} names as one. */
    public void file(Tree.Scalar text, Optional<String> cluster) {
        String file = text.place().file();
        String last = file.substring(file.lastIndexOf('/') + 1);
        String role = last.indexOf('.') > 0 ? last.substring(0, last.lastIndexOf('.')) : last;
        Reference plain = Reference.of(
                "certificate", cluster.map(name -> name + "/" + role).orElse(file));
        boolean taken = harvest.things.stream()
                .anyMatch(thing ->
                        thing instanceof Certificate && thing.reference().equals(plain));
        Reference reference = taken ? Reference.of("certificate", cluster.orElse("") + "/" + file) : plain;
        read(text.place(), text.value(), new Use(reference, role, cluster, Optional.empty()));
    }

    /** A kubeconfig: the client certificates of its users and the authorities of its clusters. */
    public void kubeconfig(Tree tree, Optional<String> cluster) {
        String scope = cluster.orElse(tree.place().file());
        for (Tree user : tree.items("users")) {
            String name = user.text("name").map(Fact::value).orElse("user");
            user.text("user.client-certificate-data")
                    .ifPresent(encoded -> encoded(
                            encoded,
                            new Use(Reference.of("certificate", scope + "/" + name), name, cluster, Optional.empty())));
        }
        for (Tree item : tree.items("clusters")) {
            String name = item.text("name").map(Fact::value).orElse("cluster") + "-ca";
            item.text("cluster.certificate-authority-data")
                    .ifPresent(encoded -> encoded(
                            encoded,
                            new Use(Reference.of("certificate", scope + "/" + name), name, cluster, Optional.empty())));
        }
    }

    /** The served certificate of a Secret. */
    public void secret(KubernetesObject object) {
        Use use = new Use(
                Reference.of("certificate", object.cluster() + "/" + object.namespace() + "/" + object.name()),
                object.name(),
                Optional.empty(),
                Optional.of(object.reference()));
        entry(object.tree(), "data").ifPresent(encoded -> encoded(encoded, use));
        entry(object.tree(), "stringData")
                .filter(text -> text.value().contains("-----BEGIN"))
                .ifPresent(text -> read((Declared) text.provenance(), text.value(), use));
    }

    /** The certificates that a ConfigMap hands to whoever mounts it, key by key. What else stands there is not ours. */
    public void trusted(KubernetesObject object) {
        for (Tree.Entry entry : object.tree().entries("data")) {
            String role = entry.key();
            entry.value()
                    .text()
                    .filter(text -> text.value().contains("-----BEGIN CERTIFICATE-----")
                            && !text.value().contains("{")
                            && !text.value().contains("<"))
                    .ifPresent(text -> read(
                            (Declared) text.provenance(),
                            text.value(),
                            new Use(
                                    Reference.of(
                                            "certificate", object.reference().text() + "/" + role),
                                    role,
                                    Optional.empty(),
                                    Optional.of(object.reference()))));
        }
    }

    private static Optional<Fact<String>> entry(Tree tree, String key) {
        return tree.at(key)
                .filter(Tree.Mapping.class::isInstance)
                .map(Tree.Mapping.class::cast)
                .flatMap(mapping -> mapping.get("tls.crt"))
                .flatMap(Tree::text)
                // Templates, placeholders of secret operators and encrypted values are no certificates and no mistake.
                .filter(text -> !text.value().isBlank()
                        && !text.value().contains("{")
                        && !text.value().contains("<")
                        && !text.value().contains("ENC["));
    }

    /** Traefik's store: one certificate per domain and resolver. */
    public void acmeStore(Tree tree) {
        for (Tree.Entry resolver : tree.entries()) {
            for (Tree item : resolver.value().items("Certificates")) {
                String main = item.text("domain.main").map(Fact::value).orElse("unnamed");
                item.text("certificate")
                        .ifPresent(encoded -> encoded(
                                encoded,
                                new Use(
                                        Reference.of(
                                                "certificate", tree.place().file() + "/" + resolver.key() + "/" + main),
                                        main,
                                        Optional.empty(),
                                        Optional.empty())));
            }
        }
    }

    private void encoded(Fact<String> encoded, Use use) {
        Declared place = (Declared) encoded.provenance();
        if (encoded.value().equals(MadeCertificate.MADE)) {
            return; // a renderer's word for what every rendering makes anew
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(encoded.value());
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            if (!text.contains("-----BEGIN")) {
                harvest.problem(place, "is no certificate", "a PEM certificate in base64");
                return;
            }
            parse(place, text, use, false);
        } catch (IllegalArgumentException e) {
            harvest.problem(place, "is not valid base64", "a PEM certificate in base64");
        }
    }

    private void read(Declared place, String text, Use use) {
        parse(place, text, use, true);
    }

    /** @param counted whether lines of the PEM text are lines of the file */
    private void parse(Declared place, String text, Use use, boolean counted) {
        Matcher block = BLOCK.matcher(text);
        int number = 0;
        while (block.find()) {
            number++;
            int before = counted
                    ? (int) text.substring(0, block.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    : 0;
            Declared at = new Declared(place.file(), place.line() + before, place.field());
            Optional<X509Certificate> parsed = decode(block.group(1), at);
            Reference reference = number == 1
                    ? use.reference()
                    : new Reference(use.reference().text() + "/" + number);
            parsed.ifPresent(certificate -> harvest.things.add(thing(certificate, reference, at, use)));
        }
        if (number == 0 && !text.contains("-----BEGIN ") && !text.contains("PRIVATE KEY")) {
            harvest.problem(place, "holds no certificate", "a block that begins with -----BEGIN CERTIFICATE-----");
        }
    }

    private Optional<X509Certificate> decode(String body, Declared place) {
        try {
            byte[] bytes = Base64.getDecoder().decode(body.replaceAll("\\s", ""));
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes)));
        } catch (IllegalArgumentException e) {
            harvest.problem(place, "certificate is garbled: not valid base64", "a certificate in PEM");
        } catch (CertificateException e) {
            harvest.problem(place, "certificate is garbled: cannot be decoded", "a certificate in PEM");
        }
        return Optional.empty();
    }

    private static Certificate thing(X509Certificate found, Reference reference, Declared place, Use use) {
        return new Certificate(
                reference,
                place,
                use.role(),
                use.cluster(),
                use.secret(),
                found.getBasicConstraints() >= 0,
                commonName(found.getSubjectX500Principal().getName()),
                commonName(found.getIssuerX500Principal().getName()),
                found.getNotBefore().toInstant(),
                found.getNotAfter().toInstant(),
                names(found));
    }

    private static String commonName(String distinguished) {
        try {
            for (Rdn part : new LdapName(distinguished).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
            return "";
        } catch (InvalidNameException e) {
            // A name that LDAP cannot take apart is shown whole.
            return distinguished;
        }
    }

    private static List<String> names(X509Certificate found) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = found.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (Integer.valueOf(2).equals(alternative.get(0))) {
                        names.add(String.valueOf(alternative.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            // Dates and issuer are still good; a certificate whose names cannot be read counts as one without names.
            return List.of();
        }
        return List.copyOf(names);
    }
}
