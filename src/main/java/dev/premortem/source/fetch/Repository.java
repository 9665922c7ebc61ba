package dev.premortem.source.fetch;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Finds one version of one chart in the index of a repository, event by event: an index of tens of megabytes becomes no tree. */
final class Repository {
    private static final int MOST_DEPTH = 64;

    private final Iterator<Event> events;
    private final String chart;
    private final String version;
    private boolean known;

    /**
     * A version of a chart.
     *
     * @param address absolute, or relative to the repository
     * @param digest SHA-256 in hexadecimal, where the index has one
     */
    record Entry(String address, Optional<String> digest) {}

    private Repository(Iterator<Event> events, String chart, String version) {
        this.events = events;
        this.chart = chart;
        this.version = version;
    }

    /** The entry of a version; a leading {@code v} makes no difference. */
    static Entry find(byte[] index, String chart, String version) throws Refusal {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        Iterator<Event> events = new Parse(settings)
                .parseInputStream(new ByteArrayInputStream(index))
                .iterator();
        Repository repository = new Repository(events, chart, version);
        try {
            Optional<Entry> found = repository.search();
            if (found.isEmpty()) {
                throw new Refusal(
                        repository.known
                                ? "the repository has chart " + chart + ", but no version " + version
                                : "the repository has no chart " + chart);
            }
            return found.get();
        } catch (YamlEngineException e) {
            throw new Refusal("its index is no YAML", e);
        }
    }

    private static String bare(String version) {
        return version.startsWith("v") ? version.substring(1) : version;
    }

    private Optional<Entry> search() throws Refusal {
        while (events.hasNext()) {
            if (events.next().getEventId() == Event.ID.MappingStart) {
                return below("entries") && below(chart) ? versions() : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Goes to the value of a key of the mapping that has just begun, and into it; false where it has no such key. */
    private boolean below(String key) throws Refusal {
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.MappingEnd) {
                return false;
            }
            boolean found =
                    event instanceof ScalarEvent scalar && scalar.getValue().equals(key);
            if (!found) {
                skip(event);
            }
            Event value = events.next();
            if (found) {
                return value.getEventId() == Event.ID.MappingStart || value.getEventId() == Event.ID.SequenceStart;
            }
            skip(value);
        }
        return false;
    }

    private Optional<Entry> versions() throws Refusal {
        known = true;
        Optional<Entry> found = Optional.empty();
        while (found.isEmpty() && events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.SequenceEnd) {
                return Optional.empty();
            }
            if (event.getEventId() == Event.ID.MappingStart) {
                found = entry();
            } else {
                skip(event);
            }
        }
        return found;
    }

    private Optional<Entry> entry() throws Refusal {
        String own = "";
        Optional<String> digest = Optional.empty();
        List<String> addresses = new ArrayList<>();
        while (events.hasNext()) {
            Event key = events.next();
            if (key.getEventId() == Event.ID.MappingEnd) {
                break;
            }
            String name = key instanceof ScalarEvent scalar ? scalar.getValue() : "";
            skip(key);
            Event value = events.next();
            if (name.equals("urls") && value.getEventId() == Event.ID.SequenceStart) {
                addresses(addresses);
            } else if (value instanceof ScalarEvent scalar && name.equals("version")) {
                own = scalar.getValue();
            } else if (value instanceof ScalarEvent scalar && name.equals("digest")) {
                digest = Optional.of(scalar.getValue().replaceFirst("^sha256:", ""))
                        .filter(text -> !text.isEmpty());
            } else {
                skip(value);
            }
        }
        boolean wanted = bare(own).equals(bare(version));
        if (wanted && addresses.isEmpty()) {
            throw new Refusal("the repository names no address for chart " + chart + " " + version);
        }
        return wanted ? Optional.of(new Entry(addresses.getFirst(), digest)) : Optional.empty();
    }

    private void addresses(List<String> addresses) throws Refusal {
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.SequenceEnd) {
                return;
            }
            if (event instanceof ScalarEvent scalar) {
                addresses.add(scalar.getValue());
            } else {
                skip(event);
            }
        }
    }

    private void skip(Event first) throws Refusal {
        int depth = 0;
        Event event = first;
        while (true) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment, Alias, Scalar -> {}
            }
            if (depth > MOST_DEPTH) {
                throw new Refusal("its index is nested deeper than " + MOST_DEPTH + " levels");
            }
            if (depth <= 0 || !events.hasNext()) {
                return;
            }
            event = events.next();
        }
    }
}
