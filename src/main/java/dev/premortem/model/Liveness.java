package dev.premortem.model;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A liveness probe as it is written, with the defaults of Kubernetes: every 10 s, one second of time, three failures, no delay. */
public record Liveness(Tree tree) {
    /** From the first failed probe to the kill, its time-out included. */
    public Duration notice() {
        return Duration.ofSeconds(
                (long) number("periodSeconds", 10) * (number("failureThreshold", 3) - 1L) + timeout());
    }

    /** From the start of a container to the kill while the probe fails all the time. */
    public Duration life() {
        return Duration.ofSeconds(number("initialDelaySeconds", 0)).plus(notice());
    }

    /** Seconds that an answer may take. */
    public int timeout() {
        return number("timeoutSeconds", 1);
    }

    /** Path that it gets; empty for other kinds of probes. */
    public Optional<Fact<String>> path() {
        return tree.text("httpGet.path");
    }

    /** The words of the command, joined by spaces; empty for other kinds of probes. */
    public String command() {
        return words(tree.items("exec.command"));
    }

    private static String words(List<Tree> items) {
        return items.stream()
                .flatMap(item -> item.text().stream())
                .map(Fact::value)
                .collect(Collectors.joining(" "));
    }

    /** Line of the field that decides, else of the probe. */
    public Declared place(String field) {
        return tree.at(field).map(Tree::place).orElse(tree.place());
    }

    private int number(String field, int otherwise) {
        return number(tree, field, otherwise);
    }

    /** A small whole number of a field, else what Kubernetes takes. */
    public static int number(Tree tree, String field, int otherwise) {
        return tree.text(field)
                .map(Fact::value)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }
}
