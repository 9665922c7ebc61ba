package dev.premortem.source.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * From the text of one YAML document to its nodes. It builds them from the parser's events itself, because the parser does not recurse and
 * the composer does: nesting is bounded here before any stack can overflow.
 */
final class YamlParser {
    /** Text that is no YAML: what is wrong and on which line, counted from 0. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final int line;
        private final String expected;

        Malformed(int line, String found, String expected) {
            super(found);
            this.line = line;
            this.expected = expected;
        }

        int line() {
            return line;
        }

        String found() {
            return String.valueOf(getMessage());
        }

        String expected() {
            return expected;
        }
    }

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();

    /** What the library has read and not used is copied with every piece it reads: a word of 60 MB in pieces of 1 KiB takes hours. */
    private static final int PIECE = 1 << 20;

    private static final LoadSettings LARGE = LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setBufferSize(PIECE)
            .build();

    private final ParserImpl events;
    private final int maxDepth;
    private final Map<String, YamlNode> anchors = new TreeMap<>();

    private YamlParser(String text, int maxDepth) {
        LoadSettings settings = text.length() > PIECE ? LARGE : SETTINGS;
        this.events = new ParserImpl(settings, new StreamReader(settings, text));
        this.maxDepth = maxDepth;
    }

    /** The document's root; empty where there is none, only comments or blank lines. */
    static Optional<YamlNode> parse(String text, int maxDepth) throws Malformed {
        try {
            return new YamlParser(text, maxDepth).document();
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0);
            YamlWords.Said said = YamlWords.of(oneLine(e.getProblem()));
            throw new Malformed(line, said.found(), said.expected());
        } catch (YamlEngineException e) {
            throw new Malformed(0, oneLine(String.valueOf(e.getMessage())), "YAML");
        }
    }

    private static String oneLine(String message) {
        String text = message.strip();
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private Optional<YamlNode> document() throws Malformed {
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, DocumentStart, Comment -> {}
                case StreamEnd, DocumentEnd -> {
                    return Optional.empty();
                }
                case Alias, Scalar, SequenceStart, MappingStart -> {
                    YamlNode root = node(event, 1);
                    while (events.hasNext()) {
                        events.next();
                    }
                    return Optional.of(root);
                }
                case SequenceEnd, MappingEnd -> throw new Malformed(line(event), "unexpected end", "YAML");
            }
        }
        return Optional.empty();
    }

    private YamlNode node(Event event, int depth) throws Malformed {
        if (event instanceof AliasEvent alias) {
            String name = alias.getAlias().getValue();
            YamlNode target = anchors.get(name);
            if (target == null) {
                throw new Malformed(line(event), "alias *" + name + " has no anchor before it", "an anchor &" + name);
            }
            return new YamlNode.Alias(start(event), end(event), line(event), target);
        }
        YamlNode node;
        if (event instanceof ScalarEvent scalar) {
            // A tag other than "!" forces the kind; the only one worth honouring is that a tagged string is no boolean.
            boolean plain = scalar.isPlain() && scalar.getTag().isEmpty();
            node = new YamlNode.Scalar(
                    start(event),
                    end(event),
                    line(event),
                    scalar.getValue(),
                    plain,
                    scalar.isLiteral() || scalar.isFolded());
        } else {
            if (depth > maxDepth) {
                throw new Malformed(line(event), "nested deeper than " + maxDepth + " levels", "fewer levels");
            }
            node = event instanceof MappingStartEvent start ? mapping(start, depth) : sequence(event, depth);
        }
        ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), node));
        return node;
    }

    private YamlNode sequence(Event start, int depth) throws Malformed {
        List<YamlNode> values = new ArrayList<>();
        while (true) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.SequenceEnd) {
                boolean flow = ((CollectionStartEvent) start).isFlow();
                int end = flow
                        ? end(event)
                        : values.isEmpty() ? start(event) : values.getLast().end();
                return new YamlNode.Sequence(start(start), end, line(start), values, flow);
            }
            values.add(node(event, depth + 1));
        }
    }

    private YamlNode mapping(MappingStartEvent start, int depth) throws Malformed {
        List<YamlNode.Pair> pairs = new ArrayList<>();
        while (true) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.MappingEnd) {
                boolean flow = start.isFlow();
                int end = flow
                        ? end(event)
                        : pairs.isEmpty()
                                ? start(event)
                                : pairs.getLast().value().end();
                return new YamlNode.Mapping(start(start), end, line(start), pairs, flow);
            }
            YamlNode key = node(event, depth + 1);
            pairs.add(new YamlNode.Pair(key, node(events.next(), depth + 1)));
        }
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(0);
    }

    private static int start(Event event) {
        return event.getStartMark().map(Mark::getIndex).orElse(0);
    }

    private static int end(Event event) {
        return event.getEndMark().map(Mark::getIndex).orElse(0);
    }
}
