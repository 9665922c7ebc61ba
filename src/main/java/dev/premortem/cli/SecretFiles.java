package dev.premortem.cli;

import dev.premortem.estate.Edit;
import dev.premortem.outage.Prediction;
import dev.premortem.source.Reading;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files that hold a Secret: their lines stand in a patch of them, and nothing of a Secret is kept. */
final class SecretFiles {
    private SecretFiles() {}

    /** True where a patch changes a file that holds a Secret. */
    static boolean patched(Reading reading, Prediction prediction) {
        Set<String> secret = reading.parsing().documents().stream()
                .filter(document -> document.tree()
                        .text("kind")
                        .filter(kind -> kind.value().equals("Secret"))
                        .isPresent())
                .map(document -> document.file())
                .collect(Collectors.toSet());
        return prediction.outages().stream()
                .flatMap(outage -> outage.remedies().stream())
                .filter(remedy -> !remedy.patch().isEmpty())
                .flatMap(remedy -> remedy.edits().stream())
                .flatMap(SecretFiles::files)
                .anyMatch(secret::contains);
    }

    private static Stream<String> files(Edit edit) {
        Stream<String> into = switch (edit) {
            case Edit.AddDocument add -> Stream.of(add.file());
            case Edit.CopyDocument copy -> Stream.of(copy.file());
            case Edit.SetValue _, Edit.AddField _, Edit.Remove _, Edit.Repoint _, Edit.Renew _ -> Stream.empty();
        };
        return Stream.concat(edit.where().stream().map(place -> place.file()), into);
    }
}
