package dev.premortem.source.dns;

import static dev.premortem.source.Readings.problems;
import static dev.premortem.source.Readings.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Edit;
import dev.premortem.estate.Zone;
import dev.premortem.fact.Declared;
import dev.premortem.source.Edited;
import dev.premortem.source.Edits;
import dev.premortem.source.Reading;
import dev.premortem.source.Readings;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZoneFilesTest {
    private static final String ZONE = """
            $ORIGIN example.com.
            $TTL 1h
            @ IN SOA ns1 hostmaster (
               2024010101 ; serial
               7200 3600 1209600 300 )
              IN NS ns1
            www 60 IN A 192.0.2.1 ; keep
            *.k8s  IN A 192.0.2.2
            api CNAME www
            txt IN TXT "a ; b"
            """;

    private static String lines(Zone zone) {
        StringBuilder out = new StringBuilder();
        zone.records()
                .forEach(record -> out.append(record.place().line())
                        .append(' ')
                        .append(record.name())
                        .append(' ')
                        .append(record.type())
                        .append(' ')
                        .append(record.ttlSeconds().orElseThrow().value())
                        .append(' ')
                        .append(record.value().orElseThrow().value())
                        .append('\n'));
        return out.toString();
    }

    @Test
    void readsRecordsWithTheirLines() {
        Reading reading = Readings.of("example.zone", ZONE);
        assertEquals(List.of(), problems(reading));
        Zone zone = thing(reading.estate(), Zone.class, "zone/example.com");
        assertEquals("""
                3 @ SOA 3600 ns1.example.com. hostmaster.example.com. 2024010101 7200 3600 1209600 300
                6 @ NS 3600 ns1.example.com
                7 www A 60 192.0.2.1
                8 *.k8s A 3600 192.0.2.2
                9 api CNAME 3600 www.example.com
                10 txt TXT 3600 "a ; b"
                """, lines(zone));
        assertEquals(300, zone.negativeTtlSeconds().orElseThrow().value());
    }

    @Test
    void namesTheLineOfASyntaxErrorAndGoesOn() {
        Reading reading = Readings.of("example.zone", ZONE + "bad IN A 1.2.3\nlast IN A 192.0.2.3\n");
        assertEquals(1, problems(reading).size());
        assertTrue(
                problems(reading).getFirst().startsWith("example.zone:11: syntax error"),
                problems(reading).getFirst());
        assertEquals(
                7,
                thing(reading.estate(), Zone.class, "zone/example.com")
                        .records()
                        .size());
    }

    @Test
    void readsTheFileThatADocumentNames() {
        Reading reading = Readings.of(
                "premortem/z.yaml",
                "apiVersion: premortem.dev/v1\nkind: DnsZone\nmetadata: {name: z}\nspec: {file: db.example, managedBy: external-dns}\n",
                "premortem/db.example",
                ZONE);
        assertEquals(1, reading.estate().all(Zone.class).size());
        Zone zone = thing(reading.estate(), Zone.class, "zone/example.com");
        assertEquals("external-dns", zone.managedBy().orElseThrow().value());
        assertEquals(6, zone.records().size());
    }

    @Test
    void saysThatAZoneFileIsMissing() {
        Reading reading = Readings.of(
                "z.yaml",
                "apiVersion: premortem.dev/v1\nkind: DnsZone\nmetadata: {name: z.com}\nspec: {file: nothing}\n");
        assertTrue(problems(reading).getFirst().contains("no zone file is called \"nothing\""));
    }

    @Test
    void changesTheTtlOfOneRecord() {
        Reading reading = Readings.of("example.zone", ZONE);
        Edited edited = Edits.apply(
                reading,
                List.of(
                        new Edit.SetValue(new Declared("example.zone", 7, "ttl"), "30"),
                        new Edit.SetValue(new Declared("example.zone", 8, "ttl"), "300")));
        assertEquals(List.of(), edited.newProblems());
        assertEquals(
                ZONE.replace("www 60", "www 30").replace("*.k8s  IN A", "*.k8s  IN 300 A"),
                edited.reading().texts().get("example.zone"));
        assertTrue(lines(thing(edited.reading().estate(), Zone.class, "zone/example.com"))
                .contains("8 *.k8s A 300"));
    }
}
