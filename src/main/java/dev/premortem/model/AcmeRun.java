package dev.premortem.model;

import dev.premortem.catalogue.AcmeClients;
import dev.premortem.catalogue.AnnouncedChanges;
import dev.premortem.estate.Certificate;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.process.Expiry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ACME client that the estate runs by the clock: when it runs, what makes it renew, which names it orders, and from whom.
 *
 * @param schedule when it runs
 * @param profile of Let's Encrypt; empty for an authority whose lives are not announced
 * @param hosts names that it orders, where its command says so
 */
public record AcmeRun(
        Workload workload,
        AcmeClients.Rule rule,
        Schedule schedule,
        String profile,
        SortedSet<String> hosts,
        List<Evidence> evidence) {
    private static final Pattern NAMES = Pattern.compile("(?:^| )(?:-d|--domains?)[ =]\"?([A-Za-z0-9*.,-]+)");
    private static final Pattern PROFILE = Pattern.compile("profile[ =]\"?([a-z]+)");
    private static final Duration NINETY_DAYS = Duration.ofDays(90);
    private static final Duration YEAR = Duration.ofDays(366);

    /** Runs that are looked at: daily ones for years. */
    private static final int RUNS = 3000;

    /** The runs of the estate. */
    public static List<AcmeRun> all(Sketch sketch) {
        List<AcmeRun> runs = new ArrayList<>();
        for (Workload workload : sketch.estate().all(Workload.class)) {
            for (Workload.Container container : workload.containers()) {
                of(workload, container).ifPresent(runs::add);
            }
        }
        return runs;
    }

    private static Optional<AcmeRun> of(Workload workload, Workload.Container container) {
        String image = container.image().value();
        if (image.contains("acme-companion")) {
            return companion(workload, container);
        }
        boolean paused =
                workload.tree().at("spec.suspend").filter(AcmeRun::isTrue).isPresent();
        if (!workload.kind().equals("CronJob") || paused) {
            return Optional.empty();
        }
        String command =
                String.join(" ", container.arguments().stream().map(Fact::value).toList());
        // A staging authority serves nobody.
        boolean trial = command.contains("staging") || command.contains("--test-cert") || command.contains("--dry-run");
        Optional<Fact<String>> line = workload.tree().text("spec.schedule");
        Optional<Schedule> schedule = line.map(Fact::value).flatMap(Schedule::parse);
        boolean zoned = workload.tree().text("spec.timeZone").isPresent();
        return AcmeClients.rule(image, command)
                .filter(_ -> !trial && !zoned && schedule.isPresent())
                .map(rule -> new AcmeRun(
                        workload,
                        rule,
                        schedule.orElseThrow(),
                        profile(rule, command),
                        names(command),
                        evidence(container, line.orElseThrow())));
    }

    private static boolean isTrue(Tree tree) {
        return tree instanceof Tree.Scalar scalar && scalar.isTrue();
    }

    private static List<Evidence> evidence(Workload.Container container, Fact<String> line) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.of("runs at " + line.value(), line));
        container.arguments().stream()
                .filter(argument ->
                        argument.value().contains("--days") || argument.value().contains("renew"))
                .limit(2)
                .forEach(argument -> evidence.add(Evidence.of("argument of the client", argument)));
        evidence.add(Evidence.of("image " + container.image().value(), container.image()));
        return evidence;
    }

    private static Optional<AcmeRun> companion(Workload workload, Workload.Container container) {
        Optional<Fact<String>> set = Optional.ofNullable(container.environment().get("ACME_RENEW_AFTER"));
        Optional<Integer> days =
                set.map(Fact::value).filter(text -> text.matches("[0-9]{1,3}")).map(Integer::valueOf);
        SortedSet<String> hosts = new TreeSet<>();
        workload.containers()
                .forEach(each -> Optional.ofNullable(each.environment().get("LETSENCRYPT_HOST"))
                        .ifPresent(names -> hosts.addAll(List.of(names.value().split("[, ]+", -1)))));
        boolean other = container.environment().containsKey("ACME_CA_URI");
        List<Evidence> evidence = new ArrayList<>();
        set.ifPresent(value -> evidence.add(Evidence.of("ACME_RENEW_AFTER " + value.value(), value)));
        evidence.add(Evidence.of("image " + container.image().value(), container.image()));
        return Schedule.parse("@hourly")
                .map(hourly -> new AcmeRun(
                        workload, AcmeClients.companion(days), hourly, other ? "" : "classic", hosts, evidence));
    }

    /** acme.sh orders from ZeroSSL unless it is told otherwise; the others from Let's Encrypt. */
    private static String profile(AcmeClients.Rule rule, String command) {
        Matcher told = PROFILE.matcher(command);
        boolean elsewhere = command.contains("--server") && !command.contains("letsencrypt");
        boolean zero = rule.client().equals("acme.sh") && !command.contains("letsencrypt");
        return elsewhere || zero ? "" : told.find() ? told.group(1) : "classic";
    }

    private static SortedSet<String> names(String command) {
        SortedSet<String> names = new TreeSet<>();
        Matcher matcher = NAMES.matcher(command);
        while (matcher.find()) {
            for (String name : matcher.group(1).split(",")) {
                if (name.contains(".")) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** What a certificate lives that is issued then, as far as it is announced. Authorities without a schedule give 90 days, or what they may. */
    public Duration life(Instant issued, Instant known) {
        return AnnouncedChanges.life(profile, issued, known)
                .map(AnnouncedChanges.Life::life)
                .map(life -> profile.isEmpty() && life.compareTo(NINETY_DAYS) > 0 ? NINETY_DAYS : life)
                .orElse(NINETY_DAYS);
    }

    /** The certificates that it has and will have, up to an instant. One that is not known was issued by the last run before now. */
    public List<Expiry.Span> spans(Sketch sketch, Instant until) {
        Instant issued = issued(sketch).orElseGet(() -> last(sketch.now()));
        List<Expiry.Span> spans = new ArrayList<>();
        Duration life = life(issued, sketch.now());
        spans.add(Expiry.Span.of(issued, issued.plus(life)));
        Optional<Instant> run = next(issued, life, sketch.now());
        for (int i = 0; i < RUNS && run.isPresent() && run.get().isBefore(until); i++) {
            issued = run.get();
            life = life(issued, sketch.now());
            spans.add(Expiry.Span.of(issued, issued.plus(life)));
            run = next(issued, life, sketch.now());
        }
        return spans;
    }

    /** When the certificate in use was issued, where one for these names was read. */
    public Optional<Instant> issued(Sketch sketch) {
        return sketch.estate().all(Certificate.class).stream()
                .filter(each -> !hosts.isEmpty() && each.names().containsAll(hosts) && !each.authority())
                .map(Certificate::notBefore)
                .filter(begin -> !begin.isAfter(sketch.now()))
                .max(Instant::compareTo);
    }

    private Instant last(Instant now) {
        Instant last = now;
        Optional<Instant> run = schedule.after(now.minus(YEAR));
        while (run.isPresent() && !run.get().isAfter(now)) {
            last = run.get();
            run = schedule.after(last);
        }
        return last;
    }

    /** The run that renews a certificate. */
    private Optional<Instant> next(Instant issued, Duration life, Instant now) {
        Optional<Instant> run = schedule.after(issued.isBefore(now) ? now : issued);
        for (int i = 0; i < RUNS && run.isPresent(); i++) {
            if (rule.renews(Duration.between(issued, run.get()), life)) {
                return run;
            }
            run = schedule.after(run.get());
        }
        return Optional.empty();
    }

    /** The first instant at which what is in use is over; empty where that does not come. */
    public static Optional<Instant> gap(List<Expiry.Span> spans, Instant until) {
        for (int i = 0; i < spans.size(); i++) {
            long next = i + 1 < spans.size() ? spans.get(i + 1).from() : until.toEpochMilli();
            if (spans.get(i).notAfter() < next) {
                return Optional.of(Instant.ofEpochMilli(spans.get(i).notAfter()));
            }
        }
        return Optional.empty();
    }
}
