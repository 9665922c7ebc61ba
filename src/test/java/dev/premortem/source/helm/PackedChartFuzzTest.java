package dev.premortem.source.helm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Archives of charts: files with clean names, or refused. The bytes are taken as they are and as the archive below the compression. */
class PackedChartFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void unpacks(byte[] bytes) throws IOException {
        unpack(bytes);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(bytes);
        }
        unpack(packed.toByteArray());
    }

    private static void unpack(byte[] archive) {
        try {
            PackedChart.unpack(archive).keySet().forEach(name -> assertTrue(PackedChart.safe(name), name));
        } catch (PackedChart.Refused refused) {
            assertTrue(!refused.found().isEmpty(), "a reason is given");
        }
    }
}
