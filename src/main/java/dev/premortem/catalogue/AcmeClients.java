package dev.premortem.catalogue;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When clients that somebody runs by the clock renew a certificate: at an age, or when a part of its life is left. Read in their sources on 2026-11-24. */
public final class AcmeClients {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Pattern DAYS = Pattern.compile("--days[ =](\\d{1,4})(?: |$)");

    /**
     * When a run renews.
     *
     * @param age renews from this age on
     * @param left renews when at most this much is left; where neither is set, a third of the life
     * @param sure true where the version or a setting says so
     */
    public record Rule(
            String client, Optional<Duration> age, Optional<Duration> left, boolean sure, String what, String source) {
        /** True where a run at this age of a certificate with this life renews it. */
        public boolean renews(Duration old, Duration life) {
            if (age.isPresent()) {
                return old.compareTo(age.get()) >= 0;
            }
            Duration third = life.compareTo(Duration.ofDays(10)) < 0 ? life.dividedBy(2) : life.dividedBy(3);
            return life.minus(old).compareTo(left.orElse(third)) <= 0;
        }
    }

    private AcmeClients() {}

    /**
     * The rule of a command; empty for a program that is none of those known.
     *
     * @param image as it is written
     * @param command all arguments, joined by blanks
     */
    public static Optional<Rule> rule(String image, String command) {
        Optional<Version> version = Images.parse(image).map(Images.Name::tag).flatMap(Version::parse);
        if (command.contains("acme.sh") || image.contains("acme.sh") || image.contains("acmesh")) {
            return acmeSh(command, version);
        }
        if (command.contains("certbot") || image.contains("certbot")) {
            return certbot(command, version);
        }
        if (command.matches("(?s)(.*[/ ])?lego .*renew.*") || (image.contains("lego") && command.contains("renew"))) {
            return lego(command, version);
        }
        return Optional.empty();
    }

    /** acme-companion renews at an age, whatever the life: {@code ACME_RENEW_AFTER}, 60 days by default. */
    public static Rule companion(Optional<Integer> days) {
        int age = days.orElse(60);
        return new Rule(
                "acme-companion",
                Optional.of(Duration.ofDays(age)),
                Optional.empty(),
                true,
                "renews " + age + " days after the issue",
                "nginx-proxy/acme-companion app/letsencrypt_service.sh at v2.8.2 (2026-11-24)");
    }

    private static Optional<Rule> acmeSh(String command, Optional<Version> version) {
        Optional<Integer> days = days(command);
        boolean known = days.isPresent() || version.isPresent();
        boolean old =
                version.filter(found -> found.before(new Version(3, 1, 3))).isPresent();
        int age = days.orElse(old ? 60 : 30) - 1;
        return Optional.of(new Rule(
                "acme.sh",
                Optional.of(Duration.ofDays(Math.max(0, age))),
                Optional.empty(),
                known,
                "renews " + age + " days after the issue",
                "acmesh-official/acme.sh at d60c75b4, 30 days instead of 60 since 3.1.3 (2026-11-24)"));
    }

    private static Optional<Rule> certbot(String command, Optional<Version> version) {
        if (command.contains("--force-renew") || command.contains("--renew-by-default")) {
            return Optional.of(new Rule(
                    "certbot",
                    Optional.of(Duration.ZERO),
                    Optional.empty(),
                    true,
                    "renews at each run",
                    "certbot/certbot _internal/renewal.py (2026-11-24)"));
        }
        boolean old =
                version.filter(found -> found.before(new Version(4, 0, 0))).isPresent();
        return command.contains("renew") || command.contains("certonly")
                ? Optional.of(new Rule(
                        "certbot",
                        Optional.empty(),
                        old ? Optional.of(MONTH) : Optional.empty(),
                        version.isPresent(),
                        old ? "renews when 30 days are left" : "renews when a third of its life is left",
                        "certbot/certbot CHANGELOG: dynamic since 4.0.0 of 2025-04-07 (2026-11-24)"))
                : Optional.empty();
    }

    private static Optional<Rule> lego(String command, Optional<Version> version) {
        boolean dynamic = command.contains("--dynamic")
                || version.filter(found -> !found.before(new Version(5, 0, 0))).isPresent();
        Optional<Integer> days = days(command);
        Optional<Duration> left = days.map(Duration::ofDays).or(() -> dynamic ? Optional.empty() : Optional.of(MONTH));
        return Optional.of(new Rule(
                "lego",
                Optional.empty(),
                left,
                days.isPresent() || version.isPresent(),
                left.map(found -> "renews when " + found.toDays() + " days are left")
                        .orElse("renews when a third of its life is left"),
                "go-acme/lego at v5.3.1 (2026-11-24)"));
    }

    private static Optional<Integer> days(String command) {
        Matcher matcher = DAYS.matcher(command);
        return matcher.find() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
    }
}
