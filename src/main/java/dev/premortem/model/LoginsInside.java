package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Dashboards whose only way in is a login that the same cluster serves: closed just when one would look at them. */
public final class LoginsInside {
    private LoginsInside() {}

    /** Those of each cluster. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        Inside inside = new Inside(sketch);
        for (KubernetesObject object : sketch.estate().objects()) {
            door(object)
                    .flatMap(door -> inside.serving(
                                    object.cluster(), door.login().value())
                            .filter(server -> !server.namespace().equals(object.namespace()) || !door.own())
                            .map(server -> item(object, door, server)))
                    .ifPresent(item -> items.computeIfAbsent(object.cluster(), _ -> new ArrayList<>())
                            .add(item));
        }
        return items;
    }

    /**
     * The only way in.
     *
     * @param closed where the other way in is closed
     * @param login address of the login
     * @param own true where a login in the same namespace is a part of the thing itself
     */
    private record Door(Fact<String> closed, Fact<String> login, boolean own) {}

    private static Optional<Door> door(KubernetesObject object) {
        return switch (object.kind()) {
            case "Grafana" -> object.tree().at("spec.config").flatMap(LoginsInside::grafana);
            case "ConfigMap" -> object.name().equals("argocd-cm") ? argo(object.tree()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Sections of Grafana's configuration, as its operator takes them. */
    private static Optional<Door> grafana(Tree config) {
        Optional<Fact<String>> closed =
                config.text("auth.disable_login_form").filter(one -> Inside.yes(Optional.of(one)));
        List<Fact<String>> logins = config.entries().stream()
                .filter(entry -> entry.key().startsWith("auth.")
                        && entry.value() instanceof Tree.Mapping
                        && Inside.yes(entry.value().text("enabled")))
                .flatMap(entry -> Stream.concat(
                        entry.value().text("auth_url").stream(),
                        // Providers with addresses of their own are elsewhere.
                        entry.value().text("auth_url").isPresent()
                                ? Stream.empty()
                                : Stream.of(new Fact<>("elsewhere.invalid", new Declared("", 1, "")))))
                .toList();
        return closed.filter(_ -> logins.size() == 1).map(found -> new Door(found, logins.getFirst(), false));
    }

    private static Optional<Door> argo(Tree tree) {
        Optional<Tree.Mapping> data =
                tree.at("data").filter(Tree.Mapping.class::isInstance).map(Tree.Mapping.class::cast);
        Optional<Fact<String>> closed = data.flatMap(mapping -> mapping.get("admin.enabled"))
                .flatMap(Tree::text)
                .filter(text -> text.value().equals("false"));
        Optional<Fact<String>> login = data.flatMap(mapping -> mapping.get("oidc.config"))
                .flatMap(Tree::text)
                .flatMap(text -> text.value()
                        .lines()
                        .filter(line -> line.startsWith("issuer:"))
                        .findFirst()
                        .map(line ->
                                text.map(_ -> line.substring("issuer:".length()).strip())));
        return closed.flatMap(found -> login.map(address -> new Door(found, address, true)));
    }

    private static Standstill.Item item(KubernetesObject object, Door door, Inside.Server server) {
        String name = object.namespace() + "/" + object.name();
        return new Standstill.Item(
                object.reference(),
                door.closed().provenance() instanceof Declared place
                        ? place
                        : object.tree().place(),
                name + " can be opened",
                name + " cannot be opened",
                "the only login of " + name + " is " + server.name() + " of the same cluster",
                List.of(
                        Evidence.of("no login without it", door.closed()),
                        Evidence.of("asks " + server.name(), door.login())),
                Confidence.LIKELY);
    }
}
