package dev.premortem.kept;

import dev.premortem.estate.Edit;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Observed;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Provenance;
import dev.premortem.outage.AcceptedRisk;
import dev.premortem.outage.AssumedFact;
import dev.premortem.outage.Band;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Coverage;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Severity;
import dev.premortem.outage.Step;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Evidence;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what {@link KeptWriter} wrote, in its order. Bytes that nobody wrote are noticed, not believed. */
final class KeptReader {
    /** Bytes that mean nothing. */
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged() {
            super("the bytes of a prediction mean nothing", null, false, false);
        }
    }

    /** What can be read from here. */
    @FunctionalInterface
    private interface Part<T> {
        T read() throws Damaged;
    }

    private final byte[] bytes;
    private final List<String> texts = new ArrayList<>();
    private int at = KeptWriter.HEAD;

    private KeptReader(byte[] bytes) {
        this.bytes = bytes;
    }

    static KeptPrediction read(byte[] bytes) throws Damaged {
        if (bytes.length < KeptWriter.HEAD) {
            throw new Damaged();
        }
        ByteBuffer head = ByteBuffer.wrap(bytes);
        if (head.getInt() != KeptWriter.MAGIC
                || head.getInt() != KeptWriter.VERSION
                || head.getInt() != KeptWriter.checksum(bytes)) {
            throw new Damaged();
        }
        KeptReader in = new KeptReader(bytes);
        try {
            Prediction prediction = in.prediction();
            int read = in.whole();
            if (in.at != bytes.length
                    || read < 0
                    || read > prediction.coverage().problems().size()) {
                throw new Damaged();
            }
            return new KeptPrediction(prediction, read);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException impossible) {
            throw new Damaged();
        }
    }

    private int next() throws Damaged {
        if (at >= bytes.length) {
            throw new Damaged();
        }
        return bytes[at++];
    }

    private long number() throws Damaged {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int part = next();
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new Damaged();
    }

    private int whole() throws Damaged {
        long value = number();
        if (value != (int) value) {
            throw new Damaged();
        }
        return (int) value;
    }

    /** A number of things of at least one byte each, which therefore must fit. */
    private int count() throws Damaged {
        int count = whole();
        if (count < 0 || count > bytes.length - at) {
            throw new Damaged();
        }
        return count;
    }

    private boolean flag() throws Damaged {
        return switch (next()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new Damaged();
        };
    }

    private double real() throws Damaged {
        if (bytes.length - at < 8) {
            throw new Damaged();
        }
        double value = ByteBuffer.wrap(bytes, at, 8).getDouble();
        at += 8;
        return value;
    }

    private String text() throws Damaged {
        int known = whole();
        if (known != 0) {
            if (known < 0 || known > texts.size()) {
                throw new Damaged();
            }
            return texts.get(known - 1);
        }
        int length = count();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        texts.add(text);
        return text;
    }

    private <T> List<T> list(Part<T> part) throws Damaged {
        int count = count();
        List<T> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(part.read());
        }
        return List.copyOf(values);
    }

    private List<String> texts() throws Damaged {
        return list(this::text);
    }

    private <T> Optional<T> maybe(Part<T> part) throws Damaged {
        return flag() ? Optional.of(part.read()) : Optional.empty();
    }

    private Instant instant() throws Damaged {
        return Instant.ofEpochSecond(number(), whole());
    }

    private Duration duration() throws Damaged {
        return Duration.ofSeconds(number(), whole());
    }

    private Prediction prediction() throws Damaged {
        return new Prediction(
                instant(),
                duration(),
                new Prediction.Counts(whole(), whole(), whole(), whole(), whole(), whole()),
                coverage(),
                list(this::outage),
                list(this::assumed),
                list(this::accepted));
    }

    private Coverage coverage() throws Damaged {
        return new Coverage(
                whole(),
                whole(),
                list(() -> new Coverage.NotUnderstood(text(), whole(), text(), text(), flag())),
                list(() -> new Problem(text(), whole(), text(), text(), text(), text())),
                list(() -> new Coverage.NotRun(text(), text())),
                list(() -> new Coverage.Kind(text(), whole(), whole(), whole())),
                new Coverage.Rendering(whole(), list(() -> new Coverage.Rendering.Gap(text(), whole())), texts()));
    }

    private Outage outage() throws Damaged {
        return new Outage(
                text(),
                text(),
                Severity.valueOf(text()),
                text(),
                trigger(),
                text(),
                OutageClass.valueOf(text()),
                Confidence.valueOf(text()),
                list(() -> new Instance(text(), declared())),
                texts(),
                texts(),
                texts(),
                maybe(this::instant),
                duration(),
                new Outage.DurationRange(duration(), duration(), maybe(this::duration)),
                text(),
                flag(),
                duration(),
                maybe(() -> new Outage.Recurrence(duration(), whole(), real())),
                list(this::trigger),
                list(() -> new Outage.Share(duration(), real())),
                maybe(this::band),
                flag(),
                list(this::step),
                list(this::remedy),
                list(this::assumed),
                flag(),
                maybe(this::text));
    }

    private Trigger trigger() throws Damaged {
        return new Trigger(Trigger.Type.valueOf(text()), texts(), maybe(this::instant));
    }

    private Band band() throws Damaged {
        return new Band(real(), real(), real());
    }

    private Step step() throws Damaged {
        return new Step(text(), text(), maybe(this::duration), list(this::evidence));
    }

    private Evidence evidence() throws Damaged {
        return new Evidence(text(), text(), provenance());
    }

    private Provenance provenance() throws Damaged {
        return switch (whole()) {
            case 0 -> declared();
            case 1 -> new Observed(instant(), text(), declared());
            case 2 -> new Assumed(text(), text());
            default -> throw new Damaged();
        };
    }

    private Declared declared() throws Damaged {
        return new Declared(text(), whole(), text());
    }

    private Remedy remedy() throws Damaged {
        return new Remedy(
                text(), list(this::edit), text(), texts(), flag(), flag(), maybe(this::band), texts(), text());
    }

    private Edit edit() throws Damaged {
        return switch (whole()) {
            case 0 -> new Edit.SetValue(declared(), text());
            case 1 -> new Edit.AddField(declared(), text(), text());
            case 2 -> new Edit.Remove(declared());
            case 3 -> new Edit.AddDocument(text(), text());
            case 4 -> new Edit.Repoint(declared(), renamed());
            case 5 -> new Edit.CopyDocument(declared(), text(), maybe(this::renamed));
            case 6 -> new Edit.Renew(new Reference(text()), instant());
            default -> throw new Damaged();
        };
    }

    private Edit.Renamed renamed() throws Damaged {
        return new Edit.Renamed(new Reference(text()), new Reference(text()));
    }

    private AssumedFact assumed() throws Damaged {
        return new AssumedFact(text(), text(), text(), text());
    }

    private AcceptedRisk accepted() throws Damaged {
        return new AcceptedRisk(text(), declared(), instant(), text(), AcceptedRisk.State.valueOf(text()), texts());
    }
}
