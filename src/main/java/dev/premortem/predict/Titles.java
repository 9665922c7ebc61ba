package dev.premortem.predict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Sentences that name products. */
final class Titles {
    private Titles() {}

    /** {@code search, wallet and 1 more stop when link/primary fails}. */
    static String of(Collection<String> products, String when) {
        List<String> names = new ArrayList<>(products);
        if (names.isEmpty()) {
            return "nothing that users see stops yet " + when;
        }
        if (names.size() == 1) {
            return names.getFirst() + " stops " + when;
        }
        String list = names.size() <= 3
                ? String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast()
                : names.get(0) + ", " + names.get(1) + " and " + (names.size() - 2) + " more";
        return list + " stop " + when;
    }
}
