package dev.premortem.model;

import dev.premortem.estate.Release;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Releases of external-dns that write to one zone under one owner, of which one deletes what it does not know: it takes the other's records for its own, and
 * deletes them as often as the other writes them.
 */
public final class SharedOwners {
    private static final String SOURCE =
            "kubernetes-sigs/external-dns docs/registry/registry.md and docs/faq.md: several instances on one zone need an id of"
                    + " their own each; policy sync deletes records of its own id that it does not want (read in a copy, 2026-11-26)";

    /**
     * What a release says of whose records it takes for its own.
     *
     * @param key provider, owner and marks in one text
     */
    private record Owner(Release release, String key, Set<String> domains, boolean deletes, Declared place) {
        boolean meets(Owner other) {
            return key.equals(other.key())
                    && (domains.isEmpty() && other.domains().isEmpty()
                            || domains.stream().anyMatch(other.domains()::contains));
        }
    }

    private SharedOwners() {}

    /** One item for each release that another deletes records of, or that does so itself. */
    public static List<Standstill.Item> of(Sketch sketch) {
        List<Owner> owners = new ArrayList<>();
        for (Release release : sketch.estate().all(Release.class)) {
            if (release.chart().equals("external-dns")) {
                owner(release).ifPresent(owners::add);
            }
        }
        List<Standstill.Item> items = new ArrayList<>();
        for (int i = 0; i < owners.size(); i++) {
            for (Owner before : owners.subList(0, i)) {
                Owner owner = owners.get(i);
                if (owner.meets(before) && (owner.deletes() || before.deletes())) {
                    items.add(item(owner, before));
                    break;
                }
            }
        }
        return items;
    }

    private static String text(Tree values, String path, String otherwise) {
        return values.text(path).map(Fact::value).orElse(otherwise);
    }

    private static Optional<Owner> owner(Release release) {
        Tree values = release.values();
        String provider = text(values, "provider.name", text(values, "provider", "aws"));
        String owner = text(values, "txtOwnerId", "default");
        String marks = text(values, "txtPrefix", "") + "|" + text(values, "txtSuffix", "");
        String key = provider + "|" + owner + "|" + marks;
        boolean told = values.items("extraArgs").stream()
                .flatMap(item -> item.text().stream())
                .map(Fact::value)
                .anyMatch(argument -> argument.contains("txt-") || argument.contains("registry"));
        boolean registry = text(values, "registry", "txt").equals("txt");
        // behind a webhook stands a program that the values need not name
        boolean open = provider.equals("webhook") || provider.equals("inmemory");
        Set<String> domains = new TreeSet<>();
        values.items("domainFilters")
                .forEach(item -> item.text()
                        .ifPresent(domain -> domains.add(domain.value().toLowerCase(Locale.ROOT))));
        boolean literal = !key.contains("$") && domains.stream().noneMatch(domain -> domain.contains("$"));
        Declared place = values.at("txtOwnerId")
                .or(() -> values.at("policy"))
                .map(Tree::place)
                .orElse(release.place());
        return told || !registry || open || !literal
                ? Optional.empty()
                : Optional.of(new Owner(
                        release,
                        key,
                        domains,
                        text(values, "policy", "upsert-only").equals("sync"),
                        place));
    }

    private static String name(Owner owner) {
        Release release = owner.release();
        return release.namespace() + "/" + release.name() + " in " + release.cluster();
    }

    private static Standstill.Item item(Owner owner, Owner before) {
        String id = owner.key().split("\\|", -1)[1];
        return new Standstill.Item(
                owner.release().reference(),
                owner.place(),
                name(owner) + " and " + name(before) + " know their own records",
                "records of one are deleted by the other, and written again",
                name(owner) + " and " + name(before) + " write to one zone as the same owner, " + id,
                List.of(
                        new Evidence("owner " + id, owner.place()),
                        new Evidence("owner " + id + " too", before.place()),
                        new Evidence(
                                "sync deletes what its owner does not want",
                                new Assumed("behaviour.external-dns-owner", SOURCE))),
                Confidence.LIKELY);
    }
}
