package dev.premortem.source;

import dev.premortem.estate.Estate;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Thing;
import dev.premortem.fact.Tree;
import dev.premortem.predict.Change;
import dev.premortem.predict.Change.Phase;
import dev.premortem.predict.Change.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells what a deploying tool does to come from one tree of files to another: deletes, then creates, then patches. */
public final class Changes {
    private Changes() {}

    /** The change between two readings. Phases that touch nothing are left out. */
    public static Change between(Reading before, Reading after, Instant at) {
        SortedMap<String, List<Document>> old = byIdentity(before);
        SortedMap<String, List<Document>> now = byIdentity(after);
        List<Document> documents = new ArrayList<>();
        TreeSet<Reference> patched = new TreeSet<>();
        old.forEach((identity, found) -> {
            if (now.containsKey(identity)) {
                documents.addAll(found);
            }
        });
        List<Phase> phases = new ArrayList<>();
        Estate deleted = Sources.assemble(before, documents).estate();
        add(phases, Verb.DELETE, missing(before.estate(), deleted), deleted);

        now.forEach((identity, found) -> {
            List<Document> known = old.get(identity);
            if (known == null) {
                documents.addAll(found);
            } else if (!same(known, found)) {
                patched.addAll(touched(found, after));
            }
        });
        Estate created = Sources.assemble(after, documents).estate();
        add(phases, Verb.CREATE, missing(created, deleted), created);

        patched.addAll(missing(after.estate(), created));
        patched.addAll(missing(created, after.estate()));
        add(phases, Verb.PATCH, patched, after.estate());
        return new Change(at, List.copyOf(phases));
    }

    private static void add(List<Phase> phases, Verb verb, Collection<Reference> touched, Estate after) {
        if (!touched.isEmpty()) {
            phases.add(new Phase(verb, List.copyOf(touched), after));
        }
    }

    private static SortedMap<String, List<Document>> byIdentity(Reading reading) {
        SortedMap<String, List<Document>> documents = new TreeMap<>();
        for (Document document : reading.documents()) {
            documents
                    .computeIfAbsent(document.identity(), ignored -> new ArrayList<>())
                    .add(document);
        }
        return documents;
    }

    /** What stands in one estate and not in the other: things and objects, each once. */
    private static SortedSet<Reference> missing(Estate from, Estate in) {
        SortedSet<Reference> references = references(from);
        references.removeAll(references(in));
        return references;
    }

    private static SortedSet<Reference> references(Estate estate) {
        TreeSet<Reference> references = new TreeSet<>();
        estate.things().forEach(thing -> references.add(thing.reference()));
        estate.objects().forEach(object -> references.add(object.reference()));
        return references;
    }

    /** The references of documents, and of all things that were read from their lines, such as what a release makes. */
    private static List<Reference> touched(List<Document> documents, Reading reading) {
        TreeSet<Reference> references = new TreeSet<>();
        for (Document document : documents) {
            document.reference().ifPresent(references::add);
            int first = document.tree().place().line();
            int next = reading.documents().stream()
                    .filter(other -> other.file().equals(document.file()))
                    .mapToInt(other -> other.tree().place().line())
                    .filter(line -> line > first)
                    .min()
                    .orElse(Integer.MAX_VALUE);
            reading.estate().things().stream()
                    .filter(thing -> thing.place().file().equals(document.file()))
                    .filter(thing ->
                            thing.place().line() >= first && thing.place().line() < next)
                    .map(Thing::reference)
                    .forEach(references::add);
        }
        return List.copyOf(references);
    }

    private static boolean same(List<Document> some, List<Document> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!same(some.get(i).tree(), others.get(i).tree())) {
                return false;
            }
        }
        return true;
    }

    /** Equal in all but the places. */
    private static boolean same(Tree one, Tree other) {
        if (one instanceof Tree.Scalar first && other instanceof Tree.Scalar second) {
            return first.kind() == second.kind() && first.value().equals(second.value());
        }
        if (one instanceof Tree.Sequence first && other instanceof Tree.Sequence second) {
            boolean same = first.values().size() == second.values().size();
            for (int i = 0; same && i < first.values().size(); i++) {
                same = same(first.values().get(i), second.values().get(i));
            }
            return same;
        }
        if (one instanceof Tree.Mapping first && other instanceof Tree.Mapping second) {
            return first.values().size() == second.values().size()
                    && first.values().stream()
                            .allMatch(entry -> second.get(entry.key())
                                    .filter(value -> same(entry.value(), value))
                                    .isPresent());
        }
        return false;
    }
}
