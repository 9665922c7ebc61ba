package dev.premortem.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Thing;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Problem;
import dev.premortem.outage.Coverage;
import dev.premortem.testing.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every document of a random tree is in the estate, or is told as not understood or as a problem where it stands. */
final class NothingVanishesTest {
    /** A document that was written: its lines, and what it is, for the message of a failure. */
    private record Written(String file, int from, int to, String text) {
        boolean at(String where, int line) {
            return file.equals(where) && from <= line && line <= to;
        }
    }

    private static final String LIST_ITEM =
            "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\",\n\"metadata\": {\"name\": \"%s\"}}";

    @Test
    void noDocumentIsDroppedWithoutAWord() {
        Rounds.run(300, seed -> new Round(new Random(seed)).run());
    }

    /** One random tree. */
    private static final class Round {
        private final Random random;
        private final TreeMap<String, String> texts = new TreeMap<>();
        private final List<Written> written = new ArrayList<>();
        private int count;

        Round(Random random) {
            this.random = random;
        }

        void run() {
            int files = 1 + random.nextInt(5);
            for (int i = 0; i < files; i++) {
                String folder = List.of("", "a/", "a/b/", "chart/templates/").get(random.nextInt(4));
                switch (random.nextInt(4)) {
                    case 0 -> json(folder + "f" + i + List.of(".json", ".yaml").get(random.nextInt(2)));
                    case 1 -> list(folder + "f" + i + ".yaml");
                    default ->
                        stream(folder + "f" + i
                                + List.of(".yaml", ".yml", ".YAML").get(random.nextInt(3)));
                }
            }
            if (random.nextBoolean()) {
                texts.put("chart/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n");
            }
            Reading reading = Sources.readTexts(texts);
            List<String> gone = written.stream()
                    .filter(one -> !accounted(one, reading))
                    .map(one ->
                            one.file() + ":" + one.from() + "\n" + one.text() + "\n== in ==\n" + texts.get(one.file()))
                    .toList();
            assertEquals(List.of(), gone);
        }

        private static boolean accounted(Written one, Reading reading) {
            return reading.estate().objects().stream()
                            .map(KubernetesObject::tree)
                            .anyMatch(tree ->
                                    one.at(tree.place().file(), tree.place().line()))
                    || reading.estate().things().stream().map(Thing::place).anyMatch(place -> at(one, place))
                    || reading.coverage().notUnderstood().stream().anyMatch(gap -> told(one, gap))
                    || reading.coverage().problems().stream().anyMatch(problem -> told(one, problem));
        }

        private static boolean at(Written one, Declared place) {
            return one.at(place.file(), place.line());
        }

        /** A template is left out as a whole. */
        private static boolean told(Written one, Coverage.NotUnderstood gap) {
            return one.at(gap.file(), gap.line())
                    || (gap.file().equals(one.file()) && gap.kind().equals("template"));
        }

        private static boolean told(Written one, Problem problem) {
            boolean rest = problem.line() < one.from() && problem.expected().equals("JSON"); // nothing can follow
            boolean end = problem.line() == one.to() + 1; // where a bracket was missed
            return one.at(problem.file(), problem.line()) || (problem.file().equals(one.file()) && (rest || end));
        }

        /** One YAML document, without a line feed at its end. */
        private String document() {
            String name = random.nextInt(8) == 0 ? "twin" : "d" + count++;
            return switch (random.nextInt(14)) {
                case 0 ->
                    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\ndata:\n  a: |\n    x\n    # y";
                case 1 -> "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + "}\nspec: {selector: {a: b}}";
                case 2 -> "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: " + name + "}";
                case 3 -> "apiVersion: premortem.dev/v1\nkind: Site\nmetadata: {name: " + name + "}";
                case 4 -> "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name + "}\nspec: [";
                case 5 -> "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: {a: {{ .Values.a }}}";
                case 6 -> "kind: ConfigMap\nmetadata: {name: " + name + "}";
                case 7 -> "apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: " + name + "-}";
                case 8 -> "apiVersion: v1\nkind: Pod\nmetadata: {}";
                case 9 -> "{apiVersion: v1, kind: ConfigMap, metadata: {name: " + name + "}}";
                case 10 -> "- a\n- " + name;
                case 11 -> "just a text " + name;
                case 12 -> "null";
                default -> "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: \"" + name + "\"}";
            };
        }

        private void stream(String file) {
            String end = List.of("\n", "\n", "\r\n", "\r").get(random.nextInt(4));
            StringBuilder text = new StringBuilder(random.nextInt(6) == 0 ? "\uFEFF" : "");
            int line = 1;
            int documents = random.nextInt(5);
            List<String> separators = List.of(
                    "---\n",
                    "--- # of this\n",
                    "---\n---\n",
                    "# before\n---\n",
                    "---\n# after\n",
                    "...\n",
                    "...\n---\n",
                    "--- \n",
                    "---\t\n\n");
            for (int i = 0; i < documents; i++) {
                String before = i > 0 || random.nextBoolean() ? separators.get(random.nextInt(separators.size())) : "";
                text.append(before);
                line += lines(before);
                String body = document();
                if (!body.equals("null")) { // says nothing, as a comment does
                    written.add(new Written(file, line, line + lines(body), body));
                }
                text.append(body).append('\n');
                line += lines(body) + 1;
            }
            if (random.nextInt(4) == 0) {
                text.append(List.of("---", "...\n", "# the end", "\n\n").get(random.nextInt(4)));
            }
            texts.put(file, text.toString().replace("\n", end));
        }

        private static int lines(String text) {
            return (int) text.chars().filter(letter -> letter == '\n').count();
        }

        private void list(String file) {
            StringBuilder text = new StringBuilder(
                    "apiVersion: v1\nkind: " + (random.nextBoolean() ? "List" : "ConfigMapList") + "\nitems:\n");
            int line = 4;
            for (int i = random.nextInt(4); i >= 0; i--) {
                String item = random.nextInt(5) == 0
                        ? List.of("null", "text", "[]", "{}", "{kind: List, items: []}")
                                .get(random.nextInt(5))
                        : LIST_ITEM.replace("\n", "\n  ").formatted("l" + count++);
                text.append("- ").append(item).append('\n');
                if (!item.endsWith("items: []}")) { // nothing is in it
                    written.add(new Written(file, line, line + lines(item), item));
                }
                line += lines(item) + 1;
            }
            texts.put(file, text.toString());
        }

        private void json(String file) {
            StringBuilder text = new StringBuilder();
            String between = List.of("\n", "\n---\n", "\n\n").get(random.nextInt(3));
            int line = 1;
            for (int i = random.nextInt(4); i >= 0; i--) {
                String item = random.nextInt(5) == 0
                        ? "{\"apiVersion\": \"v1\", \"kind\": oops}"
                        : LIST_ITEM.formatted("j" + count++);
                text.append(item).append(between);
                written.add(new Written(file, line, line + lines(item), item));
                line += lines(item) + lines(between);
            }
            texts.put(file, text.toString());
        }
    }
}
