package dev.premortem.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the house rules say and a machine can check. Each failure names what is wrong and where. */
final class TidyTest {
    private static final String OURS = "dev.premortem.";
    private static final Path SOURCES = Path.of("src/main/java/dev/premortem");
    private static final int METHOD_LINES = 60;
    private static final int FILE_LINES = 500;
    private static final int TEST_FILE_LINES = 800;
    private static final Pattern VAGUE =
            Pattern.compile(".*(Impl|Manager|Helper|Util|Utils|Handler|Processor|Abstract|Info)$|.*Base$|.*Data$");
    private static final List<String> HEADINGS = List.of(
            "How it breaks",
            "What is read",
            "What sets the duration",
            "What prevents it",
            "Seen in the wild",
            "Assumptions");

    private final House house = new House();

    @Test
    void everyPackageStandsInTheTable() throws IOException {
        Set<String> homeless = new TreeSet<>();
        for (Classes.Compiled type : Classes.all()) {
            if (house.room(type.room()).isEmpty()) {
                homeless.add(type.room());
            }
        }
        assertEquals(Set.of(), homeless);
    }

    @Test
    void importsFollowTheRings() throws IOException {
        Set<String> wrong = new TreeSet<>();
        for (Classes.Compiled type : Classes.all()) {
            for (String used : type.uses()) {
                if (used.startsWith(OURS) && !house.mayImport(type.room(), Classes.room(used))) {
                    wrong.add(type.name() + " uses " + used);
                }
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void packagesHaveNoCycles() throws IOException {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (Classes.Compiled type : Classes.all()) {
            Set<String> to = uses.computeIfAbsent(type.room(), name -> new TreeSet<>());
            type.uses().stream()
                    .filter(used -> used.startsWith(OURS))
                    .map(Classes::room)
                    .filter(room -> !room.equals(type.room()))
                    .forEach(to::add);
        }
        // what no package in the rest needs, or what needs none of the rest, is on no cycle
        boolean shrunk = true;
        while (shrunk) {
            Set<String> rest = new TreeSet<>(uses.keySet());
            uses.values().forEach(to -> to.retainAll(rest));
            shrunk = uses.values().removeIf(Set::isEmpty);
        }
        assertEquals(Map.of(), uses);
    }

    @Test
    void theCoreIsPure() throws IOException {
        List<String> packages =
                List.of("java.io.", "java.nio.file.", "java.nio.channels.", "java.net.", "java.lang.Process");
        Set<String> types =
                Set.of("java.lang.Thread", "java.util.Random", "java.security.SecureRandom", "java.time.Clock");
        Set<String> calls = Set.of(
                "java.time.Instant.now",
                "java.time.LocalDate.now",
                "java.time.LocalDateTime.now",
                "java.time.ZonedDateTime.now",
                "java.time.OffsetDateTime.now",
                "java.lang.System.currentTimeMillis",
                "java.lang.System.nanoTime",
                "java.lang.System.getenv",
                "java.lang.System.getProperty",
                "java.lang.System.identityHashCode",
                "java.lang.Math.random",
                "java.util.UUID.randomUUID",
                "java.util.Collection.parallelStream");
        Set<String> wrong = new TreeSet<>();
        for (Classes.Compiled type : Classes.all()) {
            if (house.isPure(type.room())) {
                type.uses().stream()
                        .filter(used ->
                                types.contains(used) || packages.stream().anyMatch(used::startsWith))
                        .filter(used -> !used.equals("java.io.Serializable"))
                        .forEach(used -> wrong.add(type.name() + " uses " + used));
                type.calls().stream()
                        .filter(calls::contains)
                        .forEach(call -> wrong.add(type.name() + " calls " + call));
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void methodsAreShort() throws IOException {
        Set<String> wrong = new TreeSet<>();
        for (Classes.Compiled type : Classes.all()) {
            for (MethodModel method : type.model().methods()) {
                String name = method.methodName().stringValue();
                // the initializer of a table is as long as the table
                if (!name.equals("<clinit>") && Classes.lines(method) > METHOD_LINES) {
                    wrong.add(type.name() + "." + name + " has " + Classes.lines(method) + " lines");
                }
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void filesAreShort() throws IOException {
        Set<String> wrong = new TreeSet<>();
        wrong.addAll(longer(Path.of("src/main/java"), FILE_LINES));
        wrong.addAll(longer(Path.of("src/test/java"), TEST_FILE_LINES));
        assertEquals(Set.of(), wrong);
    }

    private static Set<String> longer(Path folder, int most) throws IOException {
        Set<String> wrong = new TreeSet<>();
        for (Path file : files(folder, ".java")) {
            int lines = Files.readAllLines(file).size();
            if (lines > most) {
                wrong.add(file + " has " + lines + " lines");
            }
        }
        return wrong;
    }

    @Test
    void namesOfTheCoreSayWhatAThingIs() throws IOException {
        Set<String> wrong = new TreeSet<>();
        for (Classes.Compiled type : Classes.all()) {
            String simple = type.name().replaceAll(".*[.$]", "");
            if (house.isCore(type.room()) && VAGUE.matcher(simple).matches()) {
                wrong.add(type.name());
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void everyPackageSaysItsJob() throws IOException {
        Set<String> wrong = new TreeSet<>();
        Set<Path> folders = new TreeSet<>();
        files(SOURCES, ".java").forEach(file -> folders.add(file.getParent()));
        for (Path folder : folders) {
            Path page = folder.resolve("package-info.java");
            if (!Files.exists(page)) {
                wrong.add(folder + " has no package-info.java");
            } else if (!Files.readString(page).contains("@NullMarked")
                    || !Files.readString(page).startsWith("/**")) {
                wrong.add(page + " lacks @NullMarked or a first sentence");
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void everyMechanismHasATestAndAPage() throws IOException {
        Set<String> wrong = new TreeSet<>();
        for (Path file : files(SOURCES.resolve("mechanism"), ".java")) {
            String name = file.getFileName().toString().replace(".java", "");
            if (!Files.readString(file).contains("@AutoService")) {
                continue;
            }
            String id = name.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
            Path test = Path.of("src/test/java/dev/premortem/mechanism", name + "Test.java");
            if (!Files.exists(test)) {
                wrong.add(id + " lacks its test " + test);
            }
            Path page = Path.of("docs/mechanisms", id + ".md");
            if (!Files.exists(page)) {
                wrong.add(id + " lacks its page " + page);
            } else {
                List<String> found = Files.readAllLines(page).stream()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring(3).strip())
                        .toList();
                if (!found.equals(HEADINGS)) {
                    wrong.add(page + " has the headings " + found + ", expected " + HEADINGS);
                }
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void nothingIsSwitchedOffOrSlept() throws IOException {
        // in two parts, or this file would name itself
        List<String> forbidden = Arrays.asList("@Dis" + "abled", "Thread." + "sleep", "mock" + "ito");
        List<String> wrong = new ArrayList<>();
        for (Path file : files(Path.of("src"), ".java")) {
            String text = Files.readString(file);
            forbidden.stream().filter(text::contains).forEach(word -> wrong.add(file + " has " + word));
        }
        assertEquals(List.of(), wrong);
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }
}
