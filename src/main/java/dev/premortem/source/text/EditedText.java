package dev.premortem.source.text;

import dev.premortem.estate.Edit;
import dev.premortem.fact.Declared;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of one file after some edits.
 *
 * @param failed edits that could not be made: nothing stands where they point
 */
public record EditedText(String text, List<Edit> failed) {
    private static final Pattern TTL = Pattern.compile("(?i)^(\\S*\\s+(?:IN\\s+)?)(?:([0-9]+[smhdw]?)(\\s+))?");

    /** One edit of a YAML file and the document that it is for, by the text as it was. */
    private record Aimed(Edit edit, Declared place, int chunk) {}

    /** Applies edits of a file that exists. Values first, then removals from the end, then new documents. */
    public static EditedText of(String original, List<Edit> edits, int maxDepth) {
        List<Chunk> chunks = Chunk.split(original);
        List<Edit> failed = new ArrayList<>();
        List<Aimed> changes = new ArrayList<>();
        List<Aimed> removals = new ArrayList<>();
        List<Edit.AddDocument> additions = new ArrayList<>();
        for (Edit edit : edits) {
            switch (edit) {
                case Edit.SetValue set -> changes.add(new Aimed(edit, set.place(), chunk(chunks, set.place())));
                case Edit.Repoint repoint ->
                    changes.add(new Aimed(edit, repoint.place(), chunk(chunks, repoint.place())));
                case Edit.AddField add -> changes.add(new Aimed(edit, add.mapping(), chunk(chunks, add.mapping())));
                case Edit.Remove remove -> removals.add(new Aimed(edit, remove.place(), chunk(chunks, remove.place())));
                case Edit.AddDocument add -> additions.add(add);
                case Edit.CopyDocument ignored -> failed.add(edit);
                case Edit.Renew ignored -> failed.add(edit);
            }
        }
        removals.sort(
                Comparator.<Aimed>comparingInt(aimed -> aimed.place().field().isEmpty() ? 1 : 0)
                        .thenComparingInt(aimed -> -aimed.chunk())
                        .thenComparingInt(aimed -> -aimed.place().line())
                        .thenComparing(aimed -> aimed.place().field(), Comparator.reverseOrder()));
        String text = original;
        changes.addAll(removals);
        for (Aimed aimed : changes) {
            Optional<String> changed = apply(text, aimed, maxDepth);
            if (changed.isEmpty()) {
                failed.add(aimed.edit());
            }
            text = changed.orElse(text);
        }
        for (Edit.AddDocument add : additions) {
            text = append(text, add.yaml());
        }
        return new EditedText(text, List.copyOf(failed));
    }

    /** The text of the document that a place is in, without its {@code ---} line. */
    public static String document(String text, Declared place) {
        List<Chunk> chunks = Chunk.split(text);
        return chunks.isEmpty() ? "" : chunks.get(chunk(chunks, place)).text().replaceFirst("^---[^\n]*\n", "");
    }

    private static int chunk(List<Chunk> chunks, Declared place) {
        int found = 0;
        for (int i = 0; i < chunks.size(); i++) {
            found = chunks.get(i).firstLine() <= place.line() ? i : found;
        }
        return found;
    }

    private static Optional<String> apply(String text, Aimed aimed, int maxDepth) {
        if (aimed.edit() instanceof Edit.SetValue set && set.place().field().equals("ttl") && zone(text)) {
            return zoneTtl(text, set.place().line(), set.value());
        }
        List<Chunk> chunks = Chunk.split(text);
        if (aimed.chunk() >= chunks.size()) {
            return Optional.empty();
        }
        Chunk chunk = chunks.get(aimed.chunk());
        return apply(chunk.text(), aimed.place().field(), aimed.edit(), maxDepth)
                .map(part -> text.substring(0, chunk.offset())
                        + part
                        + text.substring(chunk.offset() + chunk.text().length()));
    }

    /** Applies an edit to one document; a path into YAML inside of a string has a bar between the string's path and the rest. */
    private static Optional<String> apply(String document, String field, Edit edit, int maxDepth) {
        int bar = field.indexOf('|');
        if (bar >= 0) {
            String outer = field.substring(0, bar);
            String inner = field.substring(bar + (field.startsWith(".", bar + 1) ? 2 : 1));
            return TextEdits.of(document, maxDepth)
                    .flatMap(edits -> edits.value(outer)
                            .flatMap(value -> apply(value, inner, edit, maxDepth))
                            .flatMap(value -> edits.set(outer, value)));
        }
        return switch (edit) {
            case Edit.SetValue set -> TextEdits.of(document, maxDepth).flatMap(edits -> edits.set(field, set.value()));
            case Edit.Repoint repoint ->
                TextEdits.of(document, maxDepth)
                        .flatMap(edits -> edits.value(field)
                                .flatMap(value ->
                                        edits.set(field, repoint.renamed().in(value))));
            case Edit.AddField add ->
                TextEdits.of(document, maxDepth).flatMap(edits -> edits.add(field, add.key(), add.yaml()));
            case Edit.Remove ignored ->
                field.isEmpty()
                        ? Optional.of("")
                        : TextEdits.of(document, maxDepth).flatMap(edits -> edits.remove(field));
            case Edit.AddDocument ignored -> Optional.empty();
            case Edit.CopyDocument ignored -> Optional.empty();
            case Edit.Renew ignored -> Optional.empty();
        };
    }

    private static boolean zone(String text) {
        return text.toUpperCase(Locale.ROOT).contains("SOA");
    }

    /** Sets the TTL of a record of a zone file: what stands there is replaced, or a TTL is put before the type. */
    private static Optional<String> zoneTtl(String text, int line, String value) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            start = text.indexOf('\n', start) + 1;
            if (start == 0) {
                return Optional.empty();
            }
        }
        int end = text.indexOf('\n', start);
        String record = text.substring(start, end < 0 ? text.length() : end);
        Matcher matcher = TTL.matcher(record);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String rest = record.substring(matcher.end());
        String gap = matcher.group(2) == null ? " " : matcher.group(3);
        String changed = matcher.group(1) + value + gap + rest;
        return Optional.of(text.substring(0, start) + changed + text.substring(start + record.length()));
    }

    /** A document at the end of a text, which may be empty. */
    public static String append(String text, String yaml) {
        String newline = text.contains("\r\n") ? "\r\n" : "\n";
        String added = yaml.strip()
                        .lines()
                        .reduce((first, second) -> first + newline + second)
                        .orElse("")
                + newline;
        if (text.isBlank()) {
            return text + added;
        }
        String open = text.endsWith("\n") ? text : text + newline;
        return open + "---" + newline + added;
    }
}
