package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A Vault or OpenBao whose configuration names no seal: each start leaves it sealed until people enter their keys. */
public final class SealedStores {
    private static final String SOURCE = "developer.hashicorp.com/vault/docs/concepts/seal (2026-11-25)";
    private static final Pattern STORAGE = Pattern.compile("\\s*storage\\s+\"[a-z]+\"\\s*\\{.*");
    private static final Pattern SEAL = Pattern.compile("\\s*seal\\s+\"[a-z]+\"\\s*\\{.*");

    private SealedStores() {}

    /** Those that somebody mounts, by cluster. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        for (KubernetesObject object : sketch.estate().objects("ConfigMap")) {
            for (Tree.Entry entry : object.tree().entries("data")) {
                entry.value()
                        .text()
                        .filter(text -> sealed(text.value()))
                        .ifPresent(text -> add(sketch, items, object, text));
            }
        }
        return items;
    }

    private static boolean sealed(String text) {
        return text.contains("listener \"tcp\"") // first, because next to no text of an estate says so
                && text.lines().anyMatch(line -> STORAGE.matcher(line).matches())
                && text.lines().noneMatch(line -> SEAL.matcher(line).matches());
    }

    private static void add(
            Sketch sketch, SortedMap<String, List<Standstill.Item>> items, KubernetesObject object, Fact<String> text) {
        for (Workload workload : sketch.placement().in(object.cluster(), object.namespace())) {
            boolean mounts = workload.volumes().stream()
                    .anyMatch(volume -> volume.source().equals(object.name()));
            if (mounts && text.provenance() instanceof Declared place) {
                Declared line = line(place, text.value());
                items.computeIfAbsent(object.cluster(), _ -> new ArrayList<>())
                        .add(new Standstill.Item(
                                workload.reference(),
                                line,
                                Placement.shortName(workload) + " is unsealed",
                                Placement.shortName(workload) + " stays sealed until people enter the keys",
                                Placement.shortName(workload) + " has no seal that opens it: it starts sealed",
                                List.of(
                                        new Evidence("storage without a seal", line),
                                        new Evidence("a server starts sealed", new Assumed("behaviour.seal", SOURCE))),
                                Confidence.LIKELY));
            }
        }
    }

    /** The line of the storage stanza in a block of text. */
    private static Declared line(Declared place, String text) {
        int at = 0;
        for (String line : text.split("\n", -1)) {
            at++;
            if (STORAGE.matcher(line).matches()) {
                return new Declared(place.file(), place.line() + at, place.field());
            }
        }
        return place;
    }
}
