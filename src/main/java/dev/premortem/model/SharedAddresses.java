package dev.premortem.model;

import dev.premortem.estate.Estate;
import dev.premortem.estate.Installation;
import dev.premortem.estate.Route;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address that several environments inherit from values they share, and that one of them alone serves: all of them wait for that one. Seen in public at
 * lsst-sqre/phalanx, where one Vault stands behind the Secrets of most environments.
 */
public final class SharedAddresses {
    private static final Pattern HOST = Pattern.compile(
            "(?:https?|ldaps?|postgres(?:ql)?|rediss?)://([A-Za-z0-9][A-Za-z0-9.-]+\\.[A-Za-z]{2,})(?::[0-9]+)?(?:/.*)?");

    /** Words in the name of a value that say that whoever reads it asks there, and does not merely link to it. */
    private static final Pattern ASKED = Pattern.compile(
            "(?i).*(vault|secret|registry|issuer|oidc|oauth|auth|sso|idp|ldap|database|postgres|redis|broker|kafka|proxy|mirror).*");

    private static final int FEWEST = 3;

    private final Estate estate;
    private final Map<String, SortedMap<String, Fact<String>>> servers = new HashMap<>();
    private final SortedMap<String, Singles.Item> items = new TreeMap<>();
    private boolean indexed;

    private SharedAddresses(Estate estate) {
        this.estate = estate;
    }

    /** One item for each such value. */
    public static List<Singles.Item> of(Estate estate) {
        SortedMap<String, List<Installation>> families = new TreeMap<>();
        for (Installation each : estate.all(Installation.class)) {
            if (Sister.serious(each.environment())) {
                families.computeIfAbsent(each.family(), _ -> new ArrayList<>()).add(each);
            }
        }
        SharedAddresses shared = new SharedAddresses(estate);
        for (List<Installation> family : families.values()) {
            for (Tree layer : family.size() < FEWEST ? List.<Tree>of() : shared(family)) {
                shared.walk(family, layer, List.of());
            }
        }
        return List.copyOf(shared.items.values());
    }

    /** The layers that no member calls its own. */
    private static List<Tree> shared(List<Installation> family) {
        SortedMap<Declared, Tree> layers = new TreeMap<>();
        family.forEach(each -> each.layers().stream()
                .filter(layer -> each.own()
                        .filter(own -> own.place().equals(layer.place()))
                        .isEmpty())
                .forEach(layer -> layers.put(layer.place(), layer)));
        return List.copyOf(layers.values());
    }

    private void walk(List<Installation> family, Tree tree, List<String> path) {
        for (Tree.Entry entry : tree.entries()) {
            List<String> below = new ArrayList<>(path);
            below.add(entry.key());
            entry.value()
                    .text()
                    .filter(text -> text.value().contains("://")) // looked at first, because most values are none
                    .ifPresent(text -> address(family, text, below));
            walk(family, entry.value(), below);
        }
    }

    private void address(List<Installation> family, Fact<String> text, List<String> path) {
        Matcher host = HOST.matcher(text.value());
        if (host.matches() && path.stream().anyMatch(key -> ASKED.matcher(key).matches())) {
            item(family, path, text, host.group(1).toLowerCase(Locale.ROOT))
                    .ifPresent(item -> items.putIfAbsent(item.place().at(), item));
        }
    }

    private Optional<Singles.Item> item(
            List<Installation> family, List<String> path, Fact<String> address, String host) {
        SortedMap<String, Fact<String>> servers = servers(host);
        if (servers.size() != 1 || !(address.provenance() instanceof Declared place)) {
            return Optional.empty();
        }
        Map.Entry<String, Fact<String>> only = servers.firstEntry();
        String server = only.getKey();
        SortedSet<String> readers = new TreeSet<>();
        for (Installation each : family) {
            boolean inherits =
                    each.at(path).filter(value -> value.place().equals(place)).isPresent();
            if (inherits && !each.environment().equals(server)) {
                readers.add(each.environment());
            }
        }
        return readers.size() < FEWEST - 1
                ? Optional.empty()
                : Optional.of(new Singles.Item(
                        family.getFirst().reference(),
                        place,
                        readers.size() + " environments ask " + host + ", which " + server + " alone serves",
                        List.of(
                                Evidence.of(path.getLast() + " of " + readers.size() + " environments", address),
                                Evidence.of(server + " serves it", only.getValue())),
                        Confidence.POSSIBLE));
    }

    /** The clusters and environments that say that they serve a host; all hosts are looked up at once, when the first is asked for. */
    private SortedMap<String, Fact<String>> servers(String host) {
        if (!indexed) {
            indexed = true;
            for (Route route : estate.all(Route.class)) {
                route.hosts().forEach(name -> serves(route.cluster(), name));
            }
            for (Installation each : estate.all(Installation.class)) {
                each.own()
                        .ifPresent(own -> own.scalars()
                                .filter(scalar -> scalar.place()
                                        .field()
                                        .toLowerCase(Locale.ROOT)
                                        .contains("host"))
                                .flatMap(scalar -> scalar.text().stream())
                                .forEach(name -> serves(each.environment(), name)));
            }
        }
        return servers.getOrDefault(host, Collections.emptySortedMap());
    }

    private void serves(String place, Fact<String> host) {
        servers.computeIfAbsent(host.value().toLowerCase(Locale.ROOT), _ -> new TreeMap<>())
                .putIfAbsent(place, host);
    }
}
