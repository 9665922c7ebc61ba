package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An alert of Prometheus, VictoriaMetrics or Grafana.
 *
 * @param of the object or release that holds it
 * @param expression as it stands there
 * @param hold how long it has to hold before somebody is told: {@code for}
 */
public record AlertRule(
        Reference of,
        String cluster,
        String namespace,
        String name,
        Fact<String> expression,
        Optional<Fact<String>> threshold,
        Optional<Fact<String>> hold) {
    /** The time for which it has to hold; nothing where it is not declared, empty where that is not understood. */
    public Optional<Duration> holds() {
        return hold.isEmpty() ? Optional.of(Duration.ZERO) : hold.flatMap(text -> Durations.parse(text.value()));
    }

    /** The expression, with the threshold that stands beside it. */
    public String text() {
        return expression.value() + threshold.map(found -> " " + found.value()).orElse("");
    }

    /** All of the estate: of PrometheusRule and VMRule, of charts' values, of Grafana's groups. */
    public static List<AlertRule> all(Sketch sketch) {
        List<AlertRule> rules = new ArrayList<>();
        for (KubernetesObject object : sketch.estate().objects()) {
            if (object.kind().equals("PrometheusRule") || object.kind().equals("VMRule")) {
                object.tree()
                        .items("spec.groups")
                        .forEach(group ->
                                prometheus(object.reference(), object.cluster(), object.namespace(), group, rules));
            } else if (object.kind().equals("GrafanaAlertRuleGroup")) {
                object.tree()
                        .at("spec")
                        .ifPresent(group ->
                                grafana(object.reference(), object.cluster(), object.namespace(), group, rules));
            }
        }
        for (Release release : sketch.estate().all(Release.class)) {
            for (String key : List.of("additionalPrometheusRulesMap", "serverFiles", "alerting")) {
                release.values()
                        .entries(key)
                        .forEach(entry -> entry.value().items("groups").forEach(group -> {
                            prometheus(release.reference(), release.cluster(), release.namespace(), group, rules);
                            grafana(release.reference(), release.cluster(), release.namespace(), group, rules);
                        }));
            }
        }
        return rules;
    }

    private static void prometheus(Reference of, String cluster, String namespace, Tree group, List<AlertRule> rules) {
        for (Tree rule : group.items("rules")) {
            Optional<Fact<String>> name = rule.text("alert");
            Optional<Fact<String>> expression = rule.text("expr");
            if (name.isPresent() && expression.isPresent()) {
                rules.add(new AlertRule(
                        of,
                        cluster,
                        namespace,
                        name.get().value(),
                        expression.get(),
                        Optional.empty(),
                        rule.text("for")));
            }
        }
    }

    /** Grafana compares in a step of its own: the query, then a reduction, then a threshold. */
    private static void grafana(Reference of, String cluster, String namespace, Tree group, List<AlertRule> rules) {
        for (Tree rule : group.items("rules")) {
            Optional<Fact<String>> title = rule.text("title");
            List<Tree> steps = rule.items("data");
            Optional<Tree> query = steps.stream()
                    .filter(step -> step.text("model.expr").isPresent())
                    .findFirst();
            Optional<Tree> last = steps.stream()
                    .filter(step -> step.text("refId")
                            .map(Fact::value)
                            .equals(rule.text("condition").map(Fact::value)))
                    .findFirst();
            if (title.isEmpty() || query.isEmpty() || last.isEmpty() || steps.size() > 3) {
                continue;
            }
            Optional<Fact<String>> threshold =
                    last.equals(query) ? Optional.empty() : last.flatMap(AlertRule::threshold);
            if (last.equals(query) || threshold.isPresent()) {
                rules.add(new AlertRule(
                        of,
                        cluster,
                        namespace,
                        title.get().value(),
                        query.get().text("model.expr").orElseThrow(),
                        threshold,
                        rule.text("for")));
            }
        }
    }

    private static Optional<Fact<String>> threshold(Tree step) {
        List<Tree> conditions = step.items("model.conditions");
        if (conditions.size() != 1
                || step.text("model.type")
                        .filter(type -> type.value().equals("threshold"))
                        .isEmpty()) {
            return Optional.empty();
        }
        Optional<String> operator = conditions.getFirst().text("evaluator.type").map(Fact::value);
        List<Tree> numbers = conditions.getFirst().items("evaluator.params");
        return operator.map(word -> word.equals("lt") ? "<" : word.equals("gt") ? ">" : "")
                .filter(sign -> !sign.isEmpty() && !numbers.isEmpty())
                .flatMap(sign -> numbers.getFirst().text().map(number -> number.map(value -> sign + " " + value)));
    }
}
