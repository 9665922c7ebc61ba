package dev.premortem.engine.sweep;

import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pairs and triples that may do together what their parts do not, out of what the smaller sets did. Take the lowest place at which a set does
 * something that its parts do not explain: what this place reads is explained, so each member changes something that it reads, and what they do there
 * together follows from their signatures. So candidates are found place by place, and almost all sets are never looked at.
 */
final class Join {
    private final @Nullable Site[] sites;
    /** The mixed sites that a single fault touches; looked up only. */
    private final Map<Integer, List<Site>> mixed = new HashMap<>();

    Join(Lanes lanes, Survey survey) {
        Twin twin = lanes.twin;
        sites = new Site[twin.size()];
        for (int component = 0; component < twin.cyclic.length; component++) {
            int from = twin.componentStart[component];
            if (!lanes.relevant(from)) {
                continue;
            }
            if (twin.cyclic[component] && survey.mixedComponent(component)) {
                sites[from] = Site.component(lanes, component);
                continue;
            }
            for (int c = from; c < twin.componentStart[component + 1]; c++) {
                boolean mixed = survey.mixed(c);
                if (!lanes.standing[c] && (mixed || absorbs(twin.kind[c], lanes.base[c]))) {
                    sites[c] = Site.gate(lanes, c, mixed);
                }
            }
        }
    }

    /** Where things only fall, a gate that holds may outlive one loss; one that is lost stays so. */
    private static boolean absorbs(byte kind, boolean holds) {
        return holds && (kind == Twin.ANY || kind == Twin.AT_LEAST || kind == Twin.FIRST);
    }

    /** True where faults may do anything else than lose more and more. */
    boolean anyMixed() {
        return Arrays.stream(sites).anyMatch(site -> site != null && site.mixed);
    }

    /** Notes what a block of single faults did. */
    void singles(Hand hand, int[][] scenarios, int from) {
        eachTouched(hand, (site, lane) -> hand.note(site, scenarios[from + lane], site.signature(hand.lanes, lane)));
    }

    /** Takes what hands have noted of single faults. */
    void takeSingles(List<Hand> hands) {
        for (Hand hand : hands) {
            for (Hand.Note note : hand.takeNotes()) {
                int fault = note.scenario()[0];
                note.site().single(fault, note.signature());
                if (note.site().mixed) {
                    mixed.computeIfAbsent(fault, _ -> new ArrayList<>()).add(note.site());
                }
            }
        }
    }

    /** Notes what a block of pairs did beyond its singles, or left undone. */
    void pairs(Hand hand, int[][] scenarios, int from) {
        eachTouched(hand, (site, lane) -> pair(hand, site, scenarios[from + lane], lane));
        // Where one fault heals the other the pair touches nothing, and just this has to be known.
        for (int s = from; s < Math.min(scenarios.length, from + Lanes.WIDTH); s++) {
            for (int member : scenarios[s]) {
                for (Site site : mixed.getOrDefault(member, List.of())) {
                    pair(hand, site, scenarios[s], s - from);
                }
            }
        }
    }

    private static void pair(Hand hand, Site site, int[] pair, int lane) {
        BitSet signature = site.signature(hand.lanes, lane);
        if (!site.explains(pair, signature)) {
            hand.note(site, pair, signature);
        }
    }

    /** Takes what hands have noted of pairs. */
    void takePairs(List<Hand> hands) {
        for (Hand hand : hands) {
            hand.takeNotes().forEach(note -> note.site().pair(note.scenario(), note.signature()));
        }
    }

    private interface Touch {
        void at(Site site, int lane);
    }

    private void eachTouched(Hand hand, Touch touch) {
        Lanes block = hand.lanes;
        for (int i = 0; i < block.coneSize; i++) {
            Site site = sites[block.cone[i]];
            if (site == null) {
                continue;
            }
            for (int w = 0; w < Lanes.WORDS; w++) {
                for (long bits = site.touched(block, w); bits != 0; bits &= bits - 1) {
                    touch.at(site, w * Long.SIZE + Long.numberOfTrailingZeros(bits));
                }
            }
        }
    }

    /** Pairs that may be more than their members. */
    Keys candidatePairs(Work work, int parts) {
        return candidates(work, parts, Join::two);
    }

    /** Triples that may be more than their pairs. */
    Keys candidateTriples(Work work, int parts) {
        return candidates(work, parts, (site, keys) -> {
            threeSingles(site, keys);
            pairAndOne(site, keys);
        });
    }

    private Keys candidates(Work work, int parts, BiConsumer<Site, Keys> find) {
        List<Keys> found = Stream.generate(Keys::new).limit(parts).toList();
        IntConsumer part = number -> {
            for (int c = number; c < sites.length; c += parts) {
                Site site = sites[c];
                if (site != null) {
                    find.accept(site, found.get(number));
                }
            }
        };
        work.run(parts, part);
        return Keys.all(found);
    }

    private static void two(Site site, Keys keys) {
        List<Group> groups = groups(site, 2);
        for (int i = 0; i < groups.size(); i++) {
            Group one = groups.get(i);
            for (int j = 0; j < i; j++) {
                Group two = groups.get(j);
                if (site.mayInteract(one.rises || two.rises, one.size + two.size)
                        && site.interact(one.signature, two.signature)) {
                    cross(one.faults, two.faults, keys);
                }
            }
        }
    }

    private static void cross(List<Integer> some, List<Integer> others, Keys keys) {
        for (int one : some) {
            for (int two : others) {
                keys.add(Key.of(one, two));
            }
        }
    }

    /** Faults of one signature. */
    private record Group(BitSet signature, List<Integer> faults, boolean rises, int size) {}

    /** Faults by signature; none where so few of them cannot matter. */
    private static List<Group> groups(Site site, int order) {
        List<Group> groups = new ArrayList<>();
        boolean rises = false;
        int most = 0;
        for (Map.Entry<BitSet, List<Integer>> entry : site.singles.entrySet()) {
            BitSet signature = entry.getKey();
            Group group = new Group(signature, entry.getValue(), site.rises(signature), signature.cardinality());
            groups.add(group);
            rises |= group.rises;
            most = Math.max(most, group.size);
        }
        return site.mayInteract(rises, order * most) ? groups : List.of();
    }

    private static void threeSingles(Site site, Keys keys) {
        List<Group> groups = groups(site, 3);
        for (int i = 0; i < groups.size(); i++) {
            Group one = groups.get(i);
            for (int j = 0; j < i; j++) {
                Group two = groups.get(j);
                for (int k = 0; k < j; k++) {
                    Group three = groups.get(k);
                    if (site.mayInteract(one.rises || two.rises || three.rises, one.size + two.size + three.size)
                            && site.interact(unions(one.signature, two.signature, three.signature))) {
                        cross(one.faults, two.faults, three.faults, keys);
                    }
                }
            }
        }
    }

    private static BitSet[] unions(BitSet a, BitSet b, BitSet c) {
        BitSet ab = Site.union(a, b);
        return new BitSet[] {a, b, c, ab, Site.union(a, c), Site.union(b, c), Site.union(ab, c)};
    }

    private static void cross(List<Integer> some, List<Integer> others, List<Integer> rest, Keys keys) {
        for (int one : some) {
            for (int two : others) {
                for (int three : rest) {
                    keys.add(Key.of(one, two, three));
                }
            }
        }
    }

    private static void pairAndOne(Site site, Keys keys) {
        Map<Integer, List<Integer>> partners = new TreeMap<>();
        for (long key : site.ofPair.keySet()) {
            int[] pair = Key.members(key);
            partners.computeIfAbsent(pair[0], _ -> new ArrayList<>()).add(pair[1]);
            partners.computeIfAbsent(pair[1], _ -> new ArrayList<>()).add(pair[0]);
        }
        Map<Integer, Boolean> thirds = new LinkedHashMap<>();
        for (long key : site.ofPair.keySet()) {
            int[] pair = Key.members(key);
            thirds.clear();
            site.ofSingle.keySet().forEach(third -> thirds.put(third, true));
            for (int member : pair) {
                partners.getOrDefault(member, List.of()).forEach(third -> thirds.put(third, true));
            }
            for (int third : thirds.keySet()) {
                if (third != pair[0] && third != pair[1] && interact(site, pair[0], pair[1], third)) {
                    keys.add(Key.of(pair[0], pair[1], third));
                }
            }
        }
    }

    private static boolean interact(Site site, int a, int b, int c) {
        BitSet[] changes = {
            site.changes(a),
            site.changes(b),
            site.changes(c),
            site.changes(a, b),
            site.changes(a, c),
            site.changes(b, c),
            new BitSet()
        };
        changes[6] = site.expected(changes);
        return site.interact(changes);
    }
}
