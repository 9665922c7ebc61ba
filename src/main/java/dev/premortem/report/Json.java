package dev.premortem.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Observed;
import dev.premortem.fact.Sighting;
import dev.premortem.outage.AssumedFact;
import dev.premortem.outage.Band;
import dev.premortem.twin.Evidence;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes JSON in a fixed layout: the same result gives the same bytes. */
final class Json {
    private static final MathContext DIGITS = new MathContext(6);

    private final JsonGenerator out;

    private Json(JsonGenerator out) {
        this.out = out;
    }

    /** A part of a document. */
    @FunctionalInterface
    interface Part {
        void write(Json json) throws IOException;
    }

    /** A part for each item of a list. */
    @FunctionalInterface
    interface ItemPart<T> {
        void write(T item) throws IOException;
    }

    /** One object as text that ends with a line feed. */
    static String document(Part part) {
        StringWriter text = new StringWriter();
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
        printer.indentArraysWith(indenter);
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            generator.setPrettyPrinter(printer);
            new Json(generator).object(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter never fails
        }
        return text + "\n";
    }

    void object(Part part) throws IOException {
        out.writeStartObject();
        part.write(this);
        out.writeEndObject();
    }

    void object(String name, Part part) throws IOException {
        out.writeFieldName(name);
        object(part);
    }

    <T> void array(String name, List<T> items, ItemPart<T> part) throws IOException {
        out.writeArrayFieldStart(name);
        for (T item : items) {
            part.write(item);
        }
        out.writeEndArray();
    }

    <T> void objects(String name, List<T> items, ItemPart<T> part) throws IOException {
        array(name, items, item -> object(json -> part.write(item)));
    }

    void strings(String name, List<String> items) throws IOException {
        array(name, items, out::writeString);
    }

    /** A text, or anything that writes itself as ISO-8601. */
    void text(String name, Object value) throws IOException {
        out.writeStringField(name, value.toString());
    }

    void text(String name, Optional<?> value) throws IOException {
        if (value.isPresent()) {
            text(name, value.get());
        } else {
            out.writeNullField(name);
        }
    }

    void nothing(String name) throws IOException {
        out.writeNullField(name);
    }

    void number(String name, long value) throws IOException {
        out.writeNumberField(name, value);
    }

    void number(String name, double value) throws IOException {
        out.writeNumberField(name, rounded(value));
    }

    /** A computed probability with all its digits, or null; the order of its sums is fixed. */
    void precise(String name, OptionalDouble value) throws IOException {
        if (value.isPresent()) {
            out.writeNumberField(name, new BigDecimal(value.getAsDouble()).round(MathContext.DECIMAL64));
        } else {
            out.writeNullField(name);
        }
    }

    void flag(String name, boolean value) throws IOException {
        out.writeBooleanField(name, value);
    }

    /** A pair such as {@code ["PT1H",0.5]}. */
    void pair(Object first, double second) throws IOException {
        out.writeStartArray();
        out.writeString(first.toString());
        out.writeNumber(rounded(second));
        out.writeEndArray();
    }

    void band(String name, Optional<Band> band) throws IOException {
        if (band.isEmpty()) {
            out.writeNullField(name);
            return;
        }
        object(name, json -> {
            json.number("low", band.get().low());
            json.number("typical", band.get().typical());
            json.number("high", band.get().high());
        });
    }

    void assumptions(String name, List<AssumedFact> facts) throws IOException {
        objects(name, facts, fact -> {
            text("of", fact.of());
            text("id", fact.id());
            text("value", fact.value());
            text("source", fact.source());
        });
    }

    void place(Declared place) throws IOException {
        text("file", place.file());
        number("line", place.line());
        text("field", place.field());
    }

    /** One fact with its origin; every name is always there. */
    void evidence(Evidence evidence) throws IOException {
        switch (evidence.provenance()) {
            case Declared declared -> {
                Optional<Sighting> seen = Sighting.of(declared.file());
                text("origin", seen.isPresent() ? "observed" : "declared");
                place(declared);
                text("value", evidence.value());
                text("source", seen.map(Sighting::in));
                if (seen.isPresent()) {
                    text("observedAt", seen.get().at());
                }
            }
            case Observed observed -> {
                text("origin", "observed");
                place(observed.where());
                text("value", evidence.value());
                text("source", observed.by());
                text("observedAt", observed.at());
            }
            case Assumed assumed -> {
                text("origin", "assumed");
                nothing("file");
                nothing("line");
                nothing("field");
                text("value", evidence.value());
                text("source", assumed.source());
                text("assumption", assumed.id());
            }
        }
    }

    /** Six digits are more than any rate is known to, and keep sums in another order from changing bytes. */
    private static BigDecimal rounded(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not a number that JSON can hold: " + value);
        }
        BigDecimal digits = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
        return digits.scale() < 0 ? digits.setScale(0) : digits;
    }
}
