package dev.premortem.model;

import dev.premortem.estate.Estate;
import dev.premortem.estate.Installation;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One installation stands before its sisters: only it switches a component on, and that component's values name addresses of the sisters. Users reach all of them
 * through it, however many stand behind. Seen in public at mybinder.org: jupyterhub/mybinder.org-deploy issues 2795 and 2863.
 */
public final class OneDoor {
    private static final Pattern HOST = Pattern.compile("https?://([A-Za-z0-9][A-Za-z0-9.-]+)");

    private OneDoor() {}

    /** The doors, each with the member that it singles out, if it does. */
    public static List<Singles.Item> of(Estate estate) {
        SortedMap<String, List<Installation>> families = new TreeMap<>();
        for (Installation each : estate.all(Installation.class)) {
            families.computeIfAbsent(each.family(), _ -> new ArrayList<>()).add(each);
        }
        List<Singles.Item> items = new ArrayList<>();
        for (List<Installation> family : families.values()) {
            for (Installation each : family) {
                if (family.size() > 2 && Sister.serious(each.environment())) {
                    each.own().ifPresent(own -> own.entries().forEach(entry -> door(family, each, entry, items)));
                }
            }
        }
        return items;
    }

    private static void door(List<Installation> family, Installation mine, Tree.Entry entry, List<Singles.Item> items) {
        boolean switched = entry.value().at("enabled").isPresent();
        SortedSet<String> hosts = switched ? hosts(entry.value()) : new TreeSet<>();
        if (hosts.size() < 2) {
            return; // most are told apart here, without a look at the sisters
        }
        boolean only = family.stream()
                .filter(each -> Sister.serious(each.environment()) && on(each, entry.key()))
                .toList()
                .equals(List.of(mine));
        if (!only) {
            return;
        }
        long named = family.stream()
                .filter(each -> !each.equals(mine) && shares(each, hosts))
                .count();
        if (named > 1) {
            String word = entry.key() + " of " + mine.name() + " in " + mine.environment();
            items.add(item(mine, entry.place(), word + " alone leads to " + named + " others", entry.key()));
            singled(entry.value())
                    .ifPresent(flag -> items.add(item(
                            mine,
                            flag.place(),
                            "one member behind " + word + " is " + flag.key() + ", the others are not",
                            flag.key())));
        }
    }

    private static boolean on(Installation each, String key) {
        return each.at(List.of(key, "enabled"))
                .filter(flag -> flag instanceof Tree.Scalar scalar && scalar.isTrue())
                .isPresent();
    }

    /** True where a sister's own values name one of the hosts, or one below them. */
    private static boolean shares(Installation sister, SortedSet<String> hosts) {
        return sister.own().stream()
                .flatMap(Tree::scalars)
                .anyMatch(scalar -> hosts.stream()
                        .anyMatch(host -> scalar.value().equals(host)
                                || scalar.value().endsWith("." + host)
                                || scalar.value().endsWith("//" + host)));
    }

    private static SortedSet<String> hosts(Tree tree) {
        SortedSet<String> hosts = new TreeSet<>();
        tree.scalars().forEach(scalar -> {
            Matcher host = HOST.matcher(scalar.value());
            if (host.lookingAt()) {
                hosts.add(host.group(1));
            }
        });
        return hosts;
    }

    /** A flag that exactly one of the entries of a mapping has set while the others deny it. */
    private static Optional<Tree.Entry> singled(Tree tree) {
        for (Tree.Entry entry : tree.entries()) {
            List<Tree.Entry> members = entry.value().entries();
            Set<String> keys = new LinkedHashSet<>();
            members.forEach(member -> member.value().entries().forEach(each -> keys.add(each.key())));
            for (String key : keys) {
                List<Tree.Entry> flags = members.stream()
                        .flatMap(member -> member.value().entries().stream())
                        .filter(each -> each.key().equals(key)
                                && each.value() instanceof Tree.Scalar scalar
                                && scalar.kind() == Tree.Scalar.Kind.BOOLEAN)
                        .toList();
                List<Tree.Entry> set = flags.stream()
                        .filter(each -> each.value() instanceof Tree.Scalar scalar && scalar.isTrue())
                        .toList();
                if (flags.size() > 1 && set.size() == 1) {
                    return Optional.of(set.getFirst());
                }
            }
        }
        return Optional.empty();
    }

    private static Singles.Item item(Installation mine, Declared place, String why, String key) {
        return new Singles.Item(mine.reference(), place, why, List.of(new Evidence(key, place)), Confidence.POSSIBLE);
    }
}
