package dev.premortem.model;

import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * A component in one of the clusters or environments that have it.
 *
 * @param traits by the field's name
 */
public record Sister(String environment, Reference of, Declared place, SortedMap<String, Trait> traits) {
    /** Words in the name of an environment that say that it is smaller, newer or weaker on purpose. */
    private static final List<String> LOWER = List.of(
            "dev",
            "devel",
            "development",
            "test",
            "testing",
            "tests",
            "stage",
            "staging",
            "stg",
            "int",
            "integration",
            "qa",
            "uat",
            "preview",
            "demo",
            "canary",
            "sandbox",
            "local",
            "localhost",
            "minikube",
            "kind",
            "ci",
            "lab",
            "pre",
            "preprod",
            "nonprod",
            "teststand",
            "playground",
            "example");

    private static final List<String> LOWER_ENDINGS =
            List.of("dev", "test", "staging", "stage", "demo", "sandbox", "preview", "fint", "cint");

    /** True unless its name says that it is not for users. */
    public boolean serious() {
        return serious(environment);
    }

    /** True unless the name of an environment says that it is not for users. */
    public static boolean serious(String environment) {
        String name = environment.toLowerCase(Locale.ROOT);
        for (String word : name.split("[^a-z]+", -1)) {
            boolean ends = LOWER_ENDINGS.stream().anyMatch(word::endsWith);
            if (LOWER.contains(word) || ends) {
                return false;
            }
        }
        return true;
    }

    /** True where its name says that it is the last stop before production. */
    static boolean rehearsal(String environment) {
        String name = environment.toLowerCase(Locale.ROOT);
        return name.contains("staging") || name.contains("preprod");
    }
}
