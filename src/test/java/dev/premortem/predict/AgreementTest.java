package dev.premortem.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.premortem.engine.sweep.Cut;
import dev.premortem.engine.sweep.Evaluation;
import dev.premortem.engine.sweep.Sweep;
import dev.premortem.engine.timeline.Timeline;
import dev.premortem.engine.timeline.Trace;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Trigger;
import dev.premortem.report.Format;
import dev.premortem.report.Reports;
import dev.premortem.report.View;
import dev.premortem.source.Document;
import dev.premortem.source.Edited;
import dev.premortem.source.Edits;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import dev.premortem.testing.Naive;
import dev.premortem.testing.RandomEstates;
import dev.premortem.testing.Rounds;
import dev.premortem.testing.Sample;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Scenario;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever the estate: the engines agree with each other and with a judge that shares no code with them, and nothing depends on the order of files. */
final class AgreementTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Request REQUEST = new Request(NOW, Duration.ofDays(90), 2, Set.of());
    private static final long AT = NOW.plus(Duration.ofHours(1)).toEpochMilli();

    /** Longer than any healing takes. */
    private static final long REST = NOW.plus(Duration.ofDays(20)).toEpochMilli();

    private static Reading read(long seed) {
        return Sources.readTexts(RandomEstates.of(seed));
    }

    private static Prediction predict(Reading reading) {
        return Predictor.predict(reading.estate(), reading.coverage(), REQUEST, edits -> {
            Edited edited = Edits.apply(reading, edits);
            return new Editor.Edited(edited.reading().estate(), edited.patch(), edited.newProblems());
        });
    }

    private static String json(Prediction prediction) {
        return Reports.check(prediction, Format.JSON, View.PLAIN.everything());
    }

    @Test
    void predictionsDependOnNothingButTheFiles() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("schemas", "check.schema.json")));
        Rounds.run(80, seed -> {
            Reading reading = read(seed);
            assertEquals(List.of(), reading.coverage().problems(), "the estate reads without problems");
            Prediction prediction = predict(reading);
            String first = json(prediction);
            assertEquals(first, json(predict(read(seed))), "second run");
            List<Document> shuffled = new ArrayList<>(reading.documents());
            Collections.shuffle(shuffled, new Random(seed));
            Prediction other = predict(Sources.assemble(reading, shuffled));
            assertEquals(prediction, other, "shuffled files");
            assertEquals(first, json(other), "shuffled files");
            try {
                assertEquals(Set.of(), schema.validate(mapper.readTree(first)), first);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void theTimelineBeginsAsTheAtOnceFormAndComesToRestAsTheSettledOne() {
        Rounds.run(300, seed -> {
            Model model = Model.of(read(seed).estate(), REQUEST);
            for (Set<Condition> faults : someFaults(model.settled(), new Random(seed))) {
                Trace trace = Timeline.run(model.live(), forEver(faults));
                boolean[] settled = Evaluation.values(model.settled(), faults, Set.of());
                boolean[] atOnce = Evaluation.values(model.atOnce(), faults, Set.of());
                for (int c = 0; c < model.live().size(); c++) {
                    Condition condition = model.live().condition(c);
                    assertEquals(
                            atOnce[model.atOnce().number(condition)],
                            trace.holdsAt(condition, AT),
                            () -> condition + " just after " + faults);
                    assertEquals(
                            settled[model.settled().number(condition)],
                            trace.holdsAt(condition, REST - 1),
                            () -> condition + " long after " + faults);
                }
            }
        });
    }

    @Test
    void whenAllFaultsAreMendedAllIsAsBefore() {
        Rounds.run(200, seed -> {
            Model model = Model.of(read(seed).estate(), REQUEST);
            Random random = new Random(seed);
            boolean[] settled = Evaluation.values(model.settled(), Set.of(), Set.of());
            for (Set<Condition> faults : someFaults(model.settled(), random)) {
                List<Scenario.Loss> losses = new ArrayList<>();
                for (Condition fault : faults) {
                    long from = AT + random.nextInt(900) * 1000L;
                    losses.add(new Scenario.Loss(fault, from, from + 1000L + random.nextInt(1800) * 1000L));
                }
                Trace trace =
                        Timeline.run(model.live(), new Scenario(losses, Set.of(), Map.of(), NOW.toEpochMilli(), REST));
                for (int c = 0; c < model.live().size(); c++) {
                    Condition condition = model.live().condition(c);
                    assertEquals(
                            settled[model.settled().number(condition)],
                            trace.holdsAt(condition, REST - 1),
                            () -> condition + " after " + losses);
                }
            }
        });
    }

    private static Scenario forEver(Set<Condition> faults) {
        List<Scenario.Loss> losses = faults.stream()
                .map(fault -> new Scenario.Loss(fault, AT, Long.MAX_VALUE))
                .toList();
        return new Scenario(losses, Set.of(), Map.of(), NOW.toEpochMilli(), REST);
    }

    /** No fault, every single one, and some pairs. */
    private static List<Set<Condition>> someFaults(Twin twin, Random random) {
        List<Condition> faults = conditions(twin);
        List<Set<Condition>> sets = new ArrayList<>(List.of(Set.of()));
        faults.forEach(fault -> sets.add(Set.of(fault)));
        for (int i = 0; i < 60 && faults.size() > 1; i++) {
            Set<Condition> pair = new TreeSet<>();
            while (pair.size() < 2) {
                pair.add(faults.get(random.nextInt(faults.size())));
            }
            sets.add(pair);
        }
        return sets;
    }

    private static List<Condition> conditions(Twin twin) {
        return twin.faults().stream().map(Fault::condition).toList();
    }

    @Test
    void theSweepFindsWhatTryingEverySetFinds() {
        Rounds.run(200, seed -> {
            Twin twin = Model.of(read(seed).estate(), REQUEST).settled();
            assertEquals(bruteForce(twin), swept(twin));
        });
    }

    @Test
    void theJudgeFindsWhatTheSweepFinds() {
        Rounds.run(120, seed -> {
            Twin twin = Model.of(read(seed).estate(), REQUEST).settled();
            boolean cycles = false;
            for (boolean cyclic : twin.cyclic) {
                cycles |= cyclic;
            }
            if (cycles || twin.size() > 120) {
                return; // the judge walks every path of a cycle
            }
            List<Set<Set<Condition>>> judged = new Naive(sample(twin))
                    .minimal(twin.tops().stream().map(Top::condition).toList(), 2);
            SortedMap<String, Set<Set<Condition>>> byName = new TreeMap<>();
            for (int i = 0; i < twin.tops().size(); i++) {
                byName.put(twin.tops().get(i).name(), judged.get(i));
            }
            assertEquals(byName, swept(twin));
        });
    }

    private static SortedMap<String, Set<Set<Condition>>> swept(Twin twin) {
        SortedMap<String, Set<Set<Condition>>> found = new TreeMap<>();
        Sweep.run(twin, 2).cuts().forEach((product, cuts) -> {
            Set<Set<Condition>> sets = new HashSet<>();
            for (Cut cut : cuts) {
                assertEquals(1, cut.alike(), "no mechanism makes faults that are alike");
                sets.add(new TreeSet<>(cut.faults()));
            }
            found.put(product, sets);
        });
        return found;
    }

    private static SortedMap<String, Set<Set<Condition>>> bruteForce(Twin twin) {
        SortedMap<String, Set<Set<Condition>>> found = new TreeMap<>();
        twin.tops().forEach(top -> found.put(top.name(), new HashSet<>()));
        List<Condition> faults = conditions(twin);
        List<Set<Condition>> sets = new ArrayList<>(List.of(Set.of()));
        faults.forEach(fault -> sets.add(Set.of(fault)));
        for (int a = 0; a < faults.size(); a++) {
            for (int b = a + 1; b < faults.size(); b++) {
                sets.add(Set.of(faults.get(a), faults.get(b)));
            }
        }
        for (Set<Condition> set : sets) {
            boolean[] values = Evaluation.values(twin, set, Set.of());
            for (Top top : twin.tops()) {
                Set<Set<Condition>> minimal = found.computeIfAbsent(top.name(), _ -> new HashSet<>());
                if (!values[twin.number(top.condition())] && minimal.stream().noneMatch(set::containsAll)) {
                    minimal.add(new TreeSet<>(set));
                }
            }
        }
        return found;
    }

    private static Sample sample(Twin twin) {
        SortedMap<Condition, Boolean> basics = new TreeMap<>();
        SortedMap<Condition, Gate> gates = new TreeMap<>();
        for (int c = 0; c < twin.size(); c++) {
            List<Condition> inputs = Arrays.stream(twin.in, twin.inStart[c], twin.inStart[c + 1])
                    .mapToObj(twin::condition)
                    .toList();
            switch (twin.kind[c]) {
                case Twin.BASIC -> basics.put(twin.condition(c), twin.initial[c]);
                case Twin.ALL -> gates.put(twin.condition(c), new Gate.All(inputs));
                case Twin.ANY -> gates.put(twin.condition(c), new Gate.Any(inputs));
                case Twin.AT_LEAST -> gates.put(twin.condition(c), new Gate.AtLeast(twin.threshold[c], inputs));
                case Twin.NOT -> gates.put(twin.condition(c), new Gate.Not(inputs.getFirst()));
                default -> {
                    List<Gate.Choice> choices = new ArrayList<>();
                    for (int i = 0; i < inputs.size(); i += 2) {
                        choices.add(new Gate.Choice(inputs.get(i), inputs.get(i + 1)));
                    }
                    gates.put(twin.condition(c), new Gate.First(choices));
                }
            }
        }
        return new Sample(basics, gates, twin.faults(), twin.tops());
    }

    @Test
    void everyMinimalSetIsToldAndWhatIsToldFails() {
        Rounds.run(80, seed -> {
            Reading reading = read(seed);
            Model model = Model.of(reading.estate(), REQUEST);
            List<Outage> outages = predict(reading).outages();
            Set<String> told = new TreeSet<>();
            for (Outage outage : outages) {
                List<Trigger> triggers = new ArrayList<>(outage.alsoBy());
                triggers.add(outage.trigger());
                for (Trigger trigger : triggers) {
                    outage.products().forEach(product -> told.add(product + " " + new TreeSet<>(trigger.faults())));
                }
            }
            bruteForce(model.settled()).forEach((product, sets) -> {
                for (Set<Condition> set : sets) {
                    Set<String> names = new TreeSet<>();
                    set.forEach(fault -> names.add(fault.plain()));
                    assertTrue(
                            set.isEmpty() || told.contains(product + " " + names),
                            () -> product + " fails with " + names + ", told is only " + told);
                }
            });
        });
    }

    @Test
    void aVerifiedRemedyEndsItsOutageAndBringsNoOther() {
        int[] verified = new int[1];
        Rounds.run(50, seed -> {
            Reading reading = read(seed);
            Model before = Model.of(reading.estate(), REQUEST);
            for (Outage outage : predict(reading).outages()) {
                for (Remedy remedy : outage.remedies()) {
                    if (remedy.verified()) {
                        verified[0]++;
                        judge(reading, before, outage, remedy);
                    }
                }
            }
        });
        assertTrue(verified[0] > 0 || Long.getLong("seed") != null, "some remedies are verified");
    }

    private static void judge(Reading reading, Model before, Outage outage, Remedy remedy) {
        Edited edited = Edits.apply(reading, remedy.edits());
        String what = remedy.title() + " for " + outage.title();
        assertEquals(List.of(), edited.newProblems(), what);
        if (!remedy.shortens()) {
            List<String> still = predict(edited.reading()).outages().stream()
                    .filter(other -> other.id().equals(outage.id()))
                    .filter(other ->
                            other.trigger().faults().equals(outage.trigger().faults()))
                    .filter(other -> outage.starts().isEmpty()
                            || other.starts()
                                    .filter(at ->
                                            at.isAfter(outage.starts().get().plus(Duration.ofDays(30))))
                                    .isEmpty())
                    .flatMap(other -> other.products().stream())
                    .filter(outage.products()::contains)
                    .toList();
            assertEquals(List.of(), still, what);
        }
        Twin old = before.settled();
        Twin patched = Model.of(edited.reading().estate(), REQUEST).settled();
        cured(old, patched, outage, remedy, what);
        bruteForce(patched).forEach((product, sets) -> {
            for (Set<Condition> set : sets) {
                for (Top top : old.tops()) {
                    if (top.name().equals(product) && set.stream().allMatch(fault -> old.number(fault) >= 0)) {
                        boolean held = Evaluation.values(old, set, Set.of())[old.number(top.condition())];
                        assertFalse(held, () -> what + " makes " + product + " fail with " + set);
                    }
                }
            }
        });
    }

    /** Where the outage's own faults took a product down for good, they no longer do. */
    private static void cured(Twin old, Twin patched, Outage outage, Remedy remedy, String what) {
        if (remedy.shortens() || outage.trigger().type() != Trigger.Type.FAULT) {
            return;
        }
        Set<Condition> faults = new TreeSet<>();
        conditions(old).stream()
                .filter(fault -> outage.trigger().faults().contains(fault.plain()))
                .forEach(faults::add);
        boolean[] before = Evaluation.values(old, faults, Set.of());
        boolean[] after = Evaluation.values(patched, faults, Set.of());
        for (Top top : old.tops()) {
            int now = patched.number(top.condition());
            if (outage.products().contains(top.name()) && !before[old.number(top.condition())] && now >= 0) {
                assertTrue(after[now], () -> what + " leaves " + top.name() + " down with " + faults);
            }
        }
    }
}
