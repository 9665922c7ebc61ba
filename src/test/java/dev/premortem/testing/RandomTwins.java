package dev.premortem.testing;

import dev.premortem.fact.Assumed;
import dev.premortem.fact.Fact;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Top;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * Random twins from a seed: all five gates, standing losses, cycles where they are legal, faults on basic and derived conditions, replicas that are
 * alike and some that only say so. Small enough to try every set of faults.
 */
public final class RandomTwins {
    private final Random random;
    private final TreeMap<Condition, Boolean> basics = new TreeMap<>();
    private final TreeMap<Condition, Gate> gates = new TreeMap<>();
    private final TreeMap<Condition, String> faults = new TreeMap<>();
    private final List<Condition> known = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final boolean coherent;
    private final int scale;

    private RandomTwins(long seed, int scale) {
        this.scale = scale;
        random = new Random(seed);
        coherent = random.nextInt(3) == 0;
        for (int i = 0; i < 128 * scale; i++) {
            names.add("c%03d".formatted(i));
        }
        // Names say nothing about the order of evaluation.
        Collections.shuffle(names, random);
    }

    /** The twin of this seed; a third of them without choice and negation. */
    public static Sample of(long seed) {
        return of(seed, 1);
    }

    /** A twin that is so many times as large; from 2 on there are too many triples to try them all. */
    public static Sample of(long seed, int scale) {
        return new RandomTwins(seed, scale).build();
    }

    private Sample build() {
        int basicCount = (3 + random.nextInt(7)) * scale;
        for (int i = 0; i < basicCount; i++) {
            Condition basic = name();
            basics.put(basic, random.nextInt(10) != 0);
            known.add(basic);
            if (random.nextInt(6) != 0) {
                faults.put(basic, "");
            }
        }
        int gateCount = (4 + random.nextInt(14)) * scale;
        while (gates.size() < gateCount) {
            switch (random.nextInt(8)) {
                case 0 -> cycle();
                case 1 -> replicas();
                default -> {
                    Condition gate = name();
                    gates.put(gate, gate(List.of()));
                    known.add(gate);
                }
            }
        }
        for (Condition gate : gates.keySet()) {
            if (random.nextInt(8) == 0) {
                faults.put(gate, "");
            }
        }
        return new Sample(basics, gates, faultList(), topList());
    }

    private Condition name() {
        return new Condition(names.removeLast());
    }

    /** Gates that may read each other, but not through a choice. */
    private void cycle() {
        List<Condition> members = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            members.add(name());
        }
        members.forEach(member -> gates.put(member, gate(members)));
        known.addAll(members);
    }

    /** Copies of one thing, each behind a gate of its own or not, that say they are alike. */
    private void replicas() {
        String alike = "alike" + names.size();
        int count = 2 + random.nextInt(3);
        boolean wrapped = random.nextBoolean();
        Condition shared = pick(known);
        List<Condition> copies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Condition copy = name();
            basics.put(copy, true);
            faults.put(copy, alike);
            if (wrapped) {
                // Sometimes one copy leans on something else, and the word is a lie.
                Condition need = random.nextInt(8) == 0 ? pick(known) : shared;
                Condition gate = name();
                gates.put(gate, new Gate.All(List.of(copy, need)));
                copies.add(gate);
            } else {
                copies.add(copy);
            }
        }
        Condition gate = name();
        gates.put(gate, new Gate.AtLeast(1 + random.nextInt(count), List.copyOf(copies)));
        if (random.nextInt(6) == 0) {
            known.add(copies.getFirst());
        }
        known.add(gate);
    }

    private Gate gate(List<Condition> own) {
        return switch (random.nextInt(coherent ? 8 : 12)) {
            case 0, 1, 2 -> new Gate.All(some(own));
            case 3, 4, 5 -> new Gate.Any(some(own));
            case 6, 7 -> {
                List<Condition> inputs = some(own);
                yield new Gate.AtLeast(1 + random.nextInt(Math.max(1, inputs.size())), inputs);
            }
            case 8, 9, 10 -> {
                List<Gate.Choice> choices = new ArrayList<>();
                for (int i = 1 + random.nextInt(3); i > 0; i--) {
                    boolean inward = !own.isEmpty() && random.nextBoolean();
                    choices.add(new Gate.Choice(pick(known), pick(inward ? own : known)));
                }
                yield new Gate.First(List.copyOf(choices));
            }
            default -> new Gate.Not(pick(known));
        };
    }

    private List<Condition> some(List<Condition> own) {
        List<Condition> from = new ArrayList<>(known);
        Collections.shuffle(from, random);
        int count = random.nextInt(24) == 0 ? 0 : 1 + random.nextInt(4);
        List<Condition> inputs = new ArrayList<>(from.subList(0, Math.min(count, from.size())));
        for (Condition member : own) {
            if (random.nextBoolean()) {
                inputs.add(member);
            }
        }
        return List.copyOf(inputs);
    }

    /** Late conditions are taken more often, so that twins grow deep. */
    private Condition pick(List<Condition> from) {
        int size = from.size();
        int one = random.nextInt(size);
        int other = random.nextInt(size);
        return from.get(Math.max(one, other));
    }

    private List<Fault> faultList() {
        Assumed origin = new Assumed("test", "made up for the test");
        return faults.entrySet().stream()
                .map(entry -> new Fault(
                        entry.getKey(),
                        new Fact<>(0.1 + entry.getKey().name().charAt(3) % 7, origin),
                        new Fact<>(Duration.ofHours(1 + entry.getKey().name().charAt(2) % 5), origin),
                        entry.getValue()))
                .toList();
    }

    private List<Top> topList() {
        List<Top> tops = new ArrayList<>();
        for (int i = (1 + random.nextInt(3)) * scale; i > 0; i--) {
            tops.add(new Top(pick(known), "product" + i, 1));
        }
        return List.copyOf(tops);
    }
}
