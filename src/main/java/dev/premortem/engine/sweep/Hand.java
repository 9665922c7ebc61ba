package dev.premortem.engine.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** What one part of a sweep has for itself: its lanes, and what it found and has still to hand over. */
final class Hand {
    final Lanes lanes;
    /** Sets that fail a product: the number of the product, and the set. */
    private int[] products = new int[64];

    private long[] sets = new long[64];
    private int failing;

    private final List<Note> notes = new ArrayList<>();

    /** What a scenario changes at a site. */
    record Note(Site site, int[] scenario, BitSet signature) {}

    Hand(Lanes lanes) {
        this.lanes = lanes;
    }

    void fails(int product, long set) {
        if (failing == sets.length) {
            products = Arrays.copyOf(products, failing * 2);
            sets = Arrays.copyOf(sets, failing * 2);
        }
        products[failing] = product;
        sets[failing++] = set;
    }

    /** Hands over what fails the products whose number leaves this rest. */
    void handOver(Failing[] to, int rest, int of) {
        for (int i = 0; i < failing; i++) {
            if (products[i] % of == rest) {
                to[products[i]].add(sets[i]);
            }
        }
    }

    void handedOver() {
        failing = 0;
    }

    void note(Site site, int[] scenario, BitSet signature) {
        notes.add(new Note(site, scenario, signature));
    }

    /** All notes, to be forgotten by the hand. */
    List<Note> takeNotes() {
        List<Note> taken = List.copyOf(notes);
        notes.clear();
        return taken;
    }
}
