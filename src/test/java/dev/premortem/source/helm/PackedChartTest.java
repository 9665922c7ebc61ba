package dev.premortem.source.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.premortem.testing.Rounds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Archives are unpacked in memory or refused with a clear line. */
final class PackedChartTest {
    private static String refused(Tar tar) {
        return refused(tar.packed());
    }

    private static String refused(byte[] packed) {
        return assertThrows(PackedChart.Refused.class, () -> PackedChart.unpack(packed))
                .found();
    }

    @Test
    void regularFilesAreUnpacked() throws PackedChart.Refused {
        byte[] packed = new Tar()
                .file("web/Chart.yaml", "name: web\n")
                .entry("web/templates/", '5', "", new byte[0], 0)
                .file("web/templates/a.yaml", "a: 1\n")
                .packed();
        assertEquals(
                List.of("web/Chart.yaml", "web/templates/a.yaml"),
                List.copyOf(PackedChart.unpack(packed).keySet()));
    }

    @Test
    void longNamesOfBothKindsAreRead() throws PackedChart.Refused {
        String name = "web/" + "x".repeat(120) + ".yaml";
        String extended = "path=" + name + "\n";
        byte[] header = ((extended.length() + 4) + " " + extended).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] gnu = (name + "2\0").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] packed = new Tar()
                .entry("pax", 'x', "", header, header.length)
                .file("short", "a: 1\n")
                .entry("long", 'L', "", gnu, gnu.length)
                .file("short", "a: 2\n")
                .packed();
        assertEquals(
                List.of(name, name + "2"),
                List.copyOf(PackedChart.unpack(packed).keySet()));
    }

    @Test
    void namesThatLeaveTheFolderAreRefused() {
        for (String name :
                List.of("../evil", "web/../../evil", "/etc/evil", "web/./x", "web//x", "web\\..\\x", "C:x")) {
            assertEquals(
                    "holds a name that leaves its folder, \"" + name + "\"", refused(new Tar().file(name, "x")), name);
        }
    }

    @Test
    void linksAndDevicesAreRefused() {
        assertEquals("holds a link, \"web/x\"", refused(new Tar().link("web/x", '2', "/etc/passwd")));
        assertEquals("holds a link, \"web/x\"", refused(new Tar().link("web/x", '1', "web/y")));
        assertEquals("holds something that is no file, \"web/x\"", refused(new Tar().link("web/x", '3', "")));
    }

    @Test
    void sizesPastTheLimitsAreRefusedBeforeAnythingIsRead() {
        String large = "holds more than 64 MiB once it is unpacked";
        assertEquals(large, refused(new Tar().entry("web/x", '0', "", new byte[0], 7L << 30)));
        Tar many = new Tar();
        byte[] part = new byte[8 << 20];
        for (int i = 0; i < 9; i++) {
            many.entry("web/" + i, '0', "", part, part.length);
        }
        assertEquals(large, refused(many));
        Tar small = new Tar();
        for (int i = 0; i < 10_001; i++) {
            small.file("web/" + i, "");
        }
        assertEquals("has more than 10000 entries", refused(small));
    }

    @Test
    void whatIsCutOffIsRefused() {
        assertEquals("ends in the middle of \"web/x\"", refused(new Tar().entry("web/x", '0', "", new byte[10], 5000)));
        assertEquals(true, refused(new byte[] {1, 2, 3}).startsWith("is no gzipped tar archive"));
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:24d4\nsize 16493\n";
        assertEquals(true, refused(pointer.getBytes(StandardCharsets.UTF_8)).contains("git lfs pull"));
    }

    @Test
    void damagedArchivesAreReadOrRefusedAndNothingElse() {
        Rounds.run(300, seed -> {
            Random random = new Random(seed);
            byte[] packed = new Tar()
                    .file("web/Chart.yaml", "name: web\n")
                    .file("web/values.yaml", "a: 1\n")
                    .packed();
            for (int i = 0; i < 3; i++) {
                packed[random.nextInt(packed.length)] = (byte) random.nextInt();
            }
            try {
                PackedChart.unpack(packed).keySet().forEach(name -> assertEquals(true, PackedChart.safe(name), name));
            } catch (PackedChart.Refused e) {
                assertEquals(false, e.found().isBlank());
            }
        });
    }
}
