package dev.premortem.kept;

import dev.premortem.estate.Edit;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Observed;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Provenance;
import dev.premortem.outage.AcceptedRisk;
import dev.premortem.outage.AssumedFact;
import dev.premortem.outage.Band;
import dev.premortem.outage.Coverage;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Step;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Evidence;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Writes a prediction; {@link KeptReader} reads in the same order. A text that comes again is written as its number. */
final class KeptWriter {
    /** Changes whenever the bytes mean something else. */
    static final int VERSION = 1;

    static final int MAGIC = 0x504D4B50;
    static final int HEAD = 12;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    private final Map<String, Integer> texts = new HashMap<>();
    private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
    private boolean exact = true;

    /** The bytes; empty where a text has half a character, which UTF-8 does not keep. */
    Optional<byte[]> write(KeptPrediction kept) {
        out.writeBytes(new byte[HEAD]);
        prediction(kept.prediction());
        number(kept.read());
        byte[] bytes = out.toByteArray();
        ByteBuffer.wrap(bytes).putInt(MAGIC).putInt(VERSION).putInt(checksum(bytes));
        return exact ? Optional.of(bytes) : Optional.empty();
    }

    static int checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, HEAD, bytes.length - HEAD);
        return (int) sum.getValue();
    }

    private void number(long value) {
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private void flag(boolean value) {
        out.write(value ? 1 : 0);
    }

    private void real(double value) {
        out.writeBytes(ByteBuffer.allocate(8).putDouble(value).array());
    }

    private void text(String value) {
        int next = texts.size() + 1;
        Integer known = texts.putIfAbsent(value, next);
        if (known != null) {
            number(known);
            return;
        }
        exact &= utf8.canEncode(value);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number(0);
        number(bytes.length);
        out.writeBytes(bytes);
    }

    private void word(Enum<?> value) {
        text(value.name());
    }

    private <T> void list(List<T> values, Consumer<T> each) {
        number(values.size());
        values.forEach(each);
    }

    private void texts(List<String> values) {
        list(values, this::text);
    }

    private <T> void maybe(Optional<T> value, Consumer<T> each) {
        flag(value.isPresent());
        value.ifPresent(each);
    }

    private void instant(Instant value) {
        number(value.getEpochSecond());
        number(value.getNano());
    }

    private void duration(Duration value) {
        number(value.getSeconds());
        number(value.getNano());
    }

    private void prediction(Prediction prediction) {
        instant(prediction.now());
        duration(prediction.horizon());
        Prediction.Counts counts = prediction.estate();
        List.of(
                        counts.sites(),
                        counts.links(),
                        counts.clusters(),
                        counts.workloads(),
                        counts.products(),
                        counts.objects())
                .forEach(this::number);
        coverage(prediction.coverage());
        list(prediction.outages(), this::outage);
        list(prediction.assumptions(), this::assumed);
        list(prediction.acceptances(), this::accepted);
    }

    private void coverage(Coverage coverage) {
        number(coverage.objects());
        number(coverage.files());
        list(coverage.notUnderstood(), left -> {
            text(left.file());
            number(left.line());
            text(left.kind());
            text(left.reason());
            flag(left.aside());
        });
        list(coverage.problems(), this::problem);
        list(coverage.notRun(), idle -> {
            text(idle.mechanism());
            text(idle.lacks());
        });
        list(coverage.kinds(), kind -> {
            text(kind.kind());
            number(kind.read());
            number(kind.understood());
            number(kind.aside());
        });
        number(coverage.rendering().releases());
        list(coverage.rendering().gaps(), gap -> {
            text(gap.reason());
            number(gap.releases());
        });
        texts(coverage.rendering().by());
    }

    private void problem(Problem problem) {
        text(problem.file());
        number(problem.line());
        text(problem.field());
        text(problem.found());
        text(problem.expected());
        text(problem.hint());
    }

    private void outage(Outage outage) {
        text(outage.id());
        text(outage.mechanism());
        word(outage.severity());
        text(outage.title());
        trigger(outage.trigger());
        text(outage.pivot());
        word(outage.outageClass());
        word(outage.confidence());
        list(outage.instances(), instance -> {
            text(instance.of());
            declared(instance.place());
        });
        texts(outage.products());
        texts(outage.services());
        texts(outage.lives());
        length(outage);
        maybe(outage.minutesPerYear(), this::band);
        flag(outage.rateKnown());
        list(outage.chain(), this::step);
        list(outage.remedies(), this::remedy);
        list(outage.assumptions(), this::assumed);
        flag(outage.accepted());
        maybe(outage.foldedUnder(), this::text);
    }

    private void length(Outage outage) {
        maybe(outage.starts(), this::instant);
        duration(outage.duration());
        duration(outage.durationRange().atLeast());
        duration(outage.durationRange().typical());
        maybe(outage.durationRange().atMost(), this::duration);
        text(outage.durationSetBy());
        flag(outage.endsByItself());
        duration(outage.attended());
        maybe(outage.recurs(), again -> {
            duration(again.every());
            number(again.count());
            real(again.share());
        });
        list(outage.alsoBy(), this::trigger);
        list(outage.shareDown(), share -> {
            duration(share.offset());
            real(share.share());
        });
    }

    private void trigger(Trigger trigger) {
        word(trigger.type());
        texts(trigger.faults());
        maybe(trigger.at(), this::instant);
    }

    private void band(Band band) {
        real(band.low());
        real(band.typical());
        real(band.high());
    }

    private void step(Step step) {
        text(step.condition());
        text(step.text());
        maybe(step.at(), this::duration);
        list(step.evidence(), this::evidence);
    }

    private void evidence(Evidence evidence) {
        text(evidence.text());
        text(evidence.value());
        provenance(evidence.provenance());
    }

    private void provenance(Provenance provenance) {
        switch (provenance) {
            case Declared place -> {
                number(0);
                declared(place);
            }
            case Observed seen -> {
                number(1);
                instant(seen.at());
                text(seen.by());
                declared(seen.where());
            }
            case Assumed fact -> {
                number(2);
                text(fact.id());
                text(fact.source());
            }
        }
    }

    private void declared(Declared place) {
        text(place.file());
        number(place.line());
        text(place.field());
    }

    private void remedy(Remedy remedy) {
        text(remedy.title());
        list(remedy.edits(), this::edit);
        text(remedy.patch());
        texts(remedy.steps());
        flag(remedy.verified());
        flag(remedy.shortens());
        maybe(remedy.minutesSavedPerYear(), this::band);
        texts(remedy.parts());
        text(remedy.note());
    }

    private void edit(Edit edit) {
        switch (edit) {
            case Edit.SetValue set -> {
                number(0);
                declared(set.place());
                text(set.value());
            }
            case Edit.AddField add -> {
                number(1);
                declared(add.mapping());
                text(add.key());
                text(add.yaml());
            }
            case Edit.Remove remove -> {
                number(2);
                declared(remove.place());
            }
            case Edit.AddDocument add -> {
                number(3);
                text(add.file());
                text(add.yaml());
            }
            case Edit.Repoint repoint -> {
                number(4);
                declared(repoint.place());
                renamed(repoint.renamed());
            }
            case Edit.CopyDocument copy -> {
                number(5);
                declared(copy.document());
                text(copy.file());
                maybe(copy.copied(), this::renamed);
            }
            case Edit.Renew renew -> {
                number(6);
                text(renew.certificate().text());
                instant(renew.at());
            }
        }
    }

    private void renamed(Edit.Renamed renamed) {
        text(renamed.from().text());
        text(renamed.to().text());
    }

    private void assumed(AssumedFact fact) {
        text(fact.of());
        text(fact.id());
        text(fact.value());
        text(fact.source());
    }

    private void accepted(AcceptedRisk risk) {
        text(risk.name());
        declared(risk.place());
        instant(risk.until());
        text(risk.reason());
        word(risk.state());
        texts(risk.outages());
    }
}
