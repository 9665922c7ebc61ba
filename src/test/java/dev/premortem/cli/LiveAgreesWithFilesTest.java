package dev.premortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.fact.Tree;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import dev.premortem.source.live.LiveKind;
import dev.premortem.source.live.LiveKinds;
import dev.premortem.source.text.Limits;
import dev.premortem.testing.FakeApi;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster that has exactly what its repository says changes no prediction and drifts nowhere. */
final class LiveAgreesWithFilesTest {
    private static final Pattern OUTAGE = Pattern.compile("\"id\" : \"([a-z0-9]+)\"");

    @TempDir
    private Path folder;

    private static String run(Map<String, String> environment, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings around = new Surroundings(
                () -> Instant.parse("2022-03-04T18:00:00Z"),
                environment,
                Optional.empty(),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        int code = Main.run(arguments.toArray(String[]::new), around);
        assertTrue(code < 2, err::toString);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> outages(String json) {
        List<String> ids = new ArrayList<>();
        Matcher matcher = OUTAGE.matcher(json);
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        ids.sort(null);
        return ids;
    }

    @ParameterizedTest
    @ValueSource(strings = {"saturday", "crosslink", "single-site", "cert-expiry"})
    void theSameObjectsLiveChangeNothing(String example) throws IOException {
        Path tree = Path.of("examples", example);
        Reading reading = Sources.read(List.of(tree), Limits.DEFAULT);
        SortedMap<String, FakeApi> servers = new TreeMap<>();
        for (KubernetesObject object : reading.estate().objects()) {
            kind(object)
                    .ifPresent(kind -> servers.computeIfAbsent(object.cluster(), name -> new FakeApi())
                            .with(path(kind, object), json(object.tree())));
        }
        List<String> files = new ArrayList<>();
        for (Map.Entry<String, FakeApi> server : servers.entrySet()) {
            files.add(server.getValue().kubeconfig(folder, server.getKey()).toString());
        }
        List<String> arguments = new ArrayList<>(List.of("check", tree.toString(), "--format", "json"));
        String alone = run(Map.of(), arguments);
        arguments.add("--live");
        arguments.add(String.join(",", servers.keySet()));
        String live = run(Map.of("KUBECONFIG", String.join(File.pathSeparator, files)), arguments);
        servers.values().forEach(FakeApi::close);
        assertEquals(outages(alone), outages(live));
        assertTrue(!outages(alone).isEmpty());
        assertTrue(!live.contains("does not have it (yet)"), live);
    }

    private static Optional<LiveKind> kind(KubernetesObject object) {
        return LiveKinds.all().stream()
                .filter(kind -> kind.kind().equals(object.kind())
                        && object.apiVersion()
                                .equals(
                                        kind.group().isEmpty()
                                                ? kind.versions().getFirst()
                                                : kind.group() + "/"
                                                        + kind.versions().getFirst()))
                .findFirst();
    }

    private static String path(LiveKind kind, KubernetesObject object) {
        return (kind.group().isEmpty() ? "/api/" : "/apis/") + object.apiVersion() + "/" + kind.plural();
    }

    /** As an API server answers: without kind, in its own order. */
    private static String json(Tree tree) {
        return switch (tree) {
            case Tree.Mapping mapping ->
                mapping.values().stream()
                        .map(entry -> quoted(entry.key()) + ":" + json(entry.value()))
                        .sorted()
                        .collect(Collectors.joining(",", "{", "}"));
            case Tree.Sequence sequence ->
                sequence.values().stream()
                        .map(LiveAgreesWithFilesTest::json)
                        .collect(Collectors.joining(",", "[", "]"));
            case Tree.Scalar scalar ->
                switch (scalar.kind()) {
                    case STRING -> quoted(scalar.value());
                    case NULL -> "null";
                    case INTEGER, NUMBER, BOOLEAN -> scalar.value();
                };
        };
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return out.append('"').toString();
    }
}
