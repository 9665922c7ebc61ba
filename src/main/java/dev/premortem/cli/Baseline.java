package dev.premortem.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.premortem.outage.Outage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The outages that are known already: a committed file of ids, so that a gate stops only what is new. */
final class Baseline {
    private Baseline() {}

    /** The ids of a file that {@link #write} wrote. */
    static Set<String> read(Path file) {
        Set<String> ids = new TreeSet<>();
        try (JsonParser parser = new JsonFactory().createParser(Files.readString(file))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && "id".equals(parser.currentName())) {
                    ids.add(parser.getText());
                }
            }
        } catch (IOException e) {
            throw new WrongUsage("cannot read the baseline " + file + "; expected a file that --write-baseline wrote");
        }
        return ids;
    }

    /** Writes ids with their titles, for reviewers; a reading takes the ids alone. */
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
}
