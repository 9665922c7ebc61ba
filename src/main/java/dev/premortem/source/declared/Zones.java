package dev.premortem.source.declared;

import dev.premortem.estate.Reference;
import dev.premortem.estate.Zone;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.dns.ZoneFiles;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code DnsZone} documents. */
public final class Zones {
    private final Harvest harvest;

    public Zones(Harvest harvest) {
        this.harvest = harvest;
    }

    /** The file that a document names. */
    public static Optional<Fact<String>> file(Tree tree) {
        return tree.text("spec.file");
    }

    /**
     * Reads a document.
     *
     * @param files finds the text of the file that it names
     */
    public void read(Tree tree, Function<String, Optional<Tree.Scalar>> files) {
        DeclaredKinds kinds = new DeclaredKinds(harvest);
        Fields spec = kinds.spec(tree);
        spec.allow("file", "origin", "records", "managedBy");
        Optional<String> origin = spec.text("origin")
                .map(Fact::value)
                .or(() -> tree.text("metadata.name").map(Fact::value).filter(name -> name.contains(".")))
                .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
        Optional<Fact<String>> managedBy = spec.word("managedBy", "external-dns", "hand");
        List<Zone.Entry> records = records(spec);
        Optional<Zone> read = spec.text("file").flatMap(file -> {
            Optional<Tree.Scalar> text = files.apply(file.value());
            if (text.isEmpty()) {
                harvest.problem(
                        spec.get("file").orElse(tree).place(),
                        "no zone file is called \"" + file.value() + "\"",
                        "a file relative to this document or to the tree");
            }
            return text.flatMap(found -> ZoneFiles.read(found.place(), found.value(), origin, managedBy, harvest));
        });
        if (read.isPresent()) {
            List<Zone.Entry> all = new ArrayList<>(read.get().records());
            all.addAll(records);
            harvest.things.add(new Zone(
                    read.get().origin(),
                    tree.place(),
                    List.copyOf(all),
                    managedBy,
                    read.get().negativeTtlSeconds()));
        } else if (origin.isPresent()) {
            harvest.things.add(new Zone(origin.get(), tree.place(), records, managedBy, Optional.empty()));
        } else if (spec.get("file").isEmpty()) {
            spec.lacks("origin", "the zone's name, or a zone file");
        }
    }

    private List<Zone.Entry> records(Fields spec) {
        List<Zone.Entry> records = new ArrayList<>();
        for (Fields item : spec.each("records")) {
            item.allow("name", "type", "ttl", "value");
            Optional<Fact<String>> name = item.text("name");
            Optional<Tree> value = item.get("value");
            if (name.isEmpty() || value.isEmpty()) {
                item.lacks(name.isEmpty() ? "name" : "value", "a name, a type, a ttl and a value");
                continue;
            }
            Optional<Fact<String>> balancer = value.get().text("loadBalancer");
            Optional<Fact<String>> text =
                    value.get().text().or(() -> value.get().text("address"));
            if (balancer.isEmpty() && text.isEmpty()) {
                harvest.problem(
                        value.get().place(),
                        Fields.describe(value.get()),
                        "an address, a name, or loadBalancer: a reference");
            }
            records.add(new Zone.Entry(
                    name.get().value(),
                    item.text("type").map(Fact::value).orElse("A"),
                    item.place(),
                    ttl(item),
                    text,
                    balancer.map(fact -> fact.map(Reference::new))));
        }
        return List.copyOf(records);
    }

    private Optional<Fact<Long>> ttl(Fields item) {
        Optional<Tree> found = item.get("ttl");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> seconds = found.get()
                .text()
                .map(Fact::value)
                .flatMap(text -> text.chars().allMatch(Character::isDigit) && text.length() < 10
                        ? Optional.of(Long.parseLong(text))
                        : Values.duration(text).map(java.time.Duration::toSeconds));
        if (seconds.isEmpty()) {
            harvest.problem(found.get().place(), Fields.describe(found.get()), "seconds, or a duration such as 1h");
        }
        return seconds.map(value -> new Fact<>(value, found.get().place()));
    }
}
