package dev.premortem.source.dns;

import dev.premortem.estate.Zone;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.source.text.Harvest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Master;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TTL;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Reads a BIND zone file. dnsjava parses every entry; the entries are cut out here, because it does not tell on which line a record stands,
 * and because one bad entry must not end the file.
 */
public final class ZoneFiles {
    private final String file;
    private final Harvest harvest;
    private final List<Zone.Entry> entries = new ArrayList<>();
    private Optional<Fact<Long>> negative = Optional.empty();
    private Optional<Name> zone;
    private Optional<Name> origin;
    private Optional<Name> owner = Optional.empty();
    private long ttl = -1;

    private ZoneFiles(String file, Optional<Name> origin, Harvest harvest) {
        this.file = file;
        this.zone = origin;
        this.origin = origin;
        this.harvest = harvest;
    }

    /** The zone of a file; empty where its name cannot be told. */
    public static Optional<Zone> read(
            Declared place,
            String text,
            Optional<String> declaredOrigin,
            Optional<Fact<String>> managedBy,
            Harvest harvest) {
        ZoneFiles reader = new ZoneFiles(place.file(), declaredOrigin.flatMap(ZoneFiles::absolute), harvest);
        for (Logical entry : split(text)) {
            reader.entry(entry);
        }
        if (reader.zone.isEmpty()) {
            harvest.problem(place, "no $ORIGIN and no absolute name on the SOA record", "the name of the zone");
            return Optional.empty();
        }
        return Optional.of(new Zone(
                reader.zone.get().toString(true), place, List.copyOf(reader.entries), managedBy, reader.negative));
    }

    private static Optional<Name> absolute(String text) {
        try {
            return Optional.of(Name.fromString(text.toLowerCase(Locale.ROOT), Name.root));
        } catch (TextParseException e) {
            return Optional.empty();
        }
    }

    /** An entry that may go over several lines, in parentheses. */
    private record Logical(int line, String text) {}

    private static List<Logical> split(String text) {
        List<Logical> entries = new ArrayList<>();
        StringBuilder entry = new StringBuilder();
        int depth = 0;
        int line = 0;
        int start = 1;
        for (String physical : text.split("\n", -1)) {
            line++;
            if (depth == 0) {
                start = line;
                entry.setLength(0);
            }
            boolean quoted = false;
            int end = physical.length();
            for (int i = 0; i < physical.length() && end == physical.length(); i++) {
                char letter = physical.charAt(i);
                switch (letter) {
                    case '\\' -> i++;
                    case '"' -> quoted = !quoted;
                    case ';' -> end = quoted ? end : i;
                    case '(' -> depth += quoted ? 0 : 1;
                    case ')' -> depth -= quoted || depth == 0 ? 0 : 1;
                    default -> {}
                }
            }
            entry.append(physical, 0, end).append('\n');
            if (depth == 0 && !entry.toString().isBlank()) {
                entries.add(new Logical(start, entry.toString()));
            }
        }
        if (depth > 0) {
            entries.add(new Logical(start, entry.toString()));
        }
        return entries;
    }

    private void entry(Logical entry) {
        String[] words = entry.text().strip().split("\\s+", 0);
        switch (words[0].toUpperCase(Locale.ROOT)) {
            case "$ORIGIN" -> {
                Optional<Name> found = words.length > 1 ? under(words[1]) : Optional.empty();
                if (found.isEmpty()) {
                    problem(entry, "$ORIGIN without a name", "$ORIGIN example.com.");
                }
                origin = found.or(() -> origin);
                zone = zone.or(() -> origin);
            }
            case "$TTL" -> {
                try {
                    ttl = TTL.parseTTL(words.length > 1 ? words[1] : "");
                } catch (NumberFormatException e) {
                    problem(entry, "$TTL without a duration", "$TTL 3600 or $TTL 1h");
                }
            }
            case "$INCLUDE" ->
                harvest.leftOut(
                        new Declared(file, entry.line(), ""), "$INCLUDE", "included zone files are not followed");
            default -> records(entry);
        }
    }

    private Optional<Name> under(String text) {
        try {
            return Optional.of(Name.fromString(text, origin.orElse(Name.root)));
        } catch (TextParseException e) {
            return Optional.empty();
        }
    }

    private void problem(Logical entry, String found, String expected) {
        harvest.problem(new Declared(file, entry.line(), ""), found, expected);
    }

    private void records(Logical entry) {
        boolean inherits = Character.isWhitespace(entry.text().charAt(0));
        if (inherits && owner.isEmpty() && origin.isEmpty()) {
            problem(entry, "a record without a name", "a name in the first column");
            return;
        }
        String text = inherits ? owner.or(() -> origin).map(Name::toString).orElse("@") + entry.text() : entry.text();
        if (entry.text().startsWith("@") && origin.isEmpty()) {
            problem(entry, "@ without an $ORIGIN before it", "$ORIGIN, or an origin in a DnsZone document");
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Master master = new Master(new ByteArrayInputStream(bytes), origin.orElse(Name.root), ttl);
        try {
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                add(record, entry.line());
            }
        } catch (TextParseException e) {
            problem(entry, reason(e), "a record such as www 3600 IN A 192.0.2.1");
        } catch (IOException | IllegalArgumentException e) {
            problem(entry, "cannot be read", "a record such as www 3600 IN A 192.0.2.1");
        }
    }

    private static String reason(TextParseException e) {
        String message = String.valueOf(e.getMessage());
        int last = message.lastIndexOf(": ");
        return "syntax error: " + (last < 0 ? message : message.substring(last + 2));
    }

    private void add(Record record, int line) {
        owner = Optional.of(record.getName());
        Declared place = new Declared(file, line, "");
        if (record instanceof SOARecord soa) {
            zone = zone.or(() -> Optional.of(record.getName()));
            origin = origin.or(() -> zone);
            negative = Optional.of(new Fact<>(Math.min(record.getTTL(), soa.getMinimum()), place));
            ttl = ttl < 0 ? soa.getMinimum() : ttl;
        }
        Name apex = zone.orElse(Name.root);
        if (!record.getName().subdomain(apex)) {
            harvest.problem(
                    place,
                    record.getName().toString(true) + " is not in the zone",
                    "a name below " + apex.toString(true));
            return;
        }
        String relative = record.getName().equals(apex)
                ? "@"
                : record.getName().relativize(apex).toString(true).toLowerCase(Locale.ROOT);
        entries.add(new Zone.Entry(
                relative,
                Type.string(record.getType()),
                place,
                Optional.of(new Fact<>(record.getTTL(), new Declared(file, line, "ttl"))),
                Optional.of(new Fact<>(value(record), new Declared(file, line, "value"))),
                Optional.empty()));
    }

    private static String value(Record record) {
        return switch (record) {
            case CNAMERecord alias -> alias.getTarget().toString(true);
            case NSRecord server -> server.getTarget().toString(true);
            default -> record.rdataToString();
        };
    }
}
