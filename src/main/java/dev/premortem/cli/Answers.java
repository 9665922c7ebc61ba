package dev.premortem.cli;

import dev.premortem.kept.KeptPrediction;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Trigger;
import dev.premortem.source.Contents;
import dev.premortem.source.Listing;
import dev.premortem.source.cache.ContentCache;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Predictions that earlier runs kept. The same input gives the same answer, so it need not be made again: the files by their content, all that was
 * asked, and the moment. Where nobody names a moment, an answer holds for a quarter of an hour and says of which moment it is.
 */
final class Answers {
    /** How old an answer may be where the moment is that of the clock. */
    static final Duration HOLDS = Duration.ofMinutes(15);

    /** An answer with a date no further from its moment than this is made anew: a quarter of an hour would show. */
    static final Duration NEAR = Duration.ofDays(1);

    /** What a file system may take for one moment: two seconds on FAT, less on all others. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    /** What all answers may have: 128 MiB. */
    private static final long MOST_BYTES = 128L << 20;

    private final ContentCache cache;
    private final String asked;
    private final Instant clock;
    private final Optional<Instant> named;

    /**
     * Answers to one question.
     *
     * @param asked the key of all that is asked but for the files and the moment
     * @param clock the moment of the clock
     * @param named the moment that the user named
     */
    Answers(ContentCache cache, ContentCache.Key asked, Instant clock, Optional<Instant> named) {
        this.cache = cache;
        this.asked = asked.name();
        this.clock = clock;
        this.named = named;
    }

    /**
     * What is known of some files.
     *
     * @param name of the answer
     * @param contents of the files, where it took reading them to know their name
     */
    record Found(String name, Optional<KeptPrediction> answer, Optional<Contents> contents) {}

    /** Looks for the answer. */
    Found find(Listing listing) {
        ContentCache.Key stamps = key("stamps");
        listing.stamps(stamps);
        String listed = stamps.name();
        Optional<String> known = cache.find(listed).map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
        if (known.filter(name -> name.matches("[0-9a-f]{64}")).isPresent()) {
            return new Found(known.get(), answer(known.get()), Optional.empty());
        }
        Contents contents = listing.contents(true);
        ContentCache.Key content = key("answer");
        contents.content(content);
        String name = content.name();
        if (listing.changedBefore(clock.minus(SETTLED))) {
            cache.keep(listed, name.getBytes(StandardCharsets.US_ASCII));
        }
        return new Found(name, answer(name), Optional.of(contents));
    }

    private ContentCache.Key key(String kind) {
        return new ContentCache.Key(kind)
                .with(asked)
                .with(named.map(Instant::toString).orElse("by the clock"));
    }

    private Optional<KeptPrediction> answer(String name) {
        return cache.find(name).flatMap(KeptPrediction::of).filter(kept -> holds(kept.prediction()));
    }

    /** Keeps an answer. */
    void keep(String name, KeptPrediction answer) {
        answer.bytes().filter(bytes -> cache.keep(name, bytes)).ifPresent(_ -> cache.trim(MOST_BYTES));
    }

    private boolean holds(Prediction prediction) {
        if (named.isPresent()) {
            return prediction.now().equals(named.get());
        }
        Duration age = Duration.between(prediction.now(), clock);
        return !age.isNegative()
                && age.compareTo(HOLDS) < 0
                && dates(prediction)
                        .map(date -> Duration.between(prediction.now(), date).abs())
                        .allMatch(away -> away.compareTo(NEAR) > 0);
    }

    private static Stream<Instant> dates(Prediction prediction) {
        Stream<Instant> outages = prediction.outages().stream().flatMap(Answers::dates);
        return Stream.concat(outages, prediction.acceptances().stream().map(risk -> risk.until()));
    }

    private static Stream<Instant> dates(Outage outage) {
        Stream<Trigger> triggers = Stream.concat(Stream.of(outage.trigger()), outage.alsoBy().stream());
        return Stream.concat(outage.starts().stream(), triggers.flatMap(trigger -> trigger.at().stream()));
    }
}
