package dev.premortem.predict;

import dev.premortem.estate.Estate;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Problem;
import dev.premortem.outage.AcceptedRisk;
import dev.premortem.outage.AcceptedRisk.State;
import dev.premortem.outage.Outage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Risks that an owner accepted until a date: {@code premortem.dev/accept: "outage-id or mechanism; until=2027-01-31; reason=…"} on an object
 * (several with {@code ||} between them), or from outside. One without an end or a reason does not count.
 */
final class Acceptance {
    private static final String ANNOTATION = "premortem.dev/accept";
    private static final String EXPECTED = "\"outage-id or mechanism; until=2027-01-31; reason=why\"";

    private final Instant now;
    private final boolean staleKnown;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private record Entry(
            String name, Declared place, Instant until, String reason, Predicate<Outage> concerns, boolean whole) {}

    /** What the documents of an estate and the request accept. */
    Acceptance(Estate estate, Request request) {
        this.now = request.now();
        this.staleKnown = request.mechanisms().isEmpty();
        if (!request.accepting()) {
            return;
        }
        for (KubernetesObject object : estate.objects()) {
            Fact<String> text = object.annotations().get(ANNOTATION);
            if (text != null) {
                Declared place = text.provenance() instanceof Declared declared
                        ? declared
                        : object.tree().place();
                for (String one : text.value().split("\\|\\|", 0)) {
                    read(one, place, object).ifPresent(entries::add);
                }
            }
        }
        for (OutsideAcceptance one : request.accepted()) {
            entries.add(new Entry(
                    one.name(),
                    one.place(),
                    one.until(),
                    one.reason(),
                    outage -> named(one.name(), outage) && about(one, outage),
                    one.whole()));
        }
        entries.sort(Comparator.comparing(Entry::place).thenComparing(Entry::name));
    }

    private Optional<Entry> read(String text, Declared place, KubernetesObject object) {
        String name = text.split(";", 2)[0].strip();
        Optional<String> until = field(text, "until=");
        Optional<Instant> end = until.flatMap(OutsideAcceptance::end);
        Optional<String> reason = field(text, "reason=");
        if (name.isEmpty() || end.isEmpty() || reason.isEmpty()) {
            String found = name.isEmpty()
                    ? "names neither an outage nor a mechanism"
                    : until.isEmpty()
                            ? "has no end; it does not count"
                            : end.isEmpty()
                                    ? "\"" + until.get() + "\" is no date; it does not count"
                                    : "has no reason; it does not count";
            problems.add(new Problem(place.file(), place.line(), place.field(), found, EXPECTED, ""));
            return Optional.empty();
        }
        return Optional.of(new Entry(
                name,
                place,
                end.get(),
                reason.get(),
                outage -> name.equals(outage.id()) || (name.equals(outage.mechanism()) && on(object, outage)),
                true));
    }

    private static Optional<String> field(String text, String name) {
        for (String part : text.split(";", 0)) {
            String trimmed = part.strip();
            if (trimmed.startsWith(name) && trimmed.length() > name.length()) {
                return Optional.of(trimmed.substring(name.length()).strip());
            }
        }
        return Optional.empty();
    }

    private static boolean named(String name, Outage outage) {
        return name.equals(outage.id()) || name.equals(outage.mechanism());
    }

    /** By mechanism only on the object that the outage is about. */
    private static boolean on(KubernetesObject object, Outage outage) {
        String reference = object.reference().text();
        return outage.pivot().startsWith(reference)
                || outage.instances().stream()
                        .anyMatch(instance -> instance.of().equals(reference)
                                || instance.place()
                                        .file()
                                        .equals(object.tree().place().file()));
    }

    /** Every place of an outage has to be meant: what also waits elsewhere was not accepted. */
    private static boolean about(OutsideAcceptance one, Outage outage) {
        boolean reference = one.of().test(outage.pivot())
                || (!outage.instances().isEmpty()
                        && outage.instances().stream()
                                .allMatch(instance -> one.of().test(instance.of())));
        boolean file = outage.instances().isEmpty()
                ? one.files().test("")
                : outage.instances().stream()
                        .allMatch(instance -> one.files().test(instance.place().file()));
        return reference && file;
    }

    boolean covers(Outage outage) {
        return entries.stream()
                .anyMatch(one -> one.until().isAfter(now) && one.concerns().test(outage));
    }

    List<Problem> problems() {
        return problems;
    }

    /** Every acceptance and what became of it. */
    List<AcceptedRisk> told(List<Outage> outages) {
        List<AcceptedRisk> told = new ArrayList<>();
        for (Entry one : entries) {
            List<String> ids = outages.stream()
                    .filter(one.concerns())
                    .map(Outage::id)
                    .sorted()
                    .toList();
            if (ids.isEmpty() && !(one.whole() && staleKnown)) {
                continue;
            }
            State state = ids.isEmpty() ? State.STALE : one.until().isAfter(now) ? State.HOLDS : State.ENDED;
            told.add(new AcceptedRisk(one.name(), one.place(), one.until(), one.reason(), state, ids));
        }
        return List.copyOf(told);
    }
}
