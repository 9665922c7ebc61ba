package dev.premortem.model;

import dev.premortem.estate.Link;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.TwinBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
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

    /** Most beginnings of paths that are looked at. */
    private static final int MAX_STEPS = 20_000;

    private final Sketch sketch;
    private final SortedMap<String, SortedSet<Flow>> used = new TreeMap<>();
    private final SortedMap<String, List<Link>> ends = new TreeMap<>();

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
        Found found = paths(a, b);
        List<Path> paths = found.paths();
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
            twin.gate(condition, shared(condition, found, up, carries), meaning);
        } else {
            List<Gate.Choice> choices = new ArrayList<>();
            for (int i = 0; i < paths.size(); i++) {
                choices.add(new Gate.Choice(up.get(i), carries.get(i)));
            }
            if (!found.complete()) {
                choices.add(new Gate.Choice(always(), always()));
            }
            twin.gate(condition, new Gate.First(choices), meaning);
        }
    }

    /** Groups of equal cost in order of preference; in a group every path that is up must carry. */
    private Gate shared(Condition condition, Found found, List<Condition> up, List<Condition> carries) {
        TwinBuilder twin = sketch.twin();
        List<Path> paths = found.paths();
        Condition always = always();
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
        if (!found.complete()) {
            groups.add(new Gate.Choice(always, always));
        }
        return new Gate.First(groups);
    }

    private Condition always() {
        Condition always = Condition.of("always");
        return sketch.twin().defines(always)
                ? always
                : sketch.twin().gate(always, new Gate.All(List.of()), Meaning.of("", "", ""));
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
                Condition failover = sketch.ground().failover(link.name());
                if (sketch.twin().defines(failover)) {
                    fits.add(failover);
                }
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

    /** The cheapest paths, best first, by a search that widens from the cheapest beginning. */
    private Found paths(String from, String to) {
        PriorityQueue<Partial> open = new PriorityQueue<>(
                Comparator.comparingInt((Partial partial) -> partial.path().cost())
                        .thenComparingInt(partial -> partial.path().links().size())
                        .thenComparing(partial -> partial.path().word()));
        open.add(new Partial(new Path(List.of(), 0), List.of(from)));
        List<Path> found = new ArrayList<>();
        int steps = 0;
        while (!open.isEmpty() && found.size() < MAX_PATHS && steps++ < MAX_STEPS) {
            Partial partial = open.remove();
            if (partial.seen().getLast().equals(to)) {
                found.add(partial.path());
            } else if (partial.path().links().size() < MAX_LINKS) {
                widen(partial, open);
            }
        }
        return new Found(List.copyOf(found), open.isEmpty());
    }

    private void widen(Partial partial, PriorityQueue<Partial> open) {
        String here = partial.seen().getLast();
        for (Link link : ends().getOrDefault(here, List.of())) {
            String next = other(link, here);
            if (!next.isEmpty() && !partial.seen().contains(next)) {
                List<Link> links = new ArrayList<>(partial.path().links());
                links.add(link);
                List<String> seen = new ArrayList<>(partial.seen());
                seen.add(next);
                open.add(new Partial(
                        new Path(
                                links, partial.path().cost() + link.preference().value()),
                        seen));
            }
        }
    }

    private record Partial(Path path, List<String> seen) {}

    /**
     * What the search gave.
     *
     * @param complete true where there are no more: otherwise what lies behind the last one is not known, and not a reason for an outage
     */
    private record Found(List<Path> paths, boolean complete) {}

    /** Links by the sites at their ends. */
    private SortedMap<String, List<Link>> ends() {
        if (ends.isEmpty()) {
            for (Link link : sketch.ground().links().values()) {
                ends.computeIfAbsent(link.from().value(), _ -> new ArrayList<>())
                        .add(link);
                ends.computeIfAbsent(link.to().value(), _ -> new ArrayList<>()).add(link);
            }
        }
        return ends;
    }

    private static String other(Link link, String here) {
        if (link.from().value().equals(here)) {
            return link.to().value();
        }
        return link.to().value().equals(here) ? link.from().value() : "";
    }
}
