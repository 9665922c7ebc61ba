package dev.premortem.estate;

import dev.premortem.fact.Declared;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * What the owner says that remedies cost: {@code Assumptions.spec.costs}. Whatever the unit is (days, money), the budget of {@code advise} is in the same.
 *
 * @param remedy the id of an outage, for all its remedies; or a remedy's title, with {@code *} for anything
 * @param cost at least 0
 */
public record RemedyCost(String remedy, double cost, Declared place) {
    /** True where a remedy is meant, by its title or by an outage that it is for. */
    public boolean covers(String title, Collection<String> outages) {
        return outages.contains(remedy) || pattern().matcher(title).matches();
    }

    private Pattern pattern() {
        StringBuilder pattern = new StringBuilder();
        for (String part : remedy.split("\\*", -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }
}
