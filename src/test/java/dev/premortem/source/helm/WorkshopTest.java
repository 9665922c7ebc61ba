package dev.premortem.source.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.source.fetch.Fetched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates are told a time of ours and show their hooks. */
final class WorkshopTest {
    private static final String TIME = "(toDate \"2006-01-02\" \"2001-02-03\")";

    private static String at(String text) {
        return Workshop.at(text, "2001-02-03").replace(TIME, "T");
    }

    @Test
    void onlyTheFunctionIsReplaced() {
        assertEquals("{{ T | date \"now\" }}", at("{{ now | date \"now\" }}"));
        assertEquals("{{ date \"2006\" T }}", at("{{ date \"2006\" now }}"));
        assertEquals("{{ .Values.now }} now {{ $now }}", at("{{ .Values.now }} now {{ $now }}"));
        assertEquals("{{ unixEpoch (T) }}", at("{{ unixEpoch (now) }}"));
        assertEquals("{{- T.Year }}", at("{{- now.Year }}"));
        assertEquals("{{ `now` }} {{ known }}", at("{{ `now` }} {{ known }}"));
    }

    @Test
    void hooksKeepTheirNamesInTheEnd() {
        String text = "helm.sh/hook: pre-install\nhelm.sh/hook-weight: \"1\"\n";
        assertEquals(false, Workshop.hooksShown(text).contains("helm.sh/hook"));
        assertEquals(text, Workshop.hooksNamed(Workshop.hooksShown(text)));
    }

    @Test
    void chartsThatMakeKeysAreRenderedAgainWithoutThem(@TempDir Path folder) throws IOException {
        String template =
                "{{ $c := genSignedCert \"genCA\" nil (list \"a\") 1 $ca }}{{ genPrivateKey \"rsa\" }} genCA {{ .genCA }}";
        HelmTests tree = new HelmTests().chart("c", "c").file("c/templates/a.yaml", template);
        ChartFiles chart = JobInput.of(
                        tree.tree(),
                        tree.job("c"),
                        HelmTests.settings(),
                        _ -> new Fetched.Not("was not fetched"),
                        new ParsedFiles())
                .chart();
        Workshop.write(chart, folder, "2001-02-03");
        assertEquals(true, Workshop.spareKeys(chart, folder));
        assertEquals(
                "{{ $c := dict \"Cert\" \"none\" \"Key\" \"none\" \"genCA\" nil (list \"a\") 1 $ca }}"
                        + "{{ printf \"none %s\" \"rsa\" }} genCA {{ .genCA }}",
                Files.readString(folder.resolve("templates/a.yaml")));
    }
}
