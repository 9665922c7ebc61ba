package dev.premortem.report;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Observed;
import dev.premortem.fact.Provenance;
import dev.premortem.fact.Sighting;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How files are called from the root of their repository, whatever way the tree was named on the command line.
 *
 * @param roots what stands before a file's name in results, and what stands before it seen from the repository; each empty or with a slash at its end
 */
public record SourceNames(SortedMap<String, String> roots) {
    /** Names as they are. */
    public static final SourceNames PLAIN = new SourceNames(new TreeMap<>(Map.of("", "")));

    /** Characters that stand for themselves in a path; a colon does not, or a first folder with one would be a scheme. */
    private static final String PLAIN_CHARACTERS = "-._~!$&'()*+,;=@/";

    private static final String SETTINGS = ".premortem.yaml";

    public SourceNames {
        roots = Collections.unmodifiableSortedMap(new TreeMap<>(roots));
    }

    /** The relative URI of a file; empty for what is no file of the repository: standard input, a chart elsewhere, something that runs. */
    Optional<String> uri(String file) {
        if (file.isEmpty()
                || file.equals("-")
                || file.contains("://")
                || file.startsWith("cluster ")
                || Sighting.of(file).isPresent()
                // named from where one stands, as the nearest one upwards may be outside of the tree
                || file.endsWith(SETTINGS)) {
            return Optional.empty();
        }
        String named = roots.entrySet().stream()
                .filter(root -> file.startsWith(root.getKey()))
                .max(Map.Entry.comparingByKey())
                .map(root -> root.getValue() + file.substring(root.getKey().length()))
                .orElse(file);
        return Optional.of(encoded(named));
    }

    /** The place of a fact, where that is a line of a file of the repository. */
    Optional<Declared> place(Provenance provenance) {
        Optional<Declared> place = provenance instanceof Declared declared
                ? Optional.of(declared)
                : provenance instanceof Observed observed ? Optional.of(observed.where()) : Optional.empty();
        return place.filter(declared -> uri(declared.file()).isPresent());
    }

    private static String encoded(String path) {
        StringBuilder out = new StringBuilder();
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            char here = (char) (each & 0xFF);
            boolean letter = here >= 'a' && here <= 'z' || here >= 'A' && here <= 'Z' || here >= '0' && here <= '9';
            if (letter || PLAIN_CHARACTERS.indexOf(here) >= 0) {
                out.append(here);
            } else {
                out.append("%%%02X".formatted((int) here));
            }
        }
        return out.toString();
    }
}
