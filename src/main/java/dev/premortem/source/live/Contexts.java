package dev.premortem.source.live;

import dev.premortem.source.text.Near;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The contexts of the user's kubeconfig, and the one that a pod of a cluster has by its service account. */
public final class Contexts {
    /** The name by which the cluster that the program itself runs in is asked for. */
    public static final String IN_CLUSTER = "in-cluster";

    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private final Surroundings around;

    public Contexts(Surroundings around) {
        this.around = around;
    }

    /**
     * Where credentials are, as the environment says.
     *
     * @param kubeconfigs files, the first that has a name wins
     * @param apiHost {@code KUBERNETES_SERVICE_HOST}, empty outside of a cluster
     * @param apiPort {@code KUBERNETES_SERVICE_PORT}
     */
    public record Surroundings(List<Path> kubeconfigs, String apiHost, String apiPort) {}

    /** A context that cannot be used; the message is for people. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /** Names of all contexts, sorted. */
    public List<String> names() throws Unusable {
        TreeSet<String> names = new TreeSet<>();
        for (io.fabric8.kubernetes.api.model.Config file : files()) {
            for (NamedContext context : file.getContexts()) {
                names.add(context.getName());
            }
        }
        if (!around.apiHost().isEmpty()) {
            names.add(IN_CLUSTER);
        }
        return List.copyOf(names);
    }

    /** Fails where no context has this name, with the nearest that is there. */
    public void require(String context) throws Unusable {
        List<String> names = names();
        if (!names.contains(context)) {
            String known = names.isEmpty() ? "there is none" : "there are " + String.join(", ", some(names));
            throw new Unusable("no context is called " + context + " in " + where() + "; "
                    + Near.nearest(context, names)
                            .map(name -> "did you mean " + name + "?")
                            .orElse(known));
        }
    }

    /** What a client needs for a context. */
    Config config(String context) throws Unusable {
        require(context);
        List<io.fabric8.kubernetes.api.model.Config> files = files();
        boolean named = files.stream()
                .flatMap(file -> file.getContexts().stream())
                .anyMatch(found -> found.getName().equals(context));
        if (!named) {
            return inCluster();
        }
        Config config = Config.empty();
        KubeConfigUtils.merge(config, context, files.toArray(io.fabric8.kubernetes.api.model.Config[]::new));
        if (Optional.ofNullable(config.getMasterUrl()).orElse("").isBlank()) {
            throw new Unusable("the context " + context + " in " + where() + " names no cluster with a server");
        }
        return config;
    }

    private Config inCluster() throws Unusable {
        Path token = ACCOUNT.resolve("token");
        Path authority = ACCOUNT.resolve("ca.crt");
        if (!Files.isReadable(token) || !Files.isReadable(authority)) {
            throw new Unusable("this pod has no service account: " + ACCOUNT + " holds no token and ca.crt that may be"
                    + " read; expected automountServiceAccountToken: true");
        }
        Config config = Config.empty();
        String host = around.apiHost().contains(":") ? "[" + around.apiHost() + "]" : around.apiHost();
        config.setMasterUrl("https://" + host + ":" + (around.apiPort().isEmpty() ? "443" : around.apiPort()));
        config.setCaCertFile(authority.toString());
        try {
            config.setAutoOAuthToken(Files.readString(token).strip());
        } catch (java.io.IOException e) {
            throw new Unusable("the token of this pod's service account cannot be read (" + token + ")");
        }
        return config;
    }

    private List<io.fabric8.kubernetes.api.model.Config> files() throws Unusable {
        List<io.fabric8.kubernetes.api.model.Config> found = new ArrayList<>();
        for (Path path : around.kubeconfigs()) {
            if (!Files.exists(path)) {
                continue;
            }
            try {
                found.add(KubeConfigUtils.parseConfig(new File(path.toString())));
            } catch (RuntimeException e) {
                // The parser's message shows the text around the mistake, and that may be a key.
                throw new Unusable(path + " is no kubeconfig that can be read");
            }
        }
        return found;
    }

    private String where() {
        return around.kubeconfigs().isEmpty()
                ? "no kubeconfig (KUBECONFIG and ~/.kube/config)"
                : String.join(
                        ", ", around.kubeconfigs().stream().map(Path::toString).toList());
    }

    private static List<String> some(List<String> names) {
        return names.size() <= 6 ? names : names.subList(0, 6);
    }
}
