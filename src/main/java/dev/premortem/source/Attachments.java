package dev.premortem.source;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.declared.Clusters;
import dev.premortem.source.declared.Zones;
import dev.premortem.source.dns.ZoneFiles;
import dev.premortem.source.pem.Certificates;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Secrets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what documents of our own name by file: zone files and certificates; and those files that nobody names. */
final class Attachments {
    private final Harvest harvest;
    private final List<Document> documents;
    private final TreeSet<String> zoneFiles = new TreeSet<>();

    Attachments(Harvest harvest, List<Document> documents) {
        this.harvest = harvest;
        this.documents = documents;
    }

    /** True for a document that this class reads. */
    static boolean is(Tree tree) {
        return tree instanceof Tree.Scalar || Secrets.kubeconfig(tree) || Secrets.acmeStore(tree);
    }

    /** True for a word in a YAML or JSON text, or an item of a list that is none: nothing that a zone or a certificate could be. */
    static boolean bare(Tree.Scalar scalar) {
        String file = scalar.place().file();
        boolean text = file.matches("(?i)-|.*\\.(ya?ml|json)");
        boolean says = scalar.kind() != Tree.Scalar.Kind.NULL
                || !scalar.place().field().isEmpty();
        return text && says && !scalar.value().contains("-----BEGIN ");
    }

    /** A DnsZone document with the file that it names. */
    void zone(Tree tree) {
        String folder = Ownership.folder(tree.place().file());
        TreeSet<String> files = files();
        new Zones(harvest).read(tree, path -> {
            String file = Ownership.resolve(folder, path, files);
            zoneFiles.add(file);
            return documents.stream()
                    .filter(document -> document.file().equals(file))
                    .flatMap(document -> document.tree() instanceof Tree.Scalar text
                            ? java.util.stream.Stream.of(text)
                            : java.util.stream.Stream.empty())
                    .findFirst();
        });
    }

    private TreeSet<String> files() {
        TreeSet<String> files = new TreeSet<>();
        documents.forEach(document -> files.add(document.file()));
        return files;
    }

    /** All other files: certificates of a cluster first, then those of nobody, then zones of nobody. */
    void rest(List<Clusters.Found> clusters) {
        SortedMap<String, String> owners = new TreeMap<>();
        for (Clusters.Found found : clusters) {
            String folder = Ownership.folder(found.cluster().place().file());
            for (Fact<String> path : found.certificates()) {
                String resolved = Ownership.resolve(folder, path.value(), files());
                List<String> below = documents.stream()
                        .filter(document -> is(document.tree()))
                        .map(Document::file)
                        .filter(file -> file.equals(resolved) || file.startsWith(resolved + "/"))
                        .toList();
                below.forEach(file -> owners.put(file, found.cluster().name()));
                if (below.isEmpty() && path.provenance() instanceof Declared place) {
                    harvest.problem(
                            place,
                            "no certificate file is called \"" + path.value() + "\"",
                            "a PEM file, a folder of them or a kubeconfig, relative to this document or to the tree");
                }
            }
        }
        Certificates certificates = new Certificates(harvest);
        for (Document document : documents) {
            Optional<String> cluster =
                    Optional.ofNullable(owners.get(document.file())).or(document::cluster);
            Tree tree = document.tree();
            if (Secrets.kubeconfig(tree)) {
                certificates.kubeconfig(tree, cluster);
            } else if (Secrets.acmeStore(tree)) {
                certificates.acmeStore(tree);
            } else if (tree instanceof Tree.Scalar text) {
                text(text, cluster, certificates);
            }
        }
    }

    private void text(Tree.Scalar text, Optional<String> cluster, Certificates certificates) {
        String file = text.place().file();
        String ending = file.substring(file.lastIndexOf('.') + 1);
        boolean pem = text.value().contains("-----BEGIN ")
                || List.of("pem", "crt", "cer", "der").contains(ending);
        if (pem || cluster.isPresent()) {
            certificates.file(text, cluster);
        } else if (file.endsWith(".yaml") || file.endsWith(".yml") || file.endsWith(".json") || file.equals("-")) {
            harvest.aside(text.place(), "", "text, no kind of document that is known");
        } else if (!zoneFiles.contains(file)) {
            ZoneFiles.read(text.place(), text.value(), Optional.empty(), Optional.empty(), harvest)
                    .ifPresent(harvest.things::add);
        }
    }
}
