package dev.premortem.engine.cuts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Assumptions;

/** The public benchmark trees, where they are at hand: just enough of Open-PSA for these files. */
final class PublicTrees {
    private static final Path FOLDER = Path.of("..", "shared", "benchmarks", "aralia");

    /** A row of the expectations; the count is empty where nobody knows it. */
    record Expected(String name, String count, String upToFour, String probability) {}

    private final Map<String, Integer> nodes = new LinkedHashMap<>();
    private final FaultTree.Builder builder = FaultTree.builder();
    private final TreeSet<String> inputsSomewhere = new TreeSet<>();
    private final List<String> gates = new ArrayList<>();

    private PublicTrees() {}

    static List<Expected> expected() throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            Assumptions.abort("no ../shared/benchmarks/aralia here");
        }
        return Files.readAllLines(FOLDER.resolve("expected.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(row -> new Expected(row[0], row[8], row[10], row[11]))
                .toList();
    }

    static FaultTree read(String name) throws IOException {
        try (InputStream text = Files.newInputStream(FOLDER.resolve(name + ".xml"))) {
            XMLInputFactory factory = XMLInputFactory.newInstance();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            return new PublicTrees().tree(factory.createXMLStreamReader(text));
        } catch (XMLStreamException broken) {
            throw new IOException(broken);
        }
    }

    private FaultTree tree(XMLStreamReader xml) throws XMLStreamException {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        List<Runnable> definitions = new ArrayList<>();
        String gate = "";
        Kind kind = Kind.AND;
        int low = 0;
        List<String> of = new ArrayList<>();
        String event = "";
        while (xml.hasNext()) {
            int what = xml.next();
            if (what == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "define-gate" -> {
                        gate = xml.getAttributeValue(null, "name");
                        gates.add(gate);
                        of = new ArrayList<>();
                    }
                    case "and" -> kind = Kind.AND;
                    case "or" -> kind = Kind.OR;
                    case "not" -> kind = Kind.NOT;
                    case "xor" -> kind = Kind.XOR;
                    case "atleast" -> {
                        kind = Kind.AT_LEAST;
                        low = Integer.parseInt(xml.getAttributeValue(null, "min"));
                    }
                    case "gate", "basic-event" -> of.add(xml.getAttributeValue(null, "name"));
                    case "define-basic-event" -> event = xml.getAttributeValue(null, "name");
                    case "float" -> probabilities.put(event, Double.parseDouble(xml.getAttributeValue(null, "value")));
                    default -> {}
                }
            } else if (what == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("define-gate")) {
                String name = gate;
                Kind is = kind;
                int k = low;
                List<String> inputs = of;
                inputsSomewhere.addAll(inputs);
                definitions.add(() -> builder.define(
                        nodes.get(name),
                        is,
                        k,
                        0,
                        inputs.stream().mapToInt(nodes::get).toArray()));
            }
        }
        probabilities.forEach((name, value) -> nodes.put(name, builder.event(name, value)));
        gates.forEach(name -> nodes.put(name, builder.gate()));
        definitions.forEach(Runnable::run);
        String top = gates.stream()
                .filter(name -> !inputsSomewhere.contains(name))
                .findFirst()
                .orElseThrow();
        return builder.build(nodes.get(top));
    }
}
