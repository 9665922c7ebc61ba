package dev.premortem.model;

import dev.premortem.estate.Link;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.TwinBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Paths between sites. Routing takes the preferred path that is up, whether or not it carries what is sent: {@code first} (semantics 1.1). Paths of equal
 * preference share the traffic, so all that are up must carry it.
 */
public final class Routing {
    /** Longest path, in links: longer ones are not tried. */
    private static final int MAX_LINKS = 4;

    /** Most paths between two sites that are kept, best first. */
    private static final int MAX_PATHS = 12;

    private final Sketch sketch;
    private final SortedMap<String, SortedSet<Flow>> used = new TreeMap<>();

    Routing(Sketch sketch) {
        this.sketch = sketch;
    }

    private record Path(List<Link> links, int cost) {
        String word() {
            StringBuilder word = new StringBuilder();
            links.forEach(link -> word.append(word.isEmpty() ? "" : "+").append(link.name()));
            return word.toString();
        }
    }

    /** Flows that may cross a link, by the link's name. */
    public SortedMap<String, SortedSet<Flow>> used() {
        return used;
    }

    /** Open condition: the link carries the packets of this flow. */
    public Condition fits(String link, Flow flow) {
        return Condition.of("link/" + link, "fits:" + flow.word());
    }

    /** Traffic of this flow passes between two different sites. */
    public Condition path(String from, String to, Flow flow) {
        String a = from.compareTo(to) < 0 ? from : to;
        String b = a.equals(from) ? to : from;
        Condition condition = Condition.of("path/" + a + "/" + b, flow.word());
        if (!sketch.twin().defines(condition)) {
            draw(condition, a, b, flow);
        }
        return condition;
    }

    private void draw(Condition condition, String a, String b, Flow flow) {
        TwinBuilder twin = sketch.twin();
        List<Path> paths = paths(a, b);
        String between = "between " + a + " and " + b;
        if (paths.isEmpty()) {
            // Nobody declared how these sites are joined: unknown, so not a reason for an outage.
            twin.gate(
                    condition,
                    new Gate.All(List.of()),
                    Meaning.of("", "traffic passes " + between, "no traffic passes " + between));
            return;
        }
        Meaning meaning = Meaning.of(
                "link-failure",
                "traffic gets through " + between,
                (flow.crossing() == dev.premortem.estate.Dependency.Crossing.POD ? "pods' traffic " : "traffic ")
                        + between + " does not get through");
        List<Condition> up = new ArrayList<>();
        List<Condition> carries = new ArrayList<>();
        for (Path path : paths) {
            up.add(up(path, a, b));
            carries.add(carries(path, a, b, flow));
        }
        boolean ties = false;
        for (int i = 1; i < paths.size(); i++) {
            ties |= paths.get(i).cost() == paths.get(i - 1).cost();
        }
        if (ties) {
            twin.gate(condition, shared(condition, paths, up, carries), meaning);
        } else {
            List<Gate.Choice> choices = new ArrayList<>();
            for (int i = 0; i < paths.size(); i++) {
                choices.add(new Gate.Choice(up.get(i), carries.get(i)));
            }
            twin.gate(condition, new Gate.First(choices), meaning);
        }
    }

    /** Groups of equal cost in order of preference; in a group every path that is up must carry. */
    private Gate shared(Condition condition, List<Path> paths, List<Condition> up, List<Condition> carries) {
        TwinBuilder twin = sketch.twin();
        Condition always = Condition.of("always");
        if (!twin.defines(always)) {
            twin.gate(always, new Gate.All(List.of()), Meaning.of("", "", ""));
        }
        List<Gate.Choice> groups = new ArrayList<>();
        int start = 0;
        while (start < paths.size()) {
            int end = start + 1;
            while (end < paths.size()
                    && paths.get(end).cost() == paths.get(start).cost()) {
                end++;
            }
            List<Condition> works = new ArrayList<>();
            for (int i = start; i < end; i++) {
                Condition each =
                        Condition.of(condition.thing(), "shared:" + paths.get(i).word() + ":" + condition.aspect());
                works.add(twin.gate(
                        each,
                        new Gate.First(
                                List.of(new Gate.Choice(up.get(i), carries.get(i)), new Gate.Choice(always, always))),
                        Meaning.of("", "", "")));
            }
            Condition any = Condition.of(condition.thing(), "any:" + start + ":" + condition.aspect());
            twin.gate(any, new Gate.Any(List.copyOf(up.subList(start, end))), Meaning.of("", "", ""));
            Condition all = Condition.of(condition.thing(), "all:" + start + ":" + condition.aspect());
            twin.gate(all, new Gate.All(works), Meaning.of("", "", ""));
            groups.add(new Gate.Choice(any, all));
            start = end;
        }
        return new Gate.First(groups);
    }

    private Condition up(Path path, String a, String b) {
        if (path.links().size() == 1) {
            return sketch.ground().link(path.links().getFirst().name());
        }
        Condition condition = Condition.of("path/" + a + "/" + b, "up:" + path.word());
        if (!sketch.twin().defines(condition)) {
            sketch.twin()
                    .gate(
                            condition,
                            new Gate.All(path.links().stream()
                                    .map(link -> sketch.ground().link(link.name()))
                                    .toList()),
                            Meaning.of(
                                    "",
                                    "the path over " + path.word() + " is up",
                                    "the path over " + path.word() + " is down"));
        }
        return condition;
    }

    private Condition carries(Path path, String a, String b, Flow flow) {
        Condition condition = Condition.of("path/" + a + "/" + b, "over:" + path.word() + ":" + flow.word());
        if (!sketch.twin().defines(condition)) {
            List<Condition> fits = new ArrayList<>();
            List<Evidence> evidence = new ArrayList<>();
            for (Link link : path.links()) {
                fits.add(fitsOpen(link, flow));
                evidence.add(Evidence.of("preference " + link.preference().value(), link.preference()));
            }
            sketch.twin()
                    .gate(
                            condition,
                            new Gate.All(fits),
                            new Meaning(
                                    "",
                                    "link/" + path.word() + " carries it",
                                    "traffic between " + a + " and " + b + " moves to link/" + path.word(),
                                    evidence));
        }
        return condition;
    }

    private Condition fitsOpen(Link link, Flow flow) {
        Condition condition = fits(link.name(), flow);
        used.computeIfAbsent(link.name(), _ -> new TreeSet<>()).add(flow);
        if (!sketch.twin().defines(condition)) {
            sketch.twin()
                    .open(
                            condition,
                            Meaning.of(
                                    "",
                                    link.reference() + " carries these packets",
                                    link.reference() + " does not carry these packets"));
        }
        return condition;
    }

    private List<Path> paths(String from, String to) {
        List<Path> found = new ArrayList<>();
        walk(from, to, new ArrayList<>(), new TreeSet<>(List.of(from)), found);
        found.sort(Comparator.comparingInt(Path::cost)
                .thenComparingInt(path -> path.links().size())
                .thenComparing(Path::word));
        return Collections.unmodifiableList(found.size() > MAX_PATHS ? found.subList(0, MAX_PATHS) : found);
    }

    private void walk(String here, String to, List<Link> links, SortedSet<String> seen, List<Path> found) {
        if (here.equals(to)) {
            found.add(new Path(
                    List.copyOf(links),
                    links.stream().mapToInt(link -> link.preference().value()).sum()));
            return;
        }
        if (links.size() == MAX_LINKS || found.size() > 1000) {
            return;
        }
        for (Link link : sketch.ground().links().values()) {
            String next = other(link, here);
            if (!next.isEmpty() && seen.add(next)) {
                links.add(link);
                walk(next, to, links, seen, found);
                links.removeLast();
                seen.remove(next);
            }
        }
    }

    private static String other(Link link, String here) {
        if (link.from().value().equals(here)) {
            return link.to().value();
        }
        return link.to().value().equals(here) ? link.from().value() : "";
    }
}
