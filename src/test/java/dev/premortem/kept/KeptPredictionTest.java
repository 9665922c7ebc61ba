package dev.premortem.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Coverage;
import dev.premortem.outage.Prediction;
import dev.premortem.predict.Editor;
import dev.premortem.predict.Predictor;
import dev.premortem.predict.Request;
import dev.premortem.source.Edited;
import dev.premortem.source.Edits;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import dev.premortem.source.text.Limits;
import dev.premortem.testing.RandomEstates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeptPredictionTest {
    private static Prediction predicted(Reading reading) {
        Request request = new Request(Instant.parse("2026-01-15T00:00:00Z"), Duration.ofDays(400), 2, Set.of());
        return Predictor.predict(reading.estate(), reading.coverage(), request, edits -> {
            Edited edited = Edits.apply(reading, edits);
            return new Editor.Edited(edited.reading().estate(), edited.patch(), edited.newProblems());
        });
    }

    private static List<Prediction> many() throws IOException {
        List<Prediction> all = new ArrayList<>();
        try (Stream<Path> examples = Files.list(Path.of("examples"))) {
            for (Path example : examples.filter(Files::isDirectory).sorted().toList()) {
                all.add(predicted(Sources.read(List.of(example), Limits.DEFAULT)));
            }
        }
        for (long seed = 0; seed < 40; seed++) {
            all.add(predicted(Sources.readTexts(RandomEstates.of(seed))));
        }
        return all;
    }

    private static byte[] bytes(Prediction prediction) {
        return new KeptPrediction(prediction, prediction.coverage().problems().size())
                .bytes()
                .orElseThrow();
    }

    @Test
    void comesBackAsItWas() throws IOException {
        for (Prediction prediction : many()) {
            KeptPrediction back = KeptPrediction.of(bytes(prediction)).orElseThrow();
            assertEquals(prediction, back.prediction());
            assertEquals(prediction.coverage().problems().size(), back.read());
        }
    }

    /** The checksum is what notices; without it the reader still has to end without harm. */
    @Test
    void bytesThatNobodyWroteDoNoHarm() throws IOException {
        Random random = new Random(7);
        for (Prediction prediction : many().subList(0, 6)) {
            byte[] bytes = bytes(prediction);
            for (int round = 0; round < 500; round++) {
                byte[] other = bytes.clone();
                other[KeptWriter.HEAD + random.nextInt(other.length - KeptWriter.HEAD)] ^=
                        (byte) (1 << random.nextInt(8));
                assertTrue(KeptPrediction.of(other).isEmpty());
                sum(other);
                KeptPrediction.of(other);
                byte[] less = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                assertTrue(KeptPrediction.of(less).isEmpty());
                if (less.length >= KeptWriter.HEAD) {
                    sum(less);
                    assertTrue(KeptPrediction.of(less).isEmpty());
                }
            }
        }
    }

    private static void sum(byte[] bytes) {
        java.nio.ByteBuffer.wrap(bytes).putInt(8, KeptWriter.checksum(bytes));
    }

    @Test
    void halfACharacterIsNotKept() {
        Coverage coverage = new Coverage(
                1, 1, List.of(new Coverage.NotUnderstood("a.yaml", 1, "\ud800", "x")), List.of(), List.of());
        Prediction prediction = new Prediction(
                Instant.EPOCH,
                Duration.ofDays(1),
                new Prediction.Counts(0, 0, 0, 0, 0, 1),
                coverage,
                List.of(),
                List.of());
        assertEquals(Optional.empty(), new KeptPrediction(prediction, 0).bytes());
    }
}
