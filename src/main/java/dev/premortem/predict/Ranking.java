package dev.premortem.predict;

import dev.premortem.model.Proposal;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Severity;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Severity, order and folding, by the rules of grouping and silence. */
final class Ranking {
    private static final Duration LONG = Duration.ofMinutes(60);
    private static final Duration NOTABLE = Duration.ofMinutes(15);
    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofDays(120);
    private static final double LIKELY = 0.1;
    private static final int MANY_PRODUCTS = 5;
    private static final Pattern IDENTITY = Pattern.compile(
            "(^|[-/])(auth|login|identity|idp|oidc|oauth2?|sso|keycloak|dex|authentik|zitadel|kratos)([-/#]|$)");

    private final Request request;
    private final SortedMap<String, Double> weights = new TreeMap<>();
    private final double allWeights;
    private final double heaviest;

    Ranking(Request request, Twin twin) {
        this.request = request;
        twin.tops().forEach(top -> weights.merge(top.name(), top.weight(), Double::sum));
        this.allWeights = twin.tops().stream().mapToDouble(Top::weight).sum();
        this.heaviest = twin.tops().stream().mapToDouble(Top::weight).max().orElse(1);
    }

    /** Severity and class by the rules, then sorted worst first, dominated ones folded. */
    List<Outage> rank(List<Outage> outages, Rates rates, List<Draft> drafts) {
        List<Outage> judged = new ArrayList<>();
        for (int i = 0; i < outages.size(); i++) {
            judged.add(judge(outages.get(i), rates, drafts.get(i)));
        }
        SortedMap<String, Double> weighed = new TreeMap<>();
        judged.forEach(outage -> weighed.put(outage.id(), weightOf(outage)));
        judged.sort(Comparator.comparing(Outage::severity)
                .thenComparing(Outage::outageClass)
                .thenComparing(outage -> weighed.getOrDefault(outage.id(), 0.0), Comparator.reverseOrder())
                .thenComparing(Outage::id));
        return fold(judged);
    }

    private Outage judge(Outage outage, Rates rates, Draft draft) {
        OutageClass outageClass = promoted(outage);
        double chance = chance(outage, rates, draft);
        Severity severity = severity(outage, chance);
        if (outageClass == OutageClass.F || outage.confidence() == Confidence.POSSIBLE) {
            severity = atMost(severity, Severity.MEDIUM);
        } else if (outage.confidence() == Confidence.LIKELY) {
            severity = atMost(severity, Severity.HIGH);
        }
        if (draft.proposal().flatMap(Proposal::chance).isPresent()) {
            severity = Severity.LOW; // semantics 1.13: the mean rate never does it
        }
        return new Edition(outage).ranked(severity, outageClass);
    }

    /** What an owner chose becomes a contradiction when five products or an identity provider hang on it. */
    private static OutageClass promoted(Outage outage) {
        boolean chosen = outage.outageClass() == OutageClass.F
                && outage.mechanism().equals("single-site")
                && !outage.pivot().startsWith("site/")
                && !outage.pivot().startsWith("cluster/");
        boolean shared = outage.products().size() >= MANY_PRODUCTS
                || (outage.products().size() > 1
                        && IDENTITY.matcher(outage.pivot()).find());
        return chosen && shared ? OutageClass.A : outage.outageClass();
    }

    private double chance(Outage outage, Rates rates, Draft draft) {
        double years = request.horizon().toHours() / 8766.0;
        return switch (outage.trigger().type()) {
            case TIME, CHURN -> draft.proposal().flatMap(Proposal::chance).orElse(1.0);
            case CHANGE -> LIKELY;
            case FAULT -> {
                double sum = 0;
                boolean common = false;
                for (Draft.CutOf cut : draft.cuts) {
                    if (cut.cut().faults().isEmpty()) {
                        yield 1;
                    }
                    sum += rates.perYear(cut.cut().faults());
                    common |= !rates.known(cut.cut().faults())
                            && !Rates.rare(cut.cut().faults());
                }
                double computed = 1 - Math.exp(-sum * years);
                yield common ? Math.max(LIKELY, computed) : computed;
            }
        };
    }

    private Severity severity(Outage outage, double chance) {
        if (outage.products().isEmpty()) {
            if (outage.pivot().endsWith("#false-alarm")) {
                return Severity.LOW; // somebody is called, nothing is down
            }
            boolean repair = outage.mechanism().equals("webhook-deadlock") && outage.outageClass() == OutageClass.A;
            return repair
                            || outage.pivot().contains("#control-plane")
                            || outage.mechanism().equals("control-plane-certificate")
                    ? Severity.HIGH
                    : outage.outageClass() == OutageClass.F ? Severity.LOW : Severity.MEDIUM;
        }
        double share = share(outage);
        boolean open = !outage.endsByItself();
        Duration length = outage.endsByItself() && outage.attended().compareTo(outage.duration()) < 0
                ? outage.attended()
                : outage.duration();
        boolean full = outage.products().stream().anyMatch(product -> weights.getOrDefault(product, 0.0) >= heaviest);
        if (chance < LIKELY) {
            return length.compareTo(SHORT) < 0 ? Severity.LOW : Severity.MEDIUM;
        }
        if (share >= 0.5 && (length.compareTo(LONG) >= 0 || open)) {
            return Severity.CRITICAL;
        }
        boolean soon = outage.trigger().type() == Trigger.Type.TIME
                && outage.starts()
                        .filter(at -> at.isBefore(request.now().plus(SOON)))
                        .isPresent();
        if ((share >= 0.5 && length.compareTo(SHORT) >= 0)
                || ((share >= 0.1 || full) && (length.compareTo(NOTABLE) >= 0 || open))
                || soon) {
            return Severity.HIGH;
        }
        return length.compareTo(SHORT) >= 0 || outage.trigger().type() == Trigger.Type.TIME
                ? Severity.MEDIUM
                : Severity.LOW;
    }

    private double share(Outage outage) {
        double down = outage.products().stream()
                .distinct()
                .mapToDouble(product -> weights.getOrDefault(product, 0.0))
                .sum();
        return allWeights == 0 ? 0 : down / allWeights;
    }

    private static Severity atMost(Severity severity, Severity cap) {
        return severity.compareTo(cap) < 0 ? cap : severity;
    }

    /** Chance x length x share on a 1-2-5 scale, so that a rate that moves by a fifth does not reorder. */
    private double weightOf(Outage outage) {
        double raw = outage.minutesPerYear()
                .map(band -> band.typical())
                .orElse(outage.duration().toMinutes() * share(outage));
        if (raw <= 0) {
            return 0;
        }
        double decade = Math.pow(10, Math.floor(Math.log10(raw)));
        double mantissa = raw / decade;
        return (mantissa < 2 ? 1 : mantissa < 5 ? 2 : 5) * decade;
    }

    /** An outage whose trigger contains another's and whose products are among the other's is folded under it; A to E never under F. */
    @SuppressWarnings("ReferenceEquality") // another one of the list, which may be equal
    private static List<Outage> fold(List<Outage> sorted) {
        List<Outage> folded = new ArrayList<>();
        for (Outage outage : sorted) {
            Optional<String> under = Optional.empty();
            for (Outage other : sorted) {
                if (!other.id().equals(outage.id()) && under.isEmpty() && dominates(other, outage)) {
                    under = Optional.of(other.id());
                }
            }
            folded.add(under.isPresent() ? new Edition(outage).folded(under.get()) : outage);
        }
        return folded;
    }

    private static boolean dominates(Outage big, Outage small) {
        if (retold(big, small)) {
            return true;
        }
        if (big.trigger().type() != small.trigger().type()
                || big.trigger().faults().isEmpty()
                || (big.outageClass() == OutageClass.F && small.outageClass() != OutageClass.F)) {
            return false;
        }
        Set<String> larger = new HashSet<>(small.trigger().faults());
        return larger.size() > big.trigger().faults().size()
                && larger.containsAll(big.trigger().faults())
                && big.products().containsAll(small.products());
    }

    /** A difference between clusters that another mechanism tells for the same thing, with all that it takes down. */
    static boolean retold(Outage big, Outage small) {
        return small.mechanism().equals("drift")
                && !big.mechanism().equals("drift")
                && big.outageClass() != OutageClass.F
                && big.products().containsAll(small.products())
                && small.instances().stream()
                        .anyMatch(mine -> big.instances().stream()
                                .anyMatch(other -> other.of().equals(mine.of())));
    }
}
