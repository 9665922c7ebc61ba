package dev.premortem.source.chart;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of app-template: its values, and the names that the chart derives from them (bjw-s-labs/helm-charts charts/library/common at dfaf83d1, 4.1.1:
 * {@code lib/chart/_names.tpl}, {@code lib/common/_determineResourceNameFromValues.tpl}, read 2026-11-26).
 *
 * @param place where the release is asked for
 */
record LaidRelease(Declared place, String name, String namespace, Tree values) {
    private static final Pattern OF_RELEASE = Pattern.compile("\\{\\{-?\\s*\\.Release\\.(Name|Namespace)\\s*-?}}");

    /** The entries of a section that are not switched off. */
    List<Tree.Entry> enabled(String section) {
        return values.entries(section).stream()
                .filter(entry -> entry.value() instanceof Tree.Mapping)
                .filter(entry -> !says(entry.value(), "enabled", "false"))
                .toList();
    }

    static boolean says(Tree tree, String path, String word) {
        return tree.text(path).filter(text -> text.value().equals(word)).isPresent();
    }

    static String text(Tree tree, String path, String otherwise) {
        return tree.text(path).map(Fact::value).filter(text -> !text.isBlank()).orElse(otherwise);
    }

    String fullName() {
        String override = text(values, "global.fullnameOverride", text(values, "fullnameOverride", ""));
        String label = label();
        String plain = name.contains(label) ? name : name + "-" + label;
        return override.isEmpty() ? plain : resolve(override);
    }

    /** The value of the label {@code app.kubernetes.io/name}. */
    String label() {
        return resolve(text(values, "global.nameOverride", text(values, "nameOverride", name)));
    }

    /** The name of one of {@code count} things of a kind. */
    String nameOf(Tree.Entry entry, int count) {
        String forced = text(entry.value(), "forceRename", "");
        if (!forced.isEmpty()) {
            return resolve(forced);
        }
        String full = fullName();
        String id = entry.key();
        boolean append = count > 1 && !full.equals(id) && !full.endsWith("-" + id);
        String prefix = text(entry.value(), "prefix", "");
        String suffix = text(entry.value(), "suffix", "");
        return (prefix.isEmpty() ? "" : resolve(prefix) + "-")
                + full
                + (append ? "-" + id : "")
                + (suffix.isEmpty() ? "" : "-" + resolve(suffix));
    }

    /** A text with the names of the release in it; what else a template would say stays as it stands. */
    String resolve(String text) {
        if (!text.contains("{{")) {
            return text;
        }
        Matcher matcher = OF_RELEASE.matcher(text);
        return matcher.replaceAll(
                found -> Matcher.quoteReplacement(found.group(1).equals("Name") ? name : namespace));
    }

    /** The same for every text of a tree. */
    Tree resolve(Tree tree) {
        return switch (tree) {
            case Tree.Scalar scalar ->
                scalar.value().contains("{{")
                        ? new Tree.Scalar(scalar.place(), scalar.kind(), resolve(scalar.value()))
                        : scalar;
            case Tree.Sequence sequence ->
                new Tree.Sequence(
                        sequence.place(),
                        sequence.values().stream().map(this::resolve).toList());
            case Tree.Mapping mapping ->
                new Tree.Mapping(
                        mapping.place(),
                        mapping.values().stream()
                                .map(entry -> new Tree.Entry(entry.key(), entry.place(), resolve(entry.value())))
                                .toList());
        };
    }

    Optional<Tree> resolved(Tree tree, String path) {
        return tree.at(path).map(this::resolve);
    }

    /** An object with the metadata that the chart gives it; it stands where its values do. */
    Shape object(String apiVersion, String kind, Tree.Entry entry, String called, Tree labels) {
        Tree metadata = Shape.at(place)
                .put("name", called)
                .put("namespace", namespace)
                .put("labels", labels)
                .put("annotations", resolved(entry.value(), "annotations"))
                .done();
        return Shape.at(entry.place())
                .put("apiVersion", apiVersion)
                .put("kind", kind)
                .put("metadata", metadata);
    }

    /** The labels by which a Service finds the pods of a controller. */
    Tree selector(Declared at, String controller) {
        return Shape.at(at)
                .put("app.kubernetes.io/controller", controller)
                .put("app.kubernetes.io/instance", name)
                .put("app.kubernetes.io/name", label())
                .done();
    }
}
