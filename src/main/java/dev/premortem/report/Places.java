package dev.premortem.report;

import dev.premortem.estate.Edit;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Observed;
import dev.premortem.fact.Provenance;
import dev.premortem.fact.Sighting;
import java.util.Optional;

/** Says where a fact comes from, relative to where the reader stands. */
record Places(String prefix) {
    String of(Provenance provenance) {
        return switch (provenance) {
            case Declared declared -> at(declared);
            case Observed observed ->
                Sighting.is(observed.where())
                        ? at(observed.where())
                        : "observed " + Words.date(observed.at()) + ", " + at(observed.where());
            case Assumed assumed -> "assumed: " + assumed.id();
        };
    }

    String at(Declared declared) {
        return Sighting.of(declared.file())
                .map(seen -> "observed " + Words.date(seen.at()) + " in " + seen.in())
                .orElseGet(() -> (declared.file().contains("://") ? "" : prefix) + declared.at());
    }

    /** The same for a whole file, whose line is 0. */
    String at(String file, int line) {
        return line > 0 ? at(new Declared(file, line, "")) : prefix + file;
    }

    /** Where an edit changes a text; empty for an act. */
    Optional<String> of(Edit edit) {
        return switch (edit) {
            case Edit.SetValue set -> Optional.of(at(set.place()));
            case Edit.Repoint repoint -> Optional.of(at(repoint.place()));
            case Edit.AddField add -> Optional.of(at(add.mapping()));
            case Edit.Remove remove -> Optional.of(at(remove.place()));
            case Edit.AddDocument add -> Optional.of(prefix + add.file());
            case Edit.CopyDocument copy -> Optional.of(at(copy.document()));
            case Edit.Renew ignored -> Optional.empty();
        };
    }
}
