package dev.premortem.source.chart;

import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pod of Traefik's chart: container, mounts and volumes in the order of the template. */
final class TraefikPod {
    private final ChartValues values;
    private final String name;
    private final Harvest harvest;

    TraefikPod(ChartValues values, String name, Harvest harvest) {
        this.values = values;
        this.name = name;
        this.harvest = harvest;
    }

    Workload.Container container(Fact<String> image) {
        Fields all = Fields.of(values.tree(), harvest);
        Optional<Fields> requests = all.below("resources").flatMap(found -> found.below("requests"));
        Optional<Fact<Boolean>> readOnly =
                values.text("securityContext.readOnlyRootFilesystem").isPresent() || !values.before(10)
                        ? Optional.of(values.flag("securityContext.readOnlyRootFilesystem", true))
                        : Optional.empty();
        Map<String, Fact<String>> environment = new LinkedHashMap<>();
        for (Tree variable : values.tree().items("env")) {
            Optional<Fact<String>> key = variable.text("name");
            Optional<Fact<String>> value = variable.text("value");
            if (key.isPresent() && value.isPresent()) {
                environment.put(key.get().value(), value.get());
            }
        }
        return new Workload.Container(
                name,
                values.place("deployment"),
                image,
                arguments(),
                environment,
                mounts(),
                requests.flatMap(found -> found.thousandths("cpu")),
                requests.flatMap(found -> found.whole("memory")),
                readOnly);
    }

    private List<Fact<String>> arguments() {
        List<Fact<String>> arguments = new ArrayList<>();
        for (String key : List.of("globalArguments", "additionalArguments")) {
            values.tree().items(key).forEach(item -> item.text().ifPresent(arguments::add));
        }
        // Up to v32 a resolver's options stand in it directly, from v33 on below acme.
        for (Tree.Entry resolver : values.tree().entries("certResolvers")) {
            flatten("--certificatesresolvers." + resolver.key() + ".acme", resolver.value(), arguments);
        }
        for (Tree.Entry resolver : values.tree().entries("certificatesResolvers")) {
            flatten("--certificatesresolvers." + resolver.key(), resolver.value(), arguments);
        }
        for (String path : List.of("ports.websecure.tls", "ports.websecure.http.tls")) {
            values.text(path + ".certResolver")
                    .ifPresent(resolver -> arguments.add(
                            resolver.map(text -> "--entrypoints.websecure.http.tls.certresolver=" + text)));
            int number = 0;
            for (Tree domain : values.tree().items(path + ".domains")) {
                String prefix = "--entrypoints.websecure.http.tls.domains[" + number + "].";
                domain.text("main").ifPresent(main -> arguments.add(main.map(text -> prefix + "main=" + text)));
                domain.items("sans")
                        .forEach(san ->
                                san.text().ifPresent(fact -> arguments.add(fact.map(text -> prefix + "sans=" + text))));
                number++;
            }
        }
        return List.copyOf(arguments);
    }

    private static void flatten(String prefix, Tree tree, List<Fact<String>> arguments) {
        for (Tree.Entry entry : tree.entries()) {
            flatten(prefix + "." + entry.key(), entry.value(), arguments);
        }
        tree.text().ifPresent(fact -> arguments.add(fact.map(text -> prefix + "=" + text)));
    }

    private List<Workload.Mount> mounts() {
        List<Workload.Mount> mounts = new ArrayList<>();
        Declared data = values.place("persistence.path");
        mounts.add(new Workload.Mount(
                values.text("persistence.path", "/data"),
                volumeName(),
                values.text("persistence.subPath").map(Fact::value),
                false,
                data));
        mounts.add(new Workload.Mount(
                values.assumed("volumes", "/tmp"), "tmp", Optional.empty(), false, values.place("volumes")));
        for (Tree volume : values.tree().items("volumes")) {
            Optional<Fact<String>> path = volume.text("mountPath");
            Optional<Fact<String>> source = volume.text("name");
            if (path.isPresent() && source.isPresent()) {
                mounts.add(new Workload.Mount(
                        path.get(), plain(source.get().value()), Optional.empty(), true, volume.place()));
            }
        }
        for (Tree mount : values.tree().items("additionalVolumeMounts")) {
            Optional<Fact<String>> path = mount.text("mountPath");
            Optional<Fact<String>> volume = mount.text("name");
            boolean readOnly = mount.text("readOnly")
                    .filter(fact -> fact.value().equals("true"))
                    .isPresent();
            if (path.isPresent() && volume.isPresent()) {
                mounts.add(new Workload.Mount(
                        path.get(),
                        volume.get().value(),
                        mount.text("subPath").map(Fact::value),
                        readOnly,
                        mount.place()));
            }
        }
        return List.copyOf(mounts);
    }

    private String volumeName() {
        return values.text("persistence.name").map(Fact::value).orElse("data");
    }

    private static String plain(String source) {
        return source.replace('.', '-');
    }

    List<Workload.Volume> volumes() {
        List<Workload.Volume> volumes = new ArrayList<>();
        Fact<Boolean> kept = values.flag("persistence.enabled", false);
        String claim = values.text("persistence.existingClaim").map(Fact::value).orElse(name);
        volumes.add(new Workload.Volume(
                volumeName(),
                kept.map(on -> on ? "persistentVolumeClaim" : "emptyDir"),
                kept.value() ? claim : "",
                values.place("persistence.enabled")));
        volumes.add(new Workload.Volume("tmp", values.assumed("volumes", "emptyDir"), "", values.place("volumes")));
        for (Tree volume : values.tree().items("volumes")) {
            Optional<Fact<String>> source = volume.text("name");
            Fact<String> kind = volume.text("type").orElseGet(() -> new Fact<>("configMap", volume.place()));
            source.ifPresent(found ->
                    volumes.add(new Workload.Volume(plain(found.value()), kind, found.value(), volume.place())));
        }
        for (Tree volume : values.tree().items("deployment.additionalVolumes")) {
            Optional<Tree.Entry> kind = volume.entries().stream()
                    .filter(entry -> !entry.key().equals("name"))
                    .findFirst();
            String source = kind.flatMap(entry -> entry.value()
                            .text("claimName")
                            .or(() -> entry.value().text("secretName"))
                            .or(() -> entry.value().text("name")))
                    .map(Fact::value)
                    .orElse("");
            volume.text("name")
                    .ifPresent(found -> volumes.add(new Workload.Volume(
                            found.value(),
                            kind.map(entry -> new Fact<>(entry.key(), (dev.premortem.fact.Provenance) entry.place()))
                                    .orElseGet(() -> new Fact<>("emptyDir", volume.place())),
                            source,
                            volume.place())));
        }
        return List.copyOf(volumes);
    }
}
