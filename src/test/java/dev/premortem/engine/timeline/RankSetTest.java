package dev.premortem.engine.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.testing.Rounds;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RankSetTest {
    @Test
    void itHoldsWhatABitSetHolds() {
        Rounds.run(60, seed -> {
            Random random = new Random(seed);
            int bound = 1 + random.nextInt(1 << (1 + random.nextInt(20)));
            RankSet set = new RankSet(bound);
            BitSet bits = new BitSet(bound);
            for (int step = 0; step < 400; step++) {
                int number = random.nextInt(bound);
                switch (random.nextInt(5)) {
                    case 0, 1 -> {
                        set.add(number);
                        bits.set(number);
                    }
                    case 2 -> {
                        set.remove(number);
                        bits.clear(number);
                    }
                    case 3 -> assertEquals(bits.nextSetBit(number), set.next(number));
                    default -> {
                        if (random.nextInt(10) == 0) {
                            int to = number + random.nextInt(bound - number + 1);
                            set.remove(number, to);
                            bits.clear(number, to);
                        }
                    }
                }
                assertEquals(bits.get(number), set.contains(number));
                assertEquals(bits.isEmpty(), set.isEmpty());
            }
            int last = -1;
            for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
                last = set.next(last + 1);
                assertEquals(i, last);
            }
            assertTrue(set.next(last + 1) < 0);
        });
    }
}
