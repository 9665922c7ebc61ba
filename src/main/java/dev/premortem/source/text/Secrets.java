package dev.premortem.source.text;

import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** Takes private keys and other secrets out of what was read, before anything else sees it. */
public final class Secrets {
    private static final Set<String> KUBECONFIG_SECRETS =
            Set.of("client-key-data", "token", "password", "id-token", "refresh-token", "client-secret");
    private static final Pattern KEY_BLOCK = Pattern.compile(
            "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\\z)", Pattern.DOTALL);
    private static final String REMOVED = "";

    private Secrets() {}

    /** True for a kubeconfig. */
    public static boolean kubeconfig(Tree tree) {
        return tree.text("kind").filter(kind -> kind.value().equals("Config")).isPresent()
                && tree.at("users").isPresent();
    }

    /** True for the store of Traefik's ACME client: resolvers with an account or certificates. */
    public static boolean acmeStore(Tree tree) {
        return !tree.entries().isEmpty()
                && tree.entries().stream()
                        .allMatch(entry -> entry.value().at("Account").isPresent()
                                || entry.value().at("Certificates").isPresent());
    }

    /** The same tree without secret values; line breaks of a PEM text are kept so that lines still count. */
    public static Tree withoutKeys(Tree tree) {
        if (tree instanceof Tree.Scalar scalar) {
            return scalar.value().contains("PRIVATE KEY-----")
                    ? new Tree.Scalar(
                            scalar.place(),
                            scalar.kind(),
                            KEY_BLOCK
                                    .matcher(scalar.value())
                                    .replaceAll(found -> "\n"
                                            .repeat((int) found.group().lines().count() - 1)))
                    : scalar;
        }
        if (kubeconfig(tree)) {
            return without(tree, "", (path, key) -> KUBECONFIG_SECRETS.contains(key));
        }
        if (acmeStore(tree)) {
            return without(tree, "", (path, key) -> key.equals("key") || key.equals("PrivateKey"));
        }
        if (tree.text("kind").filter(kind -> kind.value().equals("Secret")).isPresent()) {
            return without(
                    tree,
                    "",
                    (path, key) -> (path.equals("/data") || path.equals("/stringData"))
                            && !key.equals("tls.crt")
                            && !key.equals("ca.crt"));
        }
        return tree;
    }

    private static Tree without(Tree tree, String path, BiPredicate<String, String> secret) {
        return switch (tree) {
            case Tree.Scalar scalar -> scalar;
            case Tree.Sequence sequence ->
                new Tree.Sequence(
                        sequence.place(),
                        sequence.values().stream()
                                .map(item -> without(item, path, secret))
                                .toList());
            case Tree.Mapping mapping -> {
                List<Tree.Entry> entries = new ArrayList<>();
                for (Tree.Entry entry : mapping.values()) {
                    Tree value = secret.test(path, entry.key())
                            ? new Tree.Scalar(entry.value().place(), Tree.Scalar.Kind.STRING, REMOVED)
                            : without(entry.value(), path + "/" + entry.key(), secret);
                    entries.add(new Tree.Entry(entry.key(), entry.place(), value));
                }
                yield new Tree.Mapping(mapping.place(), List.copyOf(entries));
            }
        };
    }
}
