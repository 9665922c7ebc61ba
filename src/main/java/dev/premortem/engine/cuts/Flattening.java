package dev.premortem.engine.cuts;

import java.util.Arrays;

/** Draws a gate into the one gate of the same kind that mentions it: a and (b and c) is one conjunction. */
final class Flattening extends Rewriting {
    private int[] found = new int[16];
    private int[] waiting = new int[16];

    Flattening(Circuit old) {
        super(old);
    }

    @Override
    int rewrite(int node) {
        byte kind = old.kind(node);
        if (kind != Circuit.AND && kind != Circuit.XOR) {
            return same(node);
        }
        int[] flat = flat(node, kind);
        return fresh.like(old, node, edges(flat));
    }

    private int[] flat(int node, byte kind) {
        int count = 0;
        int depth = 0;
        waiting[depth++] = node << 1;
        while (depth > 0) {
            int edge = waiting[--depth];
            int at = edge >> 1;
            boolean opens =
                    at == node || old.kind(at) == kind && mentions[at] == 1 && (kind == Circuit.XOR || (edge & 1) == 0);
            if (!opens) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count << 1);
                }
                found[count++] = edge;
                continue;
            }
            int[] inputs = old.inputs(at);
            if (depth + inputs.length >= waiting.length) {
                waiting = Arrays.copyOf(waiting, waiting.length + inputs.length << 1);
            }
            for (int input : inputs) {
                // The sign of a parity travels to its inputs: it is carried by one of them.
                waiting[depth++] = kind == Circuit.XOR && input == inputs[0] ? input ^ edge & 1 : input;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
