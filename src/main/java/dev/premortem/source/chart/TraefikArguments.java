package dev.premortem.source.chart;

import dev.premortem.estate.Issuer;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Traefik's command line says about ACME: resolvers, and the default resolver of an entry point. */
public final class TraefikArguments {
    private static final Pattern RESOLVER =
            Pattern.compile("(?i)^-{1,2}certificatesresolvers\\.([^.=]+)\\.acme(?:\\.([^=]+))?(?:=(.*))?$");
    private static final Pattern VARIABLE = Pattern.compile("(?i)^TRAEFIK_CERTIFICATESRESOLVERS_(.+?)_ACME_(.+)$");
    private static final Pattern ENTRY_POINT = Pattern.compile(
            "(?i)^-{1,2}entrypoints\\.([^.=]+)\\.http\\.tls(?:\\.(certresolver|domains\\[\\d+\\]\\.(?:main|sans)))?(?:=(.*))?$");

    /** The default of an entry point: which resolver orders, and for which names. */
    public record EntryPoint(String name, Optional<Fact<String>> resolver, List<Fact<String>> names) {}

    private TraefikArguments() {}

    static Optional<String> resolver(String argument) {
        Matcher matcher = RESOLVER.matcher(argument);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The issuers of a workload, one per resolver. */
    public static List<Issuer> issuers(Workload workload) {
        SortedMap<String, SortedMap<String, Fact<String>>> resolvers = new TreeMap<>();
        for (Workload.Container container : workload.containers()) {
            for (Fact<String> argument : container.arguments()) {
                Matcher matcher = RESOLVER.matcher(argument.value());
                if (matcher.matches()) {
                    String value = Optional.ofNullable(matcher.group(3)).orElse("");
                    String option = Optional.ofNullable(matcher.group(2)).orElse("");
                    option(resolvers, matcher.group(1), option, argument.map(ignored -> value));
                }
            }
            container.environment().forEach((name, value) -> {
                Matcher matcher = VARIABLE.matcher(name);
                if (matcher.matches()) {
                    option(
                            resolvers,
                            matcher.group(1).toLowerCase(Locale.ROOT),
                            matcher.group(2).replace('_', '.'),
                            value);
                }
            });
        }
        List<Issuer> issuers = new ArrayList<>();
        resolvers.forEach((name, options) -> issuers.add(issuer(workload, name, options)));
        return issuers;
    }

    private static void option(
            SortedMap<String, SortedMap<String, Fact<String>>> resolvers,
            String name,
            String option,
            Fact<String> value) {
        resolvers.computeIfAbsent(name, ignored -> new TreeMap<>()).put(option.toLowerCase(Locale.ROOT), value);
    }

    private static Issuer issuer(Workload workload, String name, SortedMap<String, Fact<String>> options) {
        Declared place = options.values().stream()
                .flatMap(fact -> fact.provenance() instanceof Declared declared
                        ? java.util.stream.Stream.of(declared)
                        : java.util.stream.Stream.empty())
                .min(Declared::compareTo)
                .orElse(workload.place());
        Fact<String> storage = Optional.ofNullable(options.get("storage"))
                .orElseGet(() -> new Fact<>(
                        "acme.json",
                        new Assumed(
                                "traefik.acme.storage",
                                "Traefik reference: acme.json in the working directory by default")));
        return new Issuer(
                Reference.of("issuer", name),
                place,
                workload.cluster(),
                name,
                "acme",
                Optional.ofNullable(options.get("caserver")),
                Optional.of(workload.reference()),
                Optional.of(storage));
    }

    /** The entry points of a workload that order certificates by default. */
    public static List<EntryPoint> entryPoints(Workload workload) {
        SortedMap<String, List<Fact<String>>> names = new TreeMap<>();
        SortedMap<String, Fact<String>> resolvers = new TreeMap<>();
        for (Workload.Container container : workload.containers()) {
            for (Fact<String> argument : container.arguments()) {
                Matcher matcher = ENTRY_POINT.matcher(argument.value());
                if (!matcher.matches() || matcher.group(2) == null || matcher.group(3) == null) {
                    continue;
                }
                String entryPoint = matcher.group(1).toLowerCase(Locale.ROOT);
                String value = matcher.group(3);
                if (matcher.group(2).equalsIgnoreCase("certresolver")) {
                    resolvers.put(entryPoint, argument.map(ignored -> value));
                } else {
                    for (String one : value.split(",", 0)) {
                        names.computeIfAbsent(entryPoint, ignored -> new ArrayList<>())
                                .add(argument.map(ignored -> one.strip()));
                    }
                }
            }
        }
        return resolvers.entrySet().stream()
                .map(entry -> new EntryPoint(
                        entry.getKey(),
                        Optional.of(entry.getValue()),
                        List.copyOf(names.getOrDefault(entry.getKey(), List.of()))))
                .toList();
    }
}
