package dev.premortem.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Severity;
import dev.premortem.report.Known;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The outages that are known already: a committed file, so that a gate stops only what is new. An outage that has grown by more than a quarter, in the
 * places where it waits or the products that it takes down, or in severity, is new again (ranking 12).
 */
final class Baseline {
    /** No list of known outages is longer. */
    private static final long MOST_BYTES = 16L << 20;

    /** More than one of so many has to be new. */
    private static final int GROWTH = 4;

    private final SortedMap<String, Entry> entries = new TreeMap<>();

    /** What was known of an outage; no instances and products where the file is of a version that did not write them. */
    private static final class Entry {
        private String id = "";
        private String severity = "";
        private boolean sized;
        private final SortedSet<String> instances = new TreeSet<>();
        private final SortedSet<String> products = new TreeSet<>();
    }

    private Baseline() {}

    /** No outage is known. */
    static Baseline none() {
        return new Baseline();
    }

    private static WrongUsage unreadable(Path file) {
        return new WrongUsage("cannot read the baseline " + file
                + "; expected a file that --write-baseline wrote (to begin one: --write-baseline " + file + ")");
    }

    /** A file that {@link #write} wrote. */
    static Baseline read(Path file) {
        Baseline baseline = new Baseline();
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                throw new IOException("no plain file, or too large");
            }
        } catch (IOException e) {
            throw unreadable(file);
        }
        try (JsonParser parser = new JsonFactory().createParser(Files.readString(file))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            Entry entry = new Entry();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    entry = new Entry();
                } else if (token == JsonToken.END_OBJECT && !entry.id.isEmpty()) {
                    baseline.entries.put(entry.id, entry);
                } else if (token == JsonToken.START_ARRAY && "instances".equals(parser.currentName())) {
                    entry.sized = true;
                    texts(parser, entry.instances);
                } else if (token == JsonToken.START_ARRAY && "products".equals(parser.currentName())) {
                    texts(parser, entry.products);
                } else if (token == JsonToken.VALUE_STRING && "id".equals(parser.currentName())) {
                    entry.id = parser.getText();
                } else if (token == JsonToken.VALUE_STRING && "severity".equals(parser.currentName())) {
                    entry.severity = parser.getText();
                }
            }
        } catch (IOException e) {
            throw unreadable(file);
        }
        return baseline;
    }

    private static void texts(JsonParser parser, Collection<String> into) throws IOException {
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.VALUE_STRING) {
                throw new IOException("a text is missing");
            }
            into.add(parser.getText());
        }
    }

    /** What is known of the outages found now. */
    Known compare(List<Outage> outages) {
        SortedSet<String> known = new TreeSet<>();
        SortedMap<String, String> grown = new TreeMap<>();
        SortedSet<String> gone = new TreeSet<>(entries.keySet());
        for (Outage outage : outages) {
            Entry entry = entries.get(outage.id());
            if (entry == null) {
                continue;
            }
            gone.remove(outage.id());
            String growth = entry.sized ? growth(entry, outage) : "";
            if (growth.isEmpty()) {
                known.add(outage.id());
            } else {
                grown.put(outage.id(), growth);
            }
        }
        return new Known(known, grown, List.copyOf(gone));
    }

    private static String growth(Entry entry, Outage outage) {
        List<String> parts = new ArrayList<>();
        TreeSet<String> products = new TreeSet<>(outage.products());
        products.removeAll(entry.products);
        if (products.size() * GROWTH > entry.products.size()) {
            parts.add("now also " + String.join(", ", products));
        }
        TreeSet<String> instances = new TreeSet<>();
        outage.instances().stream().map(Instance::of).forEach(instances::add);
        instances.removeAll(entry.instances);
        if (instances.size() * GROWTH > entry.instances.size()) {
            parts.add("now also in " + String.join(", ", instances));
        }
        boolean worse = Stream.of(Severity.values())
                .filter(known -> known.word().equals(entry.severity))
                .anyMatch(known -> outage.severity().compareTo(known) < 0);
        if (worse) {
            parts.add("now " + outage.severity().word() + ", before " + entry.severity);
        }
        return String.join("; ", parts);
    }

    /** Writes ids with their titles, for reviewers, and with what a later run compares. */
    static void write(Path file, List<Outage> outages) {
        StringWriter text = new StringWriter();
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
        printer.indentArraysWith(indenter);
        try {
            try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
                json.setPrettyPrinter(printer);
                json.writeStartObject();
                json.writeNumberField("schemaVersion", 1);
                json.writeArrayFieldStart("outages");
                for (Outage outage : outages) {
                    json.writeStartObject();
                    json.writeStringField("id", outage.id());
                    json.writeStringField("mechanism", outage.mechanism());
                    json.writeStringField("title", outage.title());
                    json.writeStringField("severity", outage.severity().word());
                    TreeSet<String> instances = new TreeSet<>();
                    outage.instances().stream().map(Instance::of).forEach(instances::add);
                    texts(json, "instances", instances);
                    texts(json, "products", new TreeSet<>(outage.products()));
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new WrongUsage("cannot write the baseline " + file + "; expected a folder that may be written");
        }
    }

    private static void texts(JsonGenerator json, String name, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
