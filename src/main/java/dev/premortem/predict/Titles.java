package dev.premortem.predict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Sentences that name products. */
final class Titles {
    private Titles() {}

    /** {@code search, wallet and 1 more stop when link/primary fails}; of a thing that no product is seen behind, the thing itself. */
    static String of(Collection<String> products, String pivot, String when) {
        List<String> names = new ArrayList<>(products);
        if (names.isEmpty()) {
            return named(pivot) + " breaks " + when + " (no product is seen behind it)";
        }
        if (names.size() == 1) {
            return names.getFirst() + " stops " + when;
        }
        String list = names.size() <= 3
                ? String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast()
                : names.get(0) + ", " + names.get(1) + " and " + (names.size() - 2) + " more";
        return list + " stop " + when;
    }

    /** {@code main/shop/Deployment/cart#storage} is told as {@code shop/cart}. */
    static String named(String condition) {
        String thing = condition.replaceFirst("#.*", "");
        String[] parts = thing.split("/", 0);
        return parts.length == 4 ? parts[1] + "/" + parts[3] : thing;
    }
}
