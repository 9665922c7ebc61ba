package dev.premortem.report;

import dev.premortem.outage.Outage;
import dev.premortem.outage.Remedy;
import java.util.Comparator;
import java.util.Optional;

/** {@code fix}: the patch of the best remedy, ready for {@code git apply}; an act is told in comment lines. */
public final class FixText {
    private FixText() {}

    /** Verified before not, patches before acts, in the order of the outage otherwise. */
    public static Optional<Remedy> best(Outage outage) {
        return outage.remedies().stream()
                .sorted(Comparator.comparing((Remedy remedy) -> !remedy.verified())
                        .thenComparing(remedy -> remedy.patch().isEmpty()))
                .findFirst();
    }

    /** The remedy as text for stdout. */
    public static String render(Outage outage, Remedy remedy) {
        StringBuilder out = new StringBuilder();
        comment(out, outage.id() + ": " + outage.title());
        comment(out, "fix: " + remedy.title());
        comment(
                out,
                !remedy.verified()
                        ? "not proven in the model"
                        : remedy.shortens()
                                ? "proven in the model: it is over in less than a tenth of the time, nothing new came"
                                : "proven in the model: the outage is gone, nothing new came");
        if (!remedy.note().isEmpty()) {
            comment(out, remedy.note());
        }
        for (int i = 0; i < remedy.steps().size(); i++) {
            comment(out, (i + 1) + ". " + remedy.steps().get(i));
        }
        out.append(remedy.patch());
        if (!remedy.patch().isEmpty() && !remedy.patch().endsWith("\n")) {
            out.append('\n');
        }
        return out.toString();
    }

    private static void comment(StringBuilder out, String text) {
        Words.wrap(text, Sheet.WIDTH - 2)
                .forEach(line -> out.append("# ").append(line).append('\n'));
    }
}
