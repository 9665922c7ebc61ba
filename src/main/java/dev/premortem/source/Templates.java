package dev.premortem.source;

import dev.premortem.estate.Edit;
import dev.premortem.fact.Declared;
import dev.premortem.source.render.Rendered;
import java.util.Optional;

/** Keeps edits away from templates: what stands there is not what comes out. */
final class Templates {
    private Templates() {}

    /** The place of an edit that would change or copy a template, or a file of a packed chart. */
    static Optional<Declared> of(Reading reading, Edit edit) {
        return switch (edit) {
            case Edit.SetValue set -> made(set.place());
            case Edit.Repoint repoint -> made(repoint.place());
            case Edit.AddField add -> made(add.mapping());
            case Edit.Remove remove -> made(remove.place());
            case Edit.CopyDocument copy -> made(copy.document());
            case Edit.AddDocument add -> file(reading, add.file());
            case Edit.Renew ignored -> Optional.empty();
        };
    }

    private static Optional<Declared> made(Declared place) {
        return place.made() ? Optional.of(place) : Optional.empty();
    }

    /** A file that was read and is no text of its own must not be written over by one new document. */
    private static Optional<Declared> file(Reading reading, String file) {
        boolean template = !reading.texts().containsKey(file)
                && (reading.parsing().files().texts().containsKey(file) || file.contains(".tgz/"));
        return template ? Optional.of(new Declared(file, 1, Rendered.MADE)) : Optional.empty();
    }
}
