package dev.premortem.model;

import dev.premortem.estate.Edit;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A claim for a folder at which a plain manifest mounts nothing yet. Only for a Deployment of one replica: pods of a StatefulSet need a claim each, and
 * its volumeClaimTemplates cannot be changed in place.
 */
final class NewClaim {
    private static final String PODS = "spec.template.spec";

    private NewClaim() {}

    /** The edits, or empty where they would not be safe. */
    static Optional<Remedy> of(Workload workload, Workload.Container container, String folder, String where) {
        Optional<Tree> pods = workload.tree().at(PODS);
        Optional<Tree> spec = workload.tree().at("spec");
        Optional<Tree> at = workload.tree().items(PODS + ".containers").stream()
                .filter(item -> item.text("name")
                        .filter(name -> name.value().equals(container.name()))
                        .isPresent())
                .findFirst();
        boolean recreated = workload.strategy()
                .filter(strategy -> strategy.value().equals("Recreate"))
                .isPresent();
        boolean alone =
                workload.kind().equals("Deployment") && workload.replicas().value() == 1;
        if (!alone
                || pods.isEmpty()
                || spec.isEmpty()
                || at.isEmpty()
                || (!recreated && spec.get().at("strategy").isPresent())) {
            return Optional.empty();
        }
        String volume = volume(folder);
        String claim = workload.name() + "-" + volume;
        boolean taken =
                workload.volumes().stream().anyMatch(known -> known.name().equals(volume));
        if (taken) {
            return Optional.empty();
        }
        List<Edit> edits = new ArrayList<>();
        // A folder below the root of the volume: many file systems put lost+found there, and databases insist on an
        // empty one.
        edits.add(item(at.get(), "volumeMounts", "name: " + volume + "\nmountPath: " + folder + "\nsubPath: data"));
        edits.add(item(pods.get(), "volumes", "name: " + volume + "\npersistentVolumeClaim:\n  claimName: " + claim));
        if (!recreated) {
            edits.add(new Edit.AddField(spec.get().place(), "strategy", "type: Recreate"));
        }
        edits.add(new Edit.AddDocument(workload.place().file(), document(workload, claim)));
        return Optional.of(Remedy.proposed(
                "a claim at " + folder + ", and Recreate so that two pods never write to it at once",
                edits,
                List.of(
                        "copy what the running container holds at " + folder + " before: the claim is empty at first",
                        "an image that does not start as root needs securityContext.fsGroup to write there",
                        where)));
    }

    private static Edit item(Tree mapping, String list, String yaml) {
        Optional<Tree> known = mapping.at(list).filter(Tree.Sequence.class::isInstance);
        return known.isPresent() && !mapping.items(list).isEmpty()
                ? new Edit.AddField(known.get().place(), list, yaml)
                : new Edit.AddField(mapping.place(), list, "- " + yaml.replace("\n", "\n  "));
    }

    private static String volume(String folder) {
        String word = folder.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return "keep-" + word.substring(Math.max(0, word.length() - 40)).replaceAll("^-", "");
    }

    /** One gibibyte is a guess that the owner replaces. */
    static String document(Workload workload, String claim) {
        return """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata:
                  name: %s
                  namespace: %s
                spec:
                  accessModes: [ReadWriteOnce]
                  resources:
                    requests:
                      storage: 1Gi
                """.formatted(claim, workload.namespace());
    }
}
