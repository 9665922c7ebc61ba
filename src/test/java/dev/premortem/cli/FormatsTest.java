package dev.premortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.report.Format;
import dev.premortem.report.SarifTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All formats of {@code check} on all examples: the same outages, the same exit code, the same bytes again. */
final class FormatsTest {
    private static final String FRIDAY = "2022-03-04T18:00:00Z";

    private final Set<Integer> codes = new TreeSet<>();

    @TempDir
    private Path folder;

    private static List<Path> examples() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("examples"))) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** One run that writes every format; what each said. */
    private Map<Format, String> all(Path example, String name) throws IOException {
        List<String> words = new ArrayList<>(List.of("check", example.toString(), "--now", FRIDAY));
        for (Format format : Format.values()) {
            words.addAll(List.of(
                    "--format", format.word(), "--output", file(name, format).toString()));
        }
        codes.add(Ran.run(words.toArray(String[]::new)).code());
        Map<Format, String> texts = new java.util.EnumMap<>(Format.class);
        for (Format format : Format.values()) {
            texts.put(format, Files.readString(file(name, format)));
        }
        return texts;
    }

    private Path file(String name, Format format) {
        return folder.resolve(name + "." + format.word());
    }

    private static Set<String> found(String pattern, String text) {
        Set<String> ids = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        return ids;
    }

    private static String said(Map<Format, String> texts, Format format) {
        return texts.getOrDefault(format, "");
    }

    @Test
    void everyFormatCarriesTheSameOutagesOnEveryExample() throws IOException {
        for (Path example : examples()) {
            Map<Format, String> texts = all(example, "first");
            Set<String> ids = found("(?m)^      \"id\" : \"(\\w+)\"", said(texts, Format.JSON));
            assertFalse(ids.isEmpty(), example.toString());
            String sarif = said(texts, Format.SARIF);
            assertEquals(ids, found("\"premortem/v1\" : \"(\\w+)\"", sarif), example.toString());
            assertEquals(List.of(), SarifTest.faults(sarif), example.toString());
            assertEquals(ids, found(" name=\"[^\"]* \\((\\w+)\\)\"", said(texts, Format.JUNIT)), example.toString());
            assertEquals(ids, found("<details id=\"(\\w+)\"", said(texts, Format.HTML)), example.toString());
            String markdown = said(texts, Format.MARKDOWN);
            assertTrue(ids.stream().allMatch(id -> markdown.contains("`" + id + "`")), markdown);
            for (Format format : Format.values()) {
                assertTrue(said(texts, format).contains("nderstood"), example + " lacks the coverage as " + format);
            }
        }
    }

    @Test
    void theSameInputsGiveTheSameBytesInEveryFormat() throws IOException {
        Path example = Path.of("examples", "crosslink");
        assertEquals(all(example, "first"), all(example, "second"));
        assertEquals(Set.of(1), codes, "formats change no exit code");
    }

    @Test
    void relativeAndAbsolutePathsGiveTheSameSarif() {
        String relative = Ran.run("check", "examples/crosslink", "--now", FRIDAY, "--format", "sarif")
                .out();
        String absolute = Path.of("examples/crosslink").toAbsolutePath().toString();
        assertEquals(
                relative.replaceAll("premortem explain \\w+", ""),
                Ran.run("check", absolute, "--now", FRIDAY, "--format", "sarif")
                        .out()
                        .replaceAll("premortem explain \\w+", ""));
        assertTrue(relative.contains("\"uri\" : \"examples/crosslink/premortem/links.yaml\""), relative);
        Set<String> several = uris(Ran.run("check", "examples/saturday", absolute, "--format", "sarif")
                .out());
        assertTrue(several.stream().allMatch(uri -> Files.exists(Path.of(uri))), several.toString());
    }

    private static Set<String> uris(String sarif) {
        return found("\"uri\" : \"([^\"]+)\"", sarif);
    }

    @Test
    void otherCommandsNameTheFormatsThatTheyHave() {
        for (String[] words : List.of(
                new String[] {"cuts", "examples/crosslink"},
                new String[] {"advise", "examples/crosslink"},
                new String[] {"simulate", "examples/crosslink", "--fail", "link/primary"},
                new String[] {"fix", "9cpg97x", "--in", "examples/crosslink"},
                new String[] {"explain", "path-mtu"})) {
            for (Format format : EnumSet.complementOf(EnumSet.copyOf(Format.EVERYWHERE))) {
                String[] all = Stream.concat(Arrays.stream(words), Stream.of("--format", format.word()))
                        .toArray(String[]::new);
                Ran ran = Ran.run(all);
                assertEquals(2, ran.code(), ran.err());
                assertEquals(
                        "premortem: " + words[0] + " does not write " + format.word()
                                + "; expected --format text or json (check writes all formats)\n",
                        ran.err());
                assertEquals("", ran.out());
            }
        }
    }

    @Test
    void aFormatThatThereIsNotNamesThoseThatThereAre() {
        Ran ran = Ran.run("check", "examples/crosslink", "--format", "sarfi");
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("\"sarfi\"; expected " + Format.words(EnumSet.allOf(Format.class))), ran.err());
        assertEquals(
                0,
                Ran.run("check", "examples/crosslink", "--format", "SARIF", "--fail-on", "none")
                        .code());
    }

    @Test
    void helpAndCompletionNameTheFormats() {
        String help = Ran.run("check", "--help").out();
        String completion = Ran.run("completion").out();
        for (Format format : Format.values()) {
            assertTrue(help.contains(format.word()), help);
            assertTrue(completion.contains("\"" + format.word() + "\""), format.word());
        }
        assertFalse(Ran.run("fix", "--help").out().contains("sarif"));
        assertEquals(
                1, found("(option_args=\\([^)]*\"sarif\"[^)]*\\))", completion).size());
    }

    /** Who asks for text does not wait for classes that write something else. */
    @Test
    void otherFormatsAreNotLoadedForTextAndJson() throws IOException, InterruptedException {
        for (String format : List.of("text", "json")) {
            Path log = folder.resolve("classes." + format);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xlog:class+load:file=" + log,
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.premortem.cli.Main",
                            "check",
                            "examples/helm-release",
                            "--no-cache",
                            "--no-render",
                            "--fail-on",
                            "none",
                            "--format",
                            format)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out").toFile())
                    .start();
            assertEquals(0, process.waitFor(), Files.readString(folder.resolve("out")));
            String loaded = Files.readString(log);
            assertTrue(loaded.contains("dev.premortem.report.Reports "), loaded);
            Set<String> others = found(
                    "dev\\.premortem\\.report\\.(Sarif\\w*|JunitXml|Markup|Marks|CheckMarkdown|CheckHtml|PatchLines|MechanismPage) ",
                    loaded);
            assertEquals(Set.of(), others);
        }
    }
}
