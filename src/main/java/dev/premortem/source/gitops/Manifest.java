package dev.premortem.source.gitops;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.Optional;

/**
 * A document on its way through a deployment.
 *
 * @param file file that it stands in, or that its first line was set by
 * @param index its place among the documents of its file
 * @param cluster cluster it goes to, where its deployment says so
 * @param chart what came of the chart that it asks for, where it asks for one
 */
public record Manifest(String file, int index, Tree tree, Optional<String> cluster, Optional<Chart> chart) {
    /**
     * What came of a chart.
     *
     * @param gap why it was not rendered; empty where it was
     */
    public record Chart(Optional<String> gap) {}

    /** A document as parsed. */
    public static Manifest parsed(String file, int index, Tree tree) {
        return new Manifest(file, index, tree, Optional.empty(), Optional.empty());
    }

    Manifest with(Tree changed) {
        return new Manifest(file, index, changed, cluster, chart);
    }

    Manifest in(Optional<String> name) {
        return new Manifest(file, index, tree, name, chart);
    }

    Manifest came(Optional<String> gap) {
        return new Manifest(file, index, tree, cluster, Optional.of(new Chart(gap)));
    }

    String text(String path) {
        return tree.text(path).map(Fact::value).orElse("");
    }

    String kind() {
        return text("kind");
    }

    String name() {
        return text("metadata.name");
    }

    /** Its namespace, {@code default} where it names none. */
    String namespace() {
        String named = text("metadata.namespace");
        return named.isBlank() ? "default" : named;
    }

    /** True where its apiVersion is of the group. */
    boolean of(String group) {
        return text("apiVersion").startsWith(group + "/");
    }

    /** True for what Kubernetes takes: a kind, a version and a name. */
    boolean object() {
        return tree.text("apiVersion").isPresent() && !kind().isEmpty();
    }

    /** The cluster that a {@code kubeConfig} of Flux leads to, called as the Secret that holds it. */
    Optional<String> remote() {
        String secret = text("spec.kubeConfig.secretRef.name");
        String name = secret.isEmpty() ? text("spec.kubeConfig.configMapRef.name") : secret;
        return name.isEmpty() ? Optional.empty() : Optional.of(name.replaceFirst("(?i)-kubeconfig$", ""));
    }

    /** What tells it from others within a cluster. */
    String identity() {
        String version = text("apiVersion");
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        return group + "/" + kind() + "/" + namespace() + "/" + name();
    }
}
