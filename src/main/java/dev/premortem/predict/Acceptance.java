package dev.premortem.predict;

import dev.premortem.estate.Estate;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.fact.Fact;
import dev.premortem.outage.Outage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Risks that an owner accepted until a date: {@code premortem.dev/accept: "outage-id or mechanism; until=2027-01-31; reason=…"}. */
final class Acceptance {
    private static final String ANNOTATION = "premortem.dev/accept";

    private final List<Accepted> accepted = new ArrayList<>();

    private record Accepted(String name, KubernetesObject on) {}

    Acceptance(Estate estate, Instant now) {
        for (KubernetesObject object : estate.objects()) {
            Fact<String> text = object.annotations().get(ANNOTATION);
            if (text != null) {
                for (String one : text.value().split("\\|\\|", 0)) {
                    read(one)
                            .filter(until -> until.isAfter(now))
                            .ifPresent(_ -> accepted.add(new Accepted(one.split(";", 0)[0].strip(), object)));
                }
            }
        }
    }

    private static Optional<Instant> read(String text) {
        for (String part : text.split(";", 0)) {
            String trimmed = part.strip();
            if (trimmed.startsWith("until=")) {
                try {
                    return Optional.of(LocalDate.parse(trimmed.substring("until=".length()))
                            .plusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant());
                } catch (DateTimeParseException notADate) {
                    return Optional.empty(); // an acceptance without a readable end does not count
                }
            }
        }
        return Optional.empty();
    }

    /** By id anywhere; by mechanism only on the object that the outage is about. */
    boolean covers(Outage outage) {
        return accepted.stream()
                .anyMatch(one -> one.name().equals(outage.id())
                        || (one.name().equals(outage.mechanism())
                                && (outage.pivot()
                                                .startsWith(one.on().reference().text())
                                        || outage.instances().stream()
                                                .anyMatch(instance -> instance.of()
                                                                .equals(one.on()
                                                                        .reference()
                                                                        .text())
                                                        || instance.place()
                                                                .file()
                                                                .equals(one.on()
                                                                        .tree()
                                                                        .place()
                                                                        .file())))));
    }
}
