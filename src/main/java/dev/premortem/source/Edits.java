package dev.premortem.source;

import dev.premortem.estate.Certificate;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Problem;
import dev.premortem.outage.Coverage;
import dev.premortem.predict.Editor;
import dev.premortem.source.live.Sightings;
import dev.premortem.source.text.EditedText;
import dev.premortem.source.text.Harvest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Applies edits to the text of a reading and reads again what changed. */
public final class Edits {
    private Edits() {}

    /** The reading after the edits; the same reading without a patch where one of them cannot be made. Files that no edit names are not parsed again. */
    public static Edited apply(Reading reading, List<Edit> edits) {
        SortedMap<String, List<Edit>> byFile = new TreeMap<>();
        List<Edit.Renew> renewals = new ArrayList<>();
        List<Problem> failed = new ArrayList<>();
        for (Edit edit : edits) {
            Optional<Declared> template = Templates.of(reading, edit);
            if (template.isPresent()) {
                failed.add(made(template.get()));
                continue;
            }
            switch (edit) {
                case Edit.SetValue set -> list(byFile, set.place().file()).add(edit);
                case Edit.Repoint repoint ->
                    list(byFile, repoint.place().file()).add(edit);
                case Edit.AddField add -> list(byFile, add.mapping().file()).add(edit);
                case Edit.Remove remove -> list(byFile, remove.place().file()).add(edit);
                case Edit.AddDocument add -> list(byFile, add.file()).add(edit);
                case Edit.CopyDocument copy -> {
                    String text = text(reading, copy.document().file());
                    String copied = renamed(EditedText.document(text, copy.document()), copy, edits);
                    list(byFile, copy.file()).add(new Edit.AddDocument(copy.file(), copied));
                }
                case Edit.Renew renew -> renewals.add(renew);
            }
        }
        SortedMap<String, String> changed = new TreeMap<>();
        SortedMap<String, String> old = new TreeMap<>(reading.texts());
        byFile.forEach((file, wanted) -> {
            String before = text(reading, file);
            EditedText after =
                    EditedText.of(before, wanted, reading.parsing().limits().depth());
            after.failed().forEach(edit -> failed.add(failure(file, edit)));
            if (!after.text().equals(before)) {
                changed.put(file, after.text());
                if (!before.isEmpty()) {
                    old.put(file, before);
                }
            }
        });
        if (!failed.isEmpty()) {
            // half of a remedy may do more harm than none
            return new Edited(reading, "", List.copyOf(failed));
        }
        Reading read = changed.isEmpty() ? reading : reread(reading, changed);
        List<Problem> problems = new ArrayList<>(
                Sources.added(reading.coverage().problems(), read.coverage().problems()));
        Reading renewed = renew(read, renewals, problems);
        return new Edited(renewed, Patches.of(old, changed), List.copyOf(problems));
    }

    /** The text of a file, or of what was seen in a cluster. */
    private static String text(Reading reading, String file) {
        return Optional.ofNullable(reading.texts().get(file))
                .or(() -> Seeing.text(reading.parsing().sightings(), file))
                .orElse("");
    }

    private static List<Edit> list(SortedMap<String, List<Edit>> byFile, String file) {
        return byFile.computeIfAbsent(file, name -> new ArrayList<>());
    }

    /** Copies that are made together name each other, not what they were copied from. */
    private static String renamed(String document, Edit.CopyDocument copy, List<Edit> edits) {
        String text = document;
        for (Edit edit : edits) {
            if (edit instanceof Edit.CopyDocument other
                    && other.copied().isPresent()
                    && copy.copied().filter(other.copied().get()::beside).isPresent()) {
                text = other.copied().get().in(text);
            }
        }
        return text;
    }

    private static Problem made(Declared place) {
        String field = place.field().replaceFirst("^\\[rendered]\\.?", "").replaceFirst("\\[built]$", "");
        return new Problem(place.file(), place.line(), field, Editor.NOT_EDITABLE, "a change by hand", "");
    }

    private static Problem failure(String file, Edit edit) {
        Declared place = switch (edit) {
            case Edit.SetValue set -> set.place();
            case Edit.Repoint repoint -> repoint.place();
            case Edit.AddField add -> add.mapping();
            case Edit.Remove remove -> remove.place();
            case Edit.AddDocument ignored -> new Declared(file, 1, "");
            case Edit.CopyDocument ignored -> new Declared(file, 1, "");
            case Edit.Renew ignored -> new Declared(file, 1, "");
        };
        if (place.field().endsWith("[built]")) {
            return made(place);
        }
        return new Problem(file, place.line(), place.field(), Editor.NOT_EDITABLE, "a value in a file of the tree", "");
    }

    private static Reading reread(Reading reading, SortedMap<String, String> edited) {
        Harvest harvest = new Harvest();
        SortedMap<String, String> changed = new TreeMap<>(edited);
        Sightings sightings = Seeing.changed(
                reading.parsing().sightings(), changed, reading.parsing().limits(), harvest);
        SortedMap<String, String> texts = new TreeMap<>(reading.texts());
        texts.putAll(changed);
        List<Document> documents = new ArrayList<>();
        reading.parsing().documents().stream()
                .filter(document -> !changed.containsKey(document.file()))
                .forEach(documents::add);
        Predicate<String> charts = Sources.charts(texts);
        changed.forEach((file, text) -> documents.addAll(
                Sources.parse(file, text, charts, reading.parsing().limits(), harvest)));
        List<Problem> problems = new ArrayList<>(reading.parsing().problems().stream()
                .filter(problem -> !changed.containsKey(problem.file()))
                .toList());
        problems.addAll(harvest.problems);
        List<Coverage.NotUnderstood> leftOut = new ArrayList<>(reading.parsing().notUnderstood().stream()
                .filter(item -> !changed.containsKey(item.file()))
                .toList());
        leftOut.addAll(harvest.notUnderstood);
        Reading.Parsing parsing = new Reading.Parsing(
                List.copyOf(documents),
                List.copyOf(problems),
                List.copyOf(leftOut),
                reading.parsing().files().with(changed),
                reading.parsing().renderers(),
                reading.parsing().limits(),
                sightings);
        return Sources.finish(texts, parsing);
    }

    /** A renewed certificate lives as long as the old one did, from the moment of the act. */
    private static Reading renew(Reading reading, List<Edit.Renew> renewals, List<Problem> problems) {
        List<Certificate> renewed = new ArrayList<>();
        for (Edit.Renew renewal : renewals) {
            Optional<Certificate> found = reading.estate().find(Certificate.class, renewal.certificate());
            if (found.isEmpty()) {
                problems.add(unknown(renewal.certificate()));
            }
            found.ifPresent(certificate -> renewed.add(renewed(certificate, renewal.at())));
        }
        return renewed.isEmpty()
                ? reading
                : new Reading(
                        reading.estate().with(renewed),
                        reading.coverage(),
                        reading.documents(),
                        reading.texts(),
                        reading.nothingRead(),
                        reading.parsing());
    }

    private static Problem unknown(Reference certificate) {
        return new Problem(".", 0, "", "no certificate is called " + certificate, "a certificate that was read", "");
    }

    private static Certificate renewed(Certificate old, Instant at) {
        Duration lifetime = Duration.between(old.notBefore(), old.notAfter());
        return new Certificate(
                old.reference(),
                old.place(),
                old.role(),
                old.cluster(),
                old.secret(),
                old.authority(),
                old.subject(),
                old.issuer(),
                at,
                at.plus(lifetime),
                old.names());
    }
}
