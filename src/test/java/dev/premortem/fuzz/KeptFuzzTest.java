package dev.premortem.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.premortem.kept.KeptPrediction;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Bytes that nobody kept as a prediction do no harm, with the right checksum neither. */
class KeptFuzzTest {
    private static final int HEAD = 12;
    private static final int MAGIC = 0x504D4B50;

    @FuzzTest(maxDuration = "5s")
    void doesNoHarm(byte[] bytes) {
        KeptPrediction.of(bytes);
        byte[] headed = new byte[HEAD + bytes.length];
        System.arraycopy(bytes, 0, headed, HEAD, bytes.length);
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        ByteBuffer.wrap(headed).putInt(MAGIC).putInt(1).putInt((int) sum.getValue());
        KeptPrediction.of(headed).ifPresent(kept -> assertTrue(kept.bytes().isPresent()));
    }
}
