package dev.premortem.model;

import dev.premortem.estate.Installation;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The fields of charts' values on which outages depend, by the names that charts give them. */
final class ValueTraits {
    private static final String CONVENTION =
            "the values of public charts name these fields alike (Artifact Hub, 2026-11)";
    private static final List<String> BUDGETS = List.of("podDisruptionBudget", "pdb");
    private static final List<String> VOLUMES = List.of("persistence", "persistentVolume");
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe");
    private static final List<String> ISSUERS =
            List.of("cert-manager.io/cluster-issuer", "cert-manager.io/issuer", "clusterIssuer");
    private static final List<String> NETWORK = List.of("mtu", "MTU", "tunnelProtocol", "routingMode");

    /** Below these keys stands what a program reads, not what Kubernetes runs. */
    private static final List<String> NOT_OURS = List.of("config", "configuration", "topics", "env", "data");

    /** Deeper keys are a program's own. */
    private static final int DEEPEST = 8;

    /** A field and what it decides. */
    private record Field(Trait.Kind kind, List<String> path) {}

    private ValueTraits() {}

    /** The sisters of one family, with the fields that at least one of them sets. */
    static List<Sister> of(Collection<Installation> family) {
        SortedMap<String, Field> fields = new TreeMap<>();
        family.forEach(each -> each.layers().forEach(layer -> find(layer, List.of(), fields)));
        List<Sister> sisters = new ArrayList<>();
        for (Installation each : family) {
            SortedMap<String, Trait> traits = new TreeMap<>();
            fields.forEach((name, field) -> trait(each, field).ifPresent(trait -> traits.put(name, trait)));
            each.version().ifPresent(version -> traits.put("chart version", chart(version)));
            sisters.add(new Sister(each.environment(), each.reference(), each.place(), traits));
        }
        return sisters;
    }

    private static Trait chart(Fact<String> version) {
        return new Trait(
                Trait.Kind.VERSION,
                List.of("chart version"),
                true,
                version.value(),
                "is at chart version " + version.value(),
                List.of(Evidence.of("chart version " + version.value(), version)),
                Optional.empty());
    }

    private static void find(Tree tree, List<String> path, SortedMap<String, Field> fields) {
        if (path.size() > DEEPEST || (!path.isEmpty() && NOT_OURS.contains(path.getLast()))) {
            return;
        }
        for (Tree.Entry entry : tree.entries()) {
            List<String> below = new ArrayList<>(path);
            below.add(entry.key());
            kind(path.isEmpty() ? "" : path.getLast(), entry)
                    .ifPresent(kind -> fields.putIfAbsent(String.join(".", below), new Field(kind, below)));
            find(entry.value(), below, fields);
        }
    }

    private static Optional<Trait.Kind> kind(String parent, Tree.Entry entry) {
        String key = entry.key();
        boolean scalar = entry.value() instanceof Tree.Scalar;
        boolean number = entry.value() instanceof Tree.Scalar value && value.kind() == Tree.Scalar.Kind.INTEGER;
        boolean enabled = key.equals("enabled") || key.equals("create");
        if (number && (key.equals("replicaCount") || key.equals("replicas") || key.equals("minReplicas"))) {
            return Optional.of(Trait.Kind.REPLICAS);
        }
        if (scalar && enabled && BUDGETS.contains(parent)) {
            return Optional.of(Trait.Kind.BUDGET);
        }
        if (scalar && enabled && VOLUMES.contains(parent)) {
            return Optional.of(Trait.Kind.PERSISTENCE);
        }
        if (scalar && enabled && PROBES.contains(parent)) {
            return Optional.of(Trait.Kind.PROBE);
        }
        if (scalar && ISSUERS.contains(key)) {
            return Optional.of(Trait.Kind.ISSUER);
        }
        if (scalar && key.equals("failurePolicy")) {
            return Optional.of(Trait.Kind.FAILURE_POLICY);
        }
        if (scalar && NETWORK.contains(key)) {
            return Optional.of(Trait.Kind.NETWORK);
        }
        boolean tag =
                key.equals("tag") && parent.toLowerCase(java.util.Locale.ROOT).endsWith("image");
        if (scalar && (tag || key.equals("imageTag"))) {
            return Optional.of(Trait.Kind.VERSION);
        }
        return key.equals("topologySpreadConstraints") || (key.equals("affinity") && !scalar)
                ? Optional.of(Trait.Kind.SPREAD)
                : Optional.empty();
    }

    private static Optional<Trait> trait(Installation each, Field field) {
        if (off(each, field) || scaled(each, field)) {
            return Optional.empty();
        }
        Optional<Tree> set = each.at(field.path());
        if (set.isEmpty()) {
            return absent(each, field);
        }
        List<Evidence> evidence = new ArrayList<>();
        unset(each, field, set.get()).ifPresent(evidence::add);
        String text = set.get().text().map(Fact::value).orElse("");
        String shown = set.get() instanceof Tree.Scalar ? last(field) + ": " + text : last(field);
        evidence.add(
                new Evidence(shown, text.isEmpty() ? shown : text, set.get().place()));
        return switch (field.kind()) {
            case REPLICAS -> replicas(each, field, text, evidence);
            case PERSISTENCE -> Optional.of(made(each, field, text.equals("true"), text, "keeps nothing", evidence));
            case BUDGET -> Optional.of(made(each, field, text.equals("true"), text, "has no budget", evidence));
            case PROBE ->
                Optional.of(made(
                        each,
                        field,
                        text.equals("true"),
                        text,
                        "has no " + field.path().get(field.path().size() - 2),
                        evidence));
            case ISSUER -> Optional.of(made(each, field, !test(text), text, "takes certificates of " + text, evidence));
            case FAILURE_POLICY ->
                Optional.of(
                        made(each, field, text.equals("Ignore"), text, "refuses while its webhook is away", evidence));
            case SPREAD -> Optional.of(made(each, field, spread(set.get()), "set", "spreads nothing", evidence));
            case NETWORK, VERSION ->
                text.isBlank()
                        ? Optional.empty()
                        : Optional.of(made(each, field, true, text, "has " + last(field) + " " + text, evidence));
            case STRATEGY, REQUESTS -> Optional.empty();
        };
    }

    private static Trait made(
            Installation each, Field field, boolean good, String value, String words, List<Evidence> evidence) {
        Optional<Tree> own = field.kind() == Trait.Kind.SPREAD ? Optional.empty() : each.own();
        return new Trait(field.kind(), field.path(), good, value, words, List.copyOf(evidence), own);
    }

    private static Optional<Trait> replicas(Installation each, Field field, String text, List<Evidence> evidence) {
        if (!text.matches("[0-9]{1,6}") || text.equals("0")) {
            return Optional.empty(); // none at all is a switch
        }
        boolean good = Integer.parseInt(text) > 1;
        return Optional.of(made(each, field, good, text, good ? "runs " + text : "runs once", evidence));
    }

    private static boolean test(String issuer) {
        String name = issuer.toLowerCase(java.util.Locale.ROOT);
        return name.contains("staging") || name.contains("selfsigned") || name.contains("self-signed");
    }

    private static boolean spread(Tree tree) {
        return !tree.items().isEmpty()
                || tree.at("podAntiAffinity")
                        .filter(found -> !found.entries().isEmpty())
                        .isPresent();
    }

    /** Where its own file leaves the field to a shared one, that is half of the cause. */
    private static Optional<Evidence> unset(Installation each, Field field, Tree set) {
        return each.own()
                .filter(own -> !own.place().file().equals(set.place().file()))
                .map(own -> notSet(own, field));
    }

    private static Evidence notSet(Tree own, Field field) {
        Declared place = own.place();
        Tree here = own;
        for (String key : field.path()) {
            Optional<Tree.Entry> next = here.entries().stream()
                    .filter(entry -> entry.key().equals(key))
                    .findFirst();
            if (next.isEmpty()) {
                break;
            }
            place = next.get().place();
            here = next.get().value();
        }
        String name = place.file().substring(place.file().lastIndexOf('/') + 1);
        return new Evidence(name + " sets no " + String.join(".", field.path()), "", place);
    }

    /** What nobody sets is the chart's own default, which is one replica, no budget and no spread nearly everywhere; of others nothing is known. */
    private static Optional<Trait> absent(Installation each, Field field) {
        boolean mine = field.path().size() == 1
                || each.layers().stream()
                        .anyMatch(
                                layer -> Installation.below(layer, field.path().subList(0, 1))
                                        .isPresent());
        if (!each.whole() || !mine || each.own().isEmpty()) {
            return Optional.empty();
        }
        Evidence evidence = notSet(each.own().get(), field);
        Evidence guess = new Evidence("the chart's default", "", new Assumed("guess.chart.default", CONVENTION));
        return switch (field.kind()) {
            case REPLICAS ->
                last(field).equals("minReplicas")
                        ? Optional.empty()
                        : Optional.of(made(each, field, false, "1", "runs once", List.of(evidence, guess)));
            case BUDGET -> Optional.of(made(each, field, false, "", "has no budget", List.of(evidence, guess)));
            case SPREAD -> Optional.of(made(each, field, false, "", "spreads nothing", List.of(evidence, guess)));
            case PERSISTENCE, ISSUER, FAILURE_POLICY, STRATEGY, PROBE, REQUESTS, NETWORK, VERSION -> Optional.empty();
        };
    }

    private static String last(Field field) {
        return field.path().getLast();
    }

    /** A part that this environment has switched off. */
    private static boolean off(Installation each, Field field) {
        boolean itself = field.kind() == Trait.Kind.BUDGET
                || field.kind() == Trait.Kind.PERSISTENCE
                || field.kind() == Trait.Kind.PROBE;
        int most = field.path().size() - (itself ? 2 : 1);
        for (int i = 1; i <= most; i++) {
            List<String> enabled = new ArrayList<>(field.path().subList(0, i));
            enabled.add("enabled");
            if (is(each, enabled, "false")) {
                return true;
            }
        }
        return field.path().size() > 1 && is(each, List.of(field.path().getFirst() + "Enabled"), "false");
    }

    private static boolean is(Installation each, List<String> path, String wanted) {
        return each.at(path)
                .flatMap(Tree::text)
                .filter(text -> text.value().equals(wanted))
                .isPresent();
    }

    /** Where an autoscaler counts, the fixed number does not, and the other way round. */
    private static boolean scaled(Installation each, Field field) {
        if (field.kind() != Trait.Kind.REPLICAS) {
            return false;
        }
        boolean least = last(field).equals("minReplicas");
        List<String> switched =
                new ArrayList<>(field.path().subList(0, field.path().size() - 1));
        if (!least) {
            switched.add("autoscaling");
        }
        switched.add("enabled");
        return is(each, switched, "true") != least;
    }
}
