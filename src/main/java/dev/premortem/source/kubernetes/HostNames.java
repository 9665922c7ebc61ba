package dev.premortem.source.kubernetes;

import dev.premortem.estate.ConfigMap;
import dev.premortem.estate.Dependency;
import dev.premortem.estate.Dependency.When;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds the services that a workload calls: names of Services that exist in its cluster, in environment, arguments and the configMaps it
 * uses. A bare word counts only where it is plainly a host: in a URL, with a port, or under a name such as {@code DB_HOST}.
 */
final class HostNames {
    private static final Pattern HOSTLY =
            Pattern.compile("(?i).*(host|addr|url|uri|server|endpoint|service|broker|upstream|backend|dsn|proxy).*");

    private static final int LONGEST = 200_000;

    private final KubernetesObject object;
    private final Map<String, String> podLabels;
    private final Surroundings around;
    private final Map<String, Dependency> found = new LinkedHashMap<>();

    /** True where what is found is looked at and not needed. */
    private boolean onlooker;

    HostNames(KubernetesObject object, Map<String, String> podLabels, Surroundings around) {
        this.object = object;
        this.podLabels = podLabels;
        this.around = around;
    }

    /** The declared dependencies and, after them, those that are found and not declared. */
    List<Dependency> dependencies(
            List<Workload.Container> containers,
            List<Workload.Container> initial,
            Tree pod,
            List<Workload.Volume> volumes,
            List<Dependency> declared) {
        declared.forEach(dependency -> found.put(dependency.to().text(), dependency));
        onlooker = Onlookers.are(containers);
        containers.forEach(container -> container(container, When.RUN));
        for (String name : configMaps(pod, volumes)) {
            around.configMap(object.cluster(), object.namespace(), name).ifPresent(this::configMap);
        }
        initial.forEach(container -> container(container, When.START));
        return List.copyOf(new ArrayList<>(found.values()));
    }

    /** The declared dependencies and, after them, those that any text below a value names. */
    List<Dependency> dependencies(Tree tree, List<Dependency> declared) {
        declared.forEach(dependency -> found.put(dependency.to().text(), dependency));
        tree.scalars().filter(scalar -> scalar.value().length() < LONGEST).forEach(scalar -> {
            String field = scalar.place().field();
            text(field.substring(field.lastIndexOf('.') + 1), new Fact<>(scalar.value(), scalar.place()), When.RUN);
        });
        return List.copyOf(new ArrayList<>(found.values()));
    }

    private static Set<String> configMaps(Tree pod, List<Workload.Volume> volumes) {
        Set<String> names = new TreeSet<>();
        volumes.stream()
                .filter(volume -> volume.kind().value().equals("configMap"))
                .forEach(volume -> names.add(volume.source()));
        for (String key : List.of("containers", "initContainers")) {
            for (Tree container : pod.items(key)) {
                container
                        .items("envFrom")
                        .forEach(from -> from.text("configMapRef.name").ifPresent(name -> names.add(name.value())));
                container
                        .items("env")
                        .forEach(from ->
                                from.text("valueFrom.configMapKeyRef.name").ifPresent(name -> names.add(name.value())));
            }
        }
        return names;
    }

    private void container(Workload.Container container, When when) {
        container.environment().forEach((name, value) -> text(name, value, when));
        String before = "";
        for (Fact<String> argument : container.arguments()) {
            int equals = argument.value().indexOf('=');
            String name = equals > 0 && argument.value().startsWith("-")
                    ? argument.value().substring(0, equals)
                    : before;
            String value = equals > 0 && argument.value().startsWith("-")
                    ? argument.value().substring(equals + 1)
                    : argument.value();
            text(name, argument.map(ignored -> value), when);
            before = argument.value();
        }
    }

    private void configMap(ConfigMap configMap) {
        configMap.data().forEach((name, value) -> {
            if (value.value().length() < LONGEST) {
                text(name, value, When.RUN);
            }
        });
    }

    private void text(String name, Fact<String> fact, When when) {
        String value = fact.value();
        HostTokens token = new HostTokens(value);
        while (token.find()) {
            boolean boundary = token.start() == 0
                    || (!Character.isLetterOrDigit(value.charAt(token.start() - 1))
                            && value.charAt(token.start() - 1) != '_'
                            && value.charAt(token.start() - 1) != '$');
            boolean certain = token.before() || token.port();
            boolean whole = token.length() == value.strip().length();
            if (boundary) {
                String host = token.host();
                service(host, certain || whole)
                        // looked at last, because most words are no service at all
                        .filter(_ -> certain
                                || host.indexOf('.') >= 0
                                || HOSTLY.matcher(name).matches())
                        .ifPresent(to -> add(to, fact, when));
            }
        }
    }

    private void add(Service to, Fact<String> fact, When when) {
        boolean own = to.namespace().equals(object.namespace())
                && !to.selector().isEmpty()
                && podLabels.entrySet().containsAll(to.selector().entrySet());
        if (!own && fact.provenance() instanceof Declared place) {
            found.putIfAbsent(
                    to.reference().text(),
                    new Dependency(to.reference(), Optional.empty(), onlooker, when, Optional.empty(), place));
        }
    }

    private Optional<Service> service(String host, boolean plainly) {
        int dot = host.indexOf('.');
        boolean many = dot >= 0 && host.indexOf('.', dot + 1) >= 0;
        if ((dot < 0 && !plainly) || (many && !host.contains(".svc"))) {
            return Optional.empty();
        }
        String[] labels = host.split("\\.", -1);
        for (int i = 2; i < labels.length; i++) {
            if (labels[i].equals("svc")) {
                return around.service(object.cluster(), labels[i - 1], labels[i - 2]);
            }
        }
        if (labels.length == 2) {
            return around.service(object.cluster(), labels[1], labels[0]);
        }
        return labels.length == 1 && plainly
                ? around.service(object.cluster(), object.namespace(), labels[0])
                : Optional.empty();
    }
}
